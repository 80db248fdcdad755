"""What of a night is settled before luck comes in: the call tree, the queue of messages, the loudness at each house.

Computed once per scenario and shared by all its nights.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim import luck
from sim.county import County
from sim.county.places import Graph
from sim.scenario import Scenario

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class CallTree:
    """Who calls whom, in what order.

    ``below[i]`` lists the edges out of place ``i`` in calling order: most listed persons first, then most residents, then by
    code. ``callee[e]`` is the place that edge ``e`` leads to and ``edge_id[e]`` its 64-bit id. ``lowest[i]`` tells the places
    that no other lies in: they turn to households themselves, whether or not they also call a desk.
    """

    below: tuple[tuple[int, ...], ...]
    caller: Ints
    callee: Ints
    edge_id: NDArray[np.uint64]
    lowest: NDArray[np.bool_]


@dataclass(frozen=True)
class Setting:
    """Everything settled beforehand; one entry per household unless it says otherwise.

    ``messages_before`` text messages sent before the household's first, ``messages_total`` messages in all (a number),
    ``loudness_db`` level outside the house with its loudspeaker playing, ``stretch`` index of the run of households that share
    a lowest place, ``stretch_place`` the place of each run, ``rank`` position of the household in its run, ``run_length`` length
    of its run.
    """

    tree: CallTree
    messages_before: Floats
    messages_total: float
    loudness_db: Floats
    stretch: Ints
    stretch_place: Ints
    rank: Ints
    run_length: Ints


@lru_cache(maxsize=2)
def setting(scenario: Scenario) -> Setting:
    """Return what is settled before any night of ``scenario``."""
    homes = scenario.county.households
    before, total = _message_queue(scenario)
    begins = (
        np.flatnonzero(np.r_[True, homes.place[1:] != homes.place[:-1]]) if len(homes) else np.zeros(0, dtype=np.int64)
    )
    lengths = np.diff(np.r_[begins, len(homes)])
    return Setting(
        tree=call_tree(scenario.county, scenario.county.topology()),
        messages_before=before,
        messages_total=total,
        loudness_db=_loudness(scenario),
        stretch=np.repeat(np.arange(len(begins)), lengths),
        stretch_place=homes.place[begins],
        rank=np.arange(len(homes)) - np.repeat(begins, lengths),
        run_length=np.repeat(lengths, lengths),
    )


def call_tree(county: County, graph: Graph) -> CallTree:
    """Return the calls that run along the edges of ``graph``, whose nodes are place codes of ``county``."""
    places, index = county.places, county.index
    callers: list[int] = []
    callees: list[int] = []
    below: list[tuple[int, ...]] = [()] * len(places)
    listed, residents, codes = places.listed_persons.tolist(), places.residents.tolist(), places.code
    for i, code in enumerate(codes):
        children = sorted(
            (index[c] for c in graph.successors(code)), key=lambda c: (-listed[c], -residents[c], codes[c])
        )
        below[i] = tuple(range(len(callees), len(callees) + len(children)))
        callees.extend(children)
        callers.extend([i] * len(children))
    caller, callee = np.array(callers, dtype=np.int64), np.array(callees, dtype=np.int64)
    return CallTree(
        below=tuple(below),
        caller=caller,
        callee=callee,
        edge_id=luck.child_ids(places.entity[caller], places.entity[callee]),
        lowest=~np.isin(np.arange(len(places)), places.parent),
    )


def _message_queue(scenario: Scenario) -> tuple[Floats, float]:
    homes, sms = scenario.county.households, scenario.plan.channels.sms
    before = np.zeros(len(homes))
    if sms is None:
        return before, 0.0
    order = homes.sms_order
    if sms.order == "listed_first":
        order = np.concatenate([order[homes.listed[order]], order[~homes.listed[order]]])
    owners = homes.persons[order] * (homes.phone[order] > 0)
    sent = np.cumsum(owners)
    before[order] = (sent - owners) * sms.messages_per_person
    return before, float(sent[-1]) * sms.messages_per_person if len(sent) else 0.0


def _loudness(scenario: Scenario) -> Floats:
    """Return source − 20 log₁₀ r − absorption · r − screening; −inf where there is no loudspeaker."""
    homes, broadcast = scenario.county.households, scenario.plan.channels.broadcast
    if broadcast is None:
        return np.full(len(homes), -np.inf)
    metres = np.maximum(homes.loudspeaker_m, 1.0)
    level = broadcast.source_level_db - 20 * np.log10(metres) - broadcast.absorption_db_per_m * metres
    return np.where(homes.loudspeaker >= 0, level - broadcast.screening_db, -np.inf)
