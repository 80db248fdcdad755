"""Conditions of the night: when power, network and roads fail, and when they are back.

1. townships are hit, each at its minute   2. feeders, backhaul, masts and roads fail, stated or drawn   3. without mains a site lives on
its battery, then on a generator if one arrives   4. a site without power, damaged, or cut off from the core is dark
5. a place has service while one of the sites that serve it is not dark

Nothing that people do tonight changes any of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.county import County
from sim.errors import ModelError
from sim.luck import Luck, child_ids, entity_ids
from sim.scenario import Scenario
from sim.scenario.outages import FloodPlan, OutagePlan, OutagesPlan
from sim.warning import power
from sim.warning.service import Service
from sim.warning.timelines import Timeline, all_up, any_up
from sim.warning.ways import Ways

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
_DAY_MIN = 1440.0
_TOWNSHIPS = 1  # the level below the county: what a flood hits, and what fails together


@dataclass(frozen=True, eq=False)
class Conditions:
    """When what works tonight; minutes after T0.

    ``hit_min`` when the township of each place is hit by the flood (``inf``: not), shape (places,). ``feeders``, ``links`` (one per site:
    its way to the site above), ``sites`` (not dark) and ``roads`` stand in the order of the county's tables. ``mains`` and ``service``
    (mobile network) are per place; a place that no feeder or site is known for never loses it. ``terminals``: loudspeakers, whether they
    have power and, those fed over IP, a way to the platform.
    """

    county: County
    hit_min: Floats
    feeders: Timeline
    links: Timeline
    sites: Timeline
    roads: Timeline
    mains: Timeline
    service: Timeline
    terminals: Timeline

    @cached_property
    def ways(self) -> Ways:
        """The ways between places over these roads."""
        return Ways(self.county, self.roads)

    @cached_property
    def calls(self) -> Service:
        """The mobile service of single places, for the event loop."""
        return Service(self.service)

    @classmethod
    def calm(cls, county: County) -> Conditions:
        """Return the conditions of a night on which nothing fails."""
        networks = county.networks
        places = len(county.places)
        return cls(
            county=county,
            hit_min=np.full(places, np.inf),
            feeders=Timeline.always_up(len(networks.feeders)),
            links=Timeline.always_up(len(networks.sites)),
            sites=Timeline.always_up(len(networks.sites)),
            roads=Timeline.always_up(len(networks.roads)),
            mains=Timeline.always_up(places),
            service=Timeline.always_up(places),
            terminals=Timeline.always_up(len(county.loudspeakers)),
        )


def conditions(scenario: Scenario, night_luck: Luck) -> Conditions:
    """Return when what fails tonight, and when it is back."""
    county, plan = scenario.county, scenario.plan.outages
    calm = Conditions.calm(county)
    if plan is None:
        return calm
    ground = _ground(scenario)
    hit_min = calm.hit_min if plan.flood is None else _hit(plan.flood, county, night_luck)[ground.township]
    calm = replace(calm, hit_min=hit_min)
    failing = {what: Timeline.always_up(len(ground.tables[what])) for what in ground.tables}
    for what in ground.tables:
        drawn = [
            _draw(name, failure, scenario, ground, hit_min, night_luck)
            for name, failure in plan.failures.items()
            if failure.what == what
        ]
        if drawn:
            who, begin, end = (np.concatenate(columns) for columns in zip(*drawn, strict=True))
            failing[what] = Timeline.from_outages(len(ground.tables[what]), who, begin, end)
    if all(each.never_fails for each in failing.values()):
        return calm
    return _follow(scenario, ground, calm, failing, night_luck)


# --- what stands before luck comes in ---------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Table:
    """What may fail of one kind: codes, kinds, luck, and the township (or the county) each belongs to.

    ``member`` and ``at`` list the places each stands in, reaches or feeds, as pairs.
    """

    code: NDArray[np.object_]
    kind: NDArray[np.object_]
    entity: NDArray[np.uint64]
    township: Ints
    member: Ints
    at: Ints

    def __len__(self) -> int:
        return len(self.code)


@dataclass(frozen=True, eq=False)
class _Ground:
    """What the failures of a scenario meet, whatever the luck.

    ``township`` of each place: the place of that level it lies in; the county stands for itself. ``chosen``: for each failure by name the rows
    it may take, and the probability of each. ``substation`` of each feeder (−1: unknown), ``feeder`` of each site, ``second`` row of its second
    route among the links (−1: none; −2: by satellite), ``above`` the site it is fed by (−1: the core), ``tiers`` the sites by their
    distance from the core. ``serving`` the distinct combinations of sites, ``served_by`` the one of each place.
    """

    township: Ints
    tables: dict[str, _Table]
    chosen: dict[str, tuple[Ints, Floats]]
    substation: Ints
    feeder: Ints
    second: Ints
    above: Ints
    tiers: tuple[Ints, ...]
    serving: Ints
    served_by: Ints
    terminal_at: Ints


_GROUNDS: WeakKeyDictionary[Scenario, _Ground] = WeakKeyDictionary()
"""The ground of the scenarios in use; each goes when its scenario does."""


def _ground(scenario: Scenario) -> _Ground:
    if scenario not in _GROUNDS:
        _GROUNDS[scenario] = _survey(scenario.county, scenario.plan.outages)
    return _GROUNDS[scenario]


def _survey(county: County, plan: OutagesPlan | None) -> _Ground:
    networks, here = county.networks, np.arange(len(county.places))
    township = county.ancestors[_TOWNSHIPS] if len(county.levels) > _TOWNSHIPS else np.full(len(here), -1)
    township = np.where(township >= 0, township, here)
    feeders, sites = networks.feeders, networks.sites
    substations = sorted(set(feeders["substation"]) - {""})
    substation = _rows(substations, feeders["substation"])
    tables = _tables(county, township, substations, substation)
    at_site = np.arange(len(sites))
    second = np.where(sites["second"] == "satellite", -2, -1)
    routed = np.flatnonzero((second == -1) & (sites["second"] != ""))
    second[routed] = len(sites) + np.arange(len(routed))
    above = _rows(sites["code"], sites["uplink"])
    serving, served_by = np.unique(np.sort(networks.serving, axis=1)[:, ::-1], axis=0, return_inverse=True)
    return _Ground(
        township=township,
        tables=tables,
        chosen={
            name: _candidates(failure, county, tables[failure.what])
            for name, failure in (plan.failures.items() if plan else ())
        },
        substation=substation,
        feeder=_rows(feeders["code"], sites["feeder"]),
        second=second,
        above=above,
        tiers=_tiers(above, at_site),
        serving=serving,
        served_by=served_by.reshape(-1),
        terminal_at=_rows(county.places.code, county.loudspeakers["place"]),
    )


def _rows(codes: Sequence[str] | pd.Series[str], wanted: pd.Series[str]) -> Ints:
    """Return the row of each wanted code among ``codes``, −1 for one that is not there."""
    index = {code: row for row, code in enumerate(codes)}
    return np.array([index.get(code, -1) for code in wanted], dtype=np.int64)


def _tiers(above: Ints, sites: Ints) -> tuple[Ints, ...]:
    """Return the sites fed by the core, then those fed by these, and so on."""
    tiers: list[Ints] = []
    known = above < 0
    tier = np.flatnonzero(known)
    while tier.size:
        tiers.append(tier)
        tier = np.flatnonzero(~known & known[np.maximum(above, 0)])
        known[tier] = True
    if not known.all():
        message = f"the uplinks of {np.count_nonzero(~known)} sites lead in a circle, never to the core"
        raise ModelError(message)
    return tuple(tiers) if tiers else (sites,)


def _tables(county: County, township: Ints, substations: list[str], substation: Ints) -> dict[str, _Table]:
    """Return what may fail, by what it is called in the plan."""
    networks = county.networks
    feeders, sites, roads = networks.feeders, networks.sites, networks.roads
    feeder_at, site_at = (_rows(county.places.code, table["place"]) for table in (feeders, sites))
    ends = [_rows(county.places.code, roads[end]) for end in ("from", "to")]
    fed = np.flatnonzero(substation >= 0)
    routed = np.flatnonzero(~sites["second"].isin(("", "satellite")))
    first = np.arange(len(sites))

    def table(code: object, kind: object, entity: object, member: Ints, at: Ints) -> _Table:
        """Return a table; each entry belongs to the first of the townships it touches, else to the county."""
        codes = np.asarray(code, dtype=object)
        home = np.full(len(codes), len(township), dtype=np.int64)
        own = township[at]
        below = county.places.level[own] >= _TOWNSHIPS
        np.minimum.at(home, member[below], own[below])
        home[home == len(township)] = 0
        return _Table(codes, np.asarray(kind, dtype=object), np.asarray(entity, dtype=np.uint64), home, member, at)

    return {
        "substations": table(
            substations,
            [""] * len(substations),
            entity_ids(f"substation/{code}" for code in substations),
            substation[fed],
            feeder_at[fed],
        ),
        "feeders": table(feeders["code"], [""] * len(feeders), feeders["entity"], np.arange(len(feeders)), feeder_at),
        "sites": table(sites["code"], sites["kind"], sites["entity"], first, site_at),
        "links": table(
            [*sites["code"], *(f"{code}/2" for code in sites["code"].iloc[routed])],
            [*sites["backhaul"], *sites["second"].iloc[routed]],
            np.r_[
                sites["entity"].to_numpy(dtype=np.uint64),
                child_ids(sites["entity"].to_numpy(dtype=np.uint64)[routed], np.ones(len(routed), dtype=np.uint64)),
            ],
            np.arange(len(sites) + len(routed)),
            np.r_[site_at, site_at[routed]],
        ),
        "roads": table(
            roads["code"], roads["kind"], roads["entity"], np.tile(np.arange(len(roads)), 2), np.concatenate(ends)
        ),
    }


def _candidates(failure: OutagePlan, county: County, table: _Table) -> tuple[Ints, Floats]:
    """Return the rows that a failure may take, and the probability of each."""
    chosen = np.ones(len(table), dtype=bool)
    if failure.which:
        chosen &= np.isin(table.code, failure.which)
    if failure.kinds:
        chosen &= np.isin(table.kind, failure.kinds)
    if failure.within:
        inside = county.below(np.array([county.index[code] for code in failure.within], dtype=np.int64))
        touching = np.zeros(len(table), dtype=bool)
        touching[table.member[inside[table.at]]] = True
        chosen &= touching
    rows = np.flatnonzero(chosen)
    share = np.full(len(rows), failure.share)
    if failure.by_exposure and rows.size:
        places = county.places
        exposure = places.listed_persons / np.maximum(places.residents, 1)
        own = exposure[table.township[rows]]
        if own.mean() > 0:
            share = np.minimum(1.0, failure.share * own / own.mean())
    return rows, share


# --- what fails -------------------------------------------------------------------------------------------------------


def _hit(flood: FloodPlan, county: County, night_luck: Luck) -> Floats:
    """Return when each township is hit, by place; ``inf`` for those that are not and for all other places."""
    places = county.places
    hit_min = np.full(len(places), np.inf)
    may = places.level == _TOWNSHIPS
    if flood.within:
        may &= county.below(np.array([county.index[code] for code in flood.within], dtype=np.int64))
    townships = np.flatnonzero(may)
    hit = townships[night_luck.uniform("flood/hit", places.entity[townships]) < flood.share]
    hit_min[hit] = flood.at.draw(night_luck.uniform("flood/at", places.entity[hit]))
    return hit_min


def _draw(
    name: str, failure: OutagePlan, scenario: Scenario, ground: _Ground, hit_min: Floats, night_luck: Luck
) -> tuple[Ints, Floats, Floats]:
    """Return who fails, from and until when.

    One that shares the fate of its township (with probability ``together``) uses the township's luck throughout. Whichever it
    uses, the luck is uniform, so that it fails with its own probability for any ``together``.
    """
    table = ground.tables[failure.what]
    who, share = ground.chosen[name]
    if failure.with_flood:
        hit = np.isfinite(hit_min[table.township[who]])
        who, share = who[hit], share[hit]
    own, township = table.entity[who], scenario.county.places.entity[table.township[who]]
    name = f"outage/{name}"
    shares = night_luck.uniform(f"{name}/shares", own) < failure.together

    def luck(purpose: str, u_own: str) -> Floats:
        u = night_luck.uniform(u_own, own)
        if shares.any():
            u[shares] = night_luck.uniform(purpose, township[shares])
        return u

    fails = luck(f"{name}/together", name) < share
    who, own, township, shares = who[fails], own[fails], township[fails], shares[fails]
    since = hit_min[table.township[who]] if failure.with_flood else np.zeros(len(who))
    start = scenario.plan.start
    if isinstance(failure.begins, time):
        clock = _until_clock(failure.begins, start)
        begin = np.full(len(who), clock)
    else:
        clock = None
        begin = since + failure.begins.draw(luck(f"{name}/together/from", f"{name}/from"))
    if failure.until is not None:
        first = _until_clock(failure.until, start, clock)
        end = first + _DAY_MIN * np.ceil(np.maximum(np.nextafter(begin, np.inf) - first, 0.0) / _DAY_MIN)
    elif failure.lasts is not None:
        end = begin + failure.lasts.draw(luck(f"{name}/together/lasts", f"{name}/lasts"))
    else:
        end = np.full(len(who), np.inf)
    return who, begin, end


def _until_clock(clock: time, start: datetime, after_min: float | None = None) -> float:
    """Return the minutes from ``start`` until a time of day comes, the first time from then on, or later than a minute."""
    begins = start.hour * 60 + start.minute + start.second / 60
    at = (clock.hour * 60 + clock.minute - begins) % _DAY_MIN
    return at + _DAY_MIN if after_min is not None and at <= after_min else at


# --- what follows -----------------------------------------------------------------------------------------------------


def _follow(
    scenario: Scenario, ground: _Ground, calm: Conditions, failing: dict[str, Timeline], night_luck: Luck
) -> Conditions:
    """Return the conditions that follow from what fails by itself."""
    county = scenario.county
    sites = county.networks.sites
    feeders = all_up([failing["feeders"], failing["substations"].of(ground.substation)])
    mains = feeders.of(county.networks.supply)
    links = failing["links"].of(np.arange(len(sites)))
    calm = replace(calm, roads=failing["roads"])
    supplied = _supplied(scenario, ground, feeders.of(ground.feeder), calm.ways, night_luck)
    alive = _alive(ground, all_up([supplied, failing["sites"]]), failing["links"])
    first = ground.serving[:, :1]
    nearby = np.where(ground.serving >= 0, ground.serving, first)  # again the first where there is no other
    service = any_up([alive.of(column) for column in nearby.T]).of(ground.served_by)
    return replace(
        calm,
        feeders=feeders,
        links=links,
        sites=alive,
        mains=mains,
        service=service,
        terminals=_terminals(scenario, ground, mains, service, night_luck),
    )


def _supplied(scenario: Scenario, ground: _Ground, mains: Timeline, ways: Ways, night_luck: Luck) -> Timeline:
    """Return when each site has power: mains, battery or generator."""
    plan = scenario.plan.outages
    if plan is None or mains.never_fails:
        return mains
    table, battery = ground.tables["sites"], scenario.county.networks.sites["battery"].to_numpy()
    u = night_luck.uniform("site/battery", table.entity)
    life = np.select(
        [battery == "hub", battery == "super"],
        [plan.batteries.hub.draw(u), plan.batteries.super.draw(u)],
        plan.batteries.base.draw(u),
    )
    if plan.generators is None:
        return power.powered(mains, life, plan.batteries.recharge)
    sites = power.Sites(table.entity, table.at, table.kind == "hub")
    need = power.outlasted(mains, life, plan.batteries.recharge)
    fed, _ = power.generators(plan.generators, sites, mains, need, ways, night_luck, scenario.plan.end_min)
    return power.powered(mains, life, plan.batteries.recharge, fed)


def _alive(ground: _Ground, standing: Timeline, routes: Timeline) -> Timeline:
    """Return when each site is not dark: standing and fed, and its route up to the core whole, or its second one."""
    size = len(standing)
    if standing.never_fails and routes.never_fails:
        return standing
    changes = np.full((size, 0), np.inf)
    for tier in ground.tiers:
        fed = all_up([routes.of(tier), Timeline(changes).of(ground.above[tier])])
        has = np.flatnonzero(ground.second[tier] != -1)
        if has.size:
            second = routes.of(np.where(ground.second[tier[has]] >= 0, ground.second[tier[has]], -1))
            fed = _replaced(fed, has, any_up([fed.of(has), second]))
        changes = _replaced(Timeline(changes), tier, all_up([standing.of(tier), fed])).changes
    return Timeline(changes)


def _replaced(timeline: Timeline, who: Ints, by: Timeline) -> Timeline:
    """Return a timeline with some entities replaced."""
    width = max(timeline.changes.shape[1], by.changes.shape[1])
    changes = np.full((len(timeline), width), np.inf)
    changes[:, : timeline.changes.shape[1]] = timeline.changes
    changes[who] = np.inf
    changes[who, : by.changes.shape[1]] = by.changes
    return Timeline(changes)


def _terminals(scenario: Scenario, ground: _Ground, mains: Timeline, service: Timeline, night_luck: Luck) -> Timeline:
    """Return when each loudspeaker has power and, over IP, a way to the platform."""
    speakers, plan = scenario.county.loudspeakers, scenario.plan.outages
    own = mains.of(ground.terminal_at)
    if plan is not None and not own.never_fails:
        life = plan.batteries.terminal.draw(
            night_luck.uniform("terminal/battery", speakers["entity"].to_numpy(np.uint64))
        )
        own = power.powered(own, life, plan.batteries.recharge)
    by_ip = np.where(speakers["kind"] == "ip", ground.terminal_at, -1)
    return all_up([own, service.of(by_ip)])
