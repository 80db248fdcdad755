"""What failed in a run and what it did, in words and tables; nothing at all where nothing failed."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.county.plan import LevelPlan
from sim.measures import Naming, Outage, outage
from sim.measures.outages import WHY_NEVER, down_at, minutes_of_change, something_failed, within_the_run
from sim.records import CAUSES, ActRecords, Event, Night
from sim.report.content.acts import act_names, headline, released_headline
from sim.report.content.grid import Account, Column, Grid
from sim.report.content.scope import Scope
from sim.report.words.language import Words
from sim.scenario import Scenario, addressed

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
_NETWORKS = ("feeders", "sites", "roads", "sets")
_NEEDS_SERVICE = frozenset({"phone", "auto_call", "sms", "flash_sms", "wechat", "work_app"})
_ACTS = (
    Column("act"),
    Column("released", "w"),
    Column("addressed_villages", "n"),
    Column("dark_then", "n"),
    Column("told_before", "n"),
    Column("told_after_by"),
    Column("never_why"),
)
# behind the place, whose heading is the name of its level:
_TOWNSHIPS = (
    Column("villages", "n"),
    Column("dark", "n"),
    Column("dark_from_first", "w"),
    Column("dark_to", "w"),
    Column("told_after", "n"),
    Column("never_villages", "n"),
)
_NEVER = (Column("why", "w"), Column("villages", "n"), Column("which"))
_VILLAGES = (
    Column("dark_from", "w"),
    Column("dark_to", "w"),
    Column("told_at", "w"),
    Column("carried", "w"),
    Column("why", "w"),
)


@dataclass(frozen=True, eq=False)
class Failed:
    """What failed in the place a page is about: its villages, and the changes of what they run on.

    ``mains`` of the same villages, ``sites`` that stand here, ``roads`` that begin or end here; minutes as in ``OutageRecords``.
    """

    scenario: Scenario
    night: Night
    scope: Scope
    villages: Outage
    mains: Floats
    sites: Floats
    roads: Floats

    @property
    def level(self) -> LevelPlan:
        """The level whose places outages are counted by."""
        county = self.scenario.county
        own = county.level_index("village")
        return county.levels[-1 if own is None else own]

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

    @cached_property
    def by_act(self) -> tuple[tuple[ActRecords, Failed], ...]:
        """What became of the villages that each act is addressed to; of acts released that call villages."""
        county = self.scenario.county
        plans = {plan.id: plan for plan in self.scenario.plan.acts}
        is_village = np.zeros(len(county.places), dtype=bool)
        is_village[self.villages.places] = True
        found = []
        for act in self.night.acts:
            if act.id not in plans or not math.isfinite(act.released_min):
                continue
            calls_villages = any(is_village[event.place] for event in self.night.events if _calls_a_desk(event, act.id))
            there = is_village & addressed(plans[act.id], county)
            if calls_villages and there.any():
                villages = outage(self.scenario, self.night, act.id).within(there)
                found.append((act, replace(self, villages=villages)))
        return tuple(found)

    @property
    def worst_act(self) -> tuple[ActRecords, Failed] | None:
        """The act at whose release most of its villages had no service, and what became of these; ``None`` where all had."""
        worst = max(self.by_act, key=lambda one: (_dark_at_release(*one), one[0].released_min), default=None)
        return worst if worst is not None and _dark_at_release(*worst) else None


def _calls_a_desk(event: Event, act_id: str) -> bool:
    return event.event == "call" and event.act_id == act_id and event.counterpart >= 0 and not event.detail


def _dark_at_release(act: ActRecords, found: Failed) -> int:
    return found.villages.dark_at(act.released_min)


def failed_here(scenario: Scenario, night: Night, scope: Scope) -> Failed | None:
    """Return what failed in the scope; ``None`` where nothing did."""
    if not something_failed(night):
        return None
    inside, records, networks = scope.places(scenario), night.outages, scenario.county.networks
    villages = outage(scenario, night).within(inside)
    mains, sites, roads = (within_the_run(each, night) for each in (records.mains, records.sites, records.roads))
    found = Failed(
        scenario,
        night,
        scope,
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


# --- sentences --------------------------------------------------------------------------------------------------------


def brief(scenario: Scenario, night: Night, scope: Scope, words: Words) -> list[str]:
    """Return the lines for the terminal; none where nothing failed."""
    found = failed_here(scenario, night, scope)
    if found is None:
        return []
    told = _told(found, words) or _others(found, words)
    return [_network(found, words), *told, *_about_worst_act(found, words)]


def in_one_sentence(scenario: Scenario, night: Night, scope: Scope, words: Words) -> str:
    """Return the most that were cut off and how many were never reached; empty where no village lost service."""
    found = failed_here(scenario, night, scope)
    if found is None or not found.hit.any():
        return ""
    left = []
    if n := int(found.never.sum()):
        left.append(words("summary.unreached_first", act=released_headline(scenario, night, words), n=n))
    if (worst := found.worst_act) is not None and worst[0].id not in scenario.plan.headline and worst[1].never.any():
        act = act_names(scenario, words)[worst[0].id]
        left.append(words("summary.unreached", act=act, n=int(worst[1].never.sum())))
    dark, never = words.places(found.level, found.villages.dark_at_once), words.listed(left)
    return words("summary.outages" if never else "summary.outages_all_reached", dark=dark, never=never)


def _sentences(found: Failed, words: Words) -> tuple[str, ...]:
    """Return what failed, and what became of the villages that lost service."""
    others = ("" if words.language == "zh" else " ").join(_others(found, words))
    told, act = _told(found, words), _about_worst_act(found, words)
    said = (_network(found, words), others, *told, *act, _never_reached(found, words))
    return tuple(sentence for sentence in said if sentence)


def _network(found: Failed, words: Words) -> str:
    """Return how many villages had no service: at most, at the release, at the end."""
    villages, night = found.villages, found.night
    everyone = words.places(found.level, len(villages.places))
    if not found.hit.any():
        return words("outages.never_dark", all=everyone)
    at_release = ""
    if math.isfinite(night.release_min):
        warning = released_headline(found.scenario, night, words)
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


def _others(found: Failed, words: Words) -> list[str]:
    """Return the most that was without mains, out of use or closed at one time, of whatever failed."""
    said = []
    for key, changes in (("mains", found.mains), ("sites", found.sites), ("roads", found.roads)):
        if most := int(down_at(changes, minutes_of_change(changes)).sum(axis=1).max(initial=0)):
            count = words.places(found.level, most) if key == "mains" else words.number(most)
            said.append(words(f"outages.{key}", most=count, all=words.number(len(changes))))
    return said


def _told(found: Failed, words: Words) -> list[str]:
    """Return how many of the villages that lost service had been reached before, were reached afterwards and by what, or never."""
    hit = int(found.hit.sum())
    if not hit:
        return []
    after, never = int(found.told_after.sum()), int((found.hit & found.never).sum())
    said = words(
        "outages.told",
        all=words.places(found.level, hit),
        warning=released_headline(found.scenario, found.night, words),
        before=hit - after - never,
        after=after,
        by=_by(found, words),
        never=never,
    )
    return [said]


def _about_worst_act(found: Failed, words: Words) -> list[str]:
    """Return what became of the act at whose release most of its villages had no service; empty where all had."""
    if found.worst_act is None:
        return []
    act, there = found.worst_act
    said = words(
        "outages.act",
        act=act_names(found.scenario, words)[act.id],
        clock=words.clock(found.night.start, act.released_min),
        all=words.places(found.level, len(there.villages.places)),
        dark=_dark_at_release(act, there),
        after=int(there.told_after.sum()),
        by=_by(there, words),
        never=int(there.never.sum()),
        why=_why(there, words),
    )
    return [said]


def _never_reached(found: Failed, words: Words) -> str:
    """Return how many villages did not answer, how many of these knew all the same, and how many never did, and why."""
    warning, never = released_headline(found.scenario, found.night, words), int(found.never.sum())
    if not never:
        return words("outages.never_none", warning=warning, all=words.places(found.level, len(found.never)))
    silent = int(np.isinf(found.night.places.acknowledged_min[found.villages.places]).sum())
    if silent <= never:
        return words("outages.never", warning=warning, n=words.places(found.level, never), why=_why(found, words))
    return words(
        "outages.unanswered",
        warning=warning,
        silent=words.places(found.level, silent),
        otherwise=silent - never,
        n=never,
        why=_why(found, words),
    )


def _by(found: Failed, words: Words) -> str:
    """Return by what the villages knew that knew only after they had lost service, with how many each."""
    means = Counter(found.villages.carried[row] for row in np.flatnonzero(found.told_after).tolist())
    return _counts(((carried(one, words, restored=True), n) for one, n in means.most_common()), words)


def _why(found: Failed, words: Words) -> str:
    """Return why villages never knew, with how many each."""
    reasons = Counter(found.villages.reason)
    return _counts(((words(f"why.{reason}"), reasons[reason]) for reason in WHY_NEVER if reasons[reason]), words)


def _counts(counts: Iterable[tuple[str, int]], words: Words) -> str:
    """Return how many of each, as a list in brackets; empty where there is none."""
    return in_brackets(words.listed(words("outages.by_count", by=name, n=n) for name, n in counts), words)


def in_brackets(text: str, words: Words) -> str:
    """Return a text in brackets, to stand behind another; empty if it is."""
    return words("paren", text=text) if text else ""


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
    notes = [words("outages.note", warning=headline(scenario, words))]
    if made := made_networks(scenario, words):
        notes.append(words("outages.made", made=made))
    tables = tuple(table for table in _Tables(found, names, words).all() if table.rows)
    return Account(_sentences(found, words), tuple(notes), tables)


def made_networks(scenario: Scenario, words: Words) -> str:
    """Return which networks of the county are made by seed where no table gives them, as a list; empty if none."""
    synthesis = scenario.plan.county.synthesis
    rules = synthesis.networks if synthesis else None
    return words.listed(words(f"table_of.{name}") for name in _NETWORKS if rules and getattr(rules, name))


class _Tables:
    """Turns villages into rows to read, each named as it may be shown; in the order of the codes shown."""

    def __init__(self, found: Failed, names: Naming, words: Words) -> None:
        self._found, self._names, self._words = found, names, words
        county = found.scenario.county
        self._levels = county.levels
        self._above = county.levels[max(county.levels.index(found.level) - 1, 0)]
        self._parent = county.places.parent[found.villages.places]

    def all(self) -> tuple[Grid, ...]:
        """Return the acts; then townships, or of a smaller place its villages."""
        scope = self._found.scope
        if scope.whole and (self._parent != scope.place).any():
            return self._acts(), self._townships(), self._never()
        return self._acts(), self._villages()

    def _acts(self) -> Grid:
        """Return the acts that call villages: how many of those had no service at release, who was reached before and after, or never."""
        words, names = self._words, act_names(self._found.scenario, self._words)
        rows = []
        for act, there in self._found.by_act:
            every, after, never = len(there.never), int(there.told_after.sum()), int(there.never.sum())
            rows.append(
                (
                    names[act.id],
                    self._clock(act.released_min),
                    words.number(every),
                    words.number(_dark_at_release(act, there)),
                    words.number(every - after - never),
                    words.number(after) + _by(there, words),
                    words.number(never) + _why(there, words),
                )
            )
        return self._grid("table.outages_acts", "table.outages_acts_note", _ACTS, rows)

    def _townships(self) -> Grid:
        """Return the townships in which a village lost service or was never reached."""
        words, found, villages = self._words, self._found, self._found.villages
        rows = []
        for township in self._townships_of(found.hit | found.never):
            here = self._parent == township
            hit = here & found.hit
            ends = villages.to_min[hit].max(initial=-math.inf)
            rows.append(
                (
                    self._label(township),
                    words.number(int(here.sum())),
                    words.number(int(hit.sum())),
                    self._clock(villages.from_min[hit].min(initial=math.inf)),
                    self._clock(ends, "not_restored" if hit.any() else "none"),
                    words.number(int((here & found.told_after).sum())),
                    words.number(int((here & found.never).sum())),
                )
            )
        columns = (self._place(self._above), *_TOWNSHIPS)
        return self._grid("table.outages_townships", "table.outages_order", columns, rows)

    def _never(self) -> Grid:
        """Return the villages never reached, those of a township and a reason in one row."""
        words, found = self._words, self._found
        reasons = np.array(found.villages.reason)
        rows = [
            (
                self._label(township),
                words(f"why.{reason}"),
                words.number(len(here)),
                words.listed(self._label(found.villages.places[row]).rpartition("·")[2] for row in here),
            )
            for township in self._townships_of(found.never)
            for reason in WHY_NEVER
            if (here := self._in_order((self._parent == township) & (reasons == reason)))
        ]
        columns = (self._place(self._above), *_NEVER)
        return self._grid("table.outages_never", "table.outages_why", columns, rows)

    def _villages(self) -> Grid:
        """Return the villages that lost service or were never reached, one by one."""
        words, found, villages = self._words, self._found, self._found.villages
        above, rows = f"{self._names.label[found.scope.place]}·", []
        for row in self._in_order(found.hit | found.never):
            label = self._names.label[villages.places[row]].removeprefix(above)
            code, reason = villages.carried[row], villages.reason[row]
            rows.append(
                (
                    words.label(label, self._levels),
                    self._clock(villages.from_min[row]),
                    self._clock(villages.to_min[row], "not_restored" if found.hit[row] else "none"),
                    self._clock(villages.told_min[row], "not_reached"),
                    carried(code, words, restored=bool(found.told_after[row])) if code else words("none"),
                    words(f"why.{reason}") if reason else words("none"),
                )
            )
        columns = (self._place(found.level), *_VILLAGES)
        return self._grid("table.outages_villages", "table.outages_why", columns, rows)

    def _grid(self, title: str, note: str, columns: tuple[Column, ...], rows: Sequence[tuple[str, ...]]) -> Grid:
        words = self._words
        level = words.level(self._found.level, many=True)
        return Grid(words(title, level=level), (words(note),), columns, tuple(rows)).headed(words)

    def _place(self, level: LevelPlan) -> Column:
        """Return the column of places of a level."""
        name = self._words.level(level)
        return Column("place", "w", name[:1].upper() + name[1:])

    def _in_order(self, which: Bools) -> list[int]:
        """Return the rows of some of the villages."""
        places = self._found.villages.places
        return sorted(np.flatnonzero(which).tolist(), key=lambda row: self._names.code[places[row]])

    def _townships_of(self, which: Bools) -> list[int]:
        """Return the places above some of the villages."""
        return sorted(np.unique(self._parent[which]).tolist(), key=lambda place: self._names.code[place])

    def _label(self, place: int) -> str:
        return self._words.label(self._names.label[place], self._levels)

    def _clock(self, minutes: float, never: str = "none") -> str:
        """Return a clock time, or the text ``never`` where it never came to it."""
        return self._words.clock(self._found.night.start, minutes) if math.isfinite(minutes) else self._words(never)
