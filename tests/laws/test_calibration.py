"""Laws of calibration: what a log may and may not do to the numbers of a scenario.

Coverage is looked at over many logs drawn from known numbers through the law of the simulator. Where the known numbers are themselves drawn
from the prior, an interval of 95 % holds them in 95 of 100 logs exactly (Cook, Gelman & Rubin 2006); how often it does in so many logs is
binomial. Where they are fixed and the prior is centred elsewhere, it pulls by its share of the weight: with a weight of 4 against 60 persons the
intervals still hold them nine times in ten.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from scipy import special, stats

from sim.distributions import Lognormal, Triangular
from sim.exercise.calibrate import calibrate, overlay_text, read_log
from sim.exercise.calibrate.answers import Course, Kind, course_of, learn
from sim.exercise.calibrate.grid import Marginal, overlap
from sim.exercise.calibrate.times import ENDLESS, WEIGHT, below, patience_of
from sim.exercise.calibrate.times import learn as learn_times
from sim.warning import simulate
from tests.calls_log import courses, csv_of, drawn_rows, scenario, xlsx_of
from tests.strategies import small

RARE = 1e-4
"""A law that holds fails its test this seldom."""
NIGHT = 0


def covers(count: int, of: int, at_least: float, at_most: float = 1.0) -> bool:
    """Tell whether so many of so many intervals hold what they should with a probability between two."""
    return bool(stats.binom.ppf(RARE, of, at_least) <= count <= stats.binom.ppf(1 - RARE, of, at_most))


def inside(belief: Marginal, value: float) -> bool:
    """Tell whether the interval of 95 % holds a value."""
    low, high = belief.interval()
    return low <= value <= high


# --- the prior alone, and exact cases ---------------------------------------------------------------------------------


@pytest.mark.parametrize("apart", [True, False])
def test_without_tries_the_prior_stays(apart: bool) -> None:
    """Without data the posterior is the Beta law centred at the scenario's number with the weight asked for."""
    found = learn([], 0.96, {0: 0.9, 1: 0.7}, 20.0, moving=[0, 1], apart=apart)
    beliefs = [(0.9, found.answer[0]), (0.7, found.answer[1])]
    if found.reachable is not None:
        beliefs.append((0.96, found.reachable))
    assert (found.reachable is not None) == apart
    for mean, belief in beliefs:
        exact = stats.beta(20 * mean, 20 * (1 - mean))
        assert belief.posterior.mean == pytest.approx(mean, abs=1e-6)
        assert belief.posterior.interval() == pytest.approx(exact.interval(0.95), abs=1e-3)
        assert belief.prior.interval() == pytest.approx(exact.interval(0.95), abs=1e-4)
        assert overlap(belief.prior, belief.posterior) > 0.99


@pytest.mark.parametrize(
    "law", [Lognormal(3, 8), Triangular(1, 2, 5), Triangular(0, 1, 3), Triangular(0, 0, 3), Triangular(1, 3, 3)]
)
def test_without_minutes_the_law_stays(law: Lognormal | Triangular) -> None:
    """Without data a law is the scenario's, and belief the one before."""
    found = learn_times(law, [])
    names = ("median", "p90") if isinstance(law, Lognormal) else ("low", "mode", "high")
    assert [getattr(found.law, name) for name in names] == pytest.approx([getattr(law, name) for name in names])
    for belief in found.beliefs.values():
        assert overlap(belief.prior, belief.posterior) > 0.99


@pytest.mark.parametrize(("answered", "missed"), [(60, 40), (2000, 700), (30, 0), (0, 12)])
def test_single_tries_of_people_within_reach_are_conjugate(answered: int, missed: int) -> None:
    """Where everybody can be reached, tries are Bernoulli: the posterior is Beta with the counts added."""
    kind = Kind(NIGHT)
    tried = [course_of([(kind, True)])] * answered + [course_of([(kind, False)])] * missed
    belief = learn(tried, 1.0, {NIGHT: 0.78}, 20.0, moving=[NIGHT], apart=False).answer[NIGHT]
    exact = stats.beta(15.6 + answered, 4.4 + missed)
    assert belief.posterior.mean == pytest.approx(exact.mean(), abs=1e-6)
    assert belief.posterior.interval() == pytest.approx(exact.interval(0.95), abs=1e-4)


def test_reachable_and_answer_are_told_apart_exactly() -> None:
    """Each who answered none of k tries was reachable or was not: the posterior is a mixture of Beta laws over all of these cases."""
    kind = Kind(NIGHT)
    answered = [1, 1, 2, 1, 3, 2]  # at which try
    silent = [2, 3, 3]  # tries that nobody answered, of three persons
    tried = [course_of([(kind, False)] * (j - 1) + [(kind, True)]) for j in answered]
    tried += [course_of([(kind, False)] * k) for k in silent]
    a0, b0, c0, d0 = 9.0, 1.0, 7.0, 3.0  # priors of reachable and answer, weight 10
    total = [0.0, 0.0, 0.0]
    for case in product((True, False), repeat=len(silent)):
        a, b = a0 + len(answered) + sum(case), b0 + len(case) - sum(case)
        c = c0 + len(answered)
        d = d0 + sum(answered) - len(answered) + sum(k for k, there in zip(silent, case, strict=True) if there)
        weight = math.exp(special.betaln(a, b) + special.betaln(c, d))
        total = [t + weight * own for t, own in zip(total, (1.0, a / (a + b), c / (c + d)), strict=True)]
    found = learn(tried, 0.9, {NIGHT: 0.7}, 10.0, moving=[NIGHT], apart=True)
    assert found.reachable is not None
    assert found.reachable.posterior.mean == pytest.approx(total[1] / total[0], abs=1e-6)
    assert found.answer[NIGHT].posterior.mean == pytest.approx(total[2] / total[0], abs=1e-6)


def test_an_automated_call_counts_with_its_factor() -> None:
    """With a factor f on single tries the product f · a is what shows: a is learnt as if from tries with chance f · a."""
    kind = Kind(NIGHT, 0.8)
    tried = [course_of([(kind, True)])] * 40 + [course_of([(kind, False)])] * 60
    belief = learn(tried, 1.0, {NIGHT: 0.5}, 10.0, moving=[NIGHT], apart=False).answer[NIGHT]
    shares = (np.arange(200_000) + 0.5) / 200_000
    density = np.exp(stats.beta.logpdf(shares, 5, 5) + 40 * np.log(0.8 * shares) + 60 * np.log1p(-0.8 * shares))
    assert belief.posterior.mean == pytest.approx(float(shares @ density / density.sum()), abs=1e-5)


# --- coverage ---------------------------------------------------------------------------------------------------------


def test_intervals_of_answers_cover_what_is_drawn_from_the_prior() -> None:
    """Over truths drawn from the prior, intervals of reachable and of answering hold them in 95 of 100 small logs."""
    rng, logs = np.random.default_rng(1), 400
    held = np.zeros(2, dtype=int)
    for _ in range(logs):
        rho, share = rng.beta(20 * 0.94, 20 * 0.06), rng.beta(20 * 0.7, 20 * 0.3)
        tried = courses(rng, 20, rho, share, 3)
        found = learn(tried, 0.94, {NIGHT: 0.7}, 20.0, moving=[NIGHT], apart=True)
        assert found.reachable is not None
        held += [inside(found.reachable.posterior, rho), inside(found.answer[NIGHT].posterior, share)]
    assert all(covers(int(count), logs, 0.95, 0.95) for count in held), held


def test_intervals_of_answers_cover_a_truth_elsewhere() -> None:
    """With a weak prior (4 tries) centred 8 points off, intervals from 60 persons hold the truth nine times in ten at least."""
    rng, logs = np.random.default_rng(2), 300
    held = np.zeros(2, dtype=int)
    for _ in range(logs):
        found = learn(courses(rng, 60, 0.88, 0.62, 3), 0.96, {NIGHT: 0.7}, 4.0, moving=[NIGHT], apart=True)
        assert found.reachable is not None
        held += [inside(found.reachable.posterior, 0.88), inside(found.answer[NIGHT].posterior, 0.62)]
    assert all(covers(int(count), logs, 0.9) for count in held), held


def test_the_product_is_covered_where_only_it_shows() -> None:
    """With single tries reachable stays, and the interval of answering holds the true product, divided by it, at the nominal rate."""
    rng, logs = np.random.default_rng(3), 300
    held = 0
    for _ in range(logs):
        tried = courses(rng, 50, 0.9, 0.7, 1)
        found = learn(tried, 0.95, {NIGHT: 0.68}, 4.0, moving=[NIGHT], apart=False)
        assert found.reachable is None
        held += inside(found.answer[NIGHT].posterior, 0.9 * 0.7 / 0.95)
    assert covers(held, logs, 0.93)


def test_intervals_of_a_lognormal_law_cover_what_is_drawn_from_the_prior() -> None:
    """Over laws drawn from the prior, intervals of median and 90th percentile hold them in 95 of 100 logs of fifteen values."""
    rng, logs, law = np.random.default_rng(4), 400, Lognormal(3, 8)
    held = np.zeros(2, dtype=int)
    for _ in range(logs):
        at = rng.normal(math.log(law.median), law.sigma / math.sqrt(WEIGHT))
        sigma = math.exp(rng.normal(math.log(law.sigma), 1 / math.sqrt(2 * WEIGHT)))
        found = learn_times(law, np.exp(rng.normal(at, sigma, 15)))
        p90 = math.exp(at + sigma * stats.norm.ppf(0.9))
        held += [
            inside(found.beliefs["median"].posterior, math.exp(at)),
            inside(found.beliefs["p90"].posterior, p90),
        ]
    assert all(covers(int(count), logs, 0.95, 0.95) for count in held), held


def test_intervals_of_a_triangular_law_cover_what_is_drawn_from_the_prior() -> None:
    """The same of low, mode and high of a triangular law, with twelve values."""
    rng, logs, law = np.random.default_rng(5), 120, Triangular(1, 2, 5)
    held = np.zeros(3, dtype=int)
    for _ in range(logs):
        high = math.exp(rng.normal(math.log(5), 0.5))
        mode = high * special.expit(rng.normal(special.logit(0.4), 1.0))
        low = mode * special.expit(rng.normal(0.0, 1.0))
        found = learn_times(law, Triangular(low, mode, high).draw(rng.random(12)))
        truth = {"low": low, "mode": mode, "high": high}
        held += [inside(found.beliefs[name].posterior, value) for name, value in truth.items()]
    assert all(covers(int(count), logs, 0.95, 0.95) for count in held), held


# --- more, and in any order ---------------------------------------------------------------------------------------------


def test_more_data_are_narrower() -> None:
    """Four times the same log leaves about half the width, of answers and of times."""
    tried = courses(np.random.default_rng(6), 60, 0.9, 0.65, 3)
    minutes = np.exp(np.random.default_rng(7).normal(1, 0.6, 40))

    def widths(times: int) -> list[float]:
        found = learn(tried * times, 0.94, {NIGHT: 0.7}, 4.0, moving=[NIGHT], apart=True)
        assert found.reachable is not None
        law = learn_times(Lognormal(3, 8), np.tile(minutes, times)).beliefs
        ends = [found.reachable, found.answer[NIGHT], law["median"], law["p90"]]
        return [high - low for low, high in (own.posterior.interval() for own in ends)]

    for one, four in zip(widths(1), widths(4), strict=True):
        assert 0.4 * one < four < 0.62 * one


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    """A log whose rows are shuffled writes the same overlay, to the letter."""
    own = scenario(tmp_path / "night")
    rng = np.random.default_rng(8)
    rows = drawn_rows(rng, "村支书", 30, 0.9, 0.65, 3) + drawn_rows(rng, "网格员", 20, 0.85, 0.6, 2, "10")
    texts = []
    for turn in range(3):
        log = tmp_path / "log.csv"
        log.write_bytes(csv_of([rows[n] for n in (rng.permutation(len(rows)) if turn else range(len(rows)))]))
        texts.append(overlay_text(calibrate(own, read_log(log, own), log)))
    assert texts[0] == texts[1] == texts[2]


# --- calls that nobody picks up ---------------------------------------------------------------------------------------


def seen_within(ring: Sequence[float], rng: np.random.Generator, law: Lognormal) -> tuple[list[float], list[float]]:
    """Return the pick-ups that came before callers hung up, and the rings of the calls in which they did not."""
    minutes = law.draw(rng.random(len(ring)))
    return [m for m, r in zip(minutes, ring, strict=True) if m <= r], [
        r for m, r in zip(minutes, ring, strict=True) if m > r
    ]


@pytest.mark.parametrize("rings", [(30.0,), (20.0, 45.0)])
def test_ignoring_who_hung_up_would_be_wrong_and_the_fit_is_not(rings: tuple[float, ...]) -> None:
    """Median 20 s, nine in ten by 45 s, callers hang up after 30 s (or 20 and 45): the times seen alone make people faster than they are.

    Theory: with 30 s a quarter is cut off, and the median of what is left is where the whole law has half of 0.74, at 16.2 s. Those who would
    never answer ring out too, and change nothing.
    """
    law = Lognormal(20 / 60, 45 / 60)
    rng, logs = np.random.default_rng(9), 120
    held, naive, fitted = 0, [], []
    for _ in range(logs):
        ring = rng.choice(rings, 150) / 60
        picked_up, hung_up = seen_within(ring, rng, law)
        hung_up += list(rng.choice(rings, 60) / 60)  # out of reach
        found = learn_times(Lognormal(15 / 60, 40 / 60), picked_up, patience_of(hung_up, picked_up))
        naive.append(learn_times(Lognormal(15 / 60, 40 / 60), picked_up).law.median)
        fitted.append(found.law.median)
        held += inside(found.beliefs["median"].posterior, law.median)
    assert covers(held, logs, 0.9), held
    assert np.mean(naive) < 0.9 * law.median
    assert np.mean(fitted) == pytest.approx(law.median, rel=0.08)


def test_the_median_seen_is_that_of_the_law_cut_off() -> None:
    """The case by hand: Φ(ln 1.5 / σ) of the law is seen, and half of that lies below its median."""
    law = Lognormal(20, 45)
    cut = patience_of([30.0] * 50, [])
    share = float(cut.seen(below(law)))
    assert share == pytest.approx(stats.norm.cdf(math.log(1.5) / law.sigma))
    half = 20 * math.exp(law.sigma * stats.norm.ppf(share / 2))
    assert float(cut.pit(below(law), np.array([half]))[0]) == pytest.approx(0.5)
    assert half == pytest.approx(16.2, abs=0.05)


def test_patience_is_that_of_kaplan_and_meier() -> None:
    """Rings 20, 30, 40 with a pick-up at 25 in between, by hand.

    At 20 four are at risk and one hangs up (1/4); the pick-up at 25 leaves; at 30 two are at risk and one hangs up (1/2 of 3/4); at 40 the last.
    """
    found = patience_of([40, 20, 30], [25])
    assert found.rings_min.tolist() == [20, 30, 40]
    assert found.shares.tolist() == pytest.approx([0.25, 0.375, 0.375])
    assert patience_of([], [25]) is ENDLESS


def test_who_nobody_waits_longer_for_is_without_end() -> None:
    """A pick-up later than every ring shows that some callers wait longer; how long is not known."""
    found = patience_of([20], [50])
    assert found.rings_min.tolist() == [20, math.inf]
    assert found.shares.tolist() == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize("law", [Lognormal(3, 8), Triangular(1, 2, 5), Triangular(0, 1, 3)])
def test_the_distribution_function_is_the_inverse_of_the_draw(law: Lognormal | Triangular) -> None:
    """What a law draws at a share lies, by its distribution function, at that share."""
    shares = np.linspace(0.01, 0.99, 25)
    assert below(law)(law.draw(shares)) == pytest.approx(shares)


# --- the simulator itself ---------------------------------------------------------------------------------------------


def test_a_log_of_simulated_nights_gives_back_their_numbers(tmp_path: Path) -> None:
    """Calls of played nights, written as a log, are learnt from: the intervals hold the numbers that the nights were played with."""
    truth: dict[str, float] = {"reachable": 0.85, "answer": 0.6}
    night = small(4, 6, 1)
    night.scenario["start"] = "2026-06-10 01:00"
    night.scenario["roster"]["posts"]["officer"] |= truth
    night.scenario["roster"]["desks"]["county"]["callers"] = 4
    for ladder in night.scenario["roster"]["ladders"].values():
        ladder["steps"][0]["tries"] = 3
    played = night.load(tmp_path / "played")
    rows = []
    for replication in range(40):
        tries: dict[int, int] = {}
        for event in simulate(played, replication).events:
            if event.event == "call" and event.act in ("answered", "no_answer"):
                tries[event.place] = tries.get(event.place, 0) + 1
                clock = (60 + int(event.t_min)) % 1440
                rows.append(
                    {
                        "date": f"2026-{1 + replication // 28:02d}-{1 + replication % 28:02d}",
                        "at": f"{clock // 60:02d}:{clock % 60:02d}",
                        "post": "officer",
                        "person": f"desk {event.place}",
                        "number": tries[event.place],
                        "answered": "yes" if event.act == "answered" else "no",
                    }
                )
    night.scenario["roster"]["posts"]["officer"] |= {"reachable": 0.95, "answer": 0.7}
    stated = night.load(tmp_path / "stated")
    log = tmp_path / "log.xlsx"
    log.write_bytes(xlsx_of(rows))
    found = {one.path: one for one in calibrate(stated, read_log(log, stated), log).learnt}
    assert set(found) == {"roster.posts.officer.reachable", "roster.posts.officer.answer"}
    for name, value in truth.items():
        low, high = found[f"roster.posts.officer.{name}"].belief.posterior.interval(0.999)
        assert low < value < high, (name, low, high)


def test_courses_say_who_answered_when() -> None:
    """A course counts the tries before the answer by their kind, whatever their order."""
    day, night = Kind(0), Kind(1)
    one = course_of([(night, False), (day, False), (day, True)])
    other = course_of([(day, False), (night, False), (day, True)])
    assert one == other == Course(((day, 1), (night, 1)), day)
    assert one.tries == 3
