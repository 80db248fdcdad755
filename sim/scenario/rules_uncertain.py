"""What is not known must stand in the scenario once, and every value it may take must make a scenario."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product

from pydantic import ValidationError

from sim.errors import BadValue, Fault, Text
from sim.scenario.documents import Document, get, key_of
from sim.scenario.faults import at_mark, translate
from sim.scenario.reading import Key
from sim.scenario.schema import ScenarioPlan
from sim.scenario.uncertain import UncertainPlan, Written, holds

_TOGETHER = Text("与同一处其他说不准的数一起取到两端时：", "together with an end of another range at the same place: ")


def check(plan: ScenarioPlan, document: Document) -> list[Fault]:
    """Return a fault for each range that is none, names nothing, leaves out what is stated, or has ends that no scenario can have."""
    faults = [
        at_mark(document, ("uncertain", path), "", bad.problem, bad.remedy)
        for path, own in plan.uncertain.items()
        for bad in _of_one(path, own, document)
    ]
    return faults or [
        at_mark(document, ("uncertain", path), "", bad.problem, bad.remedy)
        for path, other in pairs(plan.uncertain)
        for bad in _of_two(path, other, plan, document)
    ]


def pairs(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield paths that stand at one place, such as low and mode of one law: what each may be can hang on the other."""
    return (pair for pair in combinations(paths, 2) if len({path.rpartition(".")[0] for path in pair}) == 1)


def _of_one(path: str, own: UncertainPlan, document: Document) -> Iterator[BadValue]:
    try:
        if not holds(own, _stated(key_of(document.data, path), document)):
            yield BadValue(
                Text("情景里写的数不在这个范围内", "the number that the scenario states lies outside this range"),
                Text("改范围，或改那个数", "change the range, or that number"),
            )
    except BadValue as bad:
        yield bad
        return
    for end in own.range:
        yield from _wrong_with({path: end}, document)


def _of_two(path: str, other: str, plan: ScenarioPlan, document: Document) -> Iterator[BadValue]:
    for ends in product(plan.uncertain[path].range, plan.uncertain[other].range):
        for bad in _wrong_with(dict(zip((path, other), ends, strict=True)), document):
            said = Text(*map("".join, zip(_TOGETHER, bad.problem, strict=True)))
            yield BadValue(said, bad.remedy)


def _wrong_with(values: Mapping[str, Written], document: Document) -> Iterator[BadValue]:
    """Yield what is wrong with the scenario once the numbers at some paths are others."""
    changed = Document(copy.deepcopy(document.data), dict(document.marks))
    for path, value in values.items():
        changed.put(key_of(changed.data, path), value, document.marks[()])
    try:
        ScenarioPlan.model_validate(changed.data)
    except ValidationError as error:
        yield from (BadValue(one.problem, one.remedy) for one in translate(error, changed, ScenarioPlan))


def _stated(key: Key, document: Document) -> object:
    """Return what the scenario states at a key.

    Raises
    ------
    BadValue
        if nothing
    """
    try:
        return get(document.data, key)
    except (KeyError, IndexError, TypeError):
        raise BadValue(
            Text("情景里没有这一项", "the scenario has no such number"),
            Text("写法同 --set 的路径，例如 roster.posts.grid_worker.reachable", "write the path as for --set"),
        ) from None
