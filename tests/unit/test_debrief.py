"""What happened, held against simulated runs: nights played as actual times, workbooks with faults, and what the papers say of it all."""

from __future__ import annotations

import csv
import html
import json
import math
import re
import zipfile
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.cli import cli
from sim.errors import InputError, Language
from sim.exercise.actual_columns import CLOCK, INJECTS, KEY_TIMES, SHEETS
from sim.exercise.actuals import NEVER, NOT_GIVEN, UNKNOWN, read_actuals
from sim.exercise.asked import Subject, counts_from
from sim.exercise.debrief import Debrief, Link, Standing, debrief, simulated
from sim.exercise.written_times import moment_of
from sim.measures import judge
from sim.measures.coverage import NANOMINUTE
from sim.report.exercise.debrief import DebriefContent, gather_debrief, write_debrief
from sim.roster.importing.book import read_book
from tests import actuals as of
from tests.actuals import RUNS, START, Cells, cells_of_night, event, everything, exercise, runs, took_min, workbook

SECOND_MIN = 1 / 60
FORBIDDEN = re.compile(r"脱岗|达标|\b(?:inf|nan|NaN|None)\b")
Minutes = NDArray[np.float64]
minutes = st.one_of(st.integers(0, 40).map(float), st.just(math.inf))
"""Minutes that something took; never among them."""
repeatable = settings(derandomize=True, deadline=None)
some_runs = st.lists(minutes, min_size=1, max_size=30).map(lambda own: np.array(own, dtype=np.float64))


def held(path: Path, subject: Subject, cells: Cells) -> Debrief:
    """Return the debrief of a workbook with these cells."""
    return debrief(subject, read_actuals(workbook(path / "a.xlsx", subject, cells), subject))


def faults(path: Path, subject: Subject, cells: Cells) -> list[tuple[str, str]]:
    """Return the cells that a workbook is refused for, each with what is wrong."""
    with pytest.raises(InputError) as refused:
        read_actuals(workbook(path / "a.xlsx", subject, cells), subject)
    return [(fault.key, fault.problem.zh) for fault in refused.value.faults]


def address(subject: Subject, own: str, key: str) -> str:
    """Return sheet and cell of a time."""
    for sheet in SHEETS:
        rows = [row[[c.key for c in sheet.columns].index("id")] for row in of.rows_of(subject, sheet, {})]
        if own in rows:
            column = [c.key for c in sheet.columns].index(key)
            return f"{sheet.name.zh}!{'ABCDEFGHI'[column]}{rows.index(own) + 1}"
    raise AssertionError(own)


# --- where a time lies among the runs ---------------------------------------------------------------------------------


@repeatable
@given(minutes, some_runs)
def test_the_percentile_counts_runs_that_took_less_and_half_of_those_alike(actual: float, taken: Minutes) -> None:
    """The mid-rank, counted run by run; never is alike to never and later than anything else."""
    standing = Standing(actual, taken, 0.0)
    less = sum(own < actual for own in taken.tolist())
    alike = sum(own == actual for own in taken.tolist())
    assert (standing.shorter, standing.alike) == (less, alike)
    assert standing.percentile == pytest.approx((less + alike / 2) / len(taken))
    low, high = standing.interval
    assert low <= standing.percentile + NANOMINUTE
    assert high >= standing.percentile - NANOMINUTE


@repeatable
@given(minutes, some_runs, st.floats(0.1, 10), st.floats(0, 100))
def test_only_the_order_counts(actual: float, taken: Minutes, scale: float, shift: float) -> None:
    """Longer minutes for all, or a later origin, change nothing of where a time lies."""
    one = Standing(actual, taken, 0.0)
    other = Standing(actual * scale + shift, taken * scale + shift, 0.0)
    assert (one.shorter, one.alike, one.side) == (other.shorter, other.alike, other.side)
    assert (one.percentile, one.interval) == (other.percentile, other.interval)


@repeatable
@given(some_runs, st.randoms(use_true_random=False))
def test_the_order_of_the_runs_does_not_matter(taken: Minutes, luck: Any) -> None:  # noqa: ANN401 - hypothesis' own
    """Runs in another order give the same."""
    shuffled = taken.tolist()
    luck.shuffle(shuffled)
    one, other = Standing(7.0, taken, 0.0), Standing(7.0, np.array(shuffled), 0.0)
    assert (one.percentile, one.interval, one.in_middle) == (other.percentile, other.interval, other.in_middle)


@repeatable
@given(some_runs)
def test_the_interval_of_the_median_holds_one_half(taken: Minutes) -> None:
    """The median of the runs lies where half of all nights take less, as far as so few can tell; and in the middle of them."""
    middle = float(np.sort(taken)[math.ceil(len(taken) / 2) - 1])
    standing = Standing(middle, taken, 0.0)
    low, high = standing.interval
    assert low <= 0.5 <= high
    assert standing.in_middle
    assert standing.side == "within"


@repeatable
@given(some_runs)
def test_sooner_than_all_and_later_than_all(taken: Minutes) -> None:
    """What took less than the least is before all, at the very bottom; what took more than the most, or never came though all did, after all."""
    before = Standing(float(taken.min()) - 1, taken, 0.0) if math.isfinite(taken.min()) else None
    if before is not None:
        assert (before.side, before.percentile, before.interval[0]) == ("before_all", 0, 0)
    if np.isfinite(taken).all():
        for actual in (float(taken.max()) + 1, math.inf):
            after = Standing(actual, taken, 0.0)
            assert (after.side, after.percentile, after.interval[1], after.in_middle) == ("after_all", 1, 1, False)


def test_the_interval_is_the_exact_binomial_one() -> None:
    """Of 20 runs 10 took less and none is alike: 27.2 % to 72.8 % (Clopper and Pearson, as tables have it)."""
    low, high = Standing(10.5, np.arange(1.0, 21.0), 0.0).interval
    assert (round(low, 3), round(high, 3)) == (0.272, 0.728)


def test_times_written_to_the_minute_are_alike_within_a_minute() -> None:
    """What the clock cannot tell apart counts as alike: of 1, 2, 3, 4 minutes 2 lies within a minute of 1, 2 and 3."""
    standing = Standing(2.0, np.array([1.0, 2.0, 3.0, 4.0]), 1.0)
    assert (standing.shorter, standing.alike, standing.percentile) == (0, 3, 3 / 8)


# --- a night as actual times ------------------------------------------------------------------------------------------


def in_its_own_runs(whole: Debrief, number: int, night: Any) -> int:  # noqa: ANN401 - a night
    """Hold every key time against direct counting; return how many could be."""
    seen = 0
    for one in whole.times:
        if one.standing is None:
            continue
        seen += 1
        subject = whole.subject
        taken = simulated(subject.scenario, one.key, subject.nights)
        assert len(taken) == RUNS
        own, near = float(taken[number]), one.standing.alike_min + NANOMINUTE
        less = sum(run < own - near for run in taken.tolist())
        more = sum(run > own + near for run in taken.tolist())
        assert one.standing.side == "within"
        # the clock is written to the second: a run that is as near as that may fall on either side
        edge = (
            sum(near - SECOND_MIN < abs(run - own) <= near + SECOND_MIN for run in taken.tolist())
            if near > SECOND_MIN
            else 0
        )
        assert abs(one.standing.shorter - less) <= edge
        assert abs(one.standing.of - one.standing.shorter - one.standing.alike - more) <= edge
        t_min = took_min(subject.scenario, night, one.key)
        assert (one.outcome == "never") == math.isinf(t_min)
    return seen


@pytest.mark.parametrize("number", range(0, RUNS, 3))
def test_a_night_as_actual_times_lies_in_the_band_at_its_own_percentile(number: int, tmp_path: Path) -> None:
    """Of a real event: each key time lies inside, at the percentile of direct counting, and every requirement is judged as on that night."""
    scenario, nights, _ = runs()
    subject = event()
    whole = held(tmp_path, subject, cells_of_night(subject, nights[number]))
    assert in_its_own_runs(whole, number, nights[number]) >= 6
    met = {own.id: own.met for own in judge(scenario, nights[number])}
    assert {one.key.requirement: one.outcome == "kept" for one in whole.requirements} == met


@pytest.mark.parametrize("minutes", [600.0, 120.0, 60.0])
def test_a_night_as_actual_times_of_an_exercise(minutes: float, tmp_path: Path) -> None:
    """The same through the clock of an exercise, however it is compressed; only what compression hides is left open, never judged wrongly."""
    _, nights, _ = everything()
    subject, number = exercise(minutes), of.kit(minutes).replication
    whole = held(tmp_path, subject, cells_of_night(subject, nights[number]))
    assert in_its_own_runs(whole, number, nights[number]) >= 3
    for one in whole.times:
        if one.key.within_min is None:
            continue
        since = one.key.since_min or 0.0
        kept = took_min(subject.scenario, nights[number], one.key) - since <= one.key.within_min + SECOND_MIN
        assert one.outcome in (("kept", "open") if kept else ("late", "never", "open"))


def _of_night(number: int) -> tuple[Subject, dict[tuple[str, str], Any]]:
    """Return the real event, and a night of the small county as its times."""
    subject = event()
    return subject, cells_of_night(subject, runs()[1][number])


def test_the_whole_of_several_places_is_their_share(tmp_path: Path) -> None:
    """A requirement that is asked for in places alone is judged by its share of them: with all of two townships by the later one."""
    scenario, _, nights = runs()
    subject, cells = _of_night(0)
    keys = [key for key in subject.key_times if key.requirement == "acknowledged-township-100"]
    (whole,), parts = [key for key in keys if key.place == 0], [key for key in keys if key.place != 0]
    assert len(parts) == 2
    release = next(key for key in subject.key_times if not key.requirement)
    for key, own in ((release, 5.0), (parts[0], 6.0), (parts[1], 10.5)):
        cells[key.id, "at"] = of.at(own)
    only = Subject(scenario, subject.names, 0, nights, START, (release, *parts), (), None)
    (judged,) = held(tmp_path, only, cells).requirements
    assert judged.took_min == pytest.approx(5.5)
    assert judged.outcome == "late"
    assert judged.standing is not None
    assert np.array_equal(np.sort(judged.standing.runs), np.sort(simulated(scenario, whole, nights)))


def test_what_came_later_than_in_all_runs_is_said_so(tmp_path: Path) -> None:
    """What every run reached and this night only after three hours is after all runs, in numbers and in sentences."""
    subject, cells = _of_night(0)
    slow = [
        key
        for key in subject.key_times
        if key.requirement and np.isfinite(simulated(subject.scenario, key, subject.nights)).all()
    ]
    assert slow
    # all parts and wholes of what was slow come together, or one would be before the other
    events = {(key.event, key.within_min) for key in slow}
    late = [key for key in subject.key_times if (key.event, key.within_min) in events]
    whole = held(tmp_path, subject, cells | {(key.id, "at"): of.at(200.0) for key in late})
    for key in slow:
        judged = next(one for one in whole.times if one.key is key)
        assert judged.standing is not None
        assert judged.took_min is not None
        assert judged.key.within_min is not None
        assert (judged.outcome, judged.standing.side, judged.standing.percentile) == ("late", "after_all", 1.0)
        assert judged.over_min == pytest.approx(judged.took_min - judged.key.within_min)
    content = gather_debrief(whole, "zh")
    assert f"{len(slow)}个比各次都慢" in "".join(content.sentences)
    assert "比20次都慢" in "".join(texts(content))


def test_a_late_start_and_pauses_count_for_nothing(tmp_path: Path) -> None:
    """All ten minutes later, and a quarter of an hour's pause before anything is released: the same minutes, the same places among the runs."""
    subject, cells = _of_night(1)
    plain = held(tmp_path, subject, cells)
    later = {
        place: f"{datetime.fromisoformat(str(value)) + (datetime.fromisoformat('2026-06-10 14:25') - START):%Y-%m-%d %H:%M:%S}"
        if value != NEVER.zh
        else value
        for place, value in cells.items()
    }
    later |= {("started", "at"): "2026-06-10 14:10:00", ("paused_1", "at"): "2026-06-10 14:10:00"}
    later |= {("resumed_1", "at"): "2026-06-10 14:25:00"}
    moved = held(tmp_path, subject, later)
    assert [one.outcome for one in moved.times] == [one.outcome for one in plain.times]
    assert [one.took_min for one in moved.times] == pytest.approx([one.took_min for one in plain.times])


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    """Rows in another order, and columns that nobody asked for, give the same debrief."""
    subject, cells = _of_night(2)
    plain = held(tmp_path, subject, cells)
    head, *rows = of.rows_of(subject, KEY_TIMES, cells)
    mixed = [["（演练县）"], [], ["X", *head], *(["x", *row] for row in reversed(rows))]
    clock = of.rows_of(subject, CLOCK, cells)
    book = of.write_xlsx(tmp_path / "b.xlsx", {CLOCK.name.zh: clock, KEY_TIMES.name.zh: mixed})
    other = debrief(subject, read_actuals(book, subject))
    assert [(one.key.id, one.took_min) for one in other.times] == [(one.key.id, one.took_min) for one in plain.times]
    assert other.links == plain.links


def test_never_is_told_as_never(tmp_path: Path) -> None:
    """What never came has no minutes and no percentile in front of people; with the release everything that counts from it."""
    subject, _ = _of_night(0)
    cells = {(key.id, "at"): NEVER.zh for key in subject.key_times} | {("started", "at"): START}
    whole = held(tmp_path, subject, cells)
    assert {one.outcome for one in whole.times} == {"never"}
    for language in ("zh", "en"):
        for text in texts(gather_debrief(whole, language)):
            assert not FORBIDDEN.search(text)
    requirements = next(own for own in gather_debrief(whole, "zh").sections if own.key == "requirements")
    assert all(row[4] == "未完成" and "百分位" not in row[6] for row in requirements.tables[0].rows)


def test_what_nobody_wrote_down_is_not_judged(tmp_path: Path) -> None:
    """A release that was not recorded leaves open all that counts from it, and nothing else; nothing of it is to be mended."""
    subject, cells = _of_night(0)
    release = next(key for key in subject.key_times if not key.requirement)
    whole = held(tmp_path, subject, cells | {(release.id, "at"): UNKNOWN.zh})
    for one in whole.times:
        counted = counts_from(subject.scenario, one.key) == (release.act,) or one.key is release
        never = cells[one.key.id, "at"] == NEVER.zh
        assert (one.outcome == "unknown") == (counted and not never)
    assert all(one.outcome in ("late", "never") for one in whole.to_mend)
    assert "未记录" in "".join(gather_debrief(whole, "zh").sentences)


# --- limits of injects, weak links ------------------------------------------------------------------------------------


def test_an_inject_is_late_where_it_took_longer_than_the_whole_limit(tmp_path: Path) -> None:
    """By its minutes and by those of the night; else it is done and no more, for limits count from a release.

    One that was not given is not judged, nor one never done spared.
    """
    subject = exercise()
    cells = cells_of_night(subject, everything()[1][of.kit().replication])
    limited = [one for one in subject.injects if one.kind == "timeline" and one.limit_min is not None]
    assert len(limited) >= 1
    own = limited[0]
    assert own.exercise_min is not None
    assert own.limit_min is not None
    assert subject.schedule is not None
    seen = set()
    for more in (-1.0, 1.0, 45.0):
        done_min = own.exercise_min + own.limit_min + more
        by_night = subject.schedule.to_night(done_min) - subject.schedule.to_night(own.exercise_min)
        outcome = "late" if more > 0 and by_night > own.limit_min else "done"
        seen.add(outcome)
        done = {(own.id, "done"): of.at(done_min)}
        judged = next(one for one in held(tmp_path, subject, cells | done).injects if one.inject.id == own.id)
        assert judged.outcome == outcome
        assert judged.took_min == pytest.approx(own.limit_min + more, abs=2 * SECOND_MIN)
    assert seen == {"done", "late"}
    for key, word, outcome in (("done", NEVER.zh, "never"), ("received", NOT_GIVEN.zh, "not_given")):
        blank = {(own.id, "done"): None} if key == "received" else {}
        whole = held(tmp_path, subject, cells | blank | {(own.id, key): word})
        judged = next(one for one in whole.injects if one.inject.id == own.id)
        assert judged.outcome == outcome
        assert (judged in whole.to_mend) == (outcome == "never")


def test_a_word_in_the_remark_speaks_for_an_empty_cell(tmp_path: Path) -> None:
    """Blank on purpose is allowed where the remark says why."""
    subject = exercise()
    cells = cells_of_night(subject, everything()[1][of.kit().replication])
    own = next(one for one in subject.injects if one.kind == "timeline")
    blank: dict[tuple[str, str], Any] = {(own.id, "received"): None, (own.id, "done"): None}
    whole = held(tmp_path, subject, cells | blank | {(own.id, "remark"): "时间不够，未下达"})
    assert next(one for one in whole.injects if one.inject is own).outcome == "not_given"
    spots = {address(subject, own.id, key) for key in ("received", "done")}
    assert spots <= {cell for cell, _ in faults(tmp_path, subject, cells | blank)}


def test_weak_links_count_what_is_known_by_post_and_step(tmp_path: Path) -> None:
    """Each of the times with a seat is counted once, with those in time, late and never; the weakest comes first; no place is named."""
    subject, cells = _of_night(3)
    whole = held(tmp_path, subject, cells)
    known = [one for one in whole.times if one.key.requirement and one.outcome not in ("unknown", "open", "not_given")]
    assert sum(link.asked for link in whole.links) == len(known)
    assert all(link.asked == link.in_time + link.late + link.never for link in whole.links)
    shares = [link.surely_missed for link in whole.links]
    assert shares == sorted(shares, reverse=True)
    weak = next(own for own in gather_debrief(whole, "zh").sections if own.key == "weak")
    assert not re.search(r"镇0|镇1|村0", "".join("".join(row) for row in weak.tables[0].rows))


def test_few_cases_do_not_make_the_weakest_link() -> None:
    """One missed of one says less than eight of ten: by Clopper and Pearson 2.5 % and 44.4 % are missed at the least; none missed is 0."""
    one, many, none = (
        Link("village", "p", "calling", asked, asked - late, late, 0, 1.0) for asked, late in ((1, 1), (10, 8), (9, 0))
    )
    assert [round(link.surely_missed, 3) for link in (one, many, none)] == [0.025, 0.444, 0]


def test_what_is_to_be_mended_is_what_was_missed(tmp_path: Path) -> None:
    """Each time of a place that was missed has one line with its limit and source as the scenario has them; person and date are blank."""
    subject, cells = _of_night(0)
    town = next(key for key in subject.key_times if key.requirement == "acknowledged-township-100" and key.place)
    county = next(key for key in subject.key_times if key.requirement == town.requirement and not key.place)
    whole = held(tmp_path, subject, cells | {(key.id, "at"): NEVER.zh for key in (town, county)})
    rows = next(own for own in gather_debrief(whole, "zh").sections if own.key == "mend").tables[0].rows
    assert len(rows) == len(whole.to_mend)
    mine = [row for row in rows if "镇0" in row[1] and "township" in row[1]]
    assert len(mine) == 1
    assert "发布后4分钟内" in mine[0][3]
    assert "演练县预案第3条" in mine[0][3]
    assert not any("小县" in row[1] and "township" in row[1] for row in rows)
    assert all(row[5:] == ("", "", "") for row in rows)


def test_a_percentile_is_told_where_runs_differ(tmp_path: Path) -> None:
    """Where all runs took as long as this, half of none is no place among them: it is said to be as in all."""
    subject, cells = _of_night(3)
    about = gather_debrief(held(tmp_path, subject, cells), "zh").about
    assert about.among(Standing(7.0, np.full(20, 7.0), 0.0)) == "与20次都相当"
    assert "百分位" in about.among(Standing(7.0, np.array([6.0, 7.0, 8.0]), 0.0))


# --- what cannot have been --------------------------------------------------------------------------------------------


def test_every_fault_at_once_with_its_cell(tmp_path: Path) -> None:
    """Blank, no time, before the start, before the release, the whole before its part, after the end: all told, each at its cell."""
    subject, cells = _of_night(0)
    keys = {(key.requirement, key.place): key for key in subject.key_times}
    release = next(key for key in subject.key_times if not key.requirement)
    whole, part = keys["acknowledged-township-100", 0], keys["acknowledged-township-100", 1]
    half, every = keys["acknowledged-village-50", 0], keys["acknowledged-village-100", 0]
    other = next(key for key in subject.key_times if key.requirement == "acknowledged-township-100" and key.place > 1)
    wrong = {
        (release.id, "at"): of.at(10),
        (part.id, "at"): of.at(30),
        (whole.id, "at"): of.at(20),  # before its part
        (other.id, "at"): of.at(5),  # before the release
        (half.id, "at"): "两点多",  # no time
        (every.id, "at"): None,  # blank
        (keys["from-t0", 0].id, "at"): "13:50",  # before the start
        (keys["desks", 0].id, "at"): of.at(300),  # after the end
        ("ended", "at"): of.at(240),
    }
    found = dict(faults(tmp_path, subject, cells | wrong))
    expected = {
        address(subject, key.id, "at"): said
        for key, said in (
            (whole, "早于 "),
            (other, "早于 "),
            (half, "不是时刻"),
            (every, "没有填写"),
            (keys["from-t0", 0], "早于开始时刻"),
            (keys["desks", 0], "晚于结束时刻"),
        )
    }
    assert found.keys() == expected.keys()
    assert all(said in found[cell] for cell, said in expected.items())


def test_injects_that_cannot_have_been(tmp_path: Path) -> None:
    """Done before it was received, done though it was not given, and a time for an inject that the kit does not have."""
    subject = exercise()
    cells = cells_of_night(subject, everything()[1][of.kit().replication])
    first, second = [one for one in subject.injects if one.kind == "timeline"][:2]
    wrong = {
        (first.id, "received"): of.at(50),
        (first.id, "done"): of.at(40),
        (second.id, "received"): NOT_GIVEN.zh,
    }
    found = dict(faults(tmp_path, subject, cells | wrong))
    assert found.keys() == {address(subject, own.id, "done") for own in (first, second)}
    rows = of.rows_of(subject, INJECTS, cells)
    stray = list(rows[1])
    stray[0] = "Z99"
    sheets = {INJECTS.name.zh: [*rows, stray, rows[1]]}
    sheets |= {sheet.name.zh: of.rows_of(subject, sheet, cells) for sheet in (KEY_TIMES, CLOCK)}
    with pytest.raises(InputError) as refused:
        read_actuals(of.write_xlsx(tmp_path / "b.xlsx", sheets), subject)
    assert [(fault.line, fault.value) for fault in refused.value.faults] == [
        (len(rows) + 1, "Z99"),
        (len(rows) + 2, first.id),
    ]


def test_a_warning_that_starts_below_may_come_before_the_release(tmp_path: Path) -> None:
    """Where monitors may warn on the spot a village that answered before the release is no fault: it took no time at all."""
    scenario, nights, _ = everything()
    assert scenario.plan.local is not None
    subject = exercise()
    cells = cells_of_night(subject, nights[of.kit().replication])
    own = next(key for key in subject.key_times if key.requirement == "acknowledged-village-80")
    early: dict[tuple[str, str], Any] = {(key.id, "at"): of.at(30) for key in subject.key_times if not key.requirement}
    early |= {(own.id, "at"): of.at(1)}
    of_its_act = {
        (key.id, "at"): UNKNOWN.zh for key in subject.key_times if counts_from(scenario, key) and key is not own
    }
    judged = next(one for one in held(tmp_path, subject, cells | of_its_act | early).times if one.key is own)
    assert (judged.outcome, judged.spent_min) == ("kept", 0.0)


def test_a_pause_has_two_ends_in_order(tmp_path: Path) -> None:
    """One end alone, and an end before its beginning, are faults."""
    subject, cells = _of_night(0)
    alone = faults(tmp_path, subject, cells | {("paused_1", "at"): of.at(5)})
    assert alone == [(address(subject, "paused_1", "at"), "暂停和继续只填了一个")]
    turned = cells | {("paused_1", "at"): of.at(5), ("resumed_1", "at"): of.at(4)}
    assert [cell for cell, _ in faults(tmp_path, subject, turned)] == [address(subject, "resumed_1", "at")]


def test_rows_sheets_and_headings_must_be_there(tmp_path: Path) -> None:
    """A row that was taken out, headings that were changed, a sheet that is not there: told with the file's name."""
    subject, cells = _of_night(0)
    keys, clock = of.rows_of(subject, KEY_TIMES, cells), of.rows_of(subject, CLOCK, cells)
    for sheets, said in (
        ({CLOCK.name.zh: clock, KEY_TIMES.name.zh: keys[:-1]}, f"没有“{keys[-1][-1]}”这一行"),
        ({CLOCK.name.zh: clock, KEY_TIMES.name.zh: [["时刻"], *keys[1:]]}, "没有表头"),
        ({CLOCK.name.zh: clock}, "没有工作表“关键时刻”"),
        ({KEY_TIMES.name.zh: keys}, "没有工作表“演练时钟”"),
    ):
        with pytest.raises(InputError) as refused:
            read_actuals(of.write_xlsx(tmp_path / "b.xlsx", sheets), subject)
        assert any(said in fault.problem.zh for fault in refused.value.faults), said


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("14:05", "2026-06-10 14:05", id="clock"),
        pytest.param("14：05：30", "2026-06-10 14:05:30", id="full-width"),
        pytest.param("14点05分", "2026-06-10 14:05", id="words"),
        pytest.param("次日1:05", "2026-06-11 01:05", id="next-day"),
        pytest.param("次日15:05", "2026-06-11 15:05", id="next-day-later"),
        pytest.param("1:05", "2026-06-11 01:05", id="after-midnight"),
        pytest.param("13:50", "2026-06-10 13:50", id="shortly-before"),
        pytest.param("24:00", "2026-06-11 00:00", id="midnight"),
        pytest.param("2026年6月10日 14:05", "2026-06-10 14:05", id="date"),
        pytest.param("2026-06-10 24:00", "2026-06-11 00:00", id="midnight-of-a-date"),
        pytest.param("2026-06-10 次日1:05", "2026-06-11 01:05", id="day-after-a-date"),
        pytest.param("2026-06-10 25:05", None, id="hours-of-a-date"),
        pytest.param("2026-06-12T14:05:30", "2026-06-12 14:05:30", id="iso"),
        pytest.param(datetime.fromisoformat("2026-06-10 14:05").time(), "2026-06-10 14:05", id="time-cell"),
        pytest.param(datetime.fromisoformat("2026-06-12 14:05"), "2026-06-12 14:05", id="date-cell"),
        pytest.param(14.05, None, id="number"),
        pytest.param("14:65", None, id="minutes"),
        pytest.param("25:00", None, id="hours"),
        pytest.param("2026-02-30 14:05", None, id="day"),
        pytest.param("约14:05", None, id="about"),
    ],
)
def test_moments_as_people_write_them(written: Any, meant: str | None) -> None:  # noqa: ANN401 - any cell
    """Without a date the moment within twelve hours of the start, or on the day after it where that is said; what is no moment is none."""
    assert moment_of(written, START) == (None if meant is None else datetime.fromisoformat(meant))


# --- the console's files ----------------------------------------------------------------------------------------------


def as_saved(subject: Subject, cells: Cells) -> dict[str, list[dict[str, Any]]]:
    """Return the sheets as the console saves them."""
    saved: dict[str, list[dict[str, Any]]] = {}
    for sheet in SHEETS:
        _, *rows = of.rows_of(subject, sheet, cells)
        keys = [column.key for column in sheet.columns]
        saved[sheet.key] = [
            {key: "" if v is None else str(v) for key, v in zip(keys, row, strict=True)} for row in rows
        ]
    return saved


def test_the_files_of_the_console_say_the_same_as_the_workbook(tmp_path: Path) -> None:
    """Workbook, saved file and table: the same times, however they come."""
    subject = exercise()
    cells = cells_of_night(subject, everything()[1][of.kit().replication])
    saved = as_saved(subject, cells)
    (tmp_path / "a.json").write_text(json.dumps(saved, ensure_ascii=False), encoding="utf-8")
    with (tmp_path / "a.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        write = csv.writer(stream)
        for sheet in SHEETS:
            write.writerows([[sheet.name.zh], *of.rows_of(subject, sheet, cells), []])
    plain = read_actuals(workbook(tmp_path / "a.xlsx", subject, cells), subject)
    for name in ("a.json", "a.csv"):
        assert read_actuals(tmp_path / name, subject) == plain


def test_the_console_knows_when_an_inject_was_given(tmp_path: Path) -> None:
    """Received before it was given is a fault; given and not received was received then; left out was not given."""
    subject = exercise()
    cells = cells_of_night(subject, everything()[1][of.kit().replication])
    saved = as_saved(subject, cells)
    first, second, third = saved["injects"][:3]
    first |= {"given": of.at(60), "received": of.at(59), "done": of.at(61)}
    second |= {"given": of.at(61), "received": "", "done": of.at(62)}
    third |= {"received": "", "done": "", "declined": True}
    path = tmp_path / "a.json"
    path.write_text(json.dumps(saved), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_actuals(path, subject)
    assert [(fault.key, "早于" in fault.problem.zh) for fault in refused.value.faults] == [("injects!E2", True)]
    first["received"] = of.at(60)
    path.write_text(json.dumps(saved), encoding="utf-8")
    read = read_actuals(path, subject)
    assert read.injects[third["id"]].said == "not_given"
    assert read.injects[second["id"]].received is not None
    assert f"{read.injects[second['id']].received.clock:%Y-%m-%d %H:%M:%S}" == of.at(61)  # type: ignore[union-attr]


@pytest.mark.parametrize("content", ["{", "[]", '{"injects": 1}', '{"injects": [1]}'])
def test_another_file_is_refused(content: str, tmp_path: Path) -> None:
    """What the console did not save is told, not raised."""
    path = tmp_path / "a.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="导调台"):
        read_actuals(path, event())


# --- what people see --------------------------------------------------------------------------------------------------


def texts(content: DebriefContent) -> list[str]:
    """Return every text of a debrief."""
    tables = [table for section in content.sections for table in section.tables]
    cells = [cell for table in tables for row in table.rows for cell in row]
    return [*content.sentences, *content.method, *content.stamps, content.kind, *cells]


NAMES = ("王大明", "李小红")


@cache
def written(language: Language) -> dict[str, str]:
    """Return the text of every file of a debrief whose workbook names people where it should not."""
    import tempfile  # noqa: PLC0415 - here alone

    subject = exercise()
    cells = cells_of_night(subject, everything()[1][of.kit().replication])
    late = next(one for one in subject.injects if one.kind == "timeline" and one.limit_min is not None)
    cells[late.id, "done"] = of.at((late.exercise_min or 0) + (late.limit_min or 0) + 7)
    for own in (*(one.id for one in subject.injects), *(one.id for one in subject.key_times)):
        cells |= {(own, "by"): NAMES[0], (own, "remark"): f"{NAMES[1]}接的电话"}
    with tempfile.TemporaryDirectory() as folder:
        whole = held(Path(folder), subject, cells)
        write_debrief(Path(folder), gather_debrief(whole, language))
        page = (Path(folder) / "debrief.html").read_text(encoding="utf-8")
        found = {
            "debrief.html": html.unescape(
                re.sub(r"<style>.*?</style>|<svg.*?</svg>|<[^>]+>", " ", page, flags=re.DOTALL)
            )
        }
        for name, part in (("debrief.docx", "word/document.xml"), ("debrief.xlsx", "xl/sharedStrings.xml")):
            with zipfile.ZipFile(Path(folder) / name) as packed:
                raw = packed.read(part).decode()
            found[name] = html.unescape(re.sub(r"<[^>]+>", "\n", raw))
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_paper_names_a_person_or_tells_never_as_a_number(language: Language) -> None:
    """Whoever was written down as having done it stays in the workbook; nothing is blamed, nothing infinite."""
    for name, text in written(language).items():
        assert not any(person in text for person in NAMES), name
        assert not FORBIDDEN.search(text), (name, FORBIDDEN.search(text))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_paper_bears_its_stamps_and_the_list_of_what_is_to_be_mended(language: Language) -> None:
    """Page, document and workbook: that it is an exercise, that it accuses nobody, and what was late."""
    stamp, mend = {"zh": ("不作考核问责依据", "问题整改清单"), "en": ("accountability", "What is to be mended")}[
        language
    ]
    for name, text in written(language).items():
        if name != "debrief.docx":  # its stamps stand in the header
            assert stamp in text, name
        assert mend in text, name


def test_both_languages_say_the_same_of_a_debrief(tmp_path: Path) -> None:
    """As many sentences, sections and rows in either, and no Chinese in the English sentences but names."""
    subject, cells = _of_night(4)
    whole = held(tmp_path, subject, cells)
    zh, en = (gather_debrief(whole, language) for language in ("zh", "en"))
    assert len(zh.sentences) == len(en.sentences) <= 12
    assert [(own.key, [len(table.rows) for table in own.tables]) for own in zh.sections] == [
        (own.key, [len(table.rows) for table in own.tables]) for own in en.sections
    ]


# --- the command ------------------------------------------------------------------------------------------------------


def invoke(*arguments: object) -> Result:
    """Call ``jiaoying`` in process."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


DRILL = Path(__file__).resolve().parents[2] / "scenarios" / "village-drill.yaml"


def test_a_real_event_from_blank_workbook_to_report(tmp_path: Path) -> None:
    """The blank workbook is refused cell by cell with code 2 and nothing written; filled in by hand it gives the verdicts worked out on paper.

    Release at 20:10; the village answers 12 minutes after it (limit 10), 90 % of the households are told within 20.
    """
    blank, out = tmp_path / "blank.xlsx", tmp_path / "out"
    made = invoke("debrief", DRILL, "--template", blank)
    assert made.exit_code == 0, made.output
    refused = invoke("debrief", DRILL, blank, "--out", out)
    assert refused.exit_code == 2
    sheets = {sheet.name: sheet for sheet in read_book(blank).sheets}
    keys = sheets[KEY_TIMES.name.zh]
    rows = {keys.text(row, 8): row for row in keys.rows if "|" in keys.text(row, 8)}
    assert all(f"{KEY_TIMES.name.zh}!E{row}" in refused.output for row in rows.values())
    assert not out.exists()
    filled = dict.fromkeys(rows, "20:25")
    filled |= {next(own for own in rows if own.startswith("release")): "20:10"}
    filled |= {own: "20:22" for own in rows if own.startswith("village-10min")}
    cells = [
        [sheet_cell(keys, row, column, filled.get(keys.text(row, 8), "")) for column in range(1, 9)]
        for row in range(1, max(keys.rows) + 1)
    ]
    clock = [[c.heading.zh for c in CLOCK.columns], ["1", "", "2025-06-05 20:00", "", "started"]]
    book = of.write_xlsx(tmp_path / "filled.xlsx", {KEY_TIMES.name.zh: cells, CLOCK.name.zh: clock})
    done = invoke("debrief", DRILL, book, "--out", out, "--json")
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    outcomes = {one["id"].partition("|")[0]: (one["outcome"], one["took_min"]) for one in said["requirements"]}
    assert outcomes["village-10min"] == ("late", 12)
    assert outcomes["household-20min"] == ("kept", 15)
    assert {"debrief.html", "debrief.docx", "debrief.xlsx", "summary.json", "manifest.json"} <= {
        one.name for one in out.iterdir()
    }


def sheet_cell(sheet: Any, row: int, column: int, at: str) -> Any:  # noqa: ANN401 - a sheet, and any cell
    """Return a cell of a sheet, the time of its row filled in."""
    return at if at and column == 5 else sheet.text(row, column)


@pytest.mark.parametrize("arguments", [(), ("a.xlsx", "--template", "b.xlsx"), ("--template", "b.csv")])
def test_a_call_asks_for_one_thing(arguments: tuple[str, ...]) -> None:
    """Neither times nor a template, both, or a template that is no workbook: refused with code 2."""
    assert invoke("debrief", DRILL, *arguments).exit_code == 2
