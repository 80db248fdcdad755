"""Workdays, days of rest, and the duty day that a minute belongs to."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import Text
from sim.roster.calendar import Day, dates, day_of, duty_day

repeatable = settings(derandomize=True, deadline=None)


@pytest.mark.parametrize(
    ("when", "kind", "name"),
    [
        pytest.param(date(2025, 7, 4), "workday", None, id="friday"),
        pytest.param(date(2025, 7, 5), "weekend", None, id="saturday"),
        pytest.param(date(2025, 10, 1), "holiday", Text("国庆节", "National Day"), id="national-day"),
        pytest.param(date(2025, 10, 8), "holiday", Text("国庆节", "National Day"), id="moved-to-a-wednesday"),
        pytest.param(date(2025, 9, 28), "make_up", Text("国庆节", "National Day"), id="sunday-at-work"),
        pytest.param(date(2025, 6, 2), "holiday", Text("端午节", "Dragon Boat Festival"), id="dragon-boat"),
        pytest.param(date(2024, 2, 4), "make_up", Text("春节", "Spring Festival"), id="before-spring-festival"),
    ],
)
def test_a_day_is_what_the_notice_of_its_year_says(when: date, kind: str, name: Text | None) -> None:
    """The notices of the State Council for 2024 and 2025 (国办发明电〔2023〕7号, 〔2024〕12号), by hand."""
    assert day_of(when) == Day(when, kind, name)  # type: ignore[arg-type]  # one of the kinds


@pytest.mark.parametrize("year", [1949, 2003, 2100])
def test_of_a_year_without_a_notice_nothing_is_said(year: int) -> None:
    """Neither Saturdays nor New Year's Day are known there: not known, not at rest, not at the office."""
    for when in dates(date(year, 1, 1), date(year, 1, 7)):
        day = day_of(when)
        assert (day.known, day.rest, day.office, day.kind, day.name) == (False, False, False, None, None)


@repeatable
@given(st.dates(date(2008, 1, 1), date(2025, 12, 31)))
def test_only_a_weekend_is_made_up_for_and_only_weekdays_are_ordinary(when: date) -> None:
    """A make-up day and an ordinary weekend fall on Saturday or Sunday, an ordinary workday does not; a known day is at rest or at work."""
    day = day_of(when)
    at_weekend = when.weekday() >= 5
    assert day.known
    assert day.rest != day.office
    assert (day.kind in {"make_up", "weekend"}) == (at_weekend and day.kind != "holiday")
    assert (day.name is not None) == (day.kind in {"make_up", "holiday"})


def test_a_duty_day_begins_at_the_handover() -> None:
    """At 08:30 the day of that date begins; the minute before, and midnight, are still the day before's."""
    clock = time(8, 30)
    assert duty_day(datetime(2025, 7, 11, 8, 30), clock) == date(2025, 7, 11)  # noqa: DTZ001 - Beijing time throughout
    assert duty_day(datetime(2025, 7, 11, 8, 29), clock) == date(2025, 7, 10)  # noqa: DTZ001 - Beijing time throughout
    assert duty_day(datetime(2025, 7, 1), clock) == date(2025, 6, 30)  # noqa: DTZ001 - Beijing time throughout
    assert duty_day(datetime(2025, 7, 1), time()) == date(2025, 7, 1)  # noqa: DTZ001 - Beijing time throughout


@repeatable
@given(st.datetimes(datetime(2020, 1, 1), datetime(2026, 1, 1)), st.times())  # noqa: DTZ001 - Beijing time throughout
def test_a_minute_lies_between_the_handovers_of_its_duty_day(moment: datetime, handover: time) -> None:
    """From the handover on its date until the one a day later: every minute belongs to exactly one duty day."""
    begins = datetime.combine(duty_day(moment, handover), handover)
    assert begins <= moment < begins + timedelta(days=1)


def test_dates_include_both_ends() -> None:
    """From the last of February to the first of March 2024 there are two days, and from a day to itself one."""
    assert list(dates(date(2024, 2, 28), date(2024, 3, 1))) == [date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1)]
    assert list(dates(date(2024, 2, 28), date(2024, 2, 28))) == [date(2024, 2, 28)]
