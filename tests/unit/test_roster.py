"""Who is on duty: at the minute of a change, past midnight, at open shifts; and faults that point at the line."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import Fault, InputError
from sim.luck import entity_id
from sim.roster import Person, Roster
from sim.roster.duty import Shift
from tests.strategies import Small, played, small

repeatable = settings(derandomize=True, deadline=None)
START = "2025-07-10 22:00"  # minute 0; midnight is minute 120, handover (08:30) minute 630
DAY = 1440

# Tools ----------------------------------------------------------------------------------------------------------------


def roster_of(*shifts: tuple[str, str, str, str, str], start: str = START, persons: int = 4) -> Roster:
    """Return the roster of a night of 12 h that begins at ``start`` with these rows (desk, post, person, from, to)."""
    night = night_with(*shifts, persons=persons)
    night.scenario["start"] = start
    return played(night)[0].roster


def night_with(*shifts: tuple[str, str, str, str, str], persons: int = 4) -> Small:
    """Return a small night with a roster of these rows."""
    night = small(1, 1, 1)
    night.scenario |= {"start": START, "end": "12 h"}
    roster = night.scenario["roster"]
    roster["posts"]["deputy"] = {"title": "副班", "reachable": 1.0, "answer": 1.0}
    roster["posts"]["secretary"] = {"title": "书记", "reachable": 1.0, "answer": 1.0, "rotates": False}
    if shifts:
        roster |= {"persons": "county/persons.csv", "shifts": "county/shifts.csv"}
        night.tables["persons.csv"] = [{"person": f"P{n}", "name": f"甲{n}"} for n in range(persons)]
        keys = ("desk", "post", "person", "from", "to")
        night.tables["shifts.csv"] = [dict(zip(keys, row, strict=True)) for row in shifts]
    return night


def on_duty(roster: Roster, post: str, t_min: float, desk: str = "T000") -> str | None:
    """Return the id of who holds a post, or ``None``."""
    person = roster.on_duty(desk, post, t_min)
    return None if person is None else person.id


def faults_of(*shifts: tuple[str, str, str, str, str], persons: int = 4) -> tuple[Fault, ...]:
    """Return the faults of a roster of these rows."""
    with pytest.raises(InputError) as caught:
        played(night_with(*shifts, persons=persons))
    return caught.value.faults


# Shifts of the table --------------------------------------------------------------------------------------------------


def test_a_shift_ends_when_the_next_begins() -> None:
    """P0 until midnight, P1 from midnight: minute 119.99 is P0's, minute 120 is P1's, and at no minute are there two or none."""
    roster = roster_of(
        ("T000", "officer", "P0", "2025-07-10 08:30", "2025-07-11 00:00"),
        ("T000", "officer", "P1", "2025-07-11 00:00", "2025-07-11 08:30"),
    )
    assert [on_duty(roster, "officer", t) for t in (0, 119.99, 120, 629.99)] == ["P0", "P0", "P1", "P1"]
    assert on_duty(roster, "officer", 630) is None


def test_a_night_shift_holds_across_midnight() -> None:
    """From 20:00 to 06:00 of the next day is one shift: 22:00, 23:59 and 05:59 are inside, 06:00 is not."""
    roster = roster_of(("T000", "officer", "P0", "2025-07-10 20:00", "2025-07-11 06:00"))
    assert [on_duty(roster, "officer", t) for t in (0, 119, 479.99, 480)] == ["P0", "P0", "P0", None]


def test_an_open_shift_has_no_beginning_or_no_end() -> None:
    """An empty ``from`` was always so, an empty ``to`` stays so."""
    roster = roster_of(
        ("T000", "officer", "P0", "", "2025-07-11 00:00"),
        ("T000", "officer", "P1", "2025-07-11 00:00", ""),
        ("T000", "deputy", "P2", "", ""),
    )
    assert [on_duty(roster, "officer", t) for t in (-1e6, 119, 120, 1e6)] == ["P0", "P0", "P1", "P1"]
    assert {on_duty(roster, "deputy", t) for t in (-1e6, 0, 1e6)} == {"P2"}


def test_a_desk_in_the_table_has_no_holders_but_those_of_the_table() -> None:
    """A post of the named desk without a row is empty; a desk without rows gets made-up holders."""
    roster = roster_of(("T000", "officer", "P0", "", ""))
    assert on_duty(roster, "deputy", 0) is None
    assert on_duty(roster, "officer", 0, desk="T000V000") not in (None, "P0")
    assert roster.synthetic


def test_a_roster_that_names_every_called_desk_is_not_synthetic() -> None:
    """Nobody calls the county, so township and village are all."""
    roster = roster_of(("T000", "officer", "P0", "", ""), ("T000V000", "officer", "P1", "", ""))
    assert not roster.synthetic


def test_one_person_may_hold_two_posts_and_is_the_same_person() -> None:
    """The luck of a person goes with the person, not with the post."""
    roster = roster_of(("T000", "officer", "P0", "", ""), ("T000V000", "deputy", "P0", "", ""))
    one, other = roster.on_duty("T000", "officer", 0), roster.on_duty("T000V000", "deputy", 0)
    assert one is not None
    assert one == other
    assert one.name == "甲0"


def test_of_two_at_one_post_the_earlier_shift_is_called() -> None:
    """Overlapping rows are settled by their beginning, whatever their order in the file."""
    rows = [
        ("T000", "officer", "P1", "2025-07-10 21:00", "2025-07-11 08:30"),
        ("T000", "officer", "P0", "2025-07-10 20:00", "2025-07-11 00:00"),
    ]
    for order in (rows, rows[::-1]):
        roster = roster_of(*order)
        assert [on_duty(roster, "officer", t) for t in (0, 120)] == ["P0", "P1"]


@repeatable
@given(st.lists(st.integers(1, 300), min_size=1, max_size=8), st.floats(0, 2399))
def test_back_to_back_shifts_leave_no_gap(lengths: list[int], t_min: float) -> None:
    """Consecutive shifts cover exactly their union, each minute by the shift it lies in."""
    rows, begin = [], 0
    for n, length in enumerate(lengths):
        rows.append((begin, begin + length, f"P{n}"))
        begin += length
    expected = next((who for first, last, who in rows if first <= t_min < last), None)
    assert on_duty(_shifts_at(rows), "officer", t_min) == expected


def _shifts_at(rows: list[tuple[int, int, str]]) -> Roster:
    base = _plain()
    shifts = tuple(Shift(float(first), float(last), Person(who, entity_id(who))) for first, last, who in rows)
    return Roster(base.plan, base.start, {("T000", "officer"): shifts}, frozenset({"T000"}), (), synthetic=True)


@cache
def _plain() -> Roster:
    return roster_of()


# Made-up holders ------------------------------------------------------------------------------------------------------


def test_a_made_up_holder_changes_at_the_handover_and_not_at_midnight() -> None:
    """22:00 to 08:30 is one person (minute 630 is 08:30), the next 24 hours another, then a third."""
    roster = roster_of()
    holders = [on_duty(roster, "officer", t) for t in (0, 119, 120, 629.99, 630, 630 + DAY - 0.01, 630 + DAY)]
    assert holders[0] == holders[1] == holders[2] == holders[3]
    assert holders[4] == holders[5]
    assert len(set(holders)) == 3
    assert None not in holders


def test_a_standing_post_keeps_its_made_up_holder() -> None:
    """A village secretary does not rotate."""
    roster = roster_of()
    assert len({on_duty(roster, "secretary", t) for t in (0, 630, 630 + DAY, 1e5)}) == 1


def test_the_duty_day_does_not_depend_on_when_the_night_is_taken_to_begin() -> None:
    """03:00 seen from a night that begins at 22:00 and from one that begins at 02:00 is the same holder's."""
    early, late = roster_of(), roster_of(start="2025-07-11 02:00")
    assert on_duty(early, "officer", 300) == on_duty(late, "officer", 60)
    assert on_duty(early, "officer", 630) == on_duty(late, "officer", 390)


def test_made_up_holders_differ_by_desk_post_and_day() -> None:
    """No two desks or posts share a made-up person, and none shares luck."""
    roster = roster_of()
    people = [
        roster.on_duty(desk, post, t)
        for desk in ("T000", "T000V000")
        for post in ("officer", "deputy", "secretary")
        for t in (0, 630)
    ]
    ids = {person.id for person in people if person}
    assert len(ids) == len({person.entity for person in people if person}) == 2 * (2 + 2 + 1)


# Faults ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "key", "column", "value"),
    [
        (("T999", "officer", "P0", "", ""), "desk", 1, "T999"),
        (("T000", "colonel", "P0", "", ""), "post", 2, "colonel"),
        (("T000", "officer", "P9", "", ""), "person", 3, "P9"),
        (("T000", "officer", "P0", "2025-07-11 08:00", "2025-07-10 20:00"), "to", 5, None),
        (("T000", "officer", "P0", "2025-07-10 20:00", "2025-07-10 20:00"), "to", 5, None),
        (("T000", "officer", "P0", "at eight", ""), "from", 4, "at eight"),
    ],
)
def test_a_row_that_cannot_be_is_refused_at_its_cell(
    row: tuple[str, str, str, str, str], key: str, column: int, value: str | None
) -> None:
    """Unknown desk, post or person, a shift that ends before it begins, a date that is none: file, line 3, column, value."""
    (fault,) = faults_of(("T000", "deputy", "P1", "", ""), row)
    assert fault.file.endswith("shifts.csv")
    assert (fault.line, fault.column, fault.key) == (3, column, key)
    if value is not None:
        assert fault.value == value
    for text in (fault.problem, fault.remedy):
        assert text.zh
        assert text.en
        assert text.zh != text.en


def test_all_faults_are_told_at_once() -> None:
    """Three bad rows, three faults, in the order of their lines."""
    faults = faults_of(
        ("T999", "officer", "P0", "", ""), ("T000", "colonel", "P0", "", ""), ("T000", "officer", "P9", "", "")
    )
    assert [(fault.line, fault.key) for fault in faults] == [(2, "desk"), (3, "post"), (4, "person")]


def test_the_roster_of_another_county_is_one_fault() -> None:
    """Hundreds of unknown desks are one fault with their number and the first few, at the first row."""
    (fault,) = faults_of(*((f"X{n:03d}", "officer", "P0", "", "") for n in range(500)))
    assert (fault.line, fault.key) == (2, "desk")
    for text in (fault.problem.zh, fault.problem.en):
        assert "500" in text
        assert "X000、X001、X002" in text
        assert "X003" not in text


def test_a_person_entered_twice_is_refused() -> None:
    """Ids of persons are unique: the second row is named, and the first."""
    night = night_with(("T000", "officer", "P0", "", ""))
    night.tables["persons.csv"].append({"person": "P0", "name": "乙"})
    with pytest.raises(InputError) as caught:
        played(night)
    (fault,) = caught.value.faults
    assert (fault.file.endswith("persons.csv"), fault.line, fault.key) == (True, 6, "person")
    assert "2" in fault.problem.en


def test_a_roster_of_another_month_is_refused() -> None:
    """A named desk with nobody on duty at any minute of the night is a table for another date, not a finding."""
    (fault,) = faults_of(
        ("T000V000", "officer", "P1", "", ""),
        ("T000", "officer", "P0", "2025-06-01 08:30", "2025-06-30 08:30"),
    )
    assert (fault.line, fault.key) == (3, "from")


def test_the_edges_of_the_night_count_as_on_duty_only_inside() -> None:
    """A shift that ends at T0, or begins at the end of the night, is nobody tonight."""
    for begin, end in (("2025-07-10 08:30", "2025-07-10 22:00"), ("2025-07-11 10:00", "2025-07-11 20:00")):
        (fault,) = faults_of(("T000", "officer", "P0", begin, end))
        assert fault.key == "from"
    assert on_duty(roster_of(("T000", "officer", "P0", "2025-07-11 09:59", "2025-07-11 20:00")), "officer", 719) == "P0"


def test_the_handover_counts_the_seconds_of_the_start() -> None:
    """A night that begins at 08:25:50 reaches the handover of 08:30 after 4 min 10 s, not sooner and not later."""
    roster = roster_of(start="2025-07-11 08:25:50")
    before, after = (roster.on_duty("T000", "officer", minute) for minute in (4.1, 4.2))
    assert before is not None
    assert after is not None
    assert before.id != after.id
    assert roster.on_duty("T000", "officer", 0.0) == before
