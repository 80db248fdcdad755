"""What became of those who must leave, in words and tables; nothing where it is not simulated."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.county.plan import LevelPlan
from sim.measures import Evacuation, Naming, evacuation
from sim.measures.evacuation import by_measure
from sim.records import EXCLUDED, EXPOSED, EvacuationRecords, Night
from sim.report.content.acts import released_headline
from sim.report.content.grid import Account, Column, Grid
from sim.report.content.scope import Scope
from sim.report.words.language import Words
from sim.scenario import Scenario
from sim.scenario.evacuation import TriggerPlan

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_MARGINS = (120, 60, 30, 10, 0)
"""Where the rows of margins begin, minutes."""
_MOST = 30
"""Rows that page and document set of a table with one for everything that happened."""
_FATES = (Column("fate", "w"), Column("reason"), Column("households", "n"), Column("persons", "n"))
_TRIGGERS = (Column("trigger"), Column("status", "w"), Column("households", "n"), Column("persons", "n"))
_MARGIN = (Column("margin", "w"), Column("households", "n"), Column("persons", "n"))
_SHELTERS = (
    Column("kind"),
    Column("sites", "n"),
    Column("capacity", "n"),
    Column("used", "n"),
    Column("came", "n"),
)
_FIRST_FULL = Column("first_full", "w")
_RELIEF = (Column("supplied", "n"), Column("last_supplied", "w"))
_SITES = (
    Column("kind"),
    Column("sites", "n"),
    Column("site_size", "n"),
    Column("told_sites", "n"),
    Column("safe_then", "n"),
    Column("exposed_then", "n"),
)


@dataclass(frozen=True, eq=False)
class Moved:
    """What became of those who must leave in the place a page is about.

    ``counts`` the measures, ``records`` those of the households there alone, ``persons`` of each; ``inside`` the places there.
    """

    scenario: Scenario
    night: Night
    inside: Bools
    counts: Evacuation
    records: EvacuationRecords
    persons: Ints

    def sum_of(self, which: Bools) -> tuple[int, int]:
        """Return how many households, and persons, some of the rows are."""
        return int(which.sum()), int(self.persons[which].sum())


def moved_here(scenario: Scenario, night: Night, scope: Scope) -> Moved | None:
    """Return what became of them; ``None`` where it is not simulated or nobody there is in danger."""
    inside = scope.places(scenario)
    counts, records = evacuation(scenario, night, inside), night.evacuation
    if counts is None or records is None:
        return None
    homes = scenario.county.households
    here = inside[homes.place[records.rows]]
    if not here.any() and not counts.key_sites.persons:
        return None
    arrays: dict[str, Any] = {
        name: cells[here]
        for name, cells in vars(records).items()
        if isinstance(cells, np.ndarray) and name != "known_min"  # per place, not per household
    }
    own = replace(records, **arrays)
    return Moved(scenario, night, inside, counts, own, homes.persons[own.rows])


def trigger_name(own: str, plan: TriggerPlan, words: Words) -> str:
    """Return the name of a trigger: the planner's in Chinese; English has words for those that are shipped, else its id."""
    return plan.name if words.language == "zh" else words.or_else(f"trigger_named.{own}", own.replace("-", " "))


def reporting_level(scenario: Scenario) -> LevelPlan:
    """Return the level whose places report."""
    return scenario.county.levels[scenario.county.reporting_level]


# --- sentences --------------------------------------------------------------------------------------------------------


def moved_in_brief(scenario: Scenario, night: Night, scope: Scope, words: Words) -> list[str]:
    """Return the line for the terminal; none where it is not simulated."""
    found = moved_here(scenario, night, scope)
    return [] if found is None else [words("terminal.evacuation", said=_main(found, scope, words))]


def moved_in_one_sentence(scenario: Scenario, night: Night, scope: Scope, words: Words) -> str:
    """Return how many were safe before the onset and how many were not; empty where nobody must leave."""
    found = moved_here(scenario, night, scope)
    if found is None or not found.counts.listed_persons:
        return ""
    counts = found.counts
    people = words.count("person", counts.listed_persons)
    said = words("summary.evacuation", p=people, outcome=_outcome(found, scope, words))
    return words.run_on(filter(None, (said, _struck_first(found, words))))


def warned_but_not_asked(scenario: Scenario, night: Night, scope: Scope, told: Bools) -> int:
    """Return how many persons who must leave had heard of danger, but nothing that asks them to, and had not left by themselves.

    Parameters
    ----------
    told : shape (households,)
        who had heard of any danger
    """
    found = moved_here(scenario, night, scope)
    if found is None:
        return 0
    records = found.records
    return found.sum_of(records.due & np.isinf(records.prompted_min) & told[records.rows])[1]


def _main(found: Moved, scope: Scope, words: Words) -> str:
    """Return how many must leave, and what became of them; each counts once."""
    counts = found.counts
    if not counts.listed_persons:
        return words("evacuation.nobody")
    households, persons = found.sum_of(found.records.due)
    return words(
        "evacuation.main",
        h=words.count("household", households),
        p=words.count("person", persons),
        warned=words.count("person", counts.warned),
        outcome=_outcome(found, scope, words),
    )


def _outcome(found: Moved, scope: Scope, words: Words) -> str:
    """Return how many were safe, exposed or neither, and of how many danger areas the exposed were; where none was struck it says so."""
    counts, struck = found.counts, struck_zones(found)
    values = {"safe": _safe(counts, words), "rest": _rest(counts, words)}
    if not struck:
        return words("evacuation.unstruck" if scope.whole else "evacuation.unstruck_here", **values)
    due = found.sum_of(found.records.due & np.isfinite(found.records.onset_min))[1]
    return words(
        "evacuation.outcome",
        exposed=words.count("person", counts.exposed_at_onset),
        zones=words.count("danger_area", len(struck)),
        due=words.count("person", due),
        **values,
    )


def _safe(counts: Evacuation, words: Words) -> str:
    """Return how many were safe before the onset, and how many of these went home again without being struck there."""
    safe, home = counts.safe_before_onset, counts.went_home - counts.exposed_by_cause["went_back"]
    again = words("evacuation.home_again", n=words.count("person", home)) if home else ""
    return words.count("person", safe) + again


def _rest(counts: Evacuation, words: Words) -> str:
    """Return how many were neither safe before the onset nor exposed at it, and why; empty where nobody is left."""
    left = sum(counts.excluded.values())
    why = words.listed(
        words("evacuation.by_count", what=words(f"excluded.{reason}"), n=words.count("person", counts.excluded[reason]))
        for reason in EXCLUDED
        if counts.excluded[reason]
    )
    return words("evacuation.rest", n=words.count("person", left), why=why) if left else ""


def _sentences(found: Moved, scope: Scope, words: Words) -> tuple[str, ...]:
    said = (
        _main(found, scope, words),
        _went_home(found, words),
        _too_late(found, words),
        _struck(found, scope, words),
        _struck_first(found, words),
        _margin(found, words),
        _last(found, words),
        _help(found, words),
        _key_sites(found, words),
        _unlisted(found, words),
    )
    return tuple(sentence for sentence in said if sentence)


def _struck(found: Moved, scope: Scope, words: Words) -> str:
    """Return how many danger areas were struck, from when to when."""
    struck = sorted(struck_zones(found).values())
    if not struck:
        return words("evacuation.not_struck" if scope.whole else "evacuation.not_struck_here")
    zones = words.count("danger_area", len(struck))
    return words("evacuation.struck", zones=zones, clock=from_to(found.night, struck, words))


def _struck_first(found: Moved, words: Words) -> str:
    """Return how many danger areas were struck before the warning of the main results was released; empty where none was."""
    struck, released = struck_zones(found).values(), found.night.release_min
    before = sum(minute < released for minute in struck)
    if not before or not math.isfinite(released):
        return ""
    warning = released_headline(found.scenario, found.night, words)
    zones = words.count("danger_area", len(struck))
    return words("evacuation.struck_first", zones=zones, n=words.number(before), warning=warning)


def _went_home(found: Moved, words: Words) -> str:
    """Return how many went home again, and how many of these were there when the hazard struck; empty where nobody did."""
    counts = found.counts
    if not counts.went_home:
        return ""
    exposed = words.count("person", counts.exposed_by_cause["went_back"])
    return words("evacuation.went_home", n=words.count("person", counts.went_home), exposed=exposed)


def _too_late(found: Moved, words: Words) -> str:
    """Return how many came to a safe place only after their danger area was struck; empty where nobody did."""
    records = found.records
    late = records.due & np.isfinite(records.safe_min) & (records.safe_min > records.onset_min)
    return words("evacuation.too_late", n=words.count("person", found.sum_of(late)[1])) if late.any() else ""


def from_to(night: Night, minutes: Sequence[float], words: Words) -> str:
    """Return the clock time of the first and the last minute, said once where they are the same."""
    first, last = words.clock(night.start, min(minutes)), words.clock(night.start, max(minutes))
    return first if first == last else words("evacuation.from_to", first=first, last=last)


def struck_zones(found: Moved) -> dict[int, float]:
    """Return when each zone was struck in which somebody lives or a key site stands, by its row in the county's table."""
    county, records = found.scenario.county, found.records
    zones = county.households.zone[records.rows]
    at = dict(zip(zones.tolist(), records.onset_min.tolist(), strict=True))
    sites = records.key_sites
    here = _rows_inside(found, county.key_sites)[sites.rows]
    site_zone = county.key_sites["zone"].to_numpy()[sites.rows]
    at |= dict(zip(site_zone[here].tolist(), sites.onset_min[here].tolist(), strict=True))
    return {zone: minute for zone, minute in at.items() if math.isfinite(minute)}


def _rows_inside(found: Moved, table: pd.DataFrame) -> Bools:
    """Return which rows of a table of the county lie in the place."""
    index = found.scenario.county.index
    return np.array([found.inside[index[code]] for code in table["place"]], dtype=bool)


def _in_time(found: Moved) -> Bools:
    """Return which households were safe before an onset that came."""
    in_time: Bools = by_measure(found.records)["safe_before_onset"] & np.isfinite(found.records.onset_min)
    return in_time


def _margin(found: Moved, words: Words) -> str:
    """Return how long before the onset people were safe: minutes of the earlier half go down, those of the slowest up."""
    half, tenth = found.counts.margin_p50_min, found.counts.margin_p10_min
    if half is None or tenth is None:
        return ""
    return words(
        "evacuation.margin",
        n=words.count("person", found.sum_of(_in_time(found))[1]),
        half=words("length.min", n=words.number(math.floor(half + 1e-9))),
        tenth=words("length.min", n=words.number(math.ceil(tenth - 1e-9))),
    )


def _last(found: Moved, words: Words) -> str:
    """Return when the last of them was safe, once all are who were at home."""
    last, records = found.counts.last_safe_min, found.records
    left = records.due & np.isinf(records.safe_min) & (records.excluded != EXCLUDED.index("away"))
    return "" if last is None or left.any() else words("evacuation.last", clock=words.clock(found.night.start, last))


def _help(found: Moved, words: Words) -> str:
    """Return how often villages asked for reinforcements, and how often these came."""
    asked = _requests(found)
    if not asked:
        return ""
    return words(
        "evacuation.help",
        places=words.places(reporting_level(found.scenario), len({request.place for request in asked})),
        asked=words.count("try", len(asked)),
        arrived=words.count("try", sum(math.isfinite(request.arrived_min) for request in asked)),
    )


def _key_sites(found: Moved, words: Words) -> str:
    sites = found.counts.key_sites
    rows = _threatened_sites(found)
    if not len(rows):
        return ""
    return words(
        "evacuation.sites",
        sites=words.count("key_site", len(rows)),
        n=words.count("person", sites.persons),
        safe=words.count("person", sites.safe_before_onset),
        exposed=words.count("person", sites.exposed_at_onset),
    )


def _unlisted(found: Moved, words: Words) -> str:
    unlisted = found.counts.unlisted
    if not unlisted.threatened_persons:
        return ""
    return words(
        "evacuation.unlisted",
        n=words.count("person", unlisted.threatened_persons),
        exposed=words.count("person", unlisted.exposed_at_onset),
    )


# --- sections of the page ---------------------------------------------------------------------------------------------


def moved_account(scenario: Scenario, night: Night, names: Naming, scope: Scope, words: Words) -> Account | None:
    """Return what became of those who must leave in the scope; ``None`` where it is not simulated or nobody is in danger."""
    found = moved_here(scenario, night, scope)
    if found is None:
        return None
    tables = tuple(table for table in _Tables(found, names, scope, words).all() if table.rows)
    return Account(_sentences(found, scope, words), (words("evacuation.note"),), tables)


def clock_or(night: Night, minutes: float, words: Words, never: str = "none") -> str:
    """Return a clock time, or the text ``never`` where it never came to it."""
    return words.clock(night.start, minutes) if math.isfinite(minutes) else words(never)


@dataclass(frozen=True)
class _Request:
    """A village asked for reinforcements: when, when they arrived (``inf``: not), and from which place."""

    place: int
    asked_min: float
    arrived_min: float = math.inf
    base: int = -1


def _requests(found: Moved) -> list[_Request]:
    """Return every request in order of time; an arrival answers the last request of its village."""
    made: list[_Request] = []
    last: dict[int, int] = {}
    for event in found.night.events:
        if event.event != "evacuation" or not found.inside[event.place]:
            continue
        if event.act == "asked_for_help":
            last[event.place] = len(made)
            made.append(_Request(event.place, event.t_min))
        elif event.act == "arrived" and event.place in last:
            row = last[event.place]
            made[row] = replace(made[row], arrived_min=event.t_min, base=event.counterpart)
    return made


def _threatened_sites(found: Moved) -> Ints:
    """Return the rows, in the records of key sites, of those in the place; none where they are not simulated."""
    plan = found.scenario.plan.evacuation
    if plan is None or plan.key_sites is None:
        return np.zeros(0, dtype=np.int64)
    here = _rows_inside(found, found.scenario.county.key_sites)
    return np.flatnonzero(here[found.records.key_sites.rows])


class _Tables:
    """Turns the records into rows to read, each place named as it may be shown."""

    def __init__(self, found: Moved, names: Naming, scope: Scope, words: Words) -> None:
        self._found, self._names, self._words = found, names, words
        self._county = found.scenario.county
        self._above = f"{names.label[scope.place]}·"

    def all(self) -> Iterable[Grid]:
        """Yield every table; some may have no row."""
        yield self._fates()
        yield self._triggers()
        yield self._margins()
        yield self._zones()
        yield self._shelters()
        yield self._reinforcements()
        yield self._sites()

    def _fates(self) -> Grid:
        """Return what became of everybody who must leave; the rows sum to all of them."""
        words, own = self._words, by_measure(self._found.records)
        rows = [(words("fate.safe"), words("none"), *self._sum(own["safe_before_onset"]))]
        causes = [cause for cause in EXPOSED if own[cause].any()]
        if not causes:
            rows.append((words("fate.exposed"), words("none"), *self._sum(own["exposed"])))
        rows += [(words("fate.exposed"), words(f"exposed.{cause}"), *self._sum(own[cause])) for cause in causes]
        rows += [
            (words("fate.excluded"), words(f"excluded.{reason}"), *self._sum(own[reason]))
            for reason in EXCLUDED
            if own[reason].any()
        ]
        if not own["listed"].any():
            rows = []
        else:
            rows.append((words("total"), "", *self._sum(own["listed"])))
        return self._grid("fates", _FATES, rows, wide=False)

    def _triggers(self) -> Grid:
        """Return what asked them first: the triggers of the scenario, then those whom nothing asked."""
        words, records, plan = self._words, self._found.records, self._found.scenario.plan.evacuation
        triggers = plan.triggers if plan is not None else {}
        rows = []
        for number, (own, trigger) in enumerate(triggers.items()):
            if (here := records.due & (records.trigger == number)).any():
                status = words(f"status.{trigger.status}") if trigger.status else words("status.none")
                rows.append((trigger_name(own, trigger, words), status, *self._sum(here)))
        unasked, heard = records.due & (records.trigger < 0), np.isfinite(records.prompted_min)
        for key, here in (("went_unasked", unasked & heard), ("untold", unasked & ~heard)):
            if here.any():
                rows.append((words(key), words("none"), *self._sum(here)))
        columns = tuple(
            replace(column, heading=words("status")) if column.key == "status" else column for column in _TRIGGERS
        )
        return self._grid("triggers", columns, rows, wide=False)

    def _margins(self) -> Grid:
        """Return how many were safe so long before the onset."""
        words, found = self._words, self._found
        in_time = _in_time(found)
        margin = np.where(in_time, found.records.onset_min, 0) - np.where(in_time, found.records.safe_min, 0)
        rows, high = [], math.inf
        for low in _MARGINS:
            form = "least" if high == math.inf else "between" if low else "below"
            here = in_time & (margin >= low) & (margin < high)
            name = words(f"margin.{form}", low=low, high=f"{high:g}")
            rows.append((name, *self._sum(here)))
            high = low
        return self._grid("margins", _MARGIN, rows if in_time.any() else [], wide=False)

    def _zones(self) -> Grid:
        """Return the danger areas struck, by time: their codes only where real names may be shown."""
        words, found, county = self._words, self._found, self._county
        struck = sorted(struck_zones(found).items(), key=lambda each: (each[1], self._shown_place(each[0])))
        zone, own = county.households.zone[found.records.rows], by_measure(found.records)
        rows = []
        counted_as = ("listed", "safe_before_onset", "exposed", "away")
        for row, at_min in struck:
            here, kind = zone == row, str(county.zones["kind"].iloc[row])
            code = (str(county.zones["code"].iloc[row]),) if self._names.real else ()
            counted = (self._sum(here & own[name])[1] for name in counted_as)
            place = self._label(int(county.zone_place[row]))
            rows.append(
                (clock_or(found.night, at_min, words), place, words.or_else(f"zone.{kind}", kind), *code, *counted)
            )
        coded = (Column("zone_code", "w"),) if self._names.real else ()
        if rows:
            inside = np.isin(zone, [row for row, _ in struck])
            total = (self._sum(inside & own[name])[1] for name in counted_as)
            rows.append((words("total"), words.count("danger_area", len(struck)), "", *("" for _ in coded), *total))
        columns = (
            Column("struck", "w", words("happened.struck")),
            self._place(county.levels[-1]),
            Column("zone_kind"),
            *coded,
            Column("due", "n"),
            Column("safe_then", "n"),
            Column("exposed_then", "n"),
            Column("away_then", "n"),
        )
        return self._grid("zones", columns, rows, most=_MOST)

    def _shown_place(self, zone: int) -> str:
        return self._names.code[int(self._county.zone_place[zone])]

    def _shelters(self) -> Grid:
        """Return the shelters that are opened, by kind: how many were used and full, how many persons came, whether supplies came."""
        words, found, county = self._words, self._found, self._county
        plan = found.scenario.plan.evacuation
        inside, own = _rows_inside(found, county.shelters), found.records.shelters
        relief = plan is not None and plan.relief is not None
        rows = []
        for kind in plan.shelters.kinds if plan is not None else ():
            here = inside & (county.shelters["kind"] == kind).to_numpy()
            full, supplied = own.full_min[here], own.relieved_min[here]
            row = (
                words(f"shelter_kind.{kind}"),
                words.number(int(here.sum())),
                words.number(int(county.shelters["capacity"].to_numpy()[here].sum())),
                words.number(int((own.persons[here] > 0).sum())),
                words.number(int(own.persons[here].sum())),
                words.number(int(np.isfinite(full).sum())),
                clock_or(found.night, float(full.min(initial=math.inf)), words),
            )
            last = supplied[np.isfinite(supplied)].max(initial=-math.inf)
            came = (words.number(int(np.isfinite(supplied).sum())), clock_or(found.night, last, words))
            if here.any():
                rows.append((*row, *came) if relief else row)
        notes = (
            (words("table.shelters_note"), words("table.relief_note")) if relief else (words("table.shelters_note"),)
        )
        columns = (*_SHELTERS, Column("full", "n", words("happened.full")), _FIRST_FULL, *(_RELIEF if relief else ()))
        return replace(self._grid("shelters", columns, rows), notes=notes)

    def _reinforcements(self) -> Grid:
        """Return who asked for reinforcements when, when they came and from where."""
        words, night, asked = self._words, self._found.night, _requests(self._found)
        rows = [
            (
                clock_or(night, request.asked_min, words),
                self._label(request.place),
                clock_or(night, request.arrived_min, words, "not_arrived"),
                self._words.label(self._names.label[request.base], self._county.levels)
                if request.base >= 0
                else words("none"),
            )
            for request in asked
        ]
        if asked:
            came = sum(math.isfinite(request.arrived_min) for request in asked)
            times = (words("total"), words.count("try", len(asked)), words.count("try", came), "")
            rows.append(times)
        level = self._place(reporting_level(self._found.scenario))
        asked_at, arrived_at = (Column(act, "w", words(f"happened.{act}")) for act in ("asked_for_help", "arrived"))
        columns = (asked_at, level, arrived_at, Column("base"))
        return self._grid("reinforcements", columns, rows, most=_MOST)

    def _sites(self) -> Grid:
        """Return the threatened key sites by kind."""
        words, county, own = self._words, self._county, self._found.records.key_sites
        at = _threatened_sites(self._found)
        table = county.key_sites.iloc[own.rows[at]].assign(
            told=np.isfinite(own.prompted_min[at]),
            safe=np.isfinite(own.safe_min[at]) & (own.safe_min[at] <= own.onset_min[at]),
            struck=np.isfinite(own.onset_min[at]),
        )
        rows = [
            (
                words.or_else(f"site.{kind}", str(kind)),
                words.number(len(sites)),
                words.number(int(sites["persons"].sum())),
                words.number(int(sites["told"].sum())),
                words.number(int(sites["persons"][sites["safe"]].sum())),
                words.number(int(sites["persons"][sites["struck"] & ~sites["safe"]].sum())),
            )
            for kind, sites in table.groupby("kind", sort=False)
        ]
        return self._grid("moved_sites", _SITES, rows)

    def _grid(
        self,
        name: str,
        columns: tuple[Column, ...],
        rows: Sequence[tuple[str, ...]],
        *,
        wide: bool = True,
        most: int = 0,
    ) -> Grid:
        """Return the table of a name."""
        words = self._words
        notes = (words(f"table.{name}_note"),)
        return Grid(words(f"table.{name}"), notes, columns, tuple(rows), wide=wide, most=most).headed(words)

    def _sum(self, which: Bools) -> tuple[str, str]:
        households, persons = self._found.sum_of(which)
        return self._words.number(households), self._words.number(persons)

    def _place(self, level: LevelPlan) -> Column:
        name = self._words.level(level)
        return Column("place", "w", name[:1].upper() + name[1:])

    def _label(self, place: int) -> str:
        return self._words.label(self._names.label[place].removeprefix(self._above), self._county.levels)
