"""The tables of the result folder, as ``sim.records.TABLES`` promises them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.measures.attribution import minutes_inside
from sim.measures.coverage import Grouped, time_to_share
from sim.measures.evacuation import by_measure, inside_each, reported_min
from sim.measures.naming import Naming
from sim.measures.outages import first_outage, within_the_run
from sim.measures.targets import judge
from sim.measures.zones import zone_curves
from sim.records import CHANNELS, DTYPES, EXPOSED, REASONS, STEPS, TABLES, Messages, Night
from sim.scenario import Scenario

Floats = NDArray[np.float64]


def tabulate(scenario: Scenario, night: Night, names: Naming) -> dict[str, pd.DataFrame]:
    """Return every table of one night by name; NaN stands for null."""
    way = _Way(scenario, night)
    columns: dict[str, dict[str, object]] = {
        "targets": _targets(scenario, night),
        "acts": _acts(scenario, night),
        "channels": _channels(scenario, night),
        "messages": {field.name: [getattr(row, field.name) for row in night.messages] for field in fields(Messages)},
        "attribution": way.attribution(names),
        "never": way.never(names),
        "key_sites": _key_sites(scenario, night, names),
        "shelters": _shelters(scenario, night, names),
        "reports": _reports(night, names),
        "evacuation": _evacuation(scenario, night, names),
        "curves": _curves(scenario, night, names),
        "townships": _places(scenario, night, names, "township", way),
        "villages": _places(scenario, night, names, "village", way),
        "events": _events(scenario, night, names),
        "households": _households(scenario, night, names),
    }
    return {name: _frame(name, content) for name, content in columns.items()}


def _frame(name: str, content: dict[str, object]) -> pd.DataFrame:
    spec = TABLES[name]
    frame = pd.DataFrame(
        {column.name: pd.Series(content[column.name], dtype=DTYPES[column.kind]) for column in spec.columns}
    )
    return frame.replace([np.inf, -np.inf], np.nan)


def _columns(name: str, rows: Sequence[tuple[object, ...]]) -> dict[str, object]:
    """Return the columns of a table from its rows, of which there may be none."""
    return {column: [row[number] for row in rows] for number, column in enumerate(TABLES[name].names)}


def _null(times_min: Floats) -> Floats:
    return np.where(np.isfinite(times_min), times_min, np.nan)


def _targets(scenario: Scenario, night: Night) -> dict[str, object]:
    results = judge(scenario, night)
    return {
        "target_id": [r.id for r in results],
        "name": [r.plan.name for r in results],
        "act_id": [r.act or "" for r in results],
        "event": [r.event for r in results],
        "of_whom": [r.of_whom for r in results],
        "threshold": [r.plan.within_min for r in results],
        "unit": ["min"] * len(results),
        "value": [np.nan if r.value_min is None else r.value_min for r in results],
        "met": [r.met for r in results],
        "source": [r.plan.source for r in results],
        "applies_to": [r.plan.applies_to for r in results],
        "status": [r.plan.status for r in results],
    }


def _acts(scenario: Scenario, night: Night) -> dict[str, object]:
    places, acts = len(scenario.county.places), night.acts
    answers = [act.calls.acknowledged_min[1:places] for act in acts]
    told = [act.reception.told_min for act in acts]
    begun, consulted, signed, released = (
        _null(np.array(step)) for step in zip(*(a.decided_min for a in acts), strict=True)
    )
    return {
        "act_id": [act.id for act in acts],
        "kind": [act.kind for act in acts],
        "level": [act.level for act in acts],
        "change": [act.change for act in acts],
        "begun_min": begun,
        "consulted_min": consulted,
        "signed_min": signed,
        "released_min": released,
        "acknowledged_places": [int(np.isfinite(times).sum()) for times in answers],
        "acknowledged_last_min": [np.max(times[np.isfinite(times)], initial=-np.inf) for times in answers],
        "addressed_households": [len(times) for times in told],
        "warned_households": [int(np.isfinite(times).sum()) for times in told],
        "confirmed_households": [int(np.isfinite(act.reception.confirmed_min).sum()) for act in acts],
        "warned_p50_min": [time_to_share(times, 0.5) for times in told],
        "warned_p95_min": [time_to_share(times, 0.95) for times in told],
    }


def _channels(scenario: Scenario, night: Night) -> dict[str, object]:
    used = [(act, name) for act in night.acts for name in CHANNELS if name in act.reception.reached]
    plans = [getattr(scenario.plan.channels, name) for _, name in used]
    first = [int((act.reception.first_by == CHANNELS.index(name)).sum()) for act, name in used]
    reached = [act.reception.reached[name] for act, name in used]
    return {
        "act_id": [act.id for act, _ in used],
        "channel": [name for _, name in used],
        "needs": ["、".join(plan.needs) for plan in plans],
        "acknowledges": [plan.acknowledges for plan in plans],
        "first_households": first,
        "alone_households": [
            n if one.begins == "told" else len(one.who) for n, one in zip(first, reached, strict=True)
        ],
    }


def _key_sites(scenario: Scenario, night: Night, names: Naming) -> dict[str, object]:
    sites, places = scenario.county.key_sites, len(scenario.county.places)
    posts = {post: plan.title for post, plan in scenario.plan.roster.posts.items()} | {"": ""}
    first, by = np.full(len(sites), np.inf), np.full(len(sites), "", dtype=object)
    for act in night.acts:
        if act.id in scenario.plan.headline:
            at = act.calls.acknowledged_min[places : places + len(sites)]
            post = np.array(act.calls.acknowledged_by[places : places + len(sites)], dtype=object)
            by, first = np.where(at < first, post, by), np.minimum(first, at)
    rows, codes, kind, place = _points(scenario, names, sites)
    return {
        "code": codes,
        "kind": kind,
        "place": [names.code[i] for i in place],
        "persons": sites["persons"].to_numpy()[rows],
        "acknowledged_min": _null(first)[rows],
        "acknowledged_by": [posts[by[row]] for row in rows],
    }


def _points(
    scenario: Scenario, names: Naming, table: pd.DataFrame
) -> tuple[list[int], list[str], list[str], list[int]]:
    """Return the rows of a table of the county by kind and shown place; and, in that order, shown codes, kinds and places (indices)."""
    county = scenario.county
    place, kind, entity = [county.index[code] for code in table["place"]], list(table["kind"]), list(table["entity"])
    rows = sorted(range(len(table)), key=lambda row: (kind[row], names.code[place[row]], entity[row]))
    own = table["code"].tolist()
    codes = [own[row] for row in rows]
    if not names.real:  # their numbers follow the official list of places
        codes = [f"{county.code}-{kind[row]}-{n + 1:03d}" for n, row in enumerate(rows)]
    return rows, codes, [kind[row] for row in rows], [place[row] for row in rows]


def _shelters(scenario: Scenario, night: Night, names: Naming) -> dict[str, object]:
    if night.evacuation is None:
        return _columns("shelters", [])
    shelters, records = scenario.county.shelters, night.evacuation.shelters
    rows, codes, kind, place = _points(scenario, names, shelters)
    return {
        "code": codes,
        "kind": kind,
        "place": [names.code[i] for i in place],
        "label": [names.label[i] for i in place],
        "capacity": shelters["capacity"].to_numpy()[rows],
        "persons": records.persons[rows],
        "full_min": _null(records.full_min)[rows],
        "relieved_min": _null(records.relieved_min)[rows],
    }


def _reports(night: Night, names: Naming) -> dict[str, object]:
    """Return the reports, village by village in the order of the shown codes, each in the order of counting."""
    told = sorted(night.reports or (), key=lambda report: (names.code[report.place], report.counted_min))
    return _columns("reports", [(names.code[report.place], *report[1:]) for report in told])


def _evacuation(scenario: Scenario, night: Night, names: Naming) -> dict[str, object]:
    """Return how many of the households that must leave came to what: county, townships, and villages that have any."""
    if night.evacuation is None:
        return _columns("evacuation", [])
    county, records = scenario.county, night.evacuation
    counts = {}
    for measure, counted in by_measure(records).items():
        homes = records.rows[counted]
        place, persons = county.households.place[homes], county.households.persons[homes]
        counts[measure] = inside_each(county, place, np.ones_like(persons)), inside_each(county, place, persons)
    listed, village = counts["listed"][0], county.level_index("village")
    shown = [i for i in _in_order(scenario, names) if listed[i] or county.places.level[i] != village]
    return _columns(
        "evacuation",
        [
            (names.code[i], measure, int(households[i]), int(persons[i]))
            for i in shown
            for measure, (households, persons) in counts.items()
        ],
    )


def _curves(scenario: Scenario, night: Night, names: Naming) -> dict[str, object]:
    """Return how the warning spread in each township, in the order of the shown codes."""
    curves = zone_curves(scenario, night)
    curves["code"], curves["label"] = ([own[i] for i in curves["place"]] for own in (names.code, names.label))
    shown = curves.sort_values("code", kind="stable")
    return {name: shown[name].to_numpy() for name in TABLES["curves"].names}


def _in_order(scenario: Scenario, names: Naming) -> list[int]:
    """Return county, townships and villages by level and shown code: the official order would name them."""
    county = scenario.county
    levels = {0, county.level_index("township"), county.level_index("village")}
    level = county.places.level.tolist()
    return sorted((i for i in range(len(level)) if level[i] in levels), key=lambda i: (level[i], names.code[i]))


def _places(scenario: Scenario, night: Night, names: Naming, level_id: str, way: _Way) -> dict[str, object]:
    county = scenario.county
    level = county.level_index(level_id)
    of_level = county.of_level(level) if level is not None else np.zeros(0, dtype=np.int64)
    rows = of_level[
        np.argsort([names.code[i] for i in of_level])
    ]  # shown codes: the official order would name the places
    places, homes = county.places, county.households
    titles = {post: plan.title for post, plan in scenario.plan.roster.posts.items()} | {"": ""}
    row_of = np.full(len(places) + 1, -1, dtype=np.int64)
    row_of[rows] = np.arange(len(rows))
    row = row_of[county.households_at(level)] if level is not None else np.full(len(homes), -1, dtype=np.int64)
    told = Grouped(night.households.warned_min[row >= 0], row[row >= 0], len(rows))
    first_by = _most_frequent(night.households.first_by, row, len(rows))
    dark_from, dark_to = first_outage(within_the_run(night.outages.service[rows], night))
    parents = places.parent[rows]
    return {
        "code": [names.code[i] for i in rows],
        "label": [names.label[i] for i in rows],
        "name": [names.name[i] for i in rows],
        "parent": [names.code[p] for p in parents],
        "population": places.residents[rows],
        "households": places.households[rows],
        "acknowledged_min": _null(night.places.acknowledged_min[rows]),
        "acknowledged_by": [titles[night.places.acknowledged_by[i]] for i in rows],
        "warned_p50_min": _null(told.time_to_share(0.5)),
        "warned_p95_min": _null(told.time_to_share(0.95)),
        **{f"share_{m}min": told.share_by(night.release_min + m) for m in (15, 30, 60)},
        "never_households": told.never(),
        "first_by": first_by,
        "dark_from_min": _null(dark_from),
        "dark_to_min": _null(dark_to),
        "listed_persons": _persons_who(scenario, night, "listed", places.listed_persons)[rows],
        "exposed_persons": _persons_who(scenario, night, "exposed", np.full(len(places), np.nan))[rows],
        "reported_min": _null(reported_min(scenario, night))[rows],
        "main_step": way.main_step(rows),
        "synthetic": [scenario.synthetic] * len(rows),
    }


def _persons_who(scenario: Scenario, night: Night, measure: str, otherwise: NDArray[Any]) -> NDArray[Any]:
    """Return the persons inside each place who count for a measure of evacuation, shape (places,); ``otherwise`` where it is not simulated."""
    county, records = scenario.county, night.evacuation
    if records is None:
        return otherwise
    counted, homes = records.rows[by_measure(records)[measure]], county.households
    return inside_each(county, homes.place[counted], homes.persons[counted])


class _Way:
    """Where the minutes went, and why some were never told, added up for the county and each place above the lowest."""

    def __init__(self, scenario: Scenario, night: Night) -> None:
        county, homes = scenario.county, scenario.county.households
        self._minutes, self._told = minutes_inside(county, night)
        reason = night.households.reason
        self._never = np.zeros((2, len(county.places), len(REASONS)), dtype=np.int64)
        for above in county.ancestors:
            never = (reason >= 0) & (above[homes.place] >= 0)
            at = above[homes.place[never]], reason[never]
            np.add.at(self._never[0], at, 1)
            np.add.at(self._never[1], at, homes.persons[never])
        self._scenario = scenario

    def attribution(self, names: Naming) -> dict[str, object]:
        """Return mean minutes by step of those told, each place's steps together; steps without a minute are left out."""
        cells = [
            (names.code[i], step, self._minutes[i, s] / self._told[i])
            for i in _in_order(self._scenario, names)
            if self._told[i]
            for s, step in enumerate(STEPS)
            if self._minutes[i, s]
        ]
        return _columns("attribution", cells)

    def never(self, names: Naming) -> dict[str, object]:
        """Return how many were never told, by reason."""
        cells = [
            (names.code[i], reason, int(self._never[0, i, r]), int(self._never[1, i, r]))
            for i in _in_order(self._scenario, names)
            for r, reason in enumerate(REASONS)
            if self._never[0, i, r]
        ]
        return _columns("never", cells)

    def main_step(self, places: NDArray[np.int64]) -> list[str]:
        """Return the step that took most minutes in each place; empty where nobody was told."""
        return [STEPS[int(self._minutes[i].argmax())] if self._told[i] else "" for i in places]


def _most_frequent(first_by: NDArray[np.int8], row: NDArray[np.int64], rows: int) -> list[str]:
    """Return the channel that told most households of each row first; the earlier channel of ``CHANNELS`` at a tie."""
    told = (first_by >= 0) & (row >= 0)
    counts = np.zeros((rows, len(CHANNELS)), dtype=np.int64)
    np.add.at(counts, (row[told], first_by[told]), 1)
    return [
        CHANNELS[best] if some else "" for best, some in zip(counts.argmax(axis=1), counts.sum(axis=1), strict=True)
    ]


def _events(scenario: Scenario, night: Night, names: Naming) -> dict[str, object]:
    county, events = scenario.county, night.events
    level_ids = [level.id for level in county.levels]
    t = np.array([event.t_min for event in events], dtype=np.float64)
    where = [event.place for event in events]
    # the code of a zone may follow the official list of places
    zones = dict(zip(county.zones["code"], county.zones["code" if names.real else "kind"], strict=True))
    return {
        "replication": [night.replication] * len(events),
        "t_min": t,
        "clock": [
            f"{night.start + timedelta(seconds=up):%m-%d %H:%M:%S}" for up in np.ceil(np.round(t * 60, 6)).tolist()
        ],
        "event": [event.event for event in events],
        "level": [level_ids[county.places.level[i]] for i in where],
        "place": [names.label[i] for i in where],
        "actor_post": [event.actor_post for event in events],
        "counterpart": [names.label[event.counterpart] if event.counterpart >= 0 else "" for event in events],
        "channel": [event.channel for event in events],
        "act": [event.act for event in events],
        "detail": [zones.get(event.detail, "") if event.event == "onset" else event.detail for event in events],
        "act_id": [event.act_id for event in events],
    }


def _households(scenario: Scenario, night: Night, names: Naming) -> dict[str, object]:
    county, homes, records = scenario.county, scenario.county.households, night.households
    labels = np.array([*names.code, ""], dtype=object)
    channels = np.array([*CHANNELS, ""], dtype=object)

    def at(level_id: str) -> NDArray[np.object_]:
        level = county.level_index(level_id)
        place = county.households_at(level) if level is not None else np.full(len(homes), -1)
        shown: NDArray[np.object_] = labels[place]
        return shown

    rank = np.empty(len(names.code), dtype=np.int64)
    rank[np.argsort(names.code)] = np.arange(len(names.code))
    order = np.lexsort((homes.id, rank[homes.place]))
    evacuated = _evacuated(scenario, night)
    return {
        "household_id": names.household[order],
        "village": at("village")[order],
        "group": at("group")[order],
        "persons": homes.persons[order],
        "warned_min": _null(records.warned_min)[order],
        "first_by": channels[records.first_by][order],
        "first_act": np.array([*(act.id for act in night.acts), ""], dtype=object)[records.first_act][order],
        "confirmed_min": _null(records.confirmed_min)[order],
        **{name: column[order] for name, column in evacuated.items()},
    }


def _evacuated(scenario: Scenario, night: Night) -> dict[str, NDArray[Any]]:
    """Return the columns on evacuation, in the order of the county; shape (households,) each."""
    homes, records = scenario.county.households, night.evacuation
    times = {name: np.full(len(homes), np.nan) for name in ("ready_min", "departed_min", "safe_min")}
    listed, cause = homes.listed.copy(), np.full(len(homes), "", dtype=object)
    if records is not None:
        for name, column in times.items():
            column[records.rows] = _null(getattr(records, name))
        listed[records.rows] |= records.due
        exposed = by_measure(records)["exposed"]
        cause[records.rows[exposed]] = np.array(EXPOSED, dtype=object)[records.exposed[exposed]]
    return {**times, "listed": listed, "exposed_cause": cause}
