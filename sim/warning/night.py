"""One night, in the order in which it happens.

1. the setting: what stands before luck comes in   2. the conditions: when power, network and roads fail, when the hazard strikes where
3. sweep A: the chain answers, desk by desk, act by act   4. sweep B: households are told
5. sweep C: people move, and counts go up   6. the records

No arrow runs back: what households do changes no desk, and what strikes them changes neither.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.luck import Luck
from sim.records import EventLog, Night, OutageRecords, PlaceRecords
from sim.scenario import Scenario
from sim.warning.chain import Chain, ChainOfDesks
from sim.warning.conditions import Conditions, conditions
from sim.warning.engine import no_garbage_collection
from sim.warning.evacuation import evacuate
from sim.warning.hazards import onsets
from sim.warning.reception import headline, receive
from sim.warning.report_up import report_up
from sim.warning.setting import Setting, setting


def simulate(scenario: Scenario, replication: int = 0) -> Night:
    """Play one night of ``scenario`` and return its records.

    The same scenario, seed and replication give the same night, on any machine and in any order of calls.
    """
    with no_garbage_collection():
        return _play(scenario, replication)


def _play(scenario: Scenario, replication: int) -> Night:
    plan = scenario.plan
    night_luck = Luck(plan.seed, replication)
    stage = setting(scenario)
    tonight = conditions(scenario, night_luck)
    chain = ChainOfDesks(scenario, stage.network, night_luck, tonight).run()
    acts, messages = receive(scenario, stage, night_luck, chain, tonight)
    struck_min = onsets(scenario, night_luck, tonight)
    log = EventLog()
    _note_failures(log, scenario, tonight)
    _note_strikes(log, stage, struck_min, plan.end_min)
    log.take(chain.log)
    evacuation = reports = None
    if plan.evacuation is not None:
        evacuation, moved = evacuate(scenario, stage, night_luck, acts, tonight, struck_min)
        log.take(moved)
    if evacuation is not None and plan.report_up is not None:
        reports, reported = report_up(scenario, stage, night_luck, tonight, evacuation)
        log.take(reported)
    return Night(
        scenario=plan.name,
        seed=plan.seed,
        replication=replication,
        start=plan.start,
        end_min=plan.end_min,
        release_min=min(act.released_min for act in acts if act.id in plan.headline),
        log=log,
        acts=acts,
        outages=OutageRecords(
            tonight.service.changes, tonight.mains.changes, tonight.sites.changes, tonight.roads.changes
        ),
        places=_answers(scenario, chain),
        households=headline(scenario, acts),
        messages=tuple(messages),
        evacuation=evacuation,
        reports=reports,
    )


def _note_failures(log: EventLog, scenario: Scenario, tonight: Conditions) -> None:
    """Note when places above the lowest lose service and get it back."""
    county, service = scenario.county, tonight.service
    above = np.flatnonzero(service.fails & np.isin(np.arange(len(service)), county.places.parent))
    for place in above[above > 0].tolist():  # the county's command centre has lines of its own
        for outage in service.outages(place):
            for t_min, what in zip(outage, ("failed", "restored"), strict=True):
                if t_min <= scenario.plan.end_min:
                    log.note(t_min, "outage", place, act=what)


def _note_strikes(log: EventLog, stage: Setting, struck_min: NDArray[np.float64], end_min: float) -> None:
    """Note when the hazard strikes which zone."""
    for zone in np.flatnonzero(struck_min <= end_min).tolist():
        place, code = int(stage.zones.place[zone]), str(stage.zones.code[zone])
        log.note(float(struck_min[zone]), "onset", place, act="struck", detail=code)


def _answers(scenario: Scenario, chain: Chain) -> PlaceRecords:
    """Return when each place first answered to the headline warning."""
    size = len(scenario.county.places)
    first, by = np.full(size, np.inf), np.full(size, "", dtype=object)
    for act, calls in zip(scenario.plan.acts, chain.calls, strict=False):
        if act.id in scenario.plan.headline:
            at = calls.acknowledged_min[:size]
            sooner = at < first
            first[sooner] = at[sooner]
            by[sooner] = np.array(calls.acknowledged_by[:size], dtype=object)[sooner]
    return PlaceRecords(first, tuple(by.tolist()))
