"""Rules on equipment that is added to the county: it stands where it can, and somebody uses it. ``rules`` runs them."""

from __future__ import annotations

from collections.abc import Iterator

from sim.county import County
from sim.county.additions import AT_SITES, misplaced
from sim.county.plan import SET_KINDS
from sim.errors import Text, shown
from sim.scenario.rules_findings import PLACE_CODE, UNKNOWN_PLACE, Finding, nearest
from sim.scenario.schema import ScenarioPlan


def additions_find_their_places(plan: ScenarioPlan, county: County) -> Iterator[Finding]:
    """What is added stands in places of this county, each named once, on a level where it is of use."""
    for name, addition in plan.county.additions.items():
        key = ("county", "additions", name, "at")
        for n, code in enumerate(addition.at):
            if code not in county.index:
                yield (*key, n), shown(code), UNKNOWN_PLACE, nearest(code, county.index, PLACE_CODE)
        for n, problem, remedy in misplaced(addition, county.without_additions):
            yield (*key, n), addition.at[n], problem, remedy


def additions_are_used(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    """What is added is described among the channels, and some act tells households by it, or callers fall back on it."""
    told = {means for act in plan.acts for means in plan.means_of(act)}
    told |= {*(plan.local.means if plan.local is not None else ())}
    fallback = {*(plan.roster.fallback.means if plan.roster.fallback is not None else ())}
    for name, addition in plan.county.additions.items():
        if addition.what in AT_SITES or not addition.at:
            continue
        channel = "broadcast" if addition.what == "loudspeaker" else addition.what
        key = ("county", "additions", name, "what")
        if getattr(plan.channels, channel) is None:
            problem = Text(f"channels 中没有 {channel}，加了没有用", f"channels has no {channel}, so it adds nothing")
            remedy = Text(
                "补上这个手段，或继承 configs/channels/defaults.yaml",
                "describe it, or extend configs/channels/defaults.yaml",
            )
            yield key, addition.what, problem, remedy
        elif addition.what in SET_KINDS and addition.what not in fallback:
            problem = Text("断联时没有人改用它，加了没有用", "no caller falls back on it, so it adds nothing")
            remedy = Text("写进 roster.fallback.means", "add it to roster.fallback.means")
            yield key, addition.what, problem, remedy
        elif addition.what not in SET_KINDS and channel not in told:
            problem = Text("没有一个环节用它告诉住户，加了没有用", "no act tells households by it, so it adds nothing")
            remedy = Text(f"在环节的 means 中加上 {channel}", f"add {channel} to the means of an act")
            yield key, addition.what, problem, remedy


ON_ADDITIONS = (additions_find_their_places, additions_are_used)
"""Every rule of this file."""
