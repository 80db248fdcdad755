"""One night, in the order in which it happens.

1. the setting: what stands before luck comes in   2. sweep A: the chain answers, desk by desk
3. sweep B: households are told                     4. the records

No arrow runs back: what households do changes no desk.
"""

from __future__ import annotations

from sim.luck import Luck
from sim.records import Night, PlaceRecords
from sim.scenario import Scenario
from sim.warning.chain import ChainOfDesks
from sim.warning.reception import receive
from sim.warning.setting import setting


def simulate(scenario: Scenario, replication: int = 0) -> Night:
    """Play one night of ``scenario`` and return its records.

    The same scenario, seed and replication give the same night, on any machine and in any order of calls.
    """
    night_luck = Luck(scenario.plan.seed, replication)
    stage = setting(scenario)
    chain = ChainOfDesks(scenario, stage, night_luck).run()
    households = receive(scenario, stage, night_luck, chain)
    return Night(
        scenario=scenario.plan.name,
        seed=scenario.plan.seed,
        replication=replication,
        start=scenario.plan.start,
        end_min=scenario.plan.end_min,
        release_min=chain.release_min,
        events=tuple(sorted(chain.events, key=lambda event: event.t_min)),
        places=PlaceRecords(chain.acknowledged_min, chain.acknowledged_by),
        households=households,
    )
