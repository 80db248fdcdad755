"""The tables of the result folder, as ``sim.records.TABLES`` promises them."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.measures.coverage import by
from sim.measures.naming import Naming
from sim.measures.targets import judge
from sim.records import CHANNELS, DTYPES, TABLES, Night
from sim.scenario import Scenario

Floats = NDArray[np.float64]


def tabulate(scenario: Scenario, night: Night, names: Naming) -> dict[str, pd.DataFrame]:
    """Return every table of one night by name; NaN stands for null."""
    columns = {
        "targets": _targets(scenario, night),
        "townships": _places(scenario, night, names, "township"),
        "villages": _places(scenario, night, names, "village"),
        "events": _events(scenario, night, names),
        "households": _households(scenario, night, names),
    }
    return {name: _frame(name, content) for name, content in columns.items()}


def _frame(name: str, content: dict[str, object]) -> pd.DataFrame:
    spec = TABLES[name]
    return pd.DataFrame(
        {column.name: pd.Series(content[column.name], dtype=DTYPES[column.kind]) for column in spec.columns}
    )


def _null(times_min: Floats) -> Floats:
    return np.where(np.isfinite(times_min), times_min, np.nan)


def _targets(scenario: Scenario, night: Night) -> dict[str, object]:
    results = judge(scenario, night)
    return {
        "target_id": [r.plan.id for r in results],
        "name": [r.plan.name for r in results],
        "of_whom": [r.plan.of_whom for r in results],
        "threshold": [r.plan.within_min for r in results],
        "unit": ["min"] * len(results),
        "value": [np.nan if r.value_min is None else r.value_min for r in results],
        "met": [r.met for r in results],
        "source": [r.plan.source for r in results],
        "applies_to": [r.plan.applies_to for r in results],
        "status": [r.plan.status for r in results],
    }


def _places(scenario: Scenario, night: Night, names: Naming, level_id: str) -> dict[str, object]:
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
    told = _Grouped(night.households.warned_min[row >= 0], row[row >= 0], len(rows))
    first_by = _most_frequent(night.households.first_by, row, len(rows))
    silent = np.full(len(rows), np.nan)
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
        "dark_from_min": silent,
        "dark_to_min": silent,
        "listed_persons": places.listed_persons[rows],
        "exposed_persons": silent,
        "reported_min": silent,
        "main_step": [""] * len(rows),
        "synthetic": [scenario.synthetic] * len(rows),
    }


class _Grouped:
    """Times of many, grouped by row and sorted within each group."""

    def __init__(self, times_min: Floats, row: NDArray[np.int64], rows: int) -> None:
        order = np.lexsort((times_min, row))
        self._times, self._row, self._rows = times_min[order], row[order], rows
        self._count = np.bincount(row, minlength=rows)
        self._first = np.cumsum(self._count) - self._count

    def time_to_share(self, share: float) -> Floats:
        """Return, per row, what ``coverage.time_to_share`` gives for its members."""
        k = np.clip(np.ceil(share * self._count - 1e-9).astype(np.int64), 1, None)
        result = np.full(self._rows, np.nan)
        some = self._count > 0
        result[some] = self._times[(self._first + k - 1)[some]]
        return result

    def share_by(self, t_min: float) -> Floats:
        """Return the share of each row's members whose time is at most ``t_min``."""
        done = (
            np.bincount(self._row[by(self._times, t_min)], minlength=self._rows)
            if np.isfinite(t_min)
            else 0 * self._count
        )
        return np.where(self._count > 0, done / np.maximum(self._count, 1), np.nan)

    def never(self) -> NDArray[np.int64]:
        """Return how many of each row never came to it."""
        return np.bincount(self._row[np.isinf(self._times)], minlength=self._rows)


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
    return {
        "replication": [night.replication] * len(events),
        "t_min": t,
        "clock": [f"{night.start + timedelta(minutes=float(minute)):%m-%d %H:%M:%S}" for minute in t],
        "event": [event.event for event in events],
        "level": [level_ids[county.places.level[i]] for i in where],
        "place": [names.label[i] for i in where],
        "actor_post": [event.actor_post for event in events],
        "counterpart": [names.label[event.counterpart] if event.counterpart >= 0 else "" for event in events],
        "channel": [event.channel for event in events],
        "act": [event.act for event in events],
        "detail": [event.detail for event in events],
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
    silent = np.full(len(homes), np.nan)
    return {
        "household_id": names.household[order],
        "village": at("village")[order],
        "group": at("group")[order],
        "persons": homes.persons[order],
        "warned_min": _null(records.warned_min)[order],
        "first_by": channels[records.first_by][order],
        "confirmed_min": _null(records.confirmed_min)[order],
        "departed_min": silent,
        "safe_min": silent,
        "listed": homes.listed[order],
        "exposed_cause": np.full(len(homes), "", dtype=object),
    }
