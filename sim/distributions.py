"""Laws of durations: frozen specifications, drawn by inversion of a uniform that somebody else owns.

``law.draw(u)`` takes a number or an array of (0, 1) and returns minutes of the same shape; one expression serves both. It
never decreases in ``u`` (up to rounding), so the same luck under a slower law is a longer time. ``inf`` means "never" and is possible only
where ``law.defective`` says so.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.errors import BadValue, Text

Minutes = Any  # float or array of float64: draws keep the shape of their argument
_Z90 = float(special.ndtri(0.9))
_BAD_LUCK, _WORSE_LUCK = 0.99, 0.995  # apart, since a draw rises with its luck up to rounding only


def _require(ok: object, zh: str, en: str, remedy_zh: str, remedy_en: str) -> None:
    if not ok:
        raise BadValue(Text(zh, en), Text(remedy_zh, remedy_en))


def _require_positive(law: str, **values: float) -> None:
    for name, value in values.items():
        _require(
            math.isfinite(value) and value > 0,
            f"{law} 的 {name} 必须是正数",
            f"{name} of {law} must be positive",
            "写一个大于零的数",
            "write a number above zero",
        )


class Distribution(ABC):
    """What can be drawn from; see the module docstring for the rules."""

    defective = False

    @abstractmethod
    def draw(self, u: Minutes) -> Minutes:
        """Return minutes for uniforms ``u`` in (0, 1)."""


def late(law: Distribution, u: NDArray[np.float64], from_min: NDArray[np.float64], by_min: float) -> NDArray[np.bool_]:
    """Return whose minutes, by their luck ``u`` and from ``from_min`` on, end after ``by_min``; shape of ``u``.

    Laws never decrease in their luck: only those need drawing whom bad luck, or little time, could make late.
    """
    could = np.flatnonzero((u > _BAD_LUCK) | (from_min + float(law.draw(_WORSE_LUCK)) > by_min))
    beyond = np.zeros(len(u), dtype=bool)
    beyond[could] = from_min[could] + law.draw(u[could]) > by_min
    return beyond


@dataclass(frozen=True)
class Fixed(Distribution):
    """Always the same."""

    minutes: float

    def __post_init__(self) -> None:
        _require(
            math.isfinite(self.minutes) and self.minutes >= 0,
            "固定时长必须是有限的非负数",
            "a fixed duration must be finite and not negative",
            "写零或正数",
            "write zero or a positive number",
        )

    def draw(self, u: Minutes) -> Minutes:
        return self.minutes + 0.0 * u


@dataclass(frozen=True)
class Uniform(Distribution):
    """Evenly between two limits."""

    low: float
    high: float

    def __post_init__(self) -> None:
        _require(
            0 <= self.low <= self.high < math.inf,
            "uniform 要求 0 ≤ low ≤ high",
            "uniform needs 0 ≤ low ≤ high",
            "检查上下限是否写反",
            "check that the limits are not swapped",
        )

    def draw(self, u: Minutes) -> Minutes:
        return self.low + (self.high - self.low) * u


@dataclass(frozen=True)
class Triangular(Distribution):
    """Lowest, most likely and highest value."""

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        _require(
            0 <= self.low <= self.mode <= self.high < math.inf,
            "triangular 要求 0 ≤ low ≤ mode ≤ high",
            "triangular needs 0 ≤ low ≤ mode ≤ high",
            "按最小、最可能、最大的顺序填写",
            "give lowest, most likely and highest in this order",
        )

    def draw(self, u: Minutes) -> Minutes:
        width, rise, fall = self.high - self.low, self.mode - self.low, self.high - self.mode
        if isinstance(u, float):  # the event loop draws one at a time; a square root is exact, whoever takes it
            if u * width < rise:
                return self.low + math.sqrt(u * width * rise)
            return self.high - math.sqrt((1 - u) * width * fall)
        rising = self.low + np.sqrt(u * width * rise)
        falling = self.high - np.sqrt((1 - u) * width * fall)
        return np.where(u * width < rise, rising, falling)[()]


@dataclass(frozen=True)
class Exponential(Distribution):
    """Memoryless with a mean."""

    mean: float

    def __post_init__(self) -> None:
        _require_positive("exponential", mean=self.mean)

    def draw(self, u: Minutes) -> Minutes:
        return -self.mean * np.log1p(-u)


@dataclass(frozen=True)
class Lognormal(Distribution):
    """By its median and 90th percentile: σ = ln(p90 / median) / 1.2816."""

    median: float
    p90: float

    def __post_init__(self) -> None:
        _require_positive("lognormal", median=self.median)
        _require(
            self.median <= self.p90 < math.inf,
            "lognormal 要求 p90 ≥ median",
            "lognormal needs p90 ≥ median",
            "p90 是九成情形不超过的时长，不应小于中位数",
            "p90 is exceeded once in ten times and cannot be below the median",
        )

    @cached_property
    def sigma(self) -> float:
        """Standard deviation of the logarithm."""
        return math.log(self.p90 / self.median) / _Z90

    def draw(self, u: Minutes) -> Minutes:
        return self.median * np.exp(self.sigma * special.ndtri(u))


@dataclass(frozen=True)
class Weibull(Distribution):
    """By scale (63.2 % have happened by then) and shape."""

    scale: float
    shape: float

    def __post_init__(self) -> None:
        _require_positive("weibull", scale=self.scale, shape=self.shape)
        _require(
            self.shape >= 0.1,
            "weibull 的 shape 太小",
            "the shape of weibull is too small",
            "写 0.1 或更大的数",
            "write 0.1 or more",
        )

    def draw(self, u: Minutes) -> Minutes:
        return self.scale * np.power(-np.log1p(-u), 1 / self.shape)


@dataclass(frozen=True)
class Lindell(Distribution):
    """Issuance delay of LifeSim (technical reference, Eq. 9): P(t) = 1 − exp(−a (t/60)^b), cut at 360 min."""

    a: float
    b: float
    LONGEST_MIN = 360.0

    def __post_init__(self) -> None:
        _require(
            0.1 <= self.a <= 1.8 and 0.5 <= self.b <= 2.1,
            "lindell 要求 0.1 ≤ a ≤ 1.8、0.5 ≤ b ≤ 2.1",
            "lindell needs 0.1 ≤ a ≤ 1.8 and 0.5 ≤ b ≤ 2.1",
            "使用文献给出的范围",
            "stay within the published range",
        )

    def draw(self, u: Minutes) -> Minutes:
        return np.minimum(60 * np.power(-np.log1p(-u) / self.a, 1 / self.b), self.LONGEST_MIN)


@dataclass(frozen=True)
class RayleighContagion(Distribution):
    """First alert with contagion, the continuous limit of LifeSim's curve generator.

    p' = (r(t) + C p)(1 − p) with r the Rayleigh density of scale ``B`` minutes and R(t) = 1 − e^{−t²/(2B²)} its integral. As r is
    used as a hazard, with C = 0 only 63.2 % ever hear.
    """

    B: float
    C: float

    def __post_init__(self) -> None:
        _require_positive("rayleigh_contagion", B=self.B)
        _require(
            0 <= self.C < math.inf,
            "rayleigh_contagion 的 C 不能为负",
            "C of rayleigh_contagion cannot be negative",
            "写零或正数",
            "write zero or a positive number",
        )

    @property
    def defective(self) -> bool:  # type: ignore[override]
        """Whether some never hear."""
        return self.C == 0

    @cached_property
    def _curve(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Times [min] and −ln(1 − p) there, up to where all but e⁻⁴⁰ have heard.

        Computed from p / (1 − p) = e^{R + C t} ∫₀ᵗ r(s) e^{−R(s) − C s} ds, which loses no digits where B·C is large.
        """
        last = 9 * self.B
        if self.C:
            last = min(last, (2 * math.log1p(self.B * self.C) + 40) / self.C)
        t = np.linspace(0, last, 16_001)
        if self.C and last == 9 * self.B:
            t = np.concatenate([t, np.linspace(last, last + 40 / self.C, 4_001)[1:]])
        rise = -np.expm1(-((t / self.B) ** 2) / 2)
        if not self.C:
            return t, rise
        rate = t / self.B**2 * np.exp(-((t / self.B) ** 2) / 2 - rise - self.C * t)
        inner = np.concatenate([[0.0], np.cumsum((rate[1:] + rate[:-1]) / 2 * np.diff(t))])
        with np.errstate(divide="ignore"):
            odds = rise + self.C * t + np.log(inner)
        return t, np.logaddexp(0, odds)

    def draw(self, u: Minutes) -> Minutes:
        t, hazard = self._curve
        return np.asarray(np.interp(-np.log1p(-u), hazard, t, right=math.inf if self.defective else t[-1]))[()]


@dataclass(frozen=True)
class Empirical(Distribution):
    """A curve of measured points: ``shares[i]`` of all are done by ``minutes[i]``, straight in between.

    A last share below one leaves the rest undone for ever.
    """

    minutes: tuple[float, ...]
    shares: tuple[float, ...]

    def __post_init__(self) -> None:
        rising = all(a <= b for a, b in zip(self.minutes, self.minutes[1:], strict=False))
        climbing = all(a < b for a, b in zip(self.shares, self.shares[1:], strict=False))
        _require(
            len(self.minutes) == len(self.shares) > 0
            and rising
            and climbing
            and 0 <= self.minutes[0]
            and self.minutes[-1] < math.inf
            and 0 <= self.shares[0]
            and 0 < self.shares[-1] <= 1,
            "empirical 的 minutes 与 shares 应等长，时长不减，比例递增且在 0 到 1 之间",
            "empirical needs as many minutes as shares, times that do not fall, shares that rise within 0 to 1",
            "每个时长对应一个累计比例，从小到大",
            "give one cumulative share per time, from small to large",
        )

    @property
    def defective(self) -> bool:  # type: ignore[override]
        """Whether some are never done."""
        return self.shares[-1] < 1

    def draw(self, u: Minutes) -> Minutes:
        return np.asarray(
            np.interp(u, self.shares, self.minutes, right=math.inf if self.defective else self.minutes[-1])
        )[()]
