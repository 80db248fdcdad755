"""What could be done must name what is there, be told from every other, and make a scenario by itself.

These rules run only where options are asked for: none of them bears on a run.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from itertools import combinations

from sim.county import County
from sim.errors import BadValue, Fault, Text, shown
from sim.scenario.documents import Document, key_of
from sim.scenario.faults import at_mark
from sim.scenario.option_places import open_places
from sim.scenario.options import LEVELS_JUDGED, OptionPlan, exclusive
from sim.scenario.reading import Key, Mark
from sim.scenario.rules_findings import Finding, nearest, one_of
from sim.scenario.schema import ScenarioPlan

_FIXED = (
    *("name", "title", "seed", "start", "end", "hazard", "county.folder"),
    *("targets", "call_targets", "headline_level", "options", "uncertain"),
)
"""What no option may set: the luck, the hazard, and by what runs are judged."""
Try = Callable[[Document], list[Fault]]
"""Returns the faults of a scenario of which something was changed."""


def check(plan: ScenarioPlan, county: County, document: Document, tried: Try) -> list[Fault]:
    """Return a fault for each rule that is broken; whether each option alone makes a scenario is tried on those that keep the others."""
    found = [
        at_mark(document, key, value, problem, remedy)
        for rule in (_sets_something, _sets_what_may_be_set, _excludes_others, _finds_places, _clashes)
        for key, value, problem, remedy in rule(plan, county)
    ]
    placeless = {key[1] for key, *_ in _finds_places(plan, county)}
    return found + [
        fault for name in plan.options if name not in placeless for fault in _alone(name, plan, county, document, tried)
    ]


def _sets_something(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    for name, option in plan.options.items():
        if not option.paths:
            problem = Text("这项措施什么也不改", "this option changes nothing")
            remedy = Text("在 set 里写明改哪一项、改成多少", "say in set what becomes of what")
            yield ("options", name), "", problem, remedy


def _sets_what_may_be_set(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    for name, option in plan.options.items():
        for path in option.paths:
            if any(_overlap(path, fixed) for fixed in _FIXED):
                problem = Text(
                    "措施不能改运气、灾害和评判的标准",
                    "an option cannot change the luck, the hazard, or by what runs are judged",
                )
                remedy = Text("这类改动另写一个情景，用 compare 对比", "write another scenario and use compare")
                yield _key_of(name, option, path), "", problem, remedy


def _excludes_others(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    for name, option in plan.options.items():
        for number, other in enumerate(option.excludes):
            known = [one for one in plan.options if one != name]
            if other not in known:
                problem = Text("没有这项措施", "there is no such option")
                yield ("options", name, "excludes", number), shown(other), problem, nearest(other, known, one_of(known))


def _finds_places(plan: ScenarioPlan, county: County) -> Iterator[Finding]:
    ids = [level.id for level in county.levels[1:]]
    targets = [one.id for one in (*plan.targets, *plan.call_targets)]
    for name, option in plan.options.items():
        if (where := option.where) is None:
            continue
        at: Key = ("options", name, "where")
        known = [one for one in ids if where.by == "threatened" or one in LEVELS_JUDGED]
        if where.level not in known:
            problem = Text("没有这个层级，或不能按它选", "there is no such level, or places of it cannot be chosen so")
            yield (*at, "level"), shown(where.level), problem, one_of(known)
        elif (count := len(open_places(option, plan.county.additions, county))) < option.units:
            problem = Text(f"只有{count}个地方可放", f"there are only {count} places to put it in")
            remedy = Text("减少数量，或换一个层级", "take fewer, or another level")
            yield ("options", name, "units"), str(option.units), problem, remedy
        if where.by == "late" and where.target not in targets:
            problem = Text("没有这项时限要求", "there is no such requirement")
            yield (*at, "target"), shown(where.target or ""), problem, one_of(targets)
        if where.by != "late" and where.target is not None:
            problem = Text("只有 by: late 才看某一项要求", "only by: late looks at a requirement")
            yield (*at, "target"), shown(where.target), problem, Text("删去这一行", "remove the line")
        if where.by == "dark" and plan.outages is None:
            problem = Text("情景里没有断网、断电、断路", "the scenario has no outages")
            yield (*at, "by"), where.by, problem, one_of(("threatened", "late"))
        if where.by == "threatened" and not county.zones["registered"].any():
            problem = Text("县里没有登记在册的危险区", "the county has no registered danger areas")
            yield (*at, "by"), where.by, problem, one_of(("late", "dark"))


def _clashes(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    """Two options that may be taken together must not write to one place: which of them holds would hang on their order."""
    for (one, first), (other, second) in combinations(plan.options.items(), 2):
        if exclusive(one, other, plan.options):
            continue
        for path in second.paths:
            for theirs in first.paths:
                if _overlap(path, theirs) and not (path == theirs and _alike(first, second, path)):
                    problem = Text(
                        f"和措施 {one} 改的是同一处，一起采用时不知道算谁的",
                        f"the option {one} sets the same thing: taken together, either might hold",
                    )
                    remedy = Text(f"加上 excludes: [{one}]，或改路径", f"add excludes: [{one}], or change the path")
                    yield _key_of(other, second, path), "", problem, remedy


def _alike(one: OptionPlan, other: OptionPlan, path: str) -> bool:
    """Tell whether two options set a path to one value, so that it is the same whichever holds."""
    return path in one.changes and path in other.changes and one.changes[path] == other.changes[path]


def _overlap(path: str, other: str) -> bool:
    """Tell whether two paths mean one thing, or one of them a part of what the other means."""
    here, there = (f"{''.join(one.split())}." for one in (path, other))
    return here.startswith(there) or there.startswith(here)


def _alone(name: str, plan: ScenarioPlan, county: County, document: Document, tried: Try) -> Iterator[Fault]:
    """Yield what is wrong with the scenario once an option is taken; the first places stand in for those that are chosen later."""
    changed = Document(copy.deepcopy(document.data), dict(document.marks))
    option = plan.options[name]
    written = dict(option.changes)
    if option.where is not None:
        places = open_places(option, plan.county.additions, county)[: option.units]
        written[option.where.into] = [county.places.code[place] for place in places]
    marks: dict[Mark, Key] = {}
    for path, value in written.items():
        at = _key_of(name, option, path)
        mark = document.mark(at) or document.marks[()]
        marks[mark] = at
        try:
            changed.put(key_of(changed.data, path), copy.deepcopy(value), mark)
        except BadValue as bad:
            yield at_mark(document, at, "", bad.problem, bad.remedy)
            return
    places_of = {(mark.file, mark.value_line, mark.value_column): at for mark, at in marks.items()} | {
        (mark.file, mark.line, mark.column): at for mark, at in marks.items()
    }
    files = {mark.file for mark in document.marks.values()}
    for fault in tried(changed):
        if fault.file not in files:  # in a table that the option names
            yield fault
            continue
        at = places_of.get((fault.file, fault.line, fault.column), ("options", name))
        known = at != ("options", name)
        told = fault.problem if known else Text(f"{fault.key}：{fault.problem.zh}", f"{fault.key}: {fault.problem.en}")
        yield at_mark(document, at, fault.value, told, fault.remedy)


def _key_of(name: str, option: OptionPlan, path: str) -> Key:
    """Return where an option says that it writes to a path."""
    return ("options", name, "set", path) if path in option.changes else ("options", name, "where", "into")
