"""What joins the places of a county besides its levels: call links added or removed, and which place lies downstream of which."""

from __future__ import annotations

import networkx as nx
import numpy as np

from sim.county import synthesis
from sim.county.places import Graph, Places
from sim.county.plan import CountyPlan
from sim.county.tables import Column, Table, choice, code
from sim.errors import Fault, Text

LINK_COLUMNS = (Column("caller", code), Column("callee", code), Column("act", choice(("add", "remove"))))
RIVER_COLUMNS = (Column("upstream", code), Column("downstream", code))


def call_links(table: Table | None, places: Places, faults: list[Fault]) -> tuple[tuple[str, str, bool], ...]:
    """Return the links that the table adds to the call tree or takes from it, as (caller, callee, add)."""
    if table is None:
        return ()
    tree = {(places.code[p], places.code[i]) for i, p in enumerate(places.parent.tolist()) if p >= 0}
    links = list(zip(table["caller"], table["callee"], (act == "add" for act in table["act"]), strict=True))
    for row, (caller, callee, add) in enumerate(links):
        if not add and (caller, callee) not in tree:
            problem = Text("要删去的叫应关系不存在", "the call link to remove does not exist")
            faults.append(table.fault(row, "act", problem, Text("检查 caller 与 callee", "check caller and callee")))
    return tuple(sorted(links))


def rivers(plan: CountyPlan, table: Table | None, places: Places, faults: list[Fault]) -> tuple[tuple[str, str], ...]:
    """Return pairs of place codes (upstream, downstream): of the table or, if planned, each place towards the seat above it."""
    if table is not None:
        pairs = list(zip(table["upstream"], table["downstream"], strict=True))
        _check_flow(table, pairs, faults)
        return tuple(sorted(pairs))
    if plan.synthesis is None or plan.synthesis.rivers is None:
        return ()
    pairs = []
    level = [level.id for level in plan.levels].index(plan.synthesis.rivers.level)
    for above in np.flatnonzero(places.level == level - 1):
        siblings = np.flatnonzero((places.parent == above) & (places.level == level))
        into = synthesis.downstream(
            places.x_m[siblings], places.y_m[siblings], float(places.x_m[above]), float(places.y_m[above])
        )
        pairs += [(places.code[siblings[i]], places.code[siblings[j]]) for i, j in enumerate(into) if j >= 0]
    return tuple(sorted(pairs))


def _check_flow(table: Table, pairs: list[tuple[str, str]], faults: list[Fault]) -> None:
    """Add a fault for each place that flows into itself, and one for each ring, at the last row that takes part in it."""
    graph: Graph = nx.DiGraph(pairs)
    rings = [ring for ring in nx.strongly_connected_components(graph) if len(ring) > 1]
    wrong = [row for row, (up, down) in enumerate(pairs) if up == down]
    wrong += [max(row for row, (up, down) in enumerate(pairs) if up != down and {up, down} <= ring) for ring in rings]
    for row in wrong:
        up, down = pairs[row]
        problem = Text(f"{up} → {down} 使上下游首尾相接", f"{up} → {down} lets the water run in a ring")
        remedy = Text(
            "检查哪一处上下游写反了，删去或改正", "see which pair is the wrong way round, correct or remove it"
        )
        faults.append(table.fault(row, "downstream", problem, remedy))
