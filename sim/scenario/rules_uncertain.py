"""What is not known must stand in the scenario once, and every value it may take must make a scenario."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import combinations, product
from typing import NamedTuple

import numpy as np
from pydantic import ValidationError

from sim.errors import BadValue, Fault, Text, shown
from sim.scenario.copula import components, possible, scores_of
from sim.scenario.documents import Document, get, key_of
from sim.scenario.faults import at_mark, translate
from sim.scenario.reading import Key
from sim.scenario.schema import ScenarioPlan
from sim.scenario.shapes import Written
from sim.scenario.uncertain import Plans, UncertainPlan, number_in, ranks_of

_TOGETHER = Text("与同一处其他说不准的数一起取到两端时：", "together with an end of another range at the same place: ")


class _Wrong(NamedTuple):
    """What is wrong with one number that is not known, where below its path, and the value that stands there."""

    below: Key
    value: object
    bad: BadValue


def check(plan: ScenarioPlan, document: Document) -> list[Fault]:
    """Return a fault for each number that is not known where its range, its law or a correlation cannot be.

    A range must name a number, hold what is stated, and have ends that a scenario can have.
    """
    plans = plan.uncertain
    tell_ends = not _sound_at_ends(plans, document)
    faults = [
        at_mark(document, ("uncertain", path, *below), shown(value), bad.problem, bad.remedy)
        for path, own in plans.items()
        for below, value, bad in (
            *_of_range(path, own, document),
            *(_of_ends(path, own, document) if tell_ends else ()),
            *_of_shape(own),
            *_of_correlation(path, plans),
        )
    ]
    return faults or [
        at_mark(document, ("uncertain", path, *below), shown(value), bad.problem, bad.remedy)
        for path, below, value, bad in (*_of_ends_together(plans, document), *_of_correlations_together(plans))
    ]


def pairs(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield paths that stand at one place, such as low and mode of one law: what each may be can hang on the other."""
    return (pair for pair in combinations(paths, 2) if len({path.rpartition(".")[0] for path in pair}) == 1)


def _of_range(path: str, own: UncertainPlan, document: Document) -> Iterator[_Wrong]:
    try:
        low, high, _ = own.ends
        stated = number_in(own, _stated(key_of(document.data, path), document))
    except BadValue as bad:
        yield _Wrong((), _range(own), bad)
        return
    if not low <= stated <= high:
        problem = Text("情景里写的数不在这个范围内", "the number that the scenario states lies outside this range")
        remedy = Text("改范围，或改那个数", "change the range, or that number")
        yield _Wrong((), _range(own), BadValue(problem, remedy))


def _sound_at_ends(plans: Plans, document: Document) -> bool:
    """Tell whether all low ends together, and all high ones, make scenarios; of numbers that stand at one place one at a time.

    Numbers of different places do not hang on each other, so that then each end by itself makes one: two looks in the place of many.
    """
    turns: list[dict[str, str]] = []  # path by place
    for path in plans:
        place = path.rpartition(".")[0]
        turn = next((turn for turn in turns if place not in turn), None)
        if turn is None:
            turns.append(turn := {})
        turn[place] = path
    try:
        return not any(
            [*_wrong_with({path: plans[path].range[end] for path in turn.values()}, document)]
            for turn in turns
            for end in (0, 1)
        )
    except (BadValue, KeyError, IndexError, TypeError):  # one of them stands nowhere: told of its range
        return False


def _of_ends(path: str, own: UncertainPlan, document: Document) -> Iterator[_Wrong]:
    try:
        _stated(key_of(document.data, path), document)
    except BadValue:  # told of the range
        return
    for end in own.range:
        yield from (_Wrong((), end, bad) for bad in _wrong_with({path: end}, document))


def _of_shape(own: UncertainPlan) -> Iterator[_Wrong]:
    if own.shape is None:
        return
    try:
        ends = own.ends
    except BadValue:  # told of the range
        return
    name, law = own.shape.law
    for parameter, bad in law.faults(*ends):
        yield _Wrong(("shape", name, parameter), law.parameters[parameter], bad)


def _of_correlation(path: str, plans: Plans) -> Iterator[_Wrong]:
    for other, rank in plans[path].rank_correlation.items():
        below = ("rank_correlation", other)
        if other == path:
            problem = Text("与自己相关", "it is correlated with itself")
            yield _Wrong(below, rank, BadValue(problem, Text("删去这一行", "remove this line")))
        elif other not in plans:
            problem = Text(
                "说不准的数（uncertain）里没有这一项", "nothing of this name is stated as not known (uncertain)"
            )
            near = get_close_matches(other, plans, n=1)
            remedy = Text("写 uncertain 下的另一个键", "write another key of 'uncertain'")
            if near:
                remedy = Text(f"是否想写“{near[0]}”？", f"did you mean '{near[0]}'?")
            yield _Wrong(below, rank, BadValue(problem, remedy))
        elif plans[other].rank_correlation.get(path, rank) != rank:
            problem = Text("这一对在另一方写的是别的数", "the other of this pair states another number")
            yield _Wrong(below, rank, BadValue(problem, Text("只写在一方", "write it on one side only")))


def _of_ends_together(plans: Plans, document: Document) -> Iterator[tuple[str, *_Wrong]]:
    for path, other in pairs(plans):
        for ends in product(plans[path].range, plans[other].range):
            for bad in _wrong_with(dict(zip((path, other), ends, strict=True)), document):
                said = Text(*map("".join, zip(_TOGETHER, bad.problem, strict=True)))
                yield path, (), ends[0], BadValue(said, bad.remedy)


def _of_correlations_together(plans: Plans) -> Iterator[tuple[str, *_Wrong]]:
    """Yield each number whose correlations are impossible with those of the others that it hangs together with."""
    scores, paths = scores_of(len(plans), ranks_of(plans)), list(plans)
    labels = components(scores != 0)
    for block in range(labels.max(initial=-1) + 1):
        members = np.flatnonzero(labels == block)
        if possible(scores[np.ix_(members, members)]):
            continue
        names = "、".join(plans[paths[n]].title or paths[n] for n in members)
        problem = Text(
            f"几个数两两的相关系数合不到一起：{names}", f"these correlations cannot all hold at once: {names}"
        )
        remedy = Text(
            "把系数改小；没有写出的一对按0算，也要补上",
            "make them smaller; a pair that is not written counts as 0, so write it too",
        )
        for path in (paths[n] for n in members if plans[paths[n]].rank_correlation):
            yield path, ("rank_correlation",), "", BadValue(problem, remedy)


def _range(own: UncertainPlan) -> str:
    return f"[{', '.join(map(str, own.range))}]"


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
