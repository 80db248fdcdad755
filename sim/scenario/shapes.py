"""Laws of numbers that are not known: which values of a range are likelier than others.

Each is a law cut off at the two ends of the range, which stay the hard ends. ``value(share, low, high)`` is its inverse and
``share(value, low, high)`` its distribution function; parameters are in the unit of the range. The share is taken by inversion, so the same
share under another law is the same rank.
"""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Iterator

from pydantic import Field, model_validator
from scipy import special

from sim.blocks import Block
from sim.errors import BadValue, Text, shown
from sim.units import split

Written = int | float | str
_Z90 = float(special.ndtri(0.9))


class _Shape(Block):
    """One law; see the module docstring."""

    @abstractmethod
    def value(self, share: float, low: float, high: float) -> float:
        """Return the value below which a share of the law lies."""

    @abstractmethod
    def share(self, value: float, low: float, high: float) -> float:
        """Return what share of the law lies below a value."""

    @abstractmethod
    def wrong(self, low: float, high: float) -> Iterator[tuple[str, BadValue]]:
        """Yield the parameters that fit no law, once all are numbers in the unit of the range."""

    def faults(self, low: float, high: float, unit: str) -> Iterator[tuple[str, BadValue]]:
        """Yield each parameter at fault, and what is wrong with it."""
        bad = [(name, wrong) for name, written in self.parameters.items() for wrong in _not_in(unit, written)]
        yield from bad or self.wrong(low, high)

    def number(self, name: str) -> float:
        """Return a parameter as a number."""
        return split(getattr(self, name))[0]

    @property
    def parameters(self) -> dict[str, Written]:
        """The parameters as they are written."""
        return {name: getattr(self, name) for name in type(self).model_fields if name not in Block.model_fields}


class TriangularShape(_Shape):
    """Rising to a likeliest value and falling from it."""

    mode: Written = Field(description="最可能的值，写法、单位与范围相同")

    def value(self, share: float, low: float, high: float) -> float:
        mode, width = self.number("mode"), high - low
        if share * width < mode - low:
            return low + math.sqrt(share * width * (mode - low))
        return high - math.sqrt((1 - share) * width * (high - mode))

    def share(self, value: float, low: float, high: float) -> float:
        mode, width = self.number("mode"), high - low
        if value < mode:
            return (value - low) ** 2 / (width * (mode - low))
        return 1 - (high - value) ** 2 / (width * (high - mode)) if value < high else 1.0

    def wrong(self, low: float, high: float) -> Iterator[tuple[str, BadValue]]:
        yield from _outside(self, "mode", low, high)


class _Bell(_Shape):
    """A normal law of the number, or of its logarithm, that is cut off at the ends."""

    @abstractmethod
    def score(self, value: float) -> float:
        """Return how many standard deviations a value lies above the middle."""

    @abstractmethod
    def at_score(self, score: float) -> float:
        """Return the value that lies so many standard deviations above the middle."""

    def value(self, share: float, low: float, high: float) -> float:
        below, above = self._cut(low, high)
        return self.at_score(float(special.ndtri(below + share * (above - below))))

    def share(self, value: float, low: float, high: float) -> float:
        below, above = self._cut(low, high)
        return (float(special.ndtr(self.score(value))) - below) / (above - below)

    def _cut(self, low: float, high: float) -> tuple[float, float]:
        """Return what shares of the whole law lie below the two ends; the middle lies between these, so they differ."""
        return float(special.ndtr(self.score(low))), float(special.ndtr(self.score(high)))


class NormalShape(_Bell):
    """Bell-shaped around a mean, cut off at the ends."""

    mean: Written = Field(description="截断前的均值，写法、单位与范围相同，应在范围内")
    sd: Written = Field(description="截断前的标准差，单位与范围相同")

    def score(self, value: float) -> float:
        return (value - self.number("mean")) / self.number("sd")

    def at_score(self, score: float) -> float:
        return self.number("mean") + self.number("sd") * score

    def wrong(self, low: float, high: float) -> Iterator[tuple[str, BadValue]]:
        yield from _outside(self, "mean", low, high)
        if not self.number("sd") > 0:
            said = Text("标准差必须大于零", "the standard deviation must be above zero")
            yield "sd", BadValue(said, Text("写一个正数", "write a number above zero"))


class LognormalShape(_Bell):
    """Skewed: so many times the median is as likely as so many times less; cut off at the ends."""

    median: Written = Field(description="截断前的中位数，写法、单位与范围相同，应在范围内")
    p90: Written = Field(description="截断前九成情形不超过的值，应大于中位数")

    def score(self, value: float) -> float:
        if value <= 0:
            return -math.inf
        return math.log(value / self.number("median")) / self._sigma

    def at_score(self, score: float) -> float:
        return self.number("median") * math.exp(self._sigma * score)

    def wrong(self, low: float, high: float) -> Iterator[tuple[str, BadValue]]:
        yield from _outside(self, "median", low, high)
        if not self.number("median") > 0:
            said = Text("中位数必须大于零", "the median must be above zero")
            yield (
                "median",
                BadValue(said, Text("写一个正数，或换一种分布", "write a number above zero, or use another law")),
            )
        elif not self.number("p90") > self.number("median"):
            said = Text("p90 应大于中位数", "p90 must be above the median")
            remedy = Text("p90 是九成情形不超过的值", "p90 is exceeded once in ten times")
            yield "p90", BadValue(said, remedy)

    @property
    def _sigma(self) -> float:
        return math.log(self.number("p90") / self.number("median")) / _Z90


class ShapePlan(Block):
    """Exactly one law, named by its key."""

    triangular: TriangularShape | None = Field(None, description="三角分布：越近最可能的值越可能")
    normal: NormalShape | None = Field(None, description="正态分布，在范围两端截断")
    lognormal: LognormalShape | None = Field(None, description="对数正态分布，在范围两端截断")

    @model_validator(mode="after")
    def _one_law(self) -> ShapePlan:
        if len(self._given()) != 1:
            raise BadValue(
                Text("应恰好写一种分布", "exactly one law is expected"),
                Text(
                    "例如 triangular: {mode: 70 %}；都一样可能则不写 shape",
                    "such as triangular: {mode: 70 %}; no shape at all if all are alike",
                ),
            )
        return self

    def _given(self) -> dict[str, _Shape]:
        laws = {"triangular": self.triangular, "normal": self.normal, "lognormal": self.lognormal}
        return {name: law for name, law in laws.items() if law is not None}

    @property
    def law(self) -> tuple[str, _Shape]:
        """The name of the law, and the law."""
        (given,) = self._given().items()
        return given


def _not_in(unit: str, written: Written) -> Iterator[BadValue]:
    try:
        _, other = split(written)
    except BadValue as bad:
        yield bad
        return
    if other != unit:
        said = Text(f"“{shown(written)}”与范围的单位不同", f"'{shown(written)}' is not in the unit of the range")
        yield BadValue(said, Text("按范围的单位写", "write it in the unit of the range"))


def _outside(shape: _Shape, name: str, low: float, high: float) -> Iterator[tuple[str, BadValue]]:
    if not low <= shape.number(name) <= high:
        said = Text(f"{name} 不在范围内", f"{name} lies outside the range")
        yield name, BadValue(said, Text("改范围，或改这个数", "change the range, or this number"))
