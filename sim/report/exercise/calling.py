"""Whom the seats of an exercise call: the desks below theirs, each with its ladder, as on the real call sheet of that moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sim.exercise.kit import Role
from sim.report.exercise.about import About
from sim.report.roster.papers import label_of
from sim.study.roster.call_sheet import Called, CallSheet, Line, call_sheets


@dataclass(frozen=True)
class Callee:
    """A desk to call: what it is called, its duty telephone, and the steps of its ladder in words.

    ``numbers`` are the telephones of the steps as far as they may be shown, else empty.
    """

    label: str
    landline: str
    steps: tuple[str, ...]
    numbers: tuple[str, ...]


def ladders(callees: Iterable[Callee]) -> Mapping[tuple[str, ...], int]:
    """Return the number of every ladder that some desk has, in the order in which they come."""
    different = dict.fromkeys(one.steps for one in callees)
    return {steps: number for number, steps in enumerate(different, start=1)}


def in_a_line(about: About, number: int, steps: Sequence[str]) -> str:
    """Return a ladder with its number as a line of text."""
    return about.words("kit.call.order", n=number, steps=about.words("kit.call.then").join(steps))


def calls(about: About) -> Mapping[Role, tuple[Callee, ...]]:
    """Return whom each seat calls that calls anybody: the first seat played of each desk does."""
    scenario = about.kit.scenario
    first: dict[int, Role] = {}
    for role in about.played:
        if role.level in {level.id for level in scenario.county.levels}:  # a key site calls nobody down the chain
            first.setdefault(role.place, role)
    sheets = call_sheets(scenario, scenario.plan.start, scenario.county.levels[-1].id, first)
    return {first[sheet.caller]: tuple(_callees(about, sheet)) for sheet in sheets}


def _callees(about: About, sheet: CallSheet) -> Iterator[Callee]:
    kit = about.kit
    for called in sheet.called:
        yield Callee(
            label_of(called.desk, kit.scenario, kit.names, about.words),
            called.landline if kit.names.asked else "",
            tuple(_step(about, line) for line in called.lines),
            tuple(_number(about, called, line) for line in called.lines),
        )


def _step(about: About, line: Line) -> str:
    words = about.words
    post = words.post(line.post, about.kit.scenario.plan.roster.posts)
    if line.person is None:
        return words("kit.call.step_vacant", post=post)
    by = words("callsheet.tries", by=words(f"channel.{line.channel}"), n=line.tries)
    return words("kit.call.step", post=post, by=by)


def _number(about: About, called: Called, line: Line) -> str:
    """Return the telephone of a step: of a working copy alone, and only where the roster lists the desk."""
    kit = about.kit
    listed = kit.scenario.county.places.code[called.desk] in kit.scenario.roster.named
    if line.person is None or line.channel == "courier" or not (kit.names.asked and listed):
        return ""
    return line.person.phone
