"""What failed in a run and what it did, in words and tables; nothing at all where nothing failed."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.county.plan import LevelPlan
from sim.measures import Naming, Outage, outage
from sim.measures.outages import WHY_NEVER, down_at, minutes_of_change, something_failed, within_the_run
from sim.records import CAUSES, Event, Night
from sim.report.acts import act_names, headline, released_headline
from sim.report.grid import Column, Grid
from sim.report.scope import Scope
from sim.report.words import Words
from sim.scenario import Scenario, addressed

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
NETWORKS = ("feeders", "sites", "roads", "sets")
_NEEDS_SERVICE = frozenset({"phone", "auto_call", "sms", "flash_sms", "wechat", "work_app"})
_TOWNSHIPS = (
    Column("place", "w"),
    Column("villages", "n"),
    Column("dark", "n"),
    Column("dark_from", "w"),
    Column("dark_to", "w"),
    Column("told_after", "n"),
    Column("never_villages", "n"),
)
_ACTS = (
    Column("act"),
    Column("released", "w"),
    Column("addressed_villages", "n"),
    Column("dark_then", "n"),
    Column("told_before", "n"),
    Column("told_after_by"),
    Column("never_why"),
)
_NEVER = (Column("place", "w"), Column("why", "w"), Column("villages", "n"), Column("which"))
_VILLAGES = (
    Column("place", "w"),
    Column("dark_from", "w"),
    Column("dark_to", "w"),
    Column("told_at", "w"),
    Column("carried", "w"),
    Column("why", "w"),
)


@dataclass(frozen=True)
class Account:
    """What outages did in the place a page is about: sentences, what they do not mean, tables."""

    sentences: tuple[str, ...]
    notes: tuple[str, ...]
    tables: tuple[Grid, ...]


@dataclass(frozen=True, eq=False)
class Failed:
    """What failed in the place a page is about: its villages, and the changes of what they run on.

    ``mains`` of the same villages, ``sites`` that stand here, ``roads`` that begin or end here; minutes as in ``OutageRecords``.
    """

    villages: Outage
    mains: Floats
    sites: Floats
    roads: Floats

    @property
    def hit(self) -> Bools:
        """Whether each village lost service at some time."""
        return np.isfinite(self.villages.from_min)

    @property
    def told_after(self) -> Bools:
        """Whether each village knew only after it had lost service for the first time."""
        told: Bools = np.isfinite(self.villages.told_min) & (self.villages.from_min <= self.villages.told_min)
        return told

    @property
    def never(self) -> Bools:
        """Whether each village never knew."""
        return np.isinf(self.villages.told_min)


def failed_here(scenario: Scenario, night: Night, scope: Scope) -> Failed | None:
    """Return what failed in the scope; ``None`` where nothing did."""
    if not something_failed(night):
        return None
    inside, records, networks = scope.places(scenario), night.outages, scenario.county.networks
    villages = outage(scenario, night).within(inside)
    mains, sites, roads = (within_the_run(each, night) for each in (records.mains, records.sites, records.roads))
    found = Failed(
        villages,
        mains[villages.places],
        sites[_stands(scenario, networks.sites["place"], inside)],
        roads[_stands(scenario, networks.roads["from"], inside) | _stands(scenario, networks.roads["to"], inside)],
    )
    changed = found.hit.any() or any(np.isfinite(each).any() for each in (found.mains, found.sites, found.roads))
    return found if changed else None


def _stands(scenario: Scenario, codes: pd.Series[str], inside: Bools) -> Bools:
    """Return whether each thing, by the code of its place, stands inside."""
    index = scenario.county.index
    return np.array([inside[index[code]] for code in codes], dtype=bool)


def village_level(scenario: Scenario) -> LevelPlan:
    """Return the level whose places outages are counted by."""
    levels = scenario.county.levels
    own = scenario.county.level_index("village")
    return levels[len(levels) - 1 if own is None else own]


# --- sentences --------------------------------------------------------------------------------------------------------


def sentences(scenario: Scenario, night: Night, scope: Scope, found: Failed, words: Words) -> tuple[str, ...]:
    """Return what failed, and what became of the villages that lost service."""
    level = village_level(scenario)
    return (
        _network(scenario, night, found, level, words),
        ("" if words.language == "zh" else " ").join(_others(found, level, words)),
        *_told(scenario, night, found, words),
        *_about_worst_act(scenario, night, scope, found, words),
        never_reached(scenario, night, found, words),
    )


def brief(scenario: Scenario, night: Night, scope: Scope, words: Words) -> list[str]:
    """Return the lines for the terminal; none where nothing failed."""
    found = failed_here(scenario, night, scope)
    if found is None:
        return []
    level = village_level(scenario)
    told = _told(scenario, night, found, words) or _others(found, level, words)
    return [
        _network(scenario, night, found, level, words),
        *told,
        *_about_worst_act(scenario, night, scope, found, words),
    ]


def in_one_sentence(scenario: Scenario, night: Night, scope: Scope, words: Words) -> str:
    """Return the most that were cut off and how many were never reached; empty where no village lost service."""
    found = failed_here(scenario, night, scope)
    if found is None or not found.hit.any():
        return ""
    left = {released_headline(scenario, night, words): int(found.never.sum())}
    if (worst := _worst_act(scenario, night, scope, found)) is not None and worst[0] not in scenario.plan.headline:
        left[act_names(scenario, words)[worst[0]]] = int(worst[1].never.sum())
    never = words.listed(words("summary.unreached", act=act, n=n) for act, n in left.items())
    dark = words.places(village_level(scenario), found.villages.dark_at_once)
    return words("summary.outages", dark=dark, never=never)


def _network(scenario: Scenario, night: Night, found: Failed, level: LevelPlan, words: Words) -> str:
    villages = found.villages
    everyone = words.places(level, len(villages.places))
    if not found.hit.any():
        return words("outages.never_dark", all=everyone)
    at_release = ""
    if math.isfinite(night.release_min):
        warning = released_headline(scenario, night, words)
        at_release = words("outages.at_release", warning=warning, n=villages.dark_at(night.release_min))
    worst = float(villages.minutes[villages.dark.sum(axis=1).argmax()])
    return words(
        "outages.dark",
        all=everyone,
        most=villages.dark_at_once,
        clock=words.clock(night.start, worst),
        at_release=at_release,
        at_end=villages.dark_at(night.end_min),
    )


def _others(found: Failed, level: LevelPlan, words: Words) -> list[str]:
    """Return the most that was without mains, out of use or closed at one time, of whatever failed."""
    said = []
    for key, changes in (("mains", found.mains), ("sites", found.sites), ("roads", found.roads)):
        if most := most_at_once(changes):
            count = words.places(level, most) if key == "mains" else words.number(most)
            said.append(words(f"outages.{key}", most=count, all=words.number(len(changes))))
    return said


def most_at_once(changes: Floats) -> int:
    """Return the most entities that were down at one minute."""
    return int(down_at(changes, minutes_of_change(changes)).sum(axis=1).max(initial=0))


def _told(scenario: Scenario, night: Night, found: Failed, words: Words) -> list[str]:
    """Return how many of the villages that lost service had been reached before, were reached afterwards and by what, or never."""
    hit = int(found.hit.sum())
    if not hit:
        return []
    after, never, by = int(found.told_after.sum()), int((found.hit & found.never).sum()), _by(found, words)
    said = words(
        "outages.told",
        all=words.places(village_level(scenario), hit),
        warning=released_headline(scenario, night, words),
        before=hit - after - never,
        after=after,
        by=words("outages.by", by=by) if by else "",
        never=never,
    )
    return [said]


def _by(found: Failed, words: Words) -> str:
    """Return by what the villages knew that knew only after they had lost service, with how many each."""
    means = Counter(found.villages.carried[row] for row in np.flatnonzero(found.told_after).tolist())
    return words.listed(
        words("outages.by_count", by=carried(one, words, restored=True), n=n) for one, n in means.most_common()
    )


def _why(found: Failed, words: Words) -> str:
    """Return why villages never knew, with how many each; empty where all did."""
    reasons = Counter(reason for reason in found.villages.reason if reason)
    return words.listed(
        words("outages.by_count", by=words(f"why.{reason}"), n=reasons[reason])
        for reason in WHY_NEVER
        if reason in reasons
    )


def never_reached(scenario: Scenario, night: Night, found: Failed, words: Words) -> str:
    """Return how many villages were never reached, and why."""
    why, level, warning = _why(found, words), village_level(scenario), released_headline(scenario, night, words)
    if not why:
        return words("outages.never_none", warning=warning, all=words.places(level, len(found.villages.places)))
    return words("outages.never", warning=warning, n=words.places(level, int(found.never.sum())), why=why)


def acts_on_villages(scenario: Scenario, night: Night, scope: Scope, found: Failed) -> dict[str, Failed]:
    """Return by act what became of the villages that it is addressed to; of acts released that call villages."""
    county, acts = scenario.county, {}
    plans = {plan.id: plan for plan in scenario.plan.acts}
    inside = scope.places(scenario)
    is_village = np.zeros(len(county.places), dtype=bool)
    is_village[found.villages.places] = True
    for act in night.acts:
        if act.id not in plans or not math.isfinite(act.released_min):
            continue
        calls_villages = any(is_village[event.place] for event in night.events if _calls_a_desk(event, act.id))
        there = inside & addressed(plans[act.id], county)
        if calls_villages and (there & is_village).any():
            acts[act.id] = replace(found, villages=outage(scenario, night, act.id).within(there))
    return acts


def _calls_a_desk(event: Event, act_id: str) -> bool:
    return event.event == "call" and event.act_id == act_id and event.counterpart >= 0 and not event.detail


def _worst_act(scenario: Scenario, night: Night, scope: Scope, found: Failed) -> tuple[str, Failed] | None:
    """Return the act at whose release most of its villages had no service, and what became of these; ``None`` where all had."""
    released = {act.id: act.released_min for act in night.acts}
    acts = acts_on_villages(scenario, night, scope, found)
    dark = {act: each.villages.dark_at(released[act]) for act, each in acts.items()}
    worst = max(dark, key=lambda act: (dark[act], released[act]), default="")
    return (worst, acts[worst]) if dark.get(worst) else None


def _about_worst_act(scenario: Scenario, night: Night, scope: Scope, found: Failed, words: Words) -> list[str]:
    """Return what became of the act at whose release most of its villages had no service; empty where all had."""
    if (worst := _worst_act(scenario, night, scope, found)) is None:
        return []
    act, each = worst
    (released_min,) = (one.released_min for one in night.acts if one.id == act)
    by, why = _by(each, words), _why(each, words)
    said = words(
        "outages.act",
        act=act_names(scenario, words)[act],
        clock=words.clock(night.start, released_min),
        all=words.places(village_level(scenario), len(each.villages.places)),
        dark=each.villages.dark_at(released_min),
        after=int(each.told_after.sum()),
        by=words("outages.by", by=by) if by else "",
        never=int(each.never.sum()),
        why=words("paren", text=why) if why else "",
    )
    return [said]


def carried(code: str, words: Words, *, restored: bool = False) -> str:
    """Return what told a village: a channel, or why it knew; ``restored``: what needs service only worked once there was some again."""
    name = words(f"cause.{code}") if code in CAUSES else words(f"channel.{code}")
    return words("carried.restored", channel=name) if restored and code in _NEEDS_SERVICE else name


# --- tables -----------------------------------------------------------------------------------------------------------


def account(scenario: Scenario, night: Night, names: Naming, scope: Scope, words: Words) -> Account | None:
    """Return what outages did in the scope; ``None`` where nothing failed there."""
    found = failed_here(scenario, night, scope)
    if found is None:
        return None
    rows = _Rows(scenario, night, names, scope, found, words)
    tables = (rows.acts(), rows.townships(), rows.never()) if rows.by_township else (rows.acts(), rows.villages())
    notes = [words("outages.note", warning=headline(scenario, words))]
    if made := made_networks(scenario, words):
        notes.append(words("outages.made", made=made))
    return Account(
        tuple(said for said in sentences(scenario, night, scope, found, words) if said),
        tuple(notes),
        tuple(table for table in tables if table.rows),
    )


def made_networks(scenario: Scenario, words: Words) -> str:
    """Return which networks of the county are made by seed where no table gives them, as a list; empty if none."""
    synthesis = scenario.plan.county.synthesis
    rules = synthesis.networks if synthesis else None
    return words.listed(words(f"table_of.{name}") for name in NETWORKS if rules and getattr(rules, name))


class _Rows:
    """Turns villages into rows to read, each named as it may be shown; in the order of the codes shown."""

    def __init__(
        self, scenario: Scenario, night: Night, names: Naming, scope: Scope, found: Failed, words: Words
    ) -> None:
        self._scenario = scenario
        self._county, self._night, self._names, self._scope = scenario.county, night, names, scope
        self._found, self._words, self._level = found, words, village_level(scenario)
        parent = scenario.county.places.parent[found.villages.places]
        self._parent = parent
        levels = scenario.county.levels
        self._above = levels[max(levels.index(self._level) - 1, 0)]
        self.by_township = scope.whole and bool((parent != scope.place).any())

    def acts(self) -> Grid:
        """Return the acts that call villages: how many of those had no service at release, who was reached before and after, or never."""
        words, night = self._words, self._night
        released = {act.id: act.released_min for act in night.acts}
        names, rows = act_names(self._scenario, words), []
        for act, each in acts_on_villages(self._scenario, night, self._scope, self._found).items():
            after, never = int(each.told_after.sum()), int(each.never.sum())
            addressed_to = len(each.villages.places)
            by, why = _by(each, words), _why(each, words)
            rows.append(
                (
                    names[act],
                    words.clock(night.start, released[act]),
                    words.number(addressed_to),
                    words.number(each.villages.dark_at(released[act])),
                    words.number(addressed_to - after - never),
                    words.number(after) + (words("paren", text=by) if by else ""),
                    words.number(never) + (words("paren", text=why) if why else ""),
                )
            )
        title = words("table.outages_acts", level=words.level(self._level, many=True))
        return Grid(title, (words("table.outages_acts_note"),), _ACTS, tuple(rows)).headed(words)

    def townships(self) -> Grid:
        """Return the townships in which a village lost service or was never reached."""
        words, found, villages = self._words, self._found, self._found.villages
        rows = []
        for township in self._in_order(np.unique(self._parent[found.hit | found.never])):
            here = self._parent == township
            hit = here & found.hit
            ends = villages.to_min[hit].max(initial=-math.inf)
            rows.append(
                (
                    self._label(township),
                    words.number(int(here.sum())),
                    words.number(int(hit.sum())),
                    self._clock(villages.from_min[hit].min(initial=math.inf), "none"),
                    self._clock(float(ends), "not_restored") if hit.any() else words("none"),
                    words.number(int((here & found.told_after).sum())),
                    words.number(int((here & found.never).sum())),
                )
            )
        title, notes = words("table.outages_townships"), (words("table.outages_order"),)
        return self._grid(title, notes, _TOWNSHIPS, rows, self._above)

    def never(self) -> Grid:
        """Return the villages never reached, those of a township and a reason in one row."""
        words, villages = self._words, self._found.villages
        together: dict[tuple[int, str], list[int]] = {}
        for row in self._in_order_rows(np.flatnonzero(self._found.never)):
            together.setdefault((int(self._parent[row]), villages.reason[row]), []).append(row)
        townships = self._in_order(np.unique(self._parent))
        rows = [
            (
                self._label(township),
                words(f"why.{reason}"),
                words.number(len(here)),
                words.listed(self._label(int(villages.places[row])).rpartition("·")[2] for row in here),
            )
            for township in townships
            for reason in WHY_NEVER
            if (here := together.get((township, reason)))
        ]
        title = words("table.outages_never", level=words.level(self._level, many=True))
        return self._grid(title, (words("table.outages_why"),), _NEVER, rows, self._above)

    def villages(self) -> Grid:
        """Return the villages that lost service or were never reached, one by one."""
        words, found, villages = self._words, self._found, self._found.villages
        above, rows = f"{self._names.label[self._scope.place]}·", []
        for row in self._in_order_rows(np.flatnonzero(found.hit | found.never)):
            label = self._names.label[villages.places[row]].removeprefix(above)
            code, reason = villages.carried[row], villages.reason[row]
            rows.append(
                (
                    words.label(label, self._county.levels),
                    self._clock(villages.from_min[row], "none"),
                    self._clock(villages.to_min[row], "not_restored") if found.hit[row] else words("none"),
                    self._clock(villages.told_min[row], "not_reached"),
                    carried(code, words, restored=bool(found.told_after[row])) if code else words("none"),
                    words(f"why.{reason}") if reason else words("none"),
                )
            )
        title = words("table.outages_villages", level=words.level(self._level, many=True))
        notes = (words("table.outages_why"),)
        return self._grid(title, notes, _VILLAGES, rows, self._level)

    def _grid(
        self,
        title: str,
        notes: tuple[str, ...],
        columns: tuple[Column, ...],
        rows: Sequence[tuple[str, ...]],
        level: LevelPlan,
    ) -> Grid:
        place = self._words.level(level)
        place = place[:1].upper() + place[1:]
        columns = (Column("place", "w", place), *columns[1:])
        return Grid(title, notes, columns, tuple(rows)).headed(self._words)

    def _in_order(self, places: NDArray[np.int64]) -> list[int]:
        return sorted(places.tolist(), key=lambda place: self._names.code[place])

    def _in_order_rows(self, rows: NDArray[np.int64]) -> list[int]:
        return sorted(rows.tolist(), key=lambda row: self._names.code[self._found.villages.places[row]])

    def _label(self, place: int) -> str:
        return self._words.label(self._names.label[place], self._county.levels)

    def _clock(self, minutes: float, never: str) -> str:
        return self._words.clock(self._night.start, minutes) if math.isfinite(minutes) else self._words(never)
