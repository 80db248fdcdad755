"""Leave and swaps: what a table of them says, and each way in which it says nothing that can be done."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from sim.errors import Fault, InputError
from sim.roster import Roster
from sim.roster.changes import Change
from sim.roster.duty import Shift
from tests.strategies import Small, played, small

DAY_MIN = 1440.0
_ONE_DAY = "2025-07-10"


def with_changes(
    *rows: tuple[str, str, str, str], heading: tuple[str, ...] = ("person", "from", "to", "instead")
) -> Small:
    """Return a night from 2025-07-10 08:30: A stands that duty day, B the next, C (of two namesakes 甲, with D) for good as deputy."""
    night = small(1, 1, 1)
    night.scenario |= {"start": "2025-07-10 08:30", "end": "1 h"}
    roster = night.scenario["roster"]
    roster["handover"] = "08:30"
    roster["posts"]["deputy"] = {"title": "副班", "reachable": 1.0, "answer": 1.0}
    roster |= {f"{name}": f"county/{name}.csv" for name in ("persons", "shifts", "changes")}
    night.tables["persons.csv"] = [
        {"person": who, "name": name} for who, name in (("A", "张三"), ("B", "李四"), ("C", "甲"), ("D", "甲"))
    ]
    night.tables["shifts.csv"] = [
        dict(zip(("desk", "post", "person", "from", "to"), row, strict=True))
        for row in (
            ("T000", "officer", "A", "2025-07-10 08:30", "2025-07-11 08:30"),
            ("T000", "officer", "B", "2025-07-11 08:30", "2025-07-12 08:30"),
            ("T000", "deputy", "C", "", ""),
        )
    ]
    night.tables["changes.csv"] = [dict(zip(heading, row, strict=True)) for row in rows]
    return night


def shifts(*rows: tuple[str, str, str, str], post: str = "officer") -> list[tuple[str, float, float]]:
    """Return who stands from which minute to which."""
    roster: Roster = played(with_changes(*rows))[0].roster
    held: tuple[Shift, ...] = roster.shifts.get(("T000", post), ())
    return [(shift.person.id, shift.from_min, shift.to_min) for shift in held]


def faults(*rows: tuple[str, str, str, str]) -> list[Fault]:
    """Return the faults of a table."""
    with pytest.raises(InputError) as caught:
        played(with_changes(*rows))
    return list(caught.value.faults)


def test_a_swap_is_two_rows() -> None:
    """A and B change days, by name and by id, with days as WPS writes them."""
    swapped = shifts(("张三", "2025/7/10", "2025/7/10", "李四"), ("B", "2025-07-11", "2025-07-11", "A"))
    assert swapped == [("B", 0.0, DAY_MIN), ("A", DAY_MIN, 2 * DAY_MIN)]


def test_leave_for_some_hours_cuts_a_shift_in_three() -> None:
    """From 20:00 to 22:00 D stands in for A; before and after A stands."""
    cut = shifts(("A", "2025-07-10 20:00", "2025-07-10 22:00", "D"))
    assert cut[:3] == [("A", 0.0, 690.0), ("D", 690.0, 810.0), ("A", 810.0, DAY_MIN)]


def test_leave_without_anybody_instead_leaves_the_post_empty() -> None:
    """The first day has nobody then, and no made-up holder either, although the desk has no other officer that day."""
    assert shifts(("A", _ONE_DAY, _ONE_DAY, "")) == [("B", DAY_MIN, 2 * DAY_MIN)]
    roster = played(with_changes(("A", _ONE_DAY, "2025-07-11", ""), ("B", _ONE_DAY, "2025-07-11", "")))[0].roster
    assert roster.on_duty("T000", "officer", 60.0) is None


def test_who_stands_for_good_is_away_for_a_day_and_back() -> None:
    """A post without ends is cut too."""
    inf = float("inf")
    assert shifts(("C", _ONE_DAY, _ONE_DAY, "D"), post="deputy") == [
        ("C", -inf, 0.0),
        ("D", 0.0, DAY_MIN),
        ("C", DAY_MIN, inf),
    ]


def test_three_people_go_round() -> None:
    """A hands over to B and B, the same day, to A what B holds of another post: all changes hold at once."""
    rows = [("A", _ONE_DAY, _ONE_DAY, "C"), ("C", _ONE_DAY, _ONE_DAY, "A")]
    assert shifts(*rows)[0] == ("C", 0.0, DAY_MIN)
    assert shifts(*rows, post="deputy")[1] == ("A", 0.0, DAY_MIN)


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (("王五", _ONE_DAY, _ONE_DAY, ""), "person", "没有这个人"),
        (("甲", _ONE_DAY, _ONE_DAY, ""), "person", "同名"),
        (("A", _ONE_DAY, _ONE_DAY, "甲"), "instead", "同名"),
        (("A", "2025-07-11", _ONE_DAY, ""), "to", "结束"),
        (("A", "7月10日", _ONE_DAY, ""), "from", "日期"),
        (("A", "2025-07-11", "2025-07-11", "D"), "from", "没有班"),
        (("A", _ONE_DAY, _ONE_DAY, "A"), "instead", "自己不在"),
    ],
)
def test_what_cannot_be_done_is_a_fault_of_its_cell(row: tuple[str, str, str, str], column: str, said: str) -> None:
    """Unknown and ambiguous people, an end before the beginning, no date, nothing to hand over, oneself instead."""
    (fault,) = faults(row)
    assert (fault.line, fault.key) == (2, column)
    assert said in fault.problem.zh


def test_two_rows_of_one_person_at_one_time_contradict_each_other() -> None:
    """The second is told; who stands in while on leave is told too, and every fault at once."""
    told = faults(("A", _ONE_DAY, _ONE_DAY, "B"), ("A", _ONE_DAY, "2025-07-11", "D"), ("B", _ONE_DAY, _ONE_DAY, ""))
    assert {(fault.line, fault.key) for fault in told} == {(3, "person"), (2, "instead")}


def test_changes_without_a_roster_are_a_fault() -> None:
    """They would say nothing, and nobody would know."""
    night = with_changes(("A", _ONE_DAY, _ONE_DAY, ""))
    del night.scenario["roster"]["shifts"]
    with pytest.raises(InputError) as caught:
        played(night)
    assert any("用不上" in fault.problem.zh for fault in caught.value.faults)


def test_the_duty_days_that_leave_touches() -> None:
    """From 10 July 20:00 to 11 July 08:30 is one duty day, a minute more two; the night before 08:30 belongs to the day before."""
    moments = [date(2025, 7, 10), date(2025, 7, 11)]
    change = Change("A", _at(10, 20, 0), _at(11, 8, 30), None)
    assert list(change.duty_days(time(8, 30))) == moments[:1]
    assert list(Change("A", _at(10, 20, 0), _at(11, 8, 31), None).duty_days(time(8, 30))) == moments
    assert list(Change("A", _at(10, 8, 0), _at(10, 8, 30), None).duty_days(time(8, 30))) == [date(2025, 7, 9)]


def _at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2025, 7, day, hour, minute)  # noqa: DTZ001 - Beijing time throughout
