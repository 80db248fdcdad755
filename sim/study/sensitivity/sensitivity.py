"""A sensitivity analysis: what was planned is played, then what matters most is moved together, and all of it is put in numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.errors import Text
from sim.scenario import Scenario
from sim.study.engines import Engine
from sim.study.folder import StudyFolder
from sim.study.ignorance import components
from sim.study.parts import Part, fill
from sim.study.sensitivity import curves, indices, regions, worth
from sim.study.sensitivity.curves import Levels
from sim.study.sensitivity.found import (
    Bound,
    Curve,
    Index,
    Interaction,
    Method,
    Output,
    Point,
    Region,
    Sensitivity,
    Use,
    Worth,
)
from sim.study.sensitivity.inputs import Inputs, Settings
from sim.study.sensitivity.outputs import outputs_of, required_of
from sim.study.sensitivity.planned import Planned, apart
from sim.study.sensitivity.points import Played, Wanted, parts
from sim.study.study import Watch

Floats = NDArray[np.float64]
_POINTS, _MOST = (
    Text("照情景和底数取值不同推演", "runs as stated and of other values"),
    Text("最要紧的几项细看再推演", "runs of what matters most"),
)
"""What is played, as progress calls it."""


def sensed(folder: StudyFolder, scenario: Scenario, planned: Planned, engine: Engine, watch: Watch) -> Sensitivity:
    """Play what is missing of an analysis, and return the whole."""
    _fill(folder, planned.parts, engine, watch, _POINTS)
    played, inputs, seed = Played(folder, scenario), planned.inputs, folder.asked.seed
    stated = played.nights(planned.stated)
    asked = outputs_of(scenario, stated)
    outputs = _in_every_run(played, asked, planned.wanted)
    found = tuple(_indices(played, planned, outputs, seed))
    most = curves.mattering(found, inputs, outputs)
    worse = _worse_ends(list(_alone(played, planned, outputs, planned.ends)), inputs, outputs, most)
    both = curves.together(inputs, worse)
    levels = [
        curves.levels_of(inputs, block, curves.LEVELS) if block in most else own
        for block, own in enumerate(planned.ends)
    ]
    wanted = [*both.values(), *(settings for own in levels for settings in own.values())]
    more = parts(planned.alone(wanted))
    _fill(folder, more, engine, watch, _MOST)
    outputs = _in_every_run(played, outputs, planned.alone(wanted))
    keys = {one.key for one in outputs}
    return Sensitivity(
        scenario,
        folder.asked,
        planned.design,
        inputs.told,
        outputs,
        tuple(one for one in asked if one not in outputs),
        tuple(one for one in found if one.output in keys),
        tuple(_alone(played, planned, outputs, levels)),
        tuple(_interactions(played, planned, outputs, worse, both)),
        tuple(_regions(played, planned, outputs, seed)),
        tuple(_worths(played, planned, outputs, seed)),
        stated,
        sum(len(one.replications) for one in {one.name: one for one in (*more, *planned.parts)}.values()),
        *_noise(played, planned, outputs),
        tuple(_points(played, planned, outputs, levels, both)),
    )


def _fill(folder: StudyFolder, asked: Sequence[Part], engine: Engine, watch: Watch, what: Text) -> None:
    """Play what is missing of some parts."""
    lacking = sum(len(one.lacks(folder)) for one in asked)
    if lacking:
        for _ in watch(fill(folder, asked, engine), lacking, what):
            pass  # each is kept as it comes


def _in_every_run(played: Played, outputs: Sequence[Output], points: Sequence[Wanted]) -> tuple[Output, ...]:
    """Return the outputs that every run of some points has a value of."""
    return tuple(one for one in outputs if all(np.isfinite(played.table(one, [own])).all() for own in points))


def _indices(played: Played, planned: Planned, outputs: Sequence[Output], seed: int) -> Iterator[Index]:
    inputs = planned.inputs
    for method, points in planned.points.items():
        shares = _shares(planned) if method == "pawn" else planned.shares[method]
        for output in outputs:
            values = played.table(output, points)
            for one in _estimates(method, shares, values, inputs, seed):
                ends = (one.value, one.low, one.high, one.floor)
                yield Index(method, output.key, inputs.told[one.block].key, one.kind, *ends, one.heard)


def _shares(planned: Planned) -> Floats:
    """Return where in its law each path lies at the points of pawn: what is correlated elsewhere than the design says."""
    return planned.inputs.shares([one.settings for one in planned.points["pawn"]])


def _estimates(method: Method, shares: Floats, values: Floats, inputs: Inputs, seed: int) -> Iterator[indices.Estimate]:
    if method == "morris":
        return indices.morris(shares, values, apart(inputs), seed)
    if method == "sobol":
        return indices.sobol(values, inputs.blocks, seed)
    return indices.pawn(shares, values, inputs.blocks, seed)


def _alone(played: Played, planned: Planned, outputs: Sequence[Output], levels: Sequence[Levels]) -> Iterator[Curve]:
    for output in outputs:
        for block, own in enumerate(levels):
            values = played.table(output, [planned.stated, *planned.alone(own.values())])
            yield curves.curve(output, planned.inputs, block, own, values)


def _worse_ends(
    alone: Sequence[Curve], inputs: Inputs, outputs: Sequence[Output], blocks: Sequence[int]
) -> dict[int, float]:
    """Return the worse end of each of some blocks."""
    by_key = {output.key: output for output in outputs}
    own = {block: [one for one in alone if one.input == inputs.told[block].key] for block in blocks}
    return {block: curves.worse_end(some, by_key) for block, some in own.items()}


def _interactions(
    played: Played,
    planned: Planned,
    outputs: Sequence[Output],
    worse: Mapping[int, float],
    both: Mapping[tuple[int, int], Settings],
) -> Iterator[Interaction]:
    inputs = planned.inputs
    for output in outputs:
        for pair, settings in both.items():
            alone = [inputs.alone(block, worse[block]) for block in pair]
            values = played.table(output, [planned.stated, *planned.alone([*alone, settings])])
            first, second = ((inputs.told[block].key, own) for block, own in zip(pair, alone, strict=True))
            yield curves.interaction(output, first, second, values, len(both) * len(outputs))


def _regions(played: Played, planned: Planned, outputs: Sequence[Output], seed: int) -> Iterator[Region]:
    """Yield where each requirement fails, for those of which a region was found."""
    inputs, points = planned.inputs, planned.points.get("pawn", ())
    if not points:
        return
    numbers = inputs.numbers([one.settings for one in points])
    finds, judges = regions.halves(len(points), seed)
    for output in outputs:
        if not output.requirement:
            continue
        failed = 1 - played.table(output, points)
        box = regions.box_of(numbers[finds], failed[finds].mean(axis=1))
        judged = regions.judged(box, numbers[judges], failed[judges], seed) if box is not None else None
        if box is not None and judged is not None:
            bounds = _bounds(inputs, regions.rounded(box, numbers, inputs.whole))
            yield Region(output.requirement, tuple(bounds), **asdict(judged))


def _bounds(inputs: Inputs, box: regions.Box) -> Iterator[Bound]:
    for number in box.bounded:
        path, plan = list(inputs.plans.items())[number]
        unit = plan.ends[2]
        low, high = (
            f"{end:.12g} {unit}".rstrip() if math.isfinite(end) else None for end in (box.low[number], box.high[number])
        )
        yield Bound(path, plan.title or path, low, high)


def _worths(played: Played, planned: Planned, outputs: Sequence[Output], seed: int) -> Iterator[Worth]:
    inputs, points = planned.inputs, planned.points.get("pawn", ())
    if not points:
        return
    shares = _shares(planned)
    required = required_of(played.scenario, played.nights(planned.stated))
    for output in outputs:
        if not output.requirement:
            continue
        met = played.table(output, points).mean(axis=1)
        for block, told in zip(inputs.blocks, inputs.told, strict=True):
            value = worth.value_of(shares[:, list(block)], met, required[output.requirement], seed)
            yield Worth(told.key, output.requirement, **asdict(value))


def _noise(played: Played, planned: Planned, outputs: Sequence[Output]) -> tuple[dict[str, float], dict[str, float]]:
    """Return how far the mean of a point is known, and what share of the variance of these means is luck (see ``found.Sensitivity``).

    At the points of the first method. Runs with the same number have the same luck at every point of morris and sobol; what it does alike at all of
    them moves no mean against another. What is left is what a point and luck make together, divided by the number of runs.
    """
    runs, half, luck = planned.design.runs, {}, {}
    points = next(iter(planned.points.values()))
    for output in outputs:
        values = played.table(output, points)
        quantile = float(stats.t.ppf(0.975, len(values) * (runs - 1)))
        half[output.key] = quantile * math.sqrt(float(values.var(axis=1, ddof=1).mean()) / runs)
        of_points, _, of_both = components(values)
        luck[output.key] = of_both / (runs * of_points + of_both) if of_both else 0.0
    return half, luck


def _points(
    played: Played,
    planned: Planned,
    outputs: Sequence[Output],
    levels: Sequence[Levels],
    both: Mapping[tuple[int, int], Settings],
) -> Iterator[Point]:
    """Yield every point, in the order of its use."""
    used: list[tuple[Use, Sequence[Wanted]]] = [
        ("stated", [planned.stated]),
        ("alone", planned.alone(settings for own in levels for settings in own.values())),
        ("together", planned.alone(both.values())),
        *planned.points.items(),
    ]
    for use, points in used:
        means = {output.key: played.table(output, points).mean(axis=1).tolist() for output in outputs}
        for number, (settings, runs) in enumerate(points):
            own = {key: values[number] for key, values in means.items()}
            yield Point(use, number, planned.inputs.written_at(settings), len(runs), own)
