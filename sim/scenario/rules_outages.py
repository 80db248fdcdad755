"""Rules on outages and on what callers fall back on: one function per rule, each naming the law it keeps. ``rules`` runs them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from sim.county import County
from sim.errors import Text, shown
from sim.scenario.outages import OutagePlan
from sim.scenario.reading import Key
from sim.scenario.rules_findings import PLACE_CODE, UNKNOWN_PLACE, Finding, nearest, one_of
from sim.scenario.schema import ScenarioPlan

_TABLES = {
    "feeders": ("feeders", "code"),
    "substations": ("feeders", "substation"),
    "sites": ("sites", "code"),
    "links": ("sites", "code"),
    "roads": ("roads", "code"),
}
"""The table of the county, and its column, that each kind of failure takes its codes from."""
_KINDS = {
    "sites": ("base", "hub", "super"),
    "links": ("fibre", "microwave", "satellite"),
    "roads": ("main", "township", "village", "path"),
}


def means_to_fall_back_on_are_planned(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    """What callers turn to when nothing goes through is described among the channels, once each."""
    means = plan.roster.fallback.means if plan.roster.fallback is not None else ()
    for n, name in enumerate(means):
        needed = ("phone", "courier") if name == "neighbour_place" else (name,)
        missing = [each for each in needed if getattr(plan.channels, each) is None]
        if missing:
            listed = "、".join(missing)
            problem = Text(f"用到 {name}，但 channels 中没有 {listed}", f"{name} is used, but channels has no {listed}")
            remedy = Text(f"在 channels 中补上 {listed}，或删去 {name}", f"add {listed} to channels, or remove {name}")
            yield ("roster", "fallback", "means", n), name, problem, remedy
        if name in means[:n]:
            problem = Text(f"重复写了 {name}", f"{name} is named twice")
            yield ("roster", "fallback", "means", n), name, problem, Text("删去重复项", "remove the repetition")


def _failures(plan: ScenarioPlan) -> list[tuple[Key, OutagePlan]]:
    """Return every failure of the night with the place where it stands."""
    failures = plan.outages.failures if plan.outages is not None else {}
    return [(("outages", "failures", name), failure) for name, failure in failures.items()]


def outages_find_what_fails(plan: ScenarioPlan, county: County) -> Iterator[Finding]:
    """What fails is in the tables of the county, and so is each code that a failure states."""
    for key, failure in _failures(plan):
        name, column = _TABLES[failure.what]
        known = set(getattr(county.networks, name)[column]) - {""}
        if not known:
            problem = Text(
                f"这个县没有 {name} 表，没有什么可以失效", f"this county has no table of {name}: nothing can fail"
            )
            remedy = Text(
                f"在县文件夹中补上 {name}.csv，或写 synthesis.networks 的 {name}，或删去这一项",
                f"supply {name}.csv, or rules of synthesis.networks for {name}, or remove this failure",
            )
            yield (*key, "what"), failure.what, problem, remedy
            continue
        if failure.what == "links":
            sites = (
                county.without_additions.networks.sites
            )  # a super site's second way is by satellite, whatever it was
            known |= {f"{code}/2" for code in sites["code"][~sites["second"].isin(("", "satellite"))]}
        problem = Text(f"{name} 表中没有这个编码", f"no such code in the table of {name}")
        otherwise = Text(f"填写 {name}.csv 中的编码", f"use a code of {name}.csv")
        for n, code in enumerate(failure.which):
            if code not in known:
                yield (*key, "which", n), shown(code), problem, nearest(code, known, otherwise)


def outages_name_known_places(plan: ScenarioPlan, county: County) -> Iterator[Finding]:
    """Failures and floods lie within places of this county."""
    named = [((*key, "within", n), code) for key, failure in _failures(plan) for n, code in enumerate(failure.within)]
    if plan.outages is not None and plan.outages.flood is not None:
        named += [(("outages", "flood", "within", n), code) for n, code in enumerate(plan.outages.flood.within)]
    for key, code in named:
        if code not in county.index:
            yield key, shown(code), UNKNOWN_PLACE, nearest(code, county.index, PLACE_CODE)


def outages_name_known_kinds(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    """A failure is limited to kinds that there are of what fails; power lines and substations have none."""
    for key, failure in _failures(plan):
        known = _KINDS.get(failure.what, ())
        problem = Text(f"{failure.what} 没有这个类别", f"{failure.what} have no such kind")
        remedy = one_of(known, ", ") if known else Text("删去 kinds", "remove kinds")
        for n, kind in enumerate(failure.kinds):
            if kind not in known:
                yield (*key, "kinds", n), shown(kind), problem, remedy


def floods_hit_townships(plan: ScenarioPlan, county: County) -> Iterator[Finding]:
    """A flood hits whole townships: the level below the county, which therefore must be there."""
    flood = plan.outages.flood if plan.outages is not None else None
    if flood is None:
        return
    if len(county.levels) == 1:
        problem = Text("这个县没有乡镇一级，flood 无从抽取", "this county has no townships for a flood to hit")
        yield ("outages", "flood"), "", problem, Text("删去 flood，或补上乡镇一级", "remove flood, or add the level")
    for n, code in enumerate(flood.within):
        if code in county.index and county.places.level[county.index[code]] > 1:
            problem = Text("受灾按整个乡镇抽取，这里比乡镇小", "whole townships are hit, and this place is smaller")
            remedy = Text("写乡镇的编码", "write the code of its township")
            yield ("outages", "flood", "within", n), code, problem, remedy


def outages_begin_before_the_end(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    """A failure that is stated by the clock begins before the night ends."""
    since_midnight = plan.start.hour * 60 + plan.start.minute + plan.start.second / 60
    for key, failure in _failures(plan):
        begins = failure.begins
        if isinstance(begins, time) and ((begins.hour * 60 + begins.minute - since_midnight) % 1440 >= plan.end_min):
            problem = Text(
                "推演结束之前不会到这个钟点（早于起算时刻的钟点算作次日）",
                "this time comes only after the night has ended (one before the start is of the next day)",
            )
            remedy = Text(
                "起算时已失效的写 0 min；否则改钟点或延长 end",
                "write 0 min for what has failed at the start; else change the time or end",
            )
            yield (*key, "from"), f"{begins:%H:%M}", problem, remedy


ON_OUTAGES = (
    means_to_fall_back_on_are_planned,
    outages_find_what_fails,
    outages_name_known_places,
    outages_name_known_kinds,
    floods_hit_townships,
    outages_begin_before_the_end,
)
"""Every rule of this file."""
