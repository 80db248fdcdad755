"""From a ladder as written to the attempts made: their order, waits, lanes and keys, worked out by hand."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.roster import LadderPlan
from sim.roster.ladders import Lanes, Try, lanes_for, lanes_of
from sim.roster.plan import ResponsiblePlan

repeatable = settings(derandomize=True, deadline=None)

# Tools ----------------------------------------------------------------------------------------------------------------


def step(post: str, tries: int = 1, **more: object) -> dict[str, object]:
    """Return a step by phone that rings half a minute."""
    return {"post": post, "tries": tries, "ring": "30 s"} | more


def ladder(*steps: dict[str, object], **more: object) -> Lanes:
    """Return the attempts of a ladder."""
    return lanes_of(LadderPlan.model_validate({"steps": steps} | more))


def posts(lanes: Lanes) -> list[str]:
    """Return whom the lanes call, lane by lane, as one word each."""
    return ["".join(attempt.post for attempt in lane) for lane in lanes.lanes]


@st.composite
def ladders(draw: st.DrawFn) -> dict[str, Any]:
    """Return ladders of every shape, as a planner writes them."""
    size = draw(st.integers(1, 5))
    steps = [
        step(draw(st.sampled_from("abc")), draw(st.integers(1, 4)), id=f"s{s}", gap=f"{draw(st.integers(0, 3))} min")
        for s in range(size)
    ]
    plan: dict[str, Any] = {"steps": steps, "need": draw(st.sampled_from(["any", "all"]))}
    if draw(st.booleans()):
        return plan | {"order": "at_once"}
    for s in range(size - 1):
        if plan["need"] == "any" and draw(st.booleans()):
            steps[s]["then"] = f"s{draw(st.integers(s + 1, size - 1))}"
    if draw(st.booleans()):
        plan["repeat"] = {
            "rounds": draw(st.integers(1, 3)),
            "from": f"s{draw(st.integers(0, size - 1))}",
            "gap": "5 min",
        }
    return plan


def every_try(lanes: Lanes) -> list[Try]:
    """Return all attempts."""
    return [attempt for lane in lanes.lanes for attempt in lane]


# Order ----------------------------------------------------------------------------------------------------------------


def test_steps_follow_each_other_and_tries_follow_within_a_step() -> None:
    """Two tries of a, one of b, three of c."""
    assert posts(ladder(step("a", 2), step("b"), step("c", 3))) == ["aabccc"]


def test_then_leaves_out_the_steps_between() -> None:
    """A, then d: b and c are left out, e follows d."""
    jump = ladder(step("a", 2, then="four"), step("b"), step("c"), step("d", id="four"), step("e"))
    assert posts(jump) == ["aade"]


def test_repeat_begins_again_where_it_says_and_jumps_as_before() -> None:
    """One round from the top, then two from b on; the jump from b to d holds in every round."""
    again = {"rounds": 2, "from": "two", "gap": "10 min"}
    lanes = ladder(step("a"), step("b", id="two", then="four"), step("c"), step("d", id="four"), repeat=again)
    assert posts(lanes) == ["abdbdbd"]
    assert [attempt.round_ for attempt in lanes.tries] == [0, 0, 0, 1, 1, 2, 2]


def test_repeat_without_a_step_begins_at_the_first() -> None:
    """Two steps, one round more: a b a b."""
    assert posts(ladder(step("a"), step("b"), repeat={"rounds": 1, "gap": "1 min"})) == ["abab"]


# Waits ----------------------------------------------------------------------------------------------------------------


def test_the_gap_lies_between_the_tries_of_a_step_and_nowhere_else() -> None:
    """Three tries have two gaps; the next step follows at once."""
    lanes = ladder(step("a", 3, gap="2 min"), step("b", gap="7 min"))
    assert [attempt.gap_min for attempt in lanes.tries] == [2, 2, 0, 0]


def test_the_gap_between_rounds_lies_before_the_first_attempt_of_each_further_round() -> None:
    """Two further rounds of two steps with two tries of the first."""
    lanes = ladder(step("a", 2), step("b"), repeat={"rounds": 2, "gap": "10 min"})
    assert [attempt.round_gap_min for attempt in lanes.tries] == [0, 0, 0, 10, 0, 0, 10, 0, 0]


def test_an_attempt_rings_or_waits_as_its_step_says() -> None:
    """Telephone calls ring, messages wait, messengers neither."""
    lanes = ladder(
        step("a", ring="45 s"),
        {"post": "a", "channel": "sms", "wait": "3 min"},
        {"post": "a", "channel": "courier"},
    )
    assert [(attempt.channel, attempt.ring_min, attempt.wait_min) for attempt in lanes.tries] == [
        ("phone", 0.75, 0.0),
        ("sms", 0.0, 3.0),
        ("courier", 0.0, 0.0),
    ]


# Lanes ----------------------------------------------------------------------------------------------------------------


def test_in_turn_is_one_lane() -> None:
    """Whoever is needed, one after the other is one after the other."""
    for need in ("any", "all"):
        assert posts(ladder(step("a"), step("b"), step("a"), need=need)) == ["aba"]


def test_at_once_runs_every_step_beside_the_others() -> None:
    """Where one answer will do, every step is a lane of its own."""
    assert posts(ladder(step("b", 2), step("a"), step("b"), order="at_once")) == ["bb", "a", "b"]


def test_at_once_with_all_needed_runs_every_post_beside_the_others_in_the_order_written() -> None:
    """The steps of one post still follow each other; b is written first and called first."""
    assert posts(ladder(step("b", 2), step("a"), step("b"), order="at_once", need="all")) == ["bbb", "a"]


def test_all_that_are_needed_are_the_posts_named() -> None:
    """``any`` needs nobody in particular."""
    steps = step("a"), step("b"), step("a")
    assert ladder(*steps, need="all").must_answer == {"a", "b"}
    assert ladder(*steps).must_answer == frozenset()


def test_a_responsible_person_is_called_step_by_step_in_the_post_of_the_register() -> None:
    """The steps of the register name no post."""
    plan = ResponsiblePlan.model_validate(
        {"roles": {}, "steps": [{"ring": "30 s", "tries": 2}, {"channel": "sms", "wait": "5 min"}]}
    )
    lanes = lanes_for(plan, "mayor")
    assert [(attempt.post, attempt.channel) for attempt in lanes.tries] == [
        ("mayor", "phone"),
        ("mayor", "phone"),
        ("mayor", "sms"),
    ]
    assert [attempt.key for attempt in lanes.tries] == [0, 1, 1000]
    assert lanes.must_answer == frozenset()


# Numbers and keys -----------------------------------------------------------------------------------------------------


@given(ladders())
@repeatable
def test_attempts_are_numbered_through_and_no_two_share_a_key(plan: dict[str, Any]) -> None:
    """Numbers count from 0 lane by lane; a key belongs to one (round, step, try)."""
    lanes = lanes_of(LadderPlan.model_validate(plan))
    tries = every_try(lanes)
    assert list(lanes.tries) == tries
    assert [attempt.number for attempt in tries] == list(range(len(tries)))
    assert len({attempt.key for attempt in tries}) == len(tries)


@given(ladders(), st.data())
@repeatable
def test_more_tries_of_one_step_leave_the_keys_of_all_others_alone(plan: dict[str, Any], data: st.DataObject) -> None:
    """What is new is the new tries of that step, one in each round it takes part in."""
    before = every_try(lanes_of(LadderPlan.model_validate(plan)))
    s = data.draw(st.integers(0, len(plan["steps"]) - 1))
    plan["steps"][s]["tries"] += 1
    after = every_try(lanes_of(LadderPlan.model_validate(plan)))
    kept, now = ({attempt.key: (attempt.post, attempt.round_) for attempt in tries} for tries in (before, after))
    assert kept.items() <= now.items()
    new = [key for key in now if key not in kept]
    assert all(key // 1000 % 1000 == s for key in new)
    assert len({key // 1_000_000 for key in new}) == len(new)


@given(ladders())
@repeatable
def test_every_lane_goes_forward_through_its_steps_in_each_round(plan: dict[str, Any]) -> None:
    """Within a round keys only grow, and rounds follow each other."""
    for lane in lanes_of(LadderPlan.model_validate(plan)).lanes:
        keys = [attempt.key for attempt in lane]
        assert keys == sorted(keys)


@given(ladders())
@repeatable
def test_without_jumps_and_rounds_every_step_is_tried_as_often_as_it_says(plan: dict[str, Any]) -> None:
    """At once or in turn, for one answer or for all."""
    plan.pop("repeat", None)
    for each in plan["steps"]:
        each.pop("then", None)
    asked = Counter()
    for each in plan["steps"]:
        asked[each["post"]] += each["tries"]
    assert Counter(attempt.post for attempt in every_try(lanes_of(LadderPlan.model_validate(plan)))) == asked


@pytest.mark.parametrize("need", ["any", "all"])
def test_one_step_is_one_lane_whatever_the_order(need: str) -> None:
    """With a single step nothing is at once."""
    assert ladder(step("a", 3), need=need).lanes == ladder(step("a", 3), need=need, order="at_once").lanes
