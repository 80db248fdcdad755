"""One input moved alone, and two moved together, against the scenario as it is stated: under the same luck, in pairs of runs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.study.compare.paired import Effect, least_apart, moved, paired_differences, shares
from sim.study.intervals import exact_interval, mean_of
from sim.study.sensitivity.found import Curve, CurveEffect, Index, Interaction, Output
from sim.study.sensitivity.inputs import Inputs, Settings

Floats = NDArray[np.float64]
ENDS = (0.0, 1.0)
"""How far up its law every input is moved alone."""
LEVELS = (0.0, 0.25, 0.75, 1.0)
"""How far the inputs that matter most are; the stated value is another level."""
MOST = 4
"""So many inputs are those that matter most: of these each pair is moved together."""
_RANKED_BY = ("mu_star", "ST", "ks")
"""By which index inputs are ranked: the first of these that was made."""


Levels = Mapping[float, Settings]
"""The settings at each share of a block that is moved alone."""


def levels_of(inputs: Inputs, block: int, shares: Sequence[float]) -> Levels:
    """Return the settings with a block alone at some shares."""
    return {share: inputs.alone(block, share) for share in shares}


def curve(output: Output, inputs: Inputs, block: int, at: Levels, values: Floats) -> Curve:
    """Return how an output moves with a block alone; ``values``, run by run: as stated, then at each level, shape (1 + levels, runs)."""
    stated, *levels = values
    means, low, high = np.array([_mean(output, own) for own in levels]).T
    apart = [_difference(output, stated, own) for own in levels]
    differences, difference_low, difference_high = np.array([own[:3] for own in apart]).T
    stated_mean, stated_low, stated_high = _mean(output, stated)
    return Curve(
        output=output.key,
        input=inputs.told[block].key,
        shares=tuple(at),
        written=tuple(map(written_in, at.values())),
        means=means,
        low=low,
        high=high,
        stated_share=inputs.stated_share(block),
        stated_mean=stated_mean,
        stated_low=stated_low,
        stated_high=stated_high,
        differences=differences,
        difference_low=difference_low,
        difference_high=difference_high,
        alike=tuple(own[3] == "same" for own in apart),
        effect=_effect([own[3] for own in (apart[0], apart[-1])]),
    )


def _mean(output: Output, values: Floats) -> tuple[float, float, float]:
    """Return the mean over runs with its 95 % interval: an exact one of a chance."""
    if output.requirement:
        low, high = exact_interval(np.array([int(values.sum())]), len(values))
        return float(values.mean()), float(low[0]), float(high[0])
    mean = mean_of(values)
    return mean.mean, mean.low, mean.high


def _difference(output: Output, stated: Floats, values: Floats) -> tuple[float, float, float, Effect]:
    """Return by how much the mean differs from that as stated, with the paired 95 % interval."""
    if output.requirement:
        pairs = shares(stated > 0, values > 0)
        return pairs.difference, pairs.low, pairs.high, pairs.effect
    apart = moved(stated, values)
    return apart.difference, apart.low, apart.high, apart.effect


def _effect(ends: Sequence[Effect]) -> CurveEffect:
    if {"more", "less"} & set(ends):
        return "sure"
    return "none" if set(ends) == {"same"} else "open"


def ranked(indices: Sequence[Index], output: str) -> list[str]:
    """Return the inputs of an output by how much they matter: those that are heard first, by the first kind of index that was made."""
    own = [index for index in indices if index.output == output]
    kind = next(kind for kind in _RANKED_BY if any(index.kind == kind for index in own))
    mine = [index for index in own if index.kind == kind]
    return [index.input for index in sorted(mine, key=lambda one: (not one.heard, -one.value))]


def mattering(indices: Sequence[Index], inputs: Inputs, outputs: Sequence[Output]) -> list[int]:
    """Return the blocks that matter most, all outputs taken together.

    Of each output every input has the share that its index is of the greatest; summed over the outputs in which it is heard, and where that is
    alike, over all.
    """
    keys = [one.key for one in inputs.told]
    kind = next(kind for kind in _RANKED_BY if any(index.kind == kind for index in indices))
    heard, all_ = dict.fromkeys(keys, 0.0), dict.fromkeys(keys, 0.0)
    for output in outputs:
        own = [index for index in indices if index.output == output.key and index.kind == kind]
        greatest = max(index.value for index in own) or 1.0
        for index in own:
            all_[index.input] += index.value / greatest
            heard[index.input] += index.value / greatest * index.heard
    order = sorted(range(len(keys)), key=lambda block: (-heard[keys[block]], -all_[keys[block]], block))
    return order[:MOST]


def worse_end(curves: Sequence[Curve], outputs: Mapping[str, Output]) -> float:
    """Return which end of one input is the worse one, 0 or 1: each output that surely differs counts by how far it moves at most.

    Where none surely does all are taken.
    """
    pull = 0.0
    for one in [own for own in curves if own.effect == "sure"] or curves:
        ends = one.differences[[0, -1]] * (1 if outputs[one.output].better == "less" else -1)  # more is worse
        most = float(np.abs(ends).max())
        pull += float(ends[1] - ends[0]) / most if most else 0.0
    return 1.0 if pull > 0 else 0.0


def together(inputs: Inputs, worse: Mapping[int, float]) -> dict[tuple[int, int], Settings]:
    """Return the settings with each two of some blocks at their worse ends."""
    return {
        (one, other): (*inputs.alone(one, worse[one]), *inputs.alone(other, worse[other]))
        for one, other in combinations(worse, 2)
    }


def interaction(
    output: Output, one: tuple[str, Settings], other: tuple[str, Settings], values: Floats, pairs: int
) -> Interaction:
    """Return what two inputs, each a key with its settings, make together.

    ``values``, shape (4, runs): as stated, with one moved, with the other, with both. ``pairs``: how many pairs of inputs are
    looked at, in all outputs: the intervals hold for all of them together (Bonferroni).
    """
    stated, first, second, both = values
    extra = paired_differences(first + second - stated, both)
    low, high = _interval(extra, 1 - 0.05 / pairs)
    return Interaction(
        output=output.key,
        first=one[0],
        second=other[0],
        first_written=written_in(one[1]),
        second_written=written_in(other[1]),
        first_alone=float((first - stated).mean()),
        second_alone=float((second - stated).mean()),
        together=float((both - stated).mean()),
        extra=float(extra.mean()),
        low=low,
        high=high,
        matters=low > 0 or high < 0,
    )


def written_in(settings: Settings) -> tuple[str, ...]:
    """Return what settings write, without their paths."""
    return tuple(setting.partition("=")[2] for setting in settings)


def _interval(differences: Floats, confidence: float) -> tuple[float, float]:
    """Return the interval of a mean by Student's t; it reaches to 0 where so few pairs differ that no count of them could tell a direction."""
    mean, of = float(differences.mean()), len(differences)
    half = float(stats.t.ppf((1 + confidence) / 2, of - 1) * differences.std(ddof=1) / math.sqrt(of))
    low, high = mean - half, mean + half
    few = np.count_nonzero(differences) < min(least_apart(confidence), of)
    return (min(low, 0.0), max(high, 0.0)) if few else (low, high)
