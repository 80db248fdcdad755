"""How a difference and its interval are written: ends outwards, and what is not 0 never as 0."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal

from sim.report.words.language import Words
from sim.study.compare.comparison import OfNumber
from sim.study.verdict import Judged

_SLACK = 1e-9  # what floating point may add
_Way = Literal["down", "up", "nearest"]
_ROUND: dict[_Way, Callable[[float], int]] = {
    "down": lambda x: math.floor(x + _SLACK),
    "up": lambda x: math.ceil(x - _SLACK),
    "nearest": lambda x: math.floor(abs(x) + 0.5 + _SLACK) * (1 if x > 0 else -1),  # half away from 0
}
_MINUS = "−"


class Amounts:
    """Writes values of one unit; ``step``: in steps of what amounts up to ``many`` are written, greater ones in whole numbers."""

    def __init__(self, words: Words, unit: str, *, times: float = 1.0, step: float = 0.1, many: float = 100.0) -> None:
        self._words, self._unit, self._times, self._step, self._many = (
            words,
            words(f"compare.unit.{unit}"),
            times,
            step,
            many,
        )

    def value(self, value: float) -> str:
        """Return a value with its unit; never has words of its own."""
        if math.isinf(value):
            return self._words("compare.never")
        step = self._step_of(value)
        return f"{self._number(value, 'nearest', step)}{self._unit}"

    def apart(self, value: float, *others: float) -> str:
        """Return a difference with its sign and its unit, as finely as ``others`` beside it; words where one never comes to it."""
        return (
            self.change(value) if math.isinf(value) else f"{self.signed(value, *others)}{self._unit if value else ''}"
        )

    def signed(self, value: float, *others: float, way: _Way = "nearest") -> str:
        """Return a difference with its sign and without its unit, as finely as ``others`` beside it; an end that is not bounded says so."""
        if math.isinf(value):
            return self._words("compare.unbounded")
        number = self._number(value, way, self._step_of(value, *others))
        return f"+{number}" if value > 0 else number

    def change(self, value: float) -> str:
        """Return a difference in words: so much more, or less."""
        if math.isinf(value):
            return self._words("compare.lost" if value > 0 else "compare.gained")
        if value == 0:
            return self._words("compare.equal")
        key = "compare.more" if value > 0 else "compare.less"
        return self._words(key, n=self._number(abs(value), "nearest", self._step_of(value)), unit=self._unit)

    def interval(self, low: float, high: float) -> str:
        """Return an interval with its signs, as in a table; of one whose ends are the same infinity, that they are."""
        if low == high and math.isinf(low):
            return self._words("compare.both_ends")
        return self._words("compare.to", low=self.signed(low, high, way="down"), high=self.signed(high, low, way="up"))

    def range(self, low: float, high: float) -> str:
        """Return an interval in words: from so much less to so much more."""
        if math.isinf(low) or math.isinf(high):
            return self.interval(low, high)
        ends: list[tuple[float, _Way]] = [
            (abs(low), "down" if low >= 0 else "up"),
            (abs(high), "up" if high >= 0 else "down"),
        ]
        if high <= 0:
            ends.reverse()
        key = "compare.range.more" if low >= 0 else "compare.range.less" if high <= 0 else "compare.range.both"
        step = self._step_of(low, high)
        said = [self._number(end, way, step) for end, way in ends]
        return self._words(key, low=said[0], high=said[1], unit=self._unit)

    def _step_of(self, *values: float) -> float:
        """Return in what steps values are written together: finer where all are small, whole where the greatest is great."""
        greatest = max((abs(value) * self._times for value in values if math.isfinite(value)), default=0.0)
        if greatest >= self._many:
            return 1.0
        return min(self._step, 10.0 ** math.floor(math.log10(greatest) + _SLACK)) if greatest > _SLACK else self._step

    def _number(self, value: float, way: _Way, step: float) -> str:
        """Return a number in steps; one that would become 0 and is not, with one digit."""
        value *= self._times
        if abs(value) < _SLACK:
            return "0"
        steps = _ROUND[way](value / step)
        if not steps:
            step = 10.0 ** math.floor(math.log10(abs(value)) + _SLACK)
            steps = _ROUND[way](value / step)
        digits = max(0, -math.floor(math.log10(step) + _SLACK))
        text = f"{abs(steps * step):,.{digits}f}" if self._words.language == "en" else f"{abs(steps * step):.{digits}f}"
        return f"{_MINUS}{text}" if steps < 0 else text


def runs(words: Words, of: int) -> Amounts:
    """Return what writes differences of shares as so many runs of so many."""
    return Amounts(words, "run", times=of, step=1.0, many=1.0)


def points(words: Words) -> Amounts:
    """Return what writes differences of shares in percentage points."""
    return Amounts(words, "1", times=100)


def of_number(one: OfNumber, words: Words) -> Amounts:
    """Return what writes a number of the county."""
    return points(words) if one.unit == "1" else Amounts(words, one.unit)


def level_of(one: OfNumber, value: float, words: Words) -> str:
    """Return what a number of the county was: a share in per cent, all others with their unit."""
    if one.unit == "1":
        return words.percent(value)
    return of_number(one, words).value(value)


def counted(one: Judged, words: Words) -> str:
    """Return how often a requirement was kept by itself, with its interval in runs outwards, and the verdict."""
    if one.verdict == "unsimulated":
        return words("study.verdict.unsimulated")
    return words(
        "compare.count",
        met=one.met,
        n=one.of,
        low=math.floor(one.low * one.of + _SLACK),
        high=math.ceil(one.high * one.of - _SLACK),
        verdict=words(f"study.verdict.{one.verdict}"),
    )
