"""Timelines against the plainest model there is: lists of outages, asked minute by minute."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.warning.timelines import Timeline, all_up, any_up

LAST = 12
Outages = list[list[tuple[float, float]]]
minutes = st.integers(0, LAST).map(float)
ends = minutes | st.just(math.inf)
outages = st.lists(st.lists(st.tuples(minutes, ends), max_size=4), min_size=1, max_size=4)
"""For each entity its outages, overlapping, touching, backwards or empty as they come."""
ASKED = [t / 2 for t in range(2 * LAST + 3)]


def timeline(of: Outages) -> Timeline:
    """Return the timeline of these outages."""
    rows = [(who, begin, end) for who, each in enumerate(of) for begin, end in each]
    who, begin, end = (np.array([row[i] for row in rows]) for i in range(3))
    return Timeline.from_outages(len(of), who.astype(np.int64), begin.astype(float), end.astype(float))


def is_up(each: list[tuple[float, float]], t: float) -> bool:
    """Return whether no outage [from, to) runs."""
    return not any(begin <= t < end for begin, end in each)


def assert_agrees(made: Timeline, model: Callable[[int, float], bool], size: int) -> None:
    """At every half minute the timeline says what the model says, and so do the questions that look ahead."""
    who = np.arange(size)
    ahead = [*range(LAST + 2)]
    for t in ASKED:
        at = np.full(size, t)
        up = [model(i, t) for i in range(size)]
        assert made.up(who, t).tolist() == up
        assert made.up(who, at).tolist() == up
        next_up = [t if up[i] else min((s for s in ahead if s > t and model(i, s)), default=math.inf) for i in who]
        assert made.next_up(who, at).tolist() == next_up
        down = [t if not up[i] else min((s for s in ahead if s > t and not model(i, s)), default=math.inf) for i in who]
        assert made.up_until(who, at).tolist() == down
    assert made.fails.tolist() == [not all(model(i, t) for t in ASKED) for i in who]
    assert made.never_fails == (not made.fails.any())


def assert_canonical(made: Timeline) -> None:
    """Changes ascend, none is there twice, and each way down has a way up beside it."""
    changes = made.changes
    assert changes.shape[1] % 2 == 0
    finite = np.isfinite(changes)
    assert (~finite[:, 1:] | (changes[:, 1:] > np.where(finite[:, :-1], changes[:, :-1], math.inf))).all()
    assert not changes.shape[1] or finite[:, -2].any()  # no column that says nothing


@given(outages)
def test_a_timeline_is_down_exactly_where_one_of_its_outages_runs(of: Outages) -> None:
    """Down from the beginning on, up from the end on: [down, up)."""
    made = timeline(of)
    assert_agrees(made, lambda i, t: is_up(of[i], t), len(of))
    assert_canonical(made)


@given(st.integers(1, 3), st.integers(1, 3), st.data())
def test_in_series_all_must_be_up_and_in_parallel_one(size: int, parts: int, data: st.DataObject) -> None:
    """``all_up`` and ``any_up`` at every minute, also where changes fall together."""
    rows = st.lists(st.lists(st.tuples(minutes, ends), max_size=3), min_size=size, max_size=size)
    drawn = [data.draw(rows) for _ in range(parts)]
    made = [timeline(each) for each in drawn]
    for joined, rule in ((all_up(made), all), (any_up(made), any)):
        assert_agrees(joined, lambda i, t, rule=rule: rule(is_up(each[i], t) for each in drawn), size)
        assert_canonical(joined)


@given(outages)
def test_outages_are_told_as_they_were_given_once_merged(of: Outages) -> None:
    """``outages``, ``downs`` and ``ups`` give back a timeline that is the same."""
    made = timeline(of)
    again = timeline([made.outages(i) for i in range(len(of))])
    assert np.array_equal(again.changes, made.changes)
    assert np.array_equal(Timeline.from_windows(made.downs, made.ups).changes, made.changes)


@given(outages, st.lists(st.integers(-1, 3), max_size=6))
def test_of_takes_some_and_minus_one_never_fails(of: Outages, who: list[int]) -> None:
    """``of`` picks entities, repeated ones too; −1 stands for one that is not known to fail."""
    rows = np.array([min(i, len(of) - 1) for i in who], dtype=np.int64)
    picked = timeline(of).of(rows)
    assert len(picked) == len(rows)
    assert_agrees(picked, lambda i, t: rows[i] < 0 or is_up(of[rows[i]], t), len(rows))


@pytest.mark.parametrize(
    ("given_outages", "expected"),
    [
        pytest.param([(3, 5), (5, 8)], [(3, 8)], id="touching outages are one"),
        pytest.param([(3, 5), (3, 5)], [(3, 5)], id="twice the same is one"),
        pytest.param([(1, 9), (3, 5)], [(1, 9)], id="one within another"),
        pytest.param([(4, 4)], [], id="one that ends where it begins is none"),
        pytest.param([(6, 4)], [], id="nor one that ends before"),
        pytest.param([(2, math.inf), (5, 7)], [(2, math.inf)], id="one that never ends swallows what follows"),
        pytest.param([(math.inf, math.inf)], [], id="one that never begins is none"),
    ],
)
def test_simultaneous_changes(given_outages: list[tuple[float, float]], expected: list[tuple[float, float]]) -> None:
    """Ends and beginnings at one minute, worked out by hand."""
    assert timeline([given_outages]).outages(0) == expected


def test_one_goes_down_in_the_minute_in_which_the_other_comes_back() -> None:
    """In parallel there is no gap, since each outage is without its end; in series there is no break."""
    first, second = timeline([[(2, 5)]]), timeline([[(5, 8)]])
    assert any_up([first, second]).outages(0) == []
    assert all_up([first, second]).outages(0) == [(2, 8)]


def test_in_the_end_means_after_every_change() -> None:
    """Asked for the minute ``inf``: what came back is up, what never did is down."""
    made = timeline([[(2, 5)], [(2, math.inf)], []])
    assert made.up(np.arange(3), math.inf).tolist() == [True, False, True]
    assert made.next_up(np.arange(3), np.full(3, math.inf)).tolist() == [math.inf] * 3


def test_nobody_is_asked_about() -> None:
    """No entities, no outages, no questions: empty answers of the right kind."""
    none = Timeline.from_outages(0, np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0))
    assert len(none) == 0
    assert none.never_fails
    assert none.up(np.zeros(0, dtype=np.int64), 3.0).shape == (0,)
    assert len(none.of(np.array([-1, -1]))) == 2
    assert Timeline.always_up(3).up_until(np.arange(3), np.zeros(3)).tolist() == [math.inf] * 3
