"""What every part of the report asks again and again: what inputs and outputs are called, how their values are told, what comes first."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sim.errors import BadValue
from sim.measures.naming import Naming, naming
from sim.report.compare.amounts import Amounts, points, runs
from sim.report.content.verdicts import limit
from sim.report.roster.papers import stamps_of
from sim.report.study.about import requirement_name
from sim.report.words.language import Words
from sim.report.words.phrases import PHRASES
from sim.scenario import Scenario
from sim.study.requirements import Requirement, requirements, simulated
from sim.study.sensitivity.found import Curve, Index, Input, Interaction, Kind, Method, Output, Point, Sensitivity
from sim.units import split

OF = 100
"""Chances are told as so many runs of so many."""
PANELS = 3
"""So many outputs stand beside each other in the figure of what matters."""
KINDS: Mapping[Method, Kind] = {"morris": "mu_star", "sobol": "ST", "pawn": "ks"}
"""Which index of a method says how much an input matters, in the order in which they are looked at: the first is in units that people know."""
_DIGITS = 3
_FINE = 10.0
"""Minutes, persons and villages up to so many have one decimal, more of them none."""
LISTED = 3
"""So many requirements, results, or inputs that cannot be told apart are named in a sentence; of more it is said how many, and where they stand."""
_MATERIAL_RUNS, _MATERIAL_SHARE = 0.05, 0.05
"""What two inputs make beyond their sum is worth a sentence from so many runs on, as a share, or so much of the mean as stated."""
_MOST_WRITTEN = 2
"""Of an input of more paths it is said at which end it stands, not each value."""
_LIVES = "exposed_at_onset_persons"


@dataclass(frozen=True, eq=False)
class Ranked:
    """An input at its place among all for one output: what the method says of it, and what it does when it moves alone."""

    input: Input
    index: Index
    curve: Curve


@dataclass(frozen=True, eq=False)
class About:
    """What a report is about: an analysis, and in which language."""

    found: Sensitivity
    words: Words

    @property
    def scenario(self) -> Scenario:
        """The scenario as it is written."""
        return self.found.scenario

    @property
    def title(self) -> str:
        """What the scenario is called."""
        return self.scenario.plan.title or self.scenario.plan.name

    @cached_property
    def names(self) -> Naming:
        """What may be shown of places."""
        return naming(self.scenario, real_names=self.found.asked.real_names)

    @cached_property
    def stamps(self) -> tuple[str, ...]:
        """What stands on every page, picture and sheet."""
        return stamps_of(self.scenario, self.names, self.words, internal=self.names.asked)

    @cached_property
    def plans(self) -> dict[str, Requirement]:
        """The requirements by their id."""
        return requirements(self.scenario, self.found.stated)

    @cached_property
    def inputs(self) -> dict[str, Input]:
        """The inputs by their key."""
        return {one.key: one for one in self.found.inputs}

    @cached_property
    def outputs(self) -> dict[str, Output]:
        """The outputs by their key; none of a requirement that is not simulated."""
        return {
            one.key: one
            for one in self.found.outputs
            if not one.requirement or simulated(self.found.stated, one.requirement)
        }

    @cached_property
    def method(self) -> Method:
        """The method that the ranking goes by."""
        return next(method for method in KINDS if method in self.found.design.methods)

    @property
    def spread(self) -> bool:
        """Whether there are points that fill the space evenly, so that regions and worths could be looked for."""
        return "pawn" in self.found.design.methods

    @cached_property
    def even(self) -> list[Point]:
        """The points that fill the space evenly."""
        return [one for one in self.found.points if one.use == "pawn"]

    @property
    def even_runs(self) -> int:
        """How many runs were played at these points."""
        return sum(one.runs for one in self.even)

    def missed(self, output: str) -> float:
        """Return in what share of the runs at the points that fill the space evenly a requirement was missed."""
        return 1 - sum(one.means[output] * one.runs for one in self.even) / self.even_runs

    # --- what comes first ---------------------------------------------------------------------------------------------

    @cached_property
    def curves(self) -> dict[tuple[str, str], Curve]:
        """The curves by output and input."""
        return {(one.output, one.input): one for one in self.found.curves}

    def ranked(self, output: str, method: Method | None = None) -> list[Ranked]:
        """Return all inputs, what matters most to an output first; those heard above chance before those that are not."""
        method = method or self.method
        mine = [
            one for one in self.found.indices if (one.method, one.kind, one.output) == (method, KINDS[method], output)
        ]
        mine.sort(key=lambda one: (not one.heard, -one.value))
        return [Ranked(self.inputs[one.input], one, self.curves[output, one.input]) for one in mine]

    def heard(self, output: str) -> list[Ranked]:
        """Return the inputs that are heard above chance."""
        return [one for one in self.ranked(output) if one.index.heard]

    def places(self, output: str) -> list[list[Ranked]]:
        """Return the inputs that are heard, place by place: with the greatest that is left all that cannot be told apart from it."""
        left, places = self.heard(output), []
        while left:
            places.append([one for one in left if one.index.tied(left[0].index)])
            left = [one for one in left if one not in places[-1]]
        return places

    @cached_property
    def answering(self) -> list[str]:
        """The outputs that some input is heard in."""
        return [key for key in self.outputs if self.heard(key)]

    @cached_property
    def main(self) -> str | None:
        """The output that is spoken of first.

        Of the requirements the one whose first input moves it furthest; where none answers, the persons in danger, else the first number.
        """
        chances = [key for key in self.answering if self.is_chance(key)]
        lives = [key for key in self.answering if key == _LIVES]
        return max(
            chances or lives or self.answering[:1], key=lambda key: reach(self.heard(key)[0].curve), default=None
        )

    @cached_property
    def panels(self) -> list[str]:
        """The outputs of the figure of what matters: the main one, then numbers, then other requirements."""
        others = sorted((key for key in self.answering if key != self.main), key=self.is_chance)
        return [*([self.main] if self.main is not None else []), *others][:PANELS]

    def is_chance(self, output: str) -> bool:
        """Return whether an output is the chance that a requirement is kept."""
        return self.is_share(output) and bool(self.outputs[output].requirement)

    def is_share(self, output: str) -> bool:
        """Return whether an output is a share: a chance, or one of the households."""
        return self.outputs[output].unit == "1"

    def scale(self, output: str) -> float:
        """Return by what a value of an output is multiplied: chances are runs of a hundred, shares are per cent."""
        return float(OF) if self.is_share(output) else 1.0

    def unit(self, output: str) -> str:
        """Return what the unit of an output goes by among the texts."""
        return "percent" if self.is_share(output) and not self.is_chance(output) else self.outputs[output].unit

    @cached_property
    def idle(self) -> list[Input]:
        """The inputs that change nothing in any run when they move alone."""
        return [
            one for one in self.found.inputs if all(self.curves[key, one.key].effect == "none" for key in self.outputs)
        ]

    def material(self, one: Interaction) -> bool:
        """Return whether what two inputs make beyond their sum is sure, and so much that it is worth a sentence."""
        stated = abs(self.curves[one.output, one.first].stated_mean)
        least = _MATERIAL_RUNS if self.is_chance(one.output) else _MATERIAL_SHARE * stated
        return one.matters and abs(one.extra) >= least

    @cached_property
    def settled(self) -> list[str]:
        """The outputs that are the same in every run whichever input moves alone."""
        return [
            key for key in self.outputs if all(self.curves[key, one.key].effect == "none" for one in self.found.inputs)
        ]

    # --- what things are called ---------------------------------------------------------------------------------------

    def path(self, path: str) -> str:
        """Return what one number that is not known is of: as the planner calls it; English has words for those that are shipped."""
        title = self.scenario.plan.uncertain[path].title
        if title and self.words.language == "zh":
            return title
        return self.words.or_else(f"sensitivity.input.{path}", self.words.key(path))

    def input(self, key: str) -> str:
        """Return what an input is called; of several that move together how many there are."""
        own = self.inputs[key]
        first = self.path(own.paths[0])
        if len(own.paths) == 1:
            return first
        is_group = all(self.scenario.plan.uncertain[path].group == key for path in own.paths)
        known = f"sensitivity.group.{key}" in PHRASES
        if is_group and (known or self.words.language == "zh"):
            name = self.words.or_else(f"sensitivity.group.{key}", key)
            return self.words("sensitivity.together", name=name, n=len(own.paths))
        return self.words("sensitivity.and_more", name=first, n=len(own.paths) - 1)

    def placed(self, place: Sequence[Ranked], said: Callable[[Ranked], str] | None = None) -> str:
        """Return the inputs of one place, each as ``said``; of more than one that they cannot be told apart, of many the first few."""
        named = [said(one) if said is not None else self.input(one.input.key) for one in place[:LISTED]]
        names = self.words("sensitivity.joint").join(named)
        if len(place) > LISTED:
            return self.words("sensitivity.tied_more", names=names, n=len(place), more=len(place) - LISTED)
        return self.words("sensitivity.tied", names=names, n=len(place)) if len(place) > 1 else names

    def check(self, key: str) -> str:
        """Return how a county would find out an input; empty where none is known."""
        known = [self.words.or_else(f"sensitivity.check.{path}", "") for path in self.inputs[key].paths]
        return self.words("sensitivity.joint").join(dict.fromkeys(filter(None, known)))

    def inputs_listed(self, keys: Iterable[str]) -> str:
        """Return the names of inputs as a list."""
        return self.words("sensitivity.joint").join(map(self.input, keys))

    def requirement(self, own: str) -> str:
        """Return a requirement with its limit."""
        name, plan = requirement_name(self.scenario, own, self.plans[own], self.words), self.plans[own]
        return self.words("study.asked", name=name, limit=limit(plan, self.words))

    def output(self, key: str) -> str:
        """Return what an output is called."""
        own = self.outputs[key]
        return self.words("sensitivity.in_time", name=self.named(own)) if own.requirement else self.named(own)

    def estimate(self, key: str) -> str:
        """Return what of an output is estimated: the chance of a requirement, or the number."""
        own = self.outputs[key]
        return self.words("sensitivity.chance_of", name=self.named(own)) if own.requirement else self.named(own)

    def named(self, own: Output) -> str:
        """Return what an output is about: a requirement, or a number of the county."""
        if own.requirement:
            return self.requirement(own.requirement)
        return self.words.or_else(f"compare.number.{own.key}", own.name)

    def heading(self, key: str) -> str:
        """Return what an output is called in a table: a requirement by its name; of minutes that those which never come count as the end."""
        own = self.outputs[key]
        return self.named(own) + (self.words("sensitivity.restricted") if own.unit == "min" else "")

    # --- how values are told ------------------------------------------------------------------------------------------

    def amounts(self, output: str) -> Amounts:
        """Return what writes values and differences of an output; a chance in runs."""
        if self.is_chance(output):
            return runs(self.words, OF)
        if self.is_share(output):
            return points(self.words)
        return Amounts(self.words, self.outputs[output].unit, many=_FINE)

    def per(self, output: str) -> str:
        """Return in what differences of an output are counted, where that must be said: those of a chance in runs of a hundred."""
        return self.words("sensitivity.per_hundred") if self.is_chance(output) else ""

    def level(self, output: str, mean: float) -> str:
        """Return the mean of an output where one input moves alone, for a cell: a chance as so many runs of so many, others with their unit."""
        return (
            self.counted(mean, self.found.design.curve_runs) if self.is_chance(output) else self._number(output, mean)
        )

    def said(self, output: str, mean: float) -> str:
        """Return such a mean for a sentence."""
        return (
            self.in_runs(mean, self.found.design.curve_runs) if self.is_chance(output) else self._number(output, mean)
        )

    def _number(self, output: str, mean: float) -> str:
        return self.words.percent(mean) if self.is_share(output) else self.amounts(output).value(mean)

    def counted(self, share: float, played: int) -> str:
        """Return a share of so many runs that were played: none and all of them as what was played, else so many of a hundred."""
        if share in {0.0, 1.0}:
            return self.words("sensitivity.of_played", n=round(share * played), played=played)
        return self.words(f"sensitivity.of_hundred.{_side(share)}", n=whole(share))

    def in_runs(self, share: float, played: int) -> str:
        """Return the same in words."""
        if share in {0.0, 1.0}:
            return self.words(f"sensitivity.{'all' if share else 'none'}_played", played=played)
        return self.words(f"sensitivity.runs.{_side(share)}", n=whole(share))

    def written(self, text: str) -> str:
        """Return one value of a scenario as people write it."""
        try:
            value, unit = split(text)
        except BadValue:
            return text
        if unit in {"%", "％"}:
            return f"{plain(value)}%"
        return plain(value) + self.words.or_else(f"sensitivity.unit.{unit}", f" {unit}") if unit else plain(value)

    def unit_written(self, unit: str) -> str:
        """Return a unit of a scenario as people write it by itself."""
        return self.words.or_else(f"sensitivity.unit.{unit}", unit).strip()

    def level_of(self, written: tuple[str, ...]) -> str:
        """Return where an input stands: its value; of several together each."""
        return self.words("sensitivity.slash").join(map(self.written, written))

    def ends(self, own: Input, curve: Curve) -> tuple[str, str]:
        """Return what stands at the low and the high end of an input."""
        return self.at(own, curve.written[0], "all_low"), self.at(own, curve.written[-1], "all_high")

    def at(self, own: Input, written: tuple[str, ...], where: str) -> str:
        """Return where an input stands; of more than a few together only in words (``where``)."""
        few = len(own.paths) <= _MOST_WRITTEN
        return self.level_of(written) if few else self.words(f"sensitivity.{where}")


def whole(share: float) -> int:
    """Return a share in whole runs of a hundred, from 1 to 99: what is estimated is never told as never or always."""
    return min(max(round(share * OF), 1), OF - 1)


def _side(share: float) -> str:
    """Return whether a share is less than one run of a hundred, more than all but one, or about so many."""
    count = round(share * OF)
    return "few" if count == 0 else "most" if count == OF else "about"


def plain(value: float) -> str:
    """Return a number with three digits that count, but never fewer than before its point, and no zeros behind."""
    if not value:
        return "0"
    decimals = max(0, _DIGITS - 1 - math.floor(math.log10(abs(value))))
    text = f"{value:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def reach(curve: Curve) -> float:
    """Return how far an output lies apart at the two ends of an input."""
    return abs(float(curve.means[-1] - curve.means[0]))
