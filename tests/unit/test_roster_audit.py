"""What an audit of a roster finds: for each kind the smallest roster that shows it, and the smallest that must not."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.county import County
from sim.county.tables import Table, moment
from sim.roster import RosterPlan
from sim.roster.audit import KINDS, SEVERITIES, AuditRules, Finding, audit, summary
from sim.roster.audit.numbers import masked, numbers_in, well_formed
from tests.strategies import repeatable, small

JULY = (date(2025, 7, 1), date(2025, 7, 31))  # Tuesday to Thursday; weekends 5/6, 12/13, 19/20, 26/27
LEADER, MAIN, DEPUTY = "leader_on_duty", "duty_officer", "deputy_officer"
SECRETARY, DIRECTOR, GRID = "village_secretary", "village_director", "grid_worker"
TITLES = {
    LEADER: "带班领导",
    MAIN: "值班员（主班）",
    DEPUTY: "值班员（副班）",
    SECRETARY: "村（社区）书记",
    DIRECTOR: "村（居）委会主任",
    GRID: "网格员",
    "monitor": "群测群防员",
    "governance_officer": "治理中心值班员",
}
DAY = timedelta(days=1)
Row = tuple[str, str, str, str, str]  # desk, post, person, from, to

# Tools ----------------------------------------------------------------------------------------------------------------


@cache
def county() -> County:
    """Return two townships of two villages; a registered point in each village of T000, an unregistered one in T001V000."""
    night = small(2, 2, 1)
    night.tables["zones.csv"] = [
        {"code": "Z0", "kind": "滑坡", "place": "T000V000", "registered": "是"},
        {"code": "Z1", "kind": "滑坡", "place": "T000V001", "registered": "是"},
        {"code": "U0", "kind": "滑坡", "place": "T001V000", "registered": "否"},
    ]
    night.tables["sets.csv"] = [
        {"place": "T000", "device": "sat_phone", "trained": "否"},
        {"place": "T000", "device": "beidou", "trained": "否"},
        {"place": "T001", "device": "sat_phone", "trained": "是"},
    ]
    with tempfile.TemporaryDirectory() as folder:
        return night.load(Path(folder)).county


@cache
def plan(*routes: str) -> RosterPlan:
    """Return the plan of townships with three posts and villages with three; handover at 08:30."""
    steps = {
        "township": (MAIN, DEPUTY, LEADER),
        "village": (SECRETARY, DIRECTOR, GRID),
    }

    def ladder(*posts: str) -> dict[str, object]:
        return {"steps": [{"post": post, "ring": "30 s"} for post in posts]}

    return RosterPlan.model_validate(
        {
            "handover": "08:30",
            "posts": {post: {"title": title, "reachable": 1.0, "answer": 1.0} for post, title in TITLES.items()},
            "desks": {level: {"callers": 1, "relay": "0 min"} for level in ("county", "township", "village")},
            "ladders": {level: ladder(*posts) for level, posts in steps.items()},
            "routes": routes or ("duty_rooms",),
            "governance": {
                "callers": 1,
                "relay": "0 min",
                "level": "township",
                "ladder": ladder("governance_officer"),
            },
        }
    )


def table(columns: Mapping[str, Sequence[object]]) -> Table:
    """Return a table as if read from a file with a header."""
    size = len(next(iter(columns.values())))
    names = list(columns)
    return Table(
        Path("made.csv"),
        {name: list(column) for name, column in columns.items()},
        list(range(2, size + 2)),
        names,
        {name: at for at, name in enumerate(names)},
    )


@dataclass(frozen=True)
class Case:
    """A roster and what goes with it; everybody has a mobile of their own unless ``phones`` says otherwise."""

    rows: Sequence[Row]
    period: tuple[date, date] = JULY
    names: Mapping[str, str] = field(default_factory=dict)
    phones: Mapping[str, str] = field(default_factory=dict)
    checked: Mapping[str, date] = field(default_factory=dict)
    sets: Mapping[str, str] = field(default_factory=dict)
    landlines: Mapping[str, str] | None = None
    rules: AuditRules = field(default_factory=AuditRules)
    plan: RosterPlan = field(default_factory=plan)
    county: County = field(default_factory=county)
    extra: tuple[str, ...] = ()

    def findings(self) -> tuple[Finding, ...]:
        """Return all findings."""
        people = sorted({row[2] for row in self.rows if row[2] not in self.extra})
        own = {who: f"139{n:08d}" for n, who in enumerate(people)}
        persons = table(
            {
                "person": people,
                "name": [self.names.get(who, "") for who in people],
                "phone": [self.phones.get(who, own[who]) for who in people],
                "checked": [self.checked.get(who) for who in people],
                "sets": [frozenset(self.sets.get(who, "").split()) for who in people],
            }
        )
        desks, posts, holders, begins, ends = zip(*self.rows, strict=True)
        shifts = table(
            {
                "desk": desks,
                "post": posts,
                "person": holders,
                "from": [moment(when) if when else None for when in begins],
                "to": [moment(when) if when else None for when in ends],
            }
        )
        return audit(self.county, self.plan, persons, shifts, *self.period, self.landlines, self.rules)

    def of(self, *kinds: str) -> list[Finding]:
        """Return the findings of some kinds."""
        return [finding for finding in self.findings() if finding.kind in kinds]


def at(day: int, clock: str = "08:30", month: int = 7) -> datetime:
    """Return a moment of 2025."""
    return moment(f"2025-{month:02d}-{day:02d} {clock}")


def written(when: datetime) -> str:
    """Return a moment as a table has it."""
    return f"{when:%Y-%m-%d %H:%M}"


def shift(desk: str, post: str, who: str, begins: datetime, hours: float = 24) -> Row:
    """Return a row."""
    return desk, post, who, written(begins), written(begins + timedelta(hours=hours))


def standing(desk: str, post: str, who: str) -> Row:
    """Return a row without ends."""
    return desk, post, who, "", ""


def rotation(
    period: tuple[date, date], *posts: str, desk: str = "T000", people: int = 6, clock: time = time(8, 30)
) -> list[Row]:
    """Return 24-hour shifts by turns, each post with its own people: nothing is wrong with them."""
    days = (period[1] - period[0]).days + 1
    return [
        shift(desk, post, f"{desk}-{post}-{day % people}", datetime.combine(period[0] + day * DAY, clock))
        for post in posts or (LEADER, MAIN, DEPUTY)
        for day in range(days)
    ]


def village(desk: str = "T000V000") -> list[Row]:
    """Return the standing posts of a village."""
    return [standing(desk, post, f"{desk}-{post}") for post in (SECRETARY, DIRECTOR, GRID)]


def stretch(finding: Finding) -> tuple[datetime | None, datetime | None]:
    """Return from when to when."""
    return finding.begins, finding.ends


# Empty posts ----------------------------------------------------------------------------------------------------------


def test_a_post_of_the_ladder_without_a_holder_is_a_gap_from_then_to_then() -> None:
    """Two days of the main officer cut out of July leave one gap, 10 July 08:30 to 12 July 08:30, between rows 8 and 9."""
    rows = rotation(JULY, MAIN)
    kept = rows[:9] + rows[11:]  # without 10 and 11 July
    found = Case(kept + rotation(JULY, LEADER, DEPUTY)).of("gap")
    assert [(gap.severity, gap.desk, gap.post, gap.hours) for gap in found] == [("must", "T000", MAIN, 48)]
    assert stretch(found[0]) == (at(10), at(12))
    assert found[0].rows == (8, 9)
    assert found[0].detail.zh == "7月10日08:30至7月12日08:30：值班员（主班）没有人"


def test_shifts_that_meet_or_overlap_leave_no_gap() -> None:
    """Day and night shifts that touch, or overlap by an hour, cover the period whatever their number."""
    days = range(31)
    rows = [shift("T000", MAIN, f"D{day % 5}", at(1) + day * DAY, 12) for day in days]
    rows += [shift("T000", MAIN, f"N{day % 5}", at(1, "19:30") + day * DAY, 13) for day in days]
    assert not Case(rows + rotation(JULY, LEADER, DEPUTY)).of("gap", "leader_missing", "desk_unstaffed")


def test_a_gap_is_exact_to_the_minute() -> None:
    """A shift that ends at 06:10 instead of 08:30 leaves 2 h 20 min."""
    rows = rotation(JULY, MAIN, LEADER, DEPUTY)
    rows[4] = (*rows[4][:4], "2025-07-06 06:10")
    (gap,) = Case(rows).of("gap")
    assert stretch(gap) == (at(6, "06:10"), at(6))
    assert gap.rows == (4, 5)


def test_what_lies_before_the_first_handover_and_after_the_last_is_not_asked_for() -> None:
    """The night before 1 July 08:30 belongs to June: a table from 08:30 of the first to 08:30 of the next month is complete."""
    assert not Case(rotation(JULY)).of("gap", "leader_missing", "desk_unstaffed", "outside_period")


def test_a_desk_that_changes_at_eight_is_asked_from_eight_to_eight() -> None:
    """Half an hour before the plan's handover is no gap at a desk of which no shift begins at the plan's handover."""
    assert not Case(rotation(JULY, clock=time(8))).of("gap", "leader_missing", "desk_unstaffed")


def test_the_governance_centre_is_asked_for_only_where_it_is_a_route() -> None:
    """Its officer is called by the ladder of the route, or by nobody."""
    rows = rotation(JULY)
    assert not Case(rows).of("gap")
    (gap,) = Case(rows, plan=plan("duty_rooms", "governance")).of("gap")
    assert (gap.severity, gap.post, gap.hours) == ("should", "governance_officer", 31 * 24)


def test_office_hours_need_no_roster_where_the_rules_say_so() -> None:
    """A weekday shift from 17:30 to 08:30 leaves the office hours open: with 08:30 to 17:30 as office hours there is no gap."""
    rows = []
    for day in range(31):
        when = at(1) + day * DAY
        workday = when.weekday() < 5
        begins, hours = (when + timedelta(hours=9), 15) if workday else (when, 24)
        rows += [shift("T000", post, f"{post}{day % 6}", begins, hours) for post in (LEADER, MAIN, DEPUTY)]
    office = AuditRules(office_hours=((time(8, 30), time(17, 30)),))
    assert not Case(rows, rules=office).of("gap", "leader_missing", "desk_unstaffed")
    unstaffed = Case(rows).of("desk_unstaffed")
    assert [finding.hours for finding in unstaffed] == [9] * 23  # 23 workdays in July 2025


def test_a_missing_leader_is_named_as_such() -> None:
    """The same stretch without a leader on duty is its own kind, and a must."""
    rows = rotation(JULY)
    (found,) = Case(rows[:3] + rows[4:]).of("leader_missing", "gap")
    assert (found.kind, found.severity, found.post) == ("leader_missing", "must", LEADER)
    assert stretch(found) == (at(4), at(5))


def test_a_desk_without_anybody_is_one_finding_and_not_one_for_each_post() -> None:
    """4 July without any of the three posts: the desk is unstaffed for that day, and no gap lies inside it."""
    kept = [row for row in rotation(JULY) if row[3] != written(at(4))]
    (found,) = Case(kept).of("desk_unstaffed", "gap", "leader_missing")
    assert (found.kind, found.severity, found.hours) == ("desk_unstaffed", "must", 24)
    assert stretch(found) == (at(4), at(5))
    assert found.rows == (2, 3, 32, 33, 62, 63)


def test_a_gap_longer_than_the_hours_without_anybody_is_told_whole() -> None:
    """Main officer absent 4 and 5 July, all absent 4 July: the gap of two days stays one gap of two days."""
    kept = [row for row in rotation(JULY) if row[3] != written(at(4)) and (row[1] != MAIN or row[3] != written(at(5)))]
    found = {finding.kind: finding for finding in Case(kept).of("desk_unstaffed", "gap", "leader_missing")}
    assert set(found) == {"desk_unstaffed", "gap"}
    assert stretch(found["gap"]) == (at(4), at(6))


def test_holders_without_any_number_are_holders_all_the_same() -> None:
    """A village whose three posts have no number is staffed: that they cannot be called is another finding, with another remedy."""
    silent = {row[2]: "" for row in village()}
    rows = village() + village("T000V001")
    assert not Case(rows, phones=silent).of("desk_unstaffed")
    assert {one.severity for one in Case(rows, phones=silent).of("no_phone")} == {"must", "should"}


def test_a_village_needs_somebody_to_turn_to() -> None:
    """A secretary alone is a must; with director or grid worker the other empty post is only a note."""
    alone = [standing("T000V000", SECRETARY, "A")]
    (found,) = Case(alone).of("village_without_deputy", "gap")
    assert (found.kind, found.severity, found.desk) == ("village_without_deputy", "must", "T000V000")
    second = [*alone, standing("T000V000", DIRECTOR, "B")]
    (note,) = Case(second).of("village_without_deputy", "gap")
    assert (note.kind, note.severity, note.post) == ("gap", "note", GRID)
    assert not Case(village()).of("village_without_deputy", "gap")


def test_a_village_without_anybody_is_not_told_of_its_deputies_too() -> None:
    """Rows of a village that ended before July leave it unstaffed, once."""
    rows = [(*row[:3], "", written(at(20, month=6))) for row in village()] + village("T000V001")
    (found,) = Case(rows).of("desk_unstaffed", "village_without_deputy", "gap")
    assert (found.kind, found.hours, found.rows) == ("desk_unstaffed", 31 * 24, (0, 1, 2))


def test_deputies_who_relieve_each_other_are_one_deputy() -> None:
    """Director until 10 July, grid worker from 11 July: only the day between is without a deputy."""
    rows = [
        standing("T000V000", SECRETARY, "A"),
        ("T000V000", DIRECTOR, "B", "", written(at(10))),
        ("T000V000", GRID, "C", written(at(11)), ""),
    ]
    (found,) = Case(rows).of("village_without_deputy")
    assert stretch(found) == (at(10), at(11))
    assert found.rows == (1, 2)


# Weekends and holidays ------------------------------------------------------------------------------------------------


def test_a_weekend_without_a_leader_is_told_with_its_days() -> None:
    """Leader absent on 5, 6 and 19 July, all of them weekend; an absent Friday says nothing of weekends."""
    rows = rotation(JULY)
    absent = {written(at(day)) for day in (5, 6, 19)}
    (found,) = Case([row for row in rows if row[1] != LEADER or row[3] not in absent]).of("holiday_cover")
    assert (found.severity, found.post, found.hours) == ("should", LEADER, 72)
    assert found.detail.zh == "周末、节假日共8天，其中3天带班领导不齐：7月5日至7月6日、7月19日"
    assert found.rows == (3, 4, 15, 16)
    assert not Case([row for row in rows if row[1] != LEADER or row[3] != written(at(4))]).of("holiday_cover")


def test_a_post_that_is_never_held_says_nothing_of_weekends() -> None:
    """The empty month is told once, as what it is."""
    case = Case(rotation(JULY, MAIN, DEPUTY))
    assert [finding.hours for finding in case.of("leader_missing")] == [31 * 24]
    assert not case.of("holiday_cover")


def test_an_absent_deputy_says_nothing_of_weekends() -> None:
    """Watched are the leader and the main officer."""
    rows = [row for row in rotation(JULY) if row[1] != DEPUTY or row[3] != written(at(5))]
    assert not Case(rows).of("holiday_cover")


def test_one_person_for_all_holidays_is_told() -> None:
    """1 to 8 October 2025 are off: one main officer for all of them, though others take turns from the 9th; rows are those days'."""
    october = date(2025, 10, 1), date(2025, 10, 31)
    rows = rotation(october)
    same = [(*row[:2], "X", *row[3:]) if row[1] == MAIN and row[3] < "2025-10-09" else row for row in rows]
    (found,) = Case(same, period=october).of("holiday_cover")
    assert (found.severity, found.post, found.persons, found.hours) == ("should", MAIN, ("X",), 8 * 24)
    assert found.rows == tuple(range(31, 39))
    assert not Case(rows, period=october).of("holiday_cover")


def test_somebody_who_has_the_post_alone_has_the_holidays_too() -> None:
    """With nobody to share with, one person for all holidays is no matter of holidays."""
    october = date(2025, 10, 1), date(2025, 10, 31)
    assert not Case(rotation(october, people=1), period=october).of("holiday_cover")


def test_an_unknown_year_is_said_once_and_nothing_is_guessed() -> None:
    """In 2100 no leader on a Saturday is a gap, and not a weekend without cover; one note says that the year is not known."""
    january = date(2100, 1, 1), date(2100, 1, 31)
    rows = [row for row in rotation(january) if row[1] != LEADER or row[3] != "2100-01-02 08:30"]
    case = Case(rows, period=january)
    assert [finding.severity for finding in case.of("unknown_calendar")] == ["note"]
    assert case.of("leader_missing")
    assert not case.of("holiday_cover", "unfair_load")
    assert not Case(rotation(JULY)).of("unknown_calendar")


# People ---------------------------------------------------------------------------------------------------------------


def test_one_person_at_two_desks_at_once_is_a_must() -> None:
    """Main officer of T000 from 08:30, of T001 from 20:00 of the same day: double from 20:00 to 08:30, by both rows."""
    rows = [shift("T000", MAIN, "A", at(3)), shift("T001", MAIN, "A", at(3, "20:00"), 24)]
    (found,) = Case(rows, names={"A": "张三"}).of("double_duty")
    assert (found.severity, found.desk, found.post, found.persons) == ("must", "T000", MAIN, ("A",))
    assert stretch(found) == (at(3, "20:00"), at(4))
    assert (found.hours, found.rows) == (12.5, (0, 1))
    assert "张三" in found.detail.zh


def test_one_person_at_two_posts_of_a_desk_at_once_is_a_must() -> None:
    """Leader and main officer in one, for a day."""
    (found,) = Case([shift("T000", LEADER, "A", at(3)), shift("T000", MAIN, "A", at(3))]).of("double_duty")
    assert (found.severity, found.hours, found.rows) == ("must", 24, (0, 1))


def test_shifts_that_only_touch_are_not_at_once() -> None:
    """Until 08:30 here, from 08:30 there."""
    rows = [shift("T000", MAIN, "A", at(3)), shift("T001", MAIN, "A", at(4))]
    assert not Case(rows).of("double_duty")


def test_one_person_standing_on_several_posts_of_a_village_is_a_note() -> None:
    """A secretary who is grid worker too is common in small villages; standing in two villages is a must."""
    one = [standing("T000V000", SECRETARY, "A"), standing("T000V000", GRID, "A"), standing("T000V000", DIRECTOR, "B")]
    (found,) = Case(one).of("double_duty")
    assert (found.severity, found.persons, found.rows) == ("note", ("A",), (0, 1))
    two = [standing("T000V000", SECRETARY, "A"), standing("T000V001", SECRETARY, "A")]
    assert [finding.severity for finding in Case(two).of("double_duty")] == ["must"]


def test_a_standing_post_and_a_shift_elsewhere_clash_for_that_shift_only() -> None:
    """The secretary who is on duty at the township for a day is double for that day."""
    rows = [standing("T000V000", SECRETARY, "A"), shift("T000", MAIN, "A", at(9))]
    (found,) = Case(rows).of("double_duty")
    assert (found.severity, *stretch(found)) == ("must", at(9), at(10))


def test_a_lesser_clash_ends_where_a_graver_begins() -> None:
    """Secretary and grid worker in one, and on duty at the township on the 9th: a note until then, a must, and a note again."""
    rows = [*village(), standing("T000V000", "monitor", f"T000V000-{SECRETARY}")]
    found = Case([*rows, shift("T000", MAIN, f"T000V000-{SECRETARY}", at(9))]).of("double_duty")
    assert [(one.severity, one.rows) for one in found] == [("must", (0, 3, 4)), ("note", (0, 3)), ("note", (0, 3))]
    assert {stretch(one) for one in found} == {(at(1, "00:00"), at(9)), (at(9), at(10)), (at(10), at(1, month=8))}


def test_rest_under_the_limit_is_told_with_both_shifts() -> None:
    """Off at 20:00, on again at 06:00: 10 h of 12; off at 20:00, on at 08:00 is enough."""
    rows = [shift("T000", MAIN, "A", at(3, "08:00"), 12), shift("T000", MAIN, "A", at(4, "06:00"), 12)]
    (found,) = Case(rows).of("short_rest")
    assert (found.severity, found.persons, found.hours, found.rows) == ("should", ("A",), 10, (0, 1))
    assert stretch(found) == (at(3, "20:00"), at(4, "06:00"))
    enough = [rows[0], shift("T000", MAIN, "A", at(4, "08:00"), 12)]
    assert not Case(enough).of("short_rest")


def test_rest_counts_across_desks() -> None:
    """A person who leaves one duty room and enters another 3 h later has rested 3 h."""
    rows = [shift("T000", MAIN, "A", at(3)), shift("T001", DEPUTY, "A", at(4, "11:30"))]
    assert [finding.hours for finding in Case(rows).of("short_rest")] == [3]


def test_a_pause_in_office_hours_is_no_rest() -> None:
    """12:00 to 14:30 and 17:30 to 08:30 is one broken shift where 14:30 to 17:30 are office hours, as the rules say."""
    rows = [shift("T000", MAIN, "A", at(3, "12:00"), 2.5), shift("T000", MAIN, "A", at(3, "17:30"), 15)]
    assert Case(rows).of("short_rest")
    office = AuditRules(office_hours=((time(8, 30), time(12)), (time(14, 30), time(17, 30))))
    assert not Case(rows, rules=office).of("short_rest")


def test_what_lies_before_the_period_is_another_months_matter() -> None:
    """Too little rest, too long a spell and too many days in June are not told of July; a day of June is no day of July."""
    june = [shift("T000", MAIN, "A", at(3, month=6), 48), shift("T000", MAIN, "A", at(5, "09:00", month=6))]
    june += [shift("T000", MAIN, "A", at(8, month=6) + 2 * day * DAY) for day in range(11)]
    july = [shift("T000", MAIN, "A", at(1) + 2 * day * DAY) for day in range(10)]
    kinds = ("short_rest", "too_long", "many_shifts")
    assert not Case(june + july).of(*kinds)
    assert {finding.kind for finding in Case(june, period=(date(2025, 6, 1), date(2025, 6, 30))).of(*kinds)} == set(
        kinds
    )
    into_july = shift("T000", LEADER, "A", at(28, month=6), 5 * 24)  # its last two days are those of 1 and 2 July
    (found,) = Case([into_july, *[shift("T000", MAIN, "A", at(4) + 2 * day * DAY) for day in range(9)]]).of(*kinds)
    assert found.detail.zh == "A：共值班11天，上限10天"
    rest = [shift("T000", MAIN, "A", at(29, month=6)), shift("T000", MAIN, "A", at(30, "10:00", month=6))]
    assert not Case(rest).of("short_rest")  # the second touches July, the rest before it does not


def test_a_spell_without_a_break_has_a_limit() -> None:
    """Two days on end are 48 h of 24; one day is not too long."""
    rows = [shift("T000", MAIN, "A", at(3)), shift("T000", DEPUTY, "A", at(4))]
    (found,) = Case(rows).of("too_long")
    assert (found.severity, found.hours, found.rows) == ("should", 48, (0, 1))
    assert stretch(found) == (at(3), at(5))
    assert not Case(rows[:1]).of("too_long")


def test_leaders_may_lead_for_a_week() -> None:
    """Seven days of leading are not too long, eight are; a standing post is no spell at all."""
    assert not Case([shift("T000", LEADER, "A", at(1), 7 * 24)]).of("too_long")
    assert [finding.hours for finding in Case([shift("T000", LEADER, "A", at(1), 8 * 24)]).of("too_long")] == [192]
    assert not Case(village()).of("too_long")


def test_too_many_days_are_told_with_their_number() -> None:
    """Eleven days of ten; two shifts of one day are one day."""
    rows = [shift("T000", MAIN, "A", at(1) + 2 * day * DAY) for day in range(11)]
    (found,) = Case(rows).of("many_shifts")
    assert (found.severity, found.persons, found.rows) == ("should", ("A",), tuple(range(11)))
    assert found.detail.zh == "A：共值班11天，上限10天"
    assert not Case(rows[:10]).of("many_shifts")
    halves = [
        shift("T000", MAIN, "A", at(1, clock) + 2 * day * DAY, 4) for day in range(10) for clock in ("09:00", "15:00")
    ]
    assert not Case(halves).of("many_shifts")


def test_a_load_of_weekends_that_one_has_alone_is_uneven() -> None:
    """Seven officers by turns from a Tuesday: one has all four Saturdays, one all four Sundays, the others none; 4 − 0 exceeds 2."""
    found = Case(rotation(JULY, MAIN, people=7)).of("unfair_load")
    assert [(finding.severity, finding.desk, finding.post) for finding in found] == [("should", "T000", MAIN)]
    assert found[0].persons == (f"T000-{MAIN}-4", f"T000-{MAIN}-5")
    assert found[0].rows == (4, 5, 11, 12, 18, 19, 25, 26)
    assert found[0].detail.zh == "7人轮值，周末、节假日最多的4天、最少的0天"


def test_a_load_shared_by_turns_is_even() -> None:
    """Six by turns have 1 or 2 days of the weekends each, and 5 or 6 nights."""
    assert not Case(rotation(JULY, people=6)).of("unfair_load")


def test_nights_are_shared_too() -> None:
    """Two by day and two by night for a month, the same all the time: 16 nights against none."""
    rows = [shift("T000", MAIN, f"D{day % 2}", at(1) + day * DAY, 12) for day in range(31)]
    rows += [shift("T000", MAIN, f"N{day % 2}", at(1, "20:30") + day * DAY, 12) for day in range(31)]
    (found,) = Case(rows).of("unfair_load")
    assert found.persons == ("N0",)
    assert "夜班最多的16天、最少的0天" in found.detail.zh


def test_a_night_is_who_has_half_of_it() -> None:
    """From 23:00 to 06:00 are 7 h: until 02:00 is less than half, from 02:00 more, and the second alone has nights."""
    rows = [shift("T000", MAIN, f"D{day % 2}", at(1, "18:00") + day * DAY, 8) for day in range(31)]
    rows += [shift("T000", MAIN, f"N{day % 2}", at(2, "02:00") + day * DAY, 6) for day in range(31)]
    rows += rotation(JULY, LEADER)  # by them the desk changes at 08:30, and the last of these nights is that of 31 July
    (found,) = [one for one in Case(rows).of("unfair_load") if "夜班" in one.detail.zh]
    assert found.persons == ("N0",)
    assert "最多的16天、最少的0天" in found.detail.zh


def test_somebody_who_stands_in_once_is_no_measure() -> None:
    """A single weekday by a seventh person does not make the others' weekends uneven."""
    rows = rotation(JULY, MAIN, people=4)
    rows[8] = (*rows[8][:2], "X", *rows[8][3:])
    assert not Case(rows).of("unfair_load")


# Numbers --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "dialled"),
    [
        ("13912345678", ("13912345678",)),
        ("139 1234 5678", ("13912345678",)),
        ("139-1234-5678", ("13912345678",)),
        ("1391234-5678", ("13912345678",)),
        ("+86 13912345678", ("13912345678",)),
        ("１３９１２３４５６７８", ("13912345678",)),
        ("013912345678", ("13912345678",)),
        ("023-55123456", ("02355123456",)),
        ("（023）55123456", ("02355123456",)),
        ("55123456", ("55123456",)),
        ("023-55123456-801", ("02355123456转801",)),
        ("55123456转801", ("55123456转801",)),
        ("55123456 ext. 801", ("55123456转801",)),
        ("0851-8123456", ("08518123456",)),
        ("13912345678、55123456", ("13912345678", "55123456")),
        ("13912345678 13812345678", ("13912345678", "13812345678")),
        ("13912345678/13812345678", ("13912345678", "13812345678")),
        ("", ()),
    ],
)
def test_a_number_is_read_as_it_is_dialled(cell: str, dialled: tuple[str, ...]) -> None:
    """Spaces, dashes, brackets and the country code fall away; all of these are well formed."""
    assert numbers_in(cell) == dialled
    assert all(map(well_formed, dialled))


@pytest.mark.parametrize(
    "cell",
    [
        *("1391234567", "139123456789", "12912345678", "5512345", "551234567", "12345678", "023-5512345", "0235512"),
        *("0851-812345", "023-5512345x", "55123456转", "张三"),
    ],
)
def test_a_number_with_a_digit_too_few_or_too_many_is_malformed(cell: str) -> None:
    """Mobiles of ten or twelve digits, 12x, landlines of seven or nine (in Chongqing they have eight), an area code alone, a name."""
    assert not any(map(well_formed, numbers_in(cell)))


def test_a_malformed_number_is_a_must_and_masked() -> None:
    """A mobile of ten digits; of the number only its first three are shown."""
    rows = [*village(), standing("T000V000", "monitor", "M")]
    (found,) = Case(rows, phones={"M": "1391234567"}, names={"M": "李四"}).of("malformed_number")
    assert (found.severity, found.desk, found.post, found.persons) == ("must", "T000V000", "monitor", ("M",))
    assert found.rows == (3,)
    assert "1391234567" not in found.detail.zh + found.detail.en
    assert not Case(rows).of("malformed_number")


def test_no_finding_shows_a_whole_number() -> None:
    """139****5678 is what is shown of a mobile; less of a short one."""
    assert masked("13912345678") == "139****5678"
    assert masked("5512345") == "551****"
    phones = {"A": "13912345678", "B": "139 1234 5678", "C": "1391234567", "D": ""}
    rows = [
        standing("T000V000", post, who)
        for post, who in zip((SECRETARY, DIRECTOR, GRID, "monitor"), "ABCD", strict=True)
    ]
    said = "".join(text for one in Case(rows, phones=phones).findings() for text in (*one.detail, *one.remedy))
    assert "139****5678" in said
    assert not [digits for digits in ("12345678", "1391234567", "1234567") if digits in said]


def test_the_load_is_compared_among_those_who_hold_the_same_posts() -> None:
    """Six officers and four deputies in strict turns: nine weekend days shared by six and by four differ, within each they are even."""
    rows = [*rotation(JULY, MAIN, people=6), *rotation(JULY, DEPUTY, people=4), *rotation(JULY, LEADER)]
    assert not Case(rows).of("unfair_load")


def test_a_number_not_tried_for_three_months_is_stale() -> None:
    """Tried on 2 April it is 90 days old on 1 July and passes, on 1 April 91; never tried it is told too, and nothing where nobody tries."""
    people = [f"T000V000-{post}" for post in (SECRETARY, DIRECTOR, GRID)]
    checked = {people[0]: date(2025, 4, 2), people[1]: date(2025, 4, 1)}
    found = Case(village(), checked=checked).of("stale_number")
    assert {(finding.severity, finding.persons) for finding in found} == {("note", (who,)) for who in people[1:]}
    assert not Case(village()).of("stale_number")


def test_two_people_with_one_mobile_are_told_however_it_is_written() -> None:
    """With and without spaces it is one number; rows are those of both."""
    phones = {f"T000V000-{SECRETARY}": "13912345678", f"T000V001-{DIRECTOR}": "139 1234 5678"}
    rows = village() + village("T000V001")
    (found,) = Case(rows, phones=phones).of("same_phone")
    assert (found.severity, found.persons, found.rows) == ("should", tuple(sorted(phones)), (0, 4))
    assert not Case(rows).of("same_phone")


def test_many_people_with_one_number_are_not_all_listed() -> None:
    """Five of one mobile: three are named, and how many there are."""
    rows = [standing("T000V000", post, post) for post in (SECRETARY, DIRECTOR, GRID, "monitor", "governance_officer")]
    case = Case(rows, phones=dict.fromkeys(TITLES, "13912345678"), names={post: f"甲{post}" for post in TITLES})
    (found,) = case.of("same_phone")
    assert found.detail.zh == "甲governance_officer、甲grid_worker、甲monitor等5人的号码都是139****5678"
    assert len(found.persons) == 5


def test_a_landline_that_one_desk_shares_is_fine() -> None:
    """Three officers of a duty room with its number; the same number at another desk is told."""
    rows = [shift("T000", post, post, at(1)) for post in (LEADER, MAIN, DEPUTY)]
    office = dict.fromkeys((LEADER, MAIN, DEPUTY), "023-55123456")
    assert not Case(rows, phones=office).of("same_phone")
    elsewhere = [*rows, shift("T001", MAIN, "B", at(1))]
    assert Case(elsewhere, phones=office | {"B": "02355123456"}).of("same_phone")


def test_two_ids_of_one_name_and_number_may_be_one_person() -> None:
    """That is a note, with the remedy of one id."""
    rows = village()
    two = [row[2] for row in rows[:2]]
    case = Case(rows, phones=dict.fromkeys(two, "13912345678"), names=dict.fromkeys(two, "王五"))
    assert [finding.severity for finding in case.of("same_phone")] == ["note"]


def test_a_person_without_a_number_weighs_by_the_telephone_of_the_desk() -> None:
    """Not known whether there is one: should; there is one: note; there is none: must, for the main officer."""
    rows = [*rotation(JULY, LEADER), shift("T000", MAIN, "A", at(1))]
    for landlines, severity in ((None, "should"), ({"T000": "55123456"}, "note"), ({}, "must")):
        (found,) = Case(rows, phones={"A": ""}, landlines=landlines).of("no_phone")
        assert (found.severity, found.persons, found.rows) == (severity, ("A",), (31,))


def test_a_secretary_without_a_number_is_a_must_and_a_deputy_should_have_one() -> None:
    """The duty phone of a village is the mobile of whoever is on duty."""
    found = Case(village(), phones={f"T000V000-{SECRETARY}": "", f"T000V000-{GRID}": ""}).of("no_phone")
    assert [(finding.severity, finding.post) for finding in found] == [("must", SECRETARY), ("should", GRID)]


def test_a_table_without_any_number_is_one_finding() -> None:
    """Not one for each person."""
    rows = village()
    (found,) = Case(rows, phones={row[2]: "" for row in rows}).of("no_phone", "desk_unstaffed")
    assert (found.kind, found.severity, found.persons) == ("no_phone", "should", ())


def test_a_township_needs_a_telephone_that_stays() -> None:
    """None: should, once if no township has one; somebody's mobile: a note that names them; of villages none is asked."""
    rows = [shift("T000", MAIN, "A", at(1)), *village()]
    missing = Case(rows, landlines={}).of("landline_missing")
    assert [(finding.severity, finding.desk) for finding in missing] == [("should", "T000")]
    (mobile,) = Case(rows, phones={"A": "13912345678"}, landlines={"T000": "139-1234-5678"}).of("landline_forwarded")
    assert (mobile.severity, mobile.desk, mobile.persons) == ("note", "T000", ("A",))
    both = [*rows, shift("T001", MAIN, "B", at(1))]
    assert [finding.desk for finding in Case(both, landlines={}).of("landline_missing")] == [""]
    assert [finding.desk for finding in Case(both, landlines={"T000": "55123456"}).of("landline_missing")] == ["T001"]
    kinds = ("landline_missing", "landline_forwarded", "malformed_number")
    assert not Case(rows, landlines={"T000": "023-55123456"}).of(*kinds)
    assert not Case(rows).of(*kinds)
    (malformed,) = Case(rows, landlines={"T000": "023-551234567"}).of(*kinds)
    assert (malformed.kind, malformed.severity, malformed.desk) == ("malformed_number", "must", "T000")


# Sets and monitors ----------------------------------------------------------------------------------------------------


def test_a_set_that_nobody_can_use_is_told_once_for_its_place() -> None:
    """T000 has two devices and nobody trained, T001 one and somebody."""
    (found,) = Case(village()).of("untrained_set")
    assert (found.severity, found.desk) == ("should", "T000")
    assert found.detail.zh == "有北斗、卫星电话，没有人会用"


def test_a_set_stands_idle_while_nobody_on_duty_can_use_it() -> None:
    """One of six officers by turns can use the satellite phone of T000: in six days it is idle for five, nobody can use the other set."""
    rows, period = rotation((JULY[0], date(2025, 7, 6)), MAIN), (JULY[0], date(2025, 7, 6))
    case = Case(rows, period=period, sets={f"T000-{MAIN}-2": "sat_phone"})
    idle = [one for one in case.of("untrained_set") if one.begins is not None]
    assert {(one.desk, one.begins, one.ends, one.hours) for one in idle} == {
        ("T000", at(1), at(3), 48.0),
        ("T000", at(4), at(7), 72.0),
        ("T000", at(1), at(7), 144.0),
    }
    assert not [
        one for one in replace(case, county=replace(county(), synthetic=("sets",))).of("untrained_set") if one.desk
    ]


def test_a_registered_point_needs_a_monitor_at_its_place() -> None:
    """Of the points at T000V000 and T000V001 the second has none; the unregistered one is not asked for."""
    rows = [*village(), standing("T000V000", "monitor", "M")]
    (found,) = Case(rows).of("monitor_missing")
    assert (found.severity, found.desk, found.post) == ("should", "T000V001", "monitor")
    assert not Case([*rows, standing("T000V001", "monitor", "N")]).of("monitor_missing")


def test_a_table_without_any_monitor_is_one_finding() -> None:
    """The register of monitors is another table then."""
    (found,) = Case(village()).of("monitor_missing")
    assert (found.severity, found.desk) == ("should", "")
    assert "有2处" in found.detail.zh


def test_what_was_made_up_blames_no_place() -> None:
    """Sets and points made by seed give one note each, without a desk."""
    made_up = replace(county(), synthetic=("zones", "sets"))
    rows = [*village(), standing("T000V000", "monitor", "M")]
    found = Case(rows, county=made_up).of("untrained_set", "monitor_missing")
    assert {(finding.kind, finding.severity, finding.desk) for finding in found} == {
        ("untrained_set", "note", ""),
        ("monitor_missing", "note", ""),
    }


# Rows -----------------------------------------------------------------------------------------------------------------


def test_what_nobody_knows_is_told_with_all_its_rows_and_left_out() -> None:
    """An unknown desk, post and person, each once; the known rows are audited all the same."""
    rows = [
        *village(),
        standing("T009", MAIN, "A"),
        standing("T009", DEPUTY, "A"),
        standing("T000", "cook", "A"),
        standing("T000", MAIN, "Q"),
    ]
    found = Case(rows, extra=("Q",)).of("unknown_entry")
    assert sorted(finding.rows for finding in found) == [(3, 4), (5,), (6,)]
    assert {finding.severity for finding in found} == {"must"}
    assert not Case(village()).of("unknown_entry")


def test_a_shift_that_ends_before_it_begins_is_told_and_left_out() -> None:
    """A night shift with the date of the same day; it covers nothing."""
    rows = [*rotation(JULY), ("T001", MAIN, "A", written(at(3, "20:00")), written(at(3, "08:00")))]
    (found,) = Case(rows).of("backwards")
    assert (found.severity, found.desk, found.persons, found.rows) == ("must", "T001", ("A",), (93,))
    nothing = ("T001", MAIN, "A", written(at(3)), written(at(3)))
    assert [finding.rows for finding in Case([*rotation(JULY), nothing]).of("backwards")] == [(93,)]
    assert not Case(rotation(JULY)).of("backwards")


def test_rows_that_repeat_each_other_are_told_together() -> None:
    """The same person at the same post twice at a time, by three rows in a chain; they are not double duty."""
    rows = [
        shift("T000", MAIN, "A", at(3)),
        shift("T000", MAIN, "A", at(3, "20:00")),
        shift("T000", MAIN, "A", at(4, "19:00"), 2),
        shift("T000", MAIN, "A", at(9)),
    ]
    case = Case(rows)
    (found,) = case.of("repeated_row")
    assert (found.severity, found.rows) == ("should", (0, 1, 2))
    assert not case.of("double_duty")
    touching = [shift("T000", MAIN, "A", at(3), 12), shift("T000", MAIN, "A", at(3, "20:30"), 12)]
    assert not Case(touching + rotation(JULY)).of("repeated_row")


def test_shifts_of_other_months_are_a_note_for_their_desk() -> None:
    """Rows of June and August beside July; the night into 1 July belongs to the dates of July, others do not."""
    rows = [
        *rotation(JULY),
        shift("T000", MAIN, "A", at(20, month=6)),
        shift("T000", MAIN, "B", at(20, month=8)),
        shift("T000", MAIN, "C", at(30, month=6)),
        shift("T000", MAIN, "D", at(30, "00:00", month=6)),
        shift("T000", MAIN, "E", at(1, month=8)),
    ]
    (found,) = Case(rows).of("outside_period")
    assert (found.severity, found.desk, found.rows) == ("note", "T000", (93, 94, 96, 97))


def test_a_table_of_another_month_is_one_finding() -> None:
    """June audited as July: the period is at fault, and not each desk and post of it."""
    june = date(2025, 6, 1), date(2025, 6, 29)
    found = [
        finding
        for finding in Case(rotation(june) + rotation(june, desk="T001")).findings()
        if finding.severity == "must"
    ]
    assert [finding.kind for finding in found] == ["outside_period"]
    assert found[0].rows == tuple(range(2 * 3 * 29))


def test_a_desk_that_is_not_listed_is_told_by_level() -> None:
    """One township of two listed and no village: the other township should be, and the level of villages is a note."""
    found = Case(rotation(JULY)).of("desk_not_listed")
    assert [(finding.severity, finding.desk) for finding in found] == [("should", "T001"), ("note", ""), ("note", "C")]
    assert "“村”一级（4处）" in found[1].detail.zh
    whole = rotation(JULY) + rotation(JULY, desk="T001")
    whole += [row for code in ("T000V000", "T000V001", "T001V000", "T001V001") for row in village(code)]
    assert [finding.desk for finding in Case(whole).of("desk_not_listed")] == ["C"]  # the county's own duty room


# All together ---------------------------------------------------------------------------------------------------------


def test_findings_stand_by_severity_then_hours_then_desk() -> None:
    """Musts first; of equal severity the longest first; of equal hours by the code of the desk."""
    rows = [
        row
        for desk in ("T001", "T000")
        for row in rotation(JULY, desk=desk)
        if row[1] != MAIN or row[3] != written(at(4))
    ]
    rows += [*village(), standing("T000V001", SECRETARY, "A"), shift("T001", MAIN, "B", at(9, "10:00"))]
    found = Case(rows).findings()
    order = [list(SEVERITIES).index(finding.severity) for finding in found]
    assert order == sorted(order)
    musts = [(finding.kind, finding.desk) for finding in found if finding.severity == "must"]
    assert musts == [("village_without_deputy", "T000V001"), ("gap", "T000"), ("gap", "T001")]
    assert all(a.hours >= b.hours for a, b in pairwise(found) if a.severity == b.severity)


def test_a_summary_counts_every_finding_once() -> None:
    """By kind and severity, in the order of their lists; both sums are the number of findings."""
    found = Case([*rotation(JULY)[1:], standing("T000V001", SECRETARY, "A")]).findings()
    counted = summary(found)
    assert sum(counted.kinds.values()) == sum(counted.severities.values()) == len(found)
    assert counted.kinds["must", "leader_missing"] == 1
    assert list(counted.severities) == [severity for severity in SEVERITIES if severity in counted.severities]
    assert {finding.kind for finding in found} <= set(KINDS)
    assert summary(()).kinds == {}


@st.composite
def sound_rosters(draw: st.DrawFn) -> tuple[list[Row], tuple[date, date]]:
    """Return a roster without faults: by turns, with enough people, any handover, any period of a week or more in 2024 and 2025."""
    first = draw(st.dates(date(2024, 1, 1), date(2025, 11, 30)))
    period = first, first + draw(st.integers(6, 30)) * DAY
    rows: list[Row] = []
    for desk in draw(st.sampled_from((("T000",), ("T001", "T000")))):
        clock = time(draw(st.integers(0, 23)), draw(st.sampled_from((0, 30))))
        rows += rotation(period, desk=desk, people=draw(st.integers(4, 9)), clock=clock)
    rows += village("T001V001")
    return draw(st.permutations(rows)), period


@repeatable(60)
@given(sound_rosters())
def test_a_sound_roster_has_nothing_that_must_be_put_right(drawn: tuple[list[Row], tuple[date, date]]) -> None:
    """Turns of four or more without a hole: no must, no rest too short, no spell too long."""
    rows, period = drawn
    found = Case(rows, period=period).findings()
    assert not [finding for finding in found if finding.severity == "must"]
    assert not {finding.kind for finding in found} & {"short_rest", "too_long", "many_shifts", "repeated_row"}


@repeatable(60)
@given(sound_rosters(), st.data())
def test_a_shift_taken_out_leaves_exactly_its_hours(
    drawn: tuple[list[Row], tuple[date, date]], data: st.DataObject
) -> None:
    """One must, an empty post, from the beginning of that shift to its end."""
    rows, period = drawn
    gone = data.draw(st.sampled_from([row for row in rows if row[3]]))
    found = Case([row for row in rows if row != gone], period=period).findings()
    (gap,) = [finding for finding in found if finding.severity == "must"]
    assert gap.kind == ("leader_missing" if gone[1] == LEADER else "gap")
    assert (gap.desk, gap.post, *stretch(gap)) == (*gone[:2], moment(gone[3]), moment(gone[4]))
    assert gap.hours == 24


WEEK = date(2025, 3, 3), date(2025, 3, 9)  # no holiday near


@st.composite
def any_rosters(draw: st.DrawFn) -> list[Row]:
    """Return rows of a week without any order to them, by whole hours."""
    rows = []
    for _ in range(draw(st.integers(1, 14))):
        desk, post, who = (draw(st.sampled_from(some)) for some in (("T000", "T001"), (LEADER, MAIN, DEPUTY), "ABCD"))
        begins = at(2, "08:30", month=3) + timedelta(hours=draw(st.integers(0, 180)))
        rows.append(shift(desk, post, who, begins, draw(st.integers(1, 60))))
    return rows


STEP = timedelta(minutes=30)  # every row, handover and midnight here falls on a half hour


def held(rows: Sequence[Row], wanted: tuple[str, str] | str) -> dict[datetime, set[tuple[str, str]]]:
    """Return by half hour the posts that a person holds, or (desk, post) given, that post where it is held: counted one by one."""
    result: dict[datetime, set[tuple[str, str]]] = {}
    for desk, post, who, begins, ends in rows:
        if wanted in {who, (desk, post)}:
            for when in steps(moment(begins), moment(ends)):
                result.setdefault(when, set()).add((desk, post))
    return result


def steps(begins: datetime, ends: datetime) -> set[datetime]:
    """Return the half hours from one moment until another."""
    return {begins + k * STEP for k in range(round((ends - begins) / STEP))}


def covered(findings: Sequence[Finding]) -> set[datetime]:
    """Return the half hours that findings are about."""
    return {when for one in findings if one.begins and one.ends for when in steps(one.begins, one.ends)}


@repeatable(80)
@given(any_rosters())
def test_empty_posts_are_the_hours_that_nobody_holds(rows: list[Row]) -> None:
    """For every desk and post: gaps and hours without anybody are, together, the hours of the week without a row."""
    assume(any(row[3] < "2025-03-10 08:30" and row[4] > "2025-03-03 00:00" for row in rows))
    found = Case(rows, period=WEEK).findings()
    for desk in {row[0] for row in rows}:
        clocks = [moment(row[3]).time() for row in rows if row[0] == desk]
        clock = time(8, 30) if time(8, 30) in clocks else min(clocks, key=lambda one: (-clocks.count(one), one))
        week = steps(datetime.combine(WEEK[0], clock), datetime.combine(WEEK[1] + DAY, clock))
        here = [finding for finding in found if finding.desk == desk]
        for post in (LEADER, MAIN, DEPUTY):
            empty = [one for one in here if one.kind in {"gap", "leader_missing"} and one.post == post]
            empty += [one for one in here if one.kind == "desk_unstaffed"]
            assert covered(empty) == week - set(held(rows, (desk, post)))


@repeatable(80)
@given(any_rosters())
def test_double_duty_is_the_hours_of_two_posts(rows: list[Row]) -> None:
    """For every person: the hours at which they hold two posts or more."""
    found = Case(rows, period=WEEK).of("double_duty")
    begins, ends = at(3, "00:00", month=3), at(10, "08:30", month=3)
    for who in "ABCD":
        double = {when for when, seats in held(rows, who).items() if len(seats) > 1 and begins <= when < ends}
        assert covered([finding for finding in found if finding.persons == (who,)]) == double


@repeatable(60)
@given(any_rosters(), st.data())
def test_the_order_of_rows_is_no_matter(rows: list[Row], data: st.DataObject) -> None:
    """Rows in another order give the same findings in the same order, resting on the same rows by their new numbers."""
    order = data.draw(st.permutations(range(len(rows))))
    usual = Case(rows, period=WEEK).findings()
    other = Case([rows[k] for k in order], period=WEEK).findings()
    assert [replace(one, rows=()) for one in usual] == [replace(one, rows=()) for one in other]
    named = [sorted(rows[row] for row in one.rows) for one in usual]
    assert named == [sorted(rows[order[row]] for row in one.rows) for one in other]


@repeatable(60)
@given(any_rosters(), st.integers(-60, 40))
def test_a_roster_moved_by_weeks_has_the_same_gaps_rests_and_clashes(rows: list[Row], weeks: int) -> None:
    """Moved with its period, whatever the holidays there: each finding of hours moves with it, and no other comes or goes."""
    away = 7 * weeks * DAY
    moved = [(*row[:3], written(moment(row[3]) + away), written(moment(row[4]) + away)) for row in rows]
    kinds = (
        "gap",
        "leader_missing",
        "desk_unstaffed",
        "double_duty",
        "short_rest",
        "too_long",
        "many_shifts",
        "repeated_row",
    )

    def told(case: Case, back: timedelta) -> list[tuple[object, ...]]:
        return [
            (
                *(one.kind, one.severity, one.desk, one.post, one.persons, one.hours, one.rows),
                *(when and when - back for when in stretch(one)),
            )
            for one in case.of(*kinds)
        ]

    there = WEEK[0] + away, WEEK[1] + away
    assert told(Case(moved, period=there), away) == told(Case(rows, period=WEEK), 0 * DAY)
