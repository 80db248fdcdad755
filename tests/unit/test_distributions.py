"""Laws of durations: the rules that hold for all of them, then each against its closed form or published values."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from sim.distributions import (
    Distribution,
    Empirical,
    Exponential,
    Fixed,
    Lindell,
    Lognormal,
    RayleighContagion,
    Triangular,
    Uniform,
    Weibull,
    late,
)
from sim.errors import BadValue

repeatable = settings(derandomize=True, deadline=None)

SMALLEST, LARGEST = 2.0**-53, 1 - 2.0**-53  # the extreme values that luck can give
ROUNDING = 1e-13  # neighbouring uniforms may swap in the last digits: of the time itself, or of ``high``
PUBLISHED = 5e-7  # half of the sixth decimal, to which shares are printed in validation-cases.md


# Any law --------------------------------------------------------------------------------------------------------------

_minutes = st.floats(0.01, 1e4)


def _sorted_minutes(count: int) -> st.SearchStrategy[list[float]]:
    return st.lists(st.floats(0, 1e4), min_size=count, max_size=count).map(sorted)


@st.composite
def _curves(draw: st.DrawFn) -> Empirical:
    thousandths = draw(st.lists(st.integers(0, 1000), min_size=1, max_size=6, unique=True).filter(any))
    minutes = draw(_sorted_minutes(len(thousandths)))
    return Empirical(tuple(minutes), tuple(share / 1000 for share in sorted(thousandths)))


LAWS: dict[type[Distribution], st.SearchStrategy[Distribution]] = {
    Fixed: st.builds(Fixed, st.floats(0, 1e4)),
    Uniform: _sorted_minutes(2).map(lambda limits: Uniform(*limits)),
    Triangular: _sorted_minutes(3).map(lambda points: Triangular(*points)),
    Exponential: st.builds(Exponential, _minutes),
    Lognormal: st.builds(lambda median, ratio: Lognormal(median, median * ratio), _minutes, st.floats(1, 100)),
    Weibull: st.builds(Weibull, _minutes, st.floats(0.2, 10)),
    Lindell: st.builds(Lindell, st.floats(0.1, 1.8), st.floats(0.5, 2.1)),
    RayleighContagion: st.builds(RayleighContagion, st.floats(1, 200), st.just(0.0) | st.floats(0.001, 0.2)),
    Empirical: _curves(),
}
laws = st.one_of(list(LAWS.values()))
uniforms = st.lists(
    st.floats(0, 1, exclude_min=True, exclude_max=True)
    | st.integers(0, 2**52 - 1).map(lambda step: (step + 0.5) * 2.0**-52)
    | st.sampled_from([SMALLEST, 0.5, LARGEST]),
    min_size=2,
    max_size=20,
)


def test_every_law_is_put_to_the_test() -> None:
    """A new law of the module must join the table above."""
    assert set(LAWS) == set(Distribution.__subclasses__())


@repeatable
@given(law=laws, uniforms=uniforms)
def test_one_at_a_time_or_all_at_once_the_draw_is_the_same(law: Distribution, uniforms: list[float]) -> None:
    """Scalar and array draws agree, and keep the shape of what they were given."""
    together = law.draw(np.array(uniforms))
    alone = [law.draw(u) for u in uniforms]
    assert together.shape == (len(uniforms),)
    assert all(np.ndim(minutes) == 0 and isinstance(minutes, float) for minutes in alone)
    np.testing.assert_allclose(alone, together, rtol=1e-14, atol=0)


@repeatable
@given(law=laws, uniforms=uniforms)
def test_worse_luck_is_never_a_shorter_time(law: Distribution, uniforms: list[float]) -> None:
    """A draw never decreases in u, except for the last digits that floating point does not keep."""
    times = law.draw(np.sort(uniforms))
    slack = ROUNDING * np.maximum(np.where(np.isfinite(times), times, 0), getattr(law, "high", 0))
    assert np.all(times[1:] >= times[:-1] - slack[:-1])


@repeatable
@given(law=laws, uniforms=uniforms, share=st.floats(0.01, 0.999), spread=st.floats(0, 100))
def test_who_is_late_is_told_as_if_everybody_had_been_drawn(
    law: Distribution, uniforms: list[float], share: float, spread: float
) -> None:
    """Whose minutes end after a limit, up to the last digit; with limits that some of the draws keep and others do not."""
    u, from_min = np.array(uniforms), np.linspace(0, spread, len(uniforms))
    ends, by_min = from_min + law.draw(u), min(spread / 2 + law.draw(share), 1e9)
    told = late(law, u, from_min, by_min)
    sure = ~(np.abs(ends - by_min) <= ROUNDING * max(by_min, 1.0))
    assert np.array_equal(told[sure], (ends > by_min)[sure])


@repeatable
@given(law=laws, uniforms=uniforms)
def test_a_duration_is_never_nan_nor_negative_and_never_only_where_declared(
    law: Distribution, uniforms: list[float]
) -> None:
    """Infinity means "never", and only a defective law may say it."""
    times = law.draw(np.array([SMALLEST, *uniforms, LARGEST]))
    assert not np.isnan(times).any()
    assert np.all(times >= 0)
    assert bool(np.isinf(times).any()) == law.defective


@repeatable
@given(law=laws, u=st.floats(SMALLEST, LARGEST))
def test_drawing_leaves_the_law_and_the_luck_as_they_were(law: Distribution, u: float) -> None:
    """The same luck drawn twice is the same time, and the array of uniforms is not written to."""
    luck = np.array([u, u])
    first, second = law.draw(luck)
    assert first == second == law.draw(luck)[0]
    assert luck.tolist() == [u, u]


@repeatable
@given(u=st.floats(SMALLEST, LARGEST), minutes=_minutes, slower=st.floats(1, 10), ratio=st.floats(1, 50))
def test_the_same_luck_under_a_slower_law_is_a_longer_time(
    u: float, minutes: float, slower: float, ratio: float
) -> None:
    """Common luck: scaling a law scales each draw, so plans are compared case by case."""
    makers: list[Callable[[float], Distribution]] = [
        Fixed,
        Exponential,
        lambda scale: Uniform(scale, ratio * scale),
        lambda scale: Triangular(0, scale, ratio * scale),
        lambda scale: Lognormal(scale, ratio * scale),
        lambda scale: Weibull(scale, ratio),
    ]
    for make in makers:
        assert make(slower * minutes).draw(u) == pytest.approx(slower * make(minutes).draw(u), rel=1e-9)


# Closed forms ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("law", "u", "minutes"),
    [
        (Fixed(5), SMALLEST, 5),
        (Fixed(0), LARGEST, 0),
        (Uniform(2, 10), 0.5, 6),
        (Uniform(2, 10), 0.9, 9.2),
        (Uniform(7, 7), 0.3, 7),
        # Triangular below its mode: F = (t − low)²/(width·rise); above: 1 − F = (high − t)²/(width·fall)
        (Triangular(0, 5, 10), 0.5, 5),
        (Triangular(0, 5, 10), 0.125, 2.5),
        (Triangular(0, 5, 10), 0.9, 10 - math.sqrt(5)),
        (Triangular(0, 2, 10), 0.2, 2),
        (Triangular(0, 2, 10), 0.5, 10 - math.sqrt(40)),
        (Triangular(4, 4, 8), 0.75, 6),
        (Triangular(4, 8, 8), 0.25, 6),
        (Triangular(3, 3, 3), 0.6, 3),
        (Exponential(10), 0.5, 10 * math.log(2)),
        (Exponential(10), 0.9, 10 * math.log(10)),
        (Exponential(10), 1 - math.exp(-1), 10),
        (Lognormal(20, 60), 0.5, 20),
        (Lognormal(20, 60), 0.9, 60),
        (Lognormal(20, 60), 0.1, 20 / 3),
        (Lognormal(20, 60), stats.norm.cdf(2 * stats.norm.ppf(0.9)), 180),
        (Lognormal(20, 20), 0.99, 20),
        (Weibull(30, 2), 1 - math.exp(-1), 30),
        (Weibull(30, 2), 0.5, 30 * math.sqrt(math.log(2))),
        (Weibull(30, 2), 0.9, 30 * math.sqrt(math.log(10))),
        (Weibull(30, 1), 0.5, 30 * math.log(2)),
        (Weibull(30, 0.5), 0.9, 30 * math.log(10) ** 2),
    ],
)
def test_quantiles_equal_the_closed_form(law: Distribution, u: float, minutes: float) -> None:
    """Median, 90th percentile and other points that can be worked out on paper."""
    assert law.draw(u) == pytest.approx(minutes, rel=1e-12)


@pytest.mark.parametrize(
    ("law", "reference"),
    [
        (Uniform(2, 10), stats.uniform(2, 8)),
        (Triangular(1, 3, 11), stats.triang(0.2, 1, 10)),
        (Exponential(7), stats.expon(scale=7)),
        (Lognormal(20, 60), stats.lognorm(math.log(3) / stats.norm.ppf(0.9), scale=20)),
        (Weibull(45, 0.6), stats.weibull_min(0.6, scale=45)),
    ],
)
def test_the_draw_inverts_the_distribution_function_of_scipy(law: Distribution, reference: stats.rv_continuous) -> None:
    """An independent implementation of the same law returns the uniform from the time."""
    u = np.linspace(0.001, 0.999, 999)
    np.testing.assert_allclose(reference.cdf(law.draw(u)), u, rtol=0, atol=1e-12)


def test_sigma_of_the_lognormal_is_the_log_ratio_over_the_normal_quantile() -> None:
    """σ = ln(p90 / median) / 1.2816."""
    assert Lognormal(1, math.exp(1.2815515655446004)).sigma == pytest.approx(1, rel=1e-12)


# Lindell: issuance delay, cases V1 and V1b ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "share"),
    [(15, 0.522871), (30, 0.674236), (60, 0.817316), (120, 0.923977), (240, 0.979871), (360, 0.993135)],
)
def test_lindell_has_the_published_shares_issued(minutes: float, share: float) -> None:
    """V1: the share issued by a time lies within half a sixth decimal of the printed one."""
    law = Lindell(1.7, 0.6)
    assert law.draw(share - PUBLISHED) < minutes <= law.draw(share + PUBLISHED)


@pytest.mark.parametrize(
    ("law", "median", "p90", "atom", "mean"),
    [
        (Lindell(1.7, 0.6), 13.4518, 99.4861, 0.006865, 36.3491),
        (Lindell(0.5, 1.0), 83.1777, 276.3102, 0.049787, 114.0256),
        (Lindell(1.8, 2.1), 38.0886, 67.4647, 0.0, 40.1677),  # atom exp(−1.8 · 6^2.1) = 4e-34
    ],
)
def test_lindell_has_the_published_median_p90_atom_and_mean(
    law: Lindell, median: float, p90: float, atom: float, mean: float
) -> None:
    """V1, V1b: quantiles, the share cut at six hours, and the mean of what is left, integrated over u."""
    times = law.draw((np.arange(1_000_000) + 0.5) / 1_000_000)
    assert law.draw(0.5) == pytest.approx(median, abs=6e-5)
    assert law.draw(0.9) == pytest.approx(p90, abs=6e-5)
    assert np.mean(times == 360) == pytest.approx(atom, abs=1.5e-6)
    assert np.mean(times) == pytest.approx(mean, abs=1.5e-4)
    assert times.max() <= 360


@pytest.mark.parametrize("law", [Lindell(1.7, 0.6), Weibull(30, 0.6)])
def test_a_broken_exponent_never_gives_nan(law: Distribution) -> None:
    """A peer's inverse sampler took (ln(1 − u))^(1/b), a negative base, and returned NaN at b = 0.6."""
    u = np.concatenate([[SMALLEST], np.linspace(0.001, 0.999, 999), [LARGEST]])
    times = law.draw(u)
    assert np.isfinite(times).all()
    assert np.all(np.diff(times) >= 0)
    assert all(math.isfinite(law.draw(one)) for one in u.tolist())


# Rayleigh with contagion: first alert, case V2b -----------------------------------------------------------------------


def first_alert_exact(scale: float, contagion: float, minutes: float) -> float:
    """Return the share alerted by ``minutes``, from the closed form of validation-cases.md."""

    def rise(t: float) -> float:
        return 1 - math.exp(-t * t / (2 * scale * scale))

    inner = integrate.quad(lambda s: math.exp(-rise(s) - contagion * s), 0, minutes, epsabs=1e-13, epsrel=1e-13)[0]
    return 1 - 1 / (math.exp(rise(minutes) + contagion * minutes) * (1 - contagion * inner))


def first_alert_by_ode(scale: float, contagion: float, minutes: np.ndarray) -> np.ndarray:
    """Return the shares alerted by ``minutes`` (rising), from p' = (r(t) + C p)(1 − p) solved by LSODA."""

    def growth(t: float, p: np.ndarray) -> np.ndarray:
        return (t / scale**2 * math.exp(-t * t / (2 * scale * scale)) + contagion * p) * (1 - p)

    span = (0, float(minutes[-1]))
    return integrate.solve_ivp(growth, span, [0.0], method="LSODA", t_eval=minutes, rtol=1e-10, atol=1e-12).y[0]


@pytest.mark.parametrize(
    ("minutes", "share"),
    [
        *((15, 0.016957), (30, 0.091916), (45, 0.263429), (60, 0.517486)),
        *((75, 0.751521), (90, 0.892829), (120, 0.983982), (180, 0.999666)),
    ],
)
def test_contagion_has_the_published_shares_alerted(minutes: float, share: float) -> None:
    """V2b: B = 95, C = 0.06, within 1e-5 of the printed share and of the closed form."""
    law = RayleighContagion(95, 0.06)
    assert law.draw(share - 1e-5) <= minutes <= law.draw(share + 1e-5)
    assert first_alert_exact(95, 0.06, law.draw(share)) == pytest.approx(share, abs=1e-5)


SHARES = np.array([0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 0.6, 0.75, 0.9, 0.99, 0.999])


@pytest.mark.parametrize(
    ("scale", "contagion"),
    [(95, 0.06), (10, 0.001), (40, 0.01), (20, 0.1), (5, 1.0), (60, 0.2), (200, 0.05), (95, 5)],
)
def test_contagion_solves_its_differential_equation(scale: float, contagion: float) -> None:
    """From p to t by the law and back to p by an independent solver, within 1e-5."""
    times = RayleighContagion(scale, contagion).draw(SHARES)
    assert np.all(np.diff(times) > 0)
    np.testing.assert_allclose(first_alert_by_ode(scale, contagion, times), SHARES, rtol=0, atol=1e-5)


@pytest.mark.parametrize("share", [0.001, 0.1, 0.25, 0.5, 0.6, 0.63])
def test_without_contagion_the_share_has_a_closed_form(share: float) -> None:
    """C = 0: p = 1 − exp(−R), R = 1 − exp(−t²/2B²)."""
    rise = -math.expm1(-((RayleighContagion(95, 0).draw(share) / 95) ** 2) / 2)
    assert -math.expm1(-rise) == pytest.approx(share, abs=1e-5)


def test_without_contagion_only_63_percent_ever_hear() -> None:
    """The Rayleigh density used as a hazard saturates at 1 − 1/e = 0.632121; beyond it, never."""
    law = RayleighContagion(95, 0)
    limit = 1 - math.exp(-1)
    assert limit == pytest.approx(0.632121, abs=PUBLISHED)
    assert law.defective
    assert math.isfinite(law.draw(limit - 1e-6))
    assert law.draw(limit + 1e-6) == law.draw(LARGEST) == math.inf
    u = (np.arange(100_000) + 0.5) / 100_000
    assert np.mean(np.isfinite(law.draw(u))) == pytest.approx(limit, abs=1e-5)


def test_with_contagion_everyone_hears_in_the_end() -> None:
    """However weak the contagion, it is not defective."""
    law = RayleighContagion(95, 0.001)
    assert not law.defective
    assert math.isfinite(law.draw(LARGEST))


# Empirical ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("u", "minutes"), [(0.1, 2), (0.25, 5), (0.5, 10), (0.6, 14), (0.75, 20), (0.8, 24), (0.9999999, 40)]
)
def test_a_measured_curve_is_straight_between_its_points(u: float, minutes: float) -> None:
    """0 % at 0, half at 10, three quarters at 20, all at 40 min."""
    law = Empirical((0, 10, 20, 40), (0, 0.5, 0.75, 1))
    assert not law.defective
    assert law.draw(u) == pytest.approx(minutes, rel=1e-6)


def test_a_measured_curve_may_start_with_an_atom_and_end_with_never() -> None:
    """30 % at once after 5 min, 80 % by 10 min, the rest never."""
    law = Empirical((5, 10), (0.3, 0.8))
    assert law.defective
    assert law.draw(np.array([SMALLEST, 0.3, 0.55, 0.8, 0.80001, LARGEST])).tolist() == pytest.approx(
        [5, 5, 7.5, 10, math.inf, math.inf]
    )


def test_a_measured_jump_is_a_jump() -> None:
    """Two shares at one time: everyone between them is done at that time."""
    assert Empirical((0, 10, 10, 20), (0, 0.2, 0.6, 1)).draw(np.array([0.1, 0.3, 0.5, 0.8])).tolist() == pytest.approx(
        [5, 10, 10, 15]
    )


@pytest.mark.parametrize(
    "law", [Fixed(1), Uniform(1, 2), Triangular(1, 2, 3), Exponential(1), Lognormal(1, 2), Weibull(1, 1), Lindell(1, 1)]
)
def test_the_other_laws_always_come_to_an_end(law: Distribution) -> None:
    """None of them declares a "never"."""
    assert not law.defective


# Bad parameters -------------------------------------------------------------------------------------------------------

_positive: list[tuple[Callable[..., Distribution], tuple[object, ...]]] = [
    (law, tuple(bad if i == position else 1.0 for i in range(count)))
    for law, count in ((Exponential, 1), (Lognormal, 2), (Weibull, 2), (Lindell, 2))
    for position in range(count)
    for bad in (0.0, -1.0, math.nan, math.inf)
]


@pytest.mark.parametrize(
    ("law", "parameters"),
    [
        *_positive,
        *((Fixed, (bad,)) for bad in (-1.0, math.nan, math.inf)),
        *((Uniform, bad) for bad in ((-1, 2), (3, 2), (math.nan, 2), (1, math.nan), (1, math.inf))),
        *((Triangular, bad) for bad in ((-1, 1, 2), (2, 1, 3), (1, 3, 2), (1, math.nan, 2), (1, 2, math.inf))),
        (Lognormal, (10, 9.99)),
        *((RayleighContagion, bad) for bad in ((0, 1), (-1, 1), (math.nan, 1), (math.inf, 1))),
        *((RayleighContagion, bad) for bad in ((1, -0.1), (1, math.nan), (1, math.inf))),
        (Empirical, ((), ())),
        (Empirical, ((1, 2), (1,))),
        (Empirical, ((2, 1), (0.5, 1))),
        (Empirical, ((-1, 1), (0.5, 1))),
        (Empirical, ((1, math.inf), (0.5, 1))),
        (Empirical, ((1, math.nan, 3), (0.2, 0.5, 1))),
        (Empirical, ((math.nan,), (1,))),
        (Empirical, ((1, 2), (0.5, 0.5))),
        (Empirical, ((1, 2), (0.5, 0.4))),
        (Empirical, ((1, 2), (-0.1, 1))),
        (Empirical, ((1, 2), (0.5, 1.2))),
        (Empirical, ((1, 2, 3), (0.2, math.nan, 1))),
        (Empirical, ((1,), (math.nan,))),
        (Empirical, ((1,), (0,))),
    ],
)
def test_a_law_that_cannot_be_is_refused_in_both_languages(
    law: Callable[..., Distribution], parameters: tuple[object, ...]
) -> None:
    """Zero scales, swapped limits, falling curves, NaN and infinity stop at the door."""
    with pytest.raises(BadValue) as caught:
        law(*parameters)
    for text in (caught.value.problem, caught.value.remedy):
        assert text.zh != text.en
        assert any("\u4e00" <= letter <= "\u9fff" for letter in text.zh)
        assert any("a" <= letter <= "z" for letter in text.en)
