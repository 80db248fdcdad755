"""A log of calls: how it is read, what of it is refused, what is written, and the command."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from click.testing import CliRunner, Result
from ruamel.yaml import YAML

from sim import report
from sim.blocks import NIGHT_FROM, NIGHT_TO
from sim.cli import cli
from sim.distributions import Lognormal, Triangular
from sim.errors import InputError
from sim.exercise.calibrate import Calibration, Log, calibrate, overlay_text, read_log
from sim.exercise.calibrate.checks import fits, tries_counted, tries_fit
from sim.exercise.calibrate.columns import CALLS, TIMES, key_of
from sim.exercise.calibrate.fit import FEWEST, Sample, parted
from sim.exercise.calibrate.overlay import overlay
from sim.exercise.calibrate.subjects import Subject, period_of
from sim.exercise.calibrate.times import ENDLESS
from sim.exercise.calibrate.times import below as law_below
from sim.exercise.calibrate.tries import Tried
from sim.exercise.calibrate.written import minutes as written_minutes
from sim.exercise.calibrate.written import share as written_share
from sim.scenario import Scenario, load_scenario
from sim.units import DURATION, SHARE, parse
from tests.calls_log import CALL, Row, csv_of, drawn_rows, scenario, xlsx_of


def invoke(*arguments: object) -> Result:
    """Call ``jiaoying`` in process."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """Return a small scenario whose numbers can move."""
    return scenario(tmp_path_factory.mktemp("night"))


def rows_of_a_drill() -> list[dict[str, Any]]:
    """Return a log that is long enough for everything: two posts, by day and by night, with relays."""
    rng = np.random.default_rng(3)
    rows = drawn_rows(rng, "村支书", 40, 0.9, 0.6, 3) + drawn_rows(rng, "村支书", 30, 0.9, 0.85, 3, "10")
    for n, row in enumerate(row for row in rows if row["answered"] == "接听"):
        row |= {"level": "乡镇", "relay_min": 1.5 + n % 7}
    for n, row in enumerate(rows):
        row["person"] = f"{row['person']}-{row['at'][:2]}"
        row["remark"] = f"备注{n}"
    return rows + drawn_rows(rng, "网格员", 20, 0.85, 0.6, 1)


def made(own: Scenario, folder: Path, rows: list[dict[str, Any]], **options: Any) -> Calibration:  # noqa: ANN401 - options of ``calibrate``
    """Return what a log of some rows teaches."""
    log = folder / "log.xlsx"
    log.write_bytes(xlsx_of(rows))
    return calibrate(own, read_log(log, own), log, **options)


@pytest.fixture(scope="module")
def learnt(own: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Calibration:
    """Return what the log of the drill teaches."""
    return made(own, tmp_path_factory.mktemp("log"), rows_of_a_drill())


def read(own: Scenario, folder: Path, rows: list[Row], times: list[Row] | None = None) -> Log:
    """Return the log that some rows are."""
    path = folder / "log.xlsx"
    path.write_bytes(xlsx_of(rows, times or []))
    return read_log(path, own)


def faults(own: Scenario, folder: Path, rows: list[Row], times: list[Row] | None = None) -> list[str]:
    """Return what is said of a log that is at fault."""
    with pytest.raises(InputError) as told:
        read(own, folder, rows, times)
    return [fault.render() for fault in told.value.faults]


# --- reading ----------------------------------------------------------------------------------------------------------


def test_a_file_may_be_of_any_kind(own: Scenario, tmp_path: Path) -> None:
    """The same rows as a workbook, as CSV in UTF-8 and in GB18030 are the same log."""
    rows = rows_of_a_drill()
    logs = []
    for name, content in (
        ("log.xlsx", xlsx_of(rows)),
        ("utf8.csv", csv_of(rows)),
        ("gbk.csv", csv_of(rows, "gb18030")),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        logs.append(read_log(path, own))
    assert [log.name for log in logs] == ["log.xlsx", "utf8.csv", "gbk.csv"]
    assert len({repr(replace(log, name="")) for log in logs}) == 1


def test_headings_are_known_in_both_languages_with_and_without_unit() -> None:
    """Each heading, in Chinese, English or as a key, with its unit in brackets or without, is that of its column and of no other."""
    for columns in (CALLS, TIMES):
        for column in columns:
            for name in (*column.heading, column.key, *column.also):
                assert key_of(name, columns) == column.key
                assert key_of(re.sub(r"[(（].*?[)）]", "", name), columns) == column.key
    assert key_of("天气", CALLS) is None


@pytest.mark.parametrize(
    "at", ["2:10", "02:10", "02:10:40", "2时10分", "2点", "2", "2026-06-10 02:10", "2026年6月10日 2时", "２：１０"]
)
def test_a_time_may_be_written_in_many_ways(own: Scenario, tmp_path: Path, at: str) -> None:
    """Clock time, hour alone, with its date, in full-width signs: the hour is what counts."""
    log = read(own, tmp_path, [CALL | {"at": at}])
    (called,) = log.called
    assert called.tries == (Tried(2, "phone", answered=True),)


@pytest.mark.parametrize(("hour", "period"), [(22, "day"), (23, "night"), (0, "night"), (5, "night"), (6, "day")])
def test_night_is_what_scenarios_call_night(hour: int, period: str) -> None:
    """Night runs from 23:00 to 06:00, as in ``{day, night}``."""
    assert (NIGHT_FROM, NIGHT_TO) == (23, 6)
    assert period_of(hour) == period


def test_tries_of_one_person_in_one_night_belong_together(own: Scenario, tmp_path: Path) -> None:
    """Before and after midnight is one night, after the change of duty (08:30) another; other persons and those without a code stand alone."""
    rows = [
        CALL | {"date": "2026-06-09", "at": "23:50", "number": 1, "answered": "未接", "ring_s": 30},
        CALL | {"date": "2026-06-10", "at": "00:05", "number": 2, "answered": "未接"},
        CALL | {"date": "2026-06-10", "at": "09:00", "number": 1, "answered": "接听", "ring_s": 6, "talk_s": 60},
        CALL | {"person": "乙"},
        CALL | {"person": "", "answered": "未接", "number": ""},
        CALL | {"person": "", "answered": "未接", "number": ""},
    ]
    log = read(own, tmp_path, rows)
    missed, later = Tried(23, "phone", answered=False, ring_min=0.5), Tried(0, "phone", answered=False)
    assert sorted(len(one.tries) for one in log.called) == [1, 1, 1, 1, 2]
    assert (missed, later) in [one.tries for one in log.called]
    assert (Tried(9, "phone", answered=True, ring_min=0.1, talk_min=1.0),) in [one.tries for one in log.called]
    assert (str(log.first), str(log.last)) == ("2026-06-09", "2026-06-10")


def test_calling_anew_that_night_is_no_contradiction(own: Scenario, tmp_path: Path) -> None:
    """A first try after others of the same person and night is another matter: it counts on while nobody has answered, and no more afterwards."""
    first, second = CALL | {"at": "03:00", "answered": "未接"}, CALL | {"at": "03:02", "number": 2}
    log = read(own, tmp_path, [CALL | {"at": "01:00"}, first, second])
    assert [len(one.tries) for one in log.called] == [1]
    assert log.unused == {"again": 2}
    log = read(own, tmp_path, [CALL | {"at": "01:00", "answered": "未接"}, first, second, CALL | {"at": "04:00"}])
    assert [tried.answered for one in log.called for tried in one.tries] == [False, False, True]
    assert log.unused == {"again": 1}


def test_nights_and_persons_are_counted(own: Scenario, tmp_path: Path) -> None:
    """Before and after midnight is one night; one code is one person on all nights, a row without a code one of its own; busy is no try."""
    rows = [
        CALL | {"date": "2026-06-09", "at": "23:50"},
        CALL | {"date": "2026-06-10", "at": "00:05", "person": "乙"},
        CALL | {"date": "2026-06-12"},
        CALL | {"date": "2026-06-12", "person": "", "post": "网格员"},
        CALL | {"date": "2026-06-12", "person": "", "post": "网格员"},
        CALL | {"date": "2026-06-20", "person": "丙", "answered": "忙线"},
    ]
    log = read(own, tmp_path, rows)
    assert (log.nights, log.persons) == (2, {"secretary": 2, "grid_worker": 2})
    assert read(own, tmp_path, [CALL | {"date": ""}]).nights == 1


def test_rows_without_a_code_that_say_the_same_are_counted(own: Scenario, tmp_path: Path) -> None:
    """A row that agrees with another to the second of ring and talk may stand twice; one that differs in either, or tells neither, need not."""
    row = CALL | {"person": "", "ring_s": 7, "talk_s": 61}
    others = [row | {"talk_s": 62}, row | {"at": "02:11"}, *[CALL | {"person": ""}] * 2]
    assert read(own, tmp_path, [row, row, *others]).alike == 1
    assert read(own, tmp_path, [row, *others]).alike == 0


def test_who_is_switched_off_tells_nothing_of_how_long_callers_wait(own: Scenario, tmp_path: Path) -> None:
    """A phone that is off, a wrong number or a rejected call is a try without an answer, whose ring the caller did not end."""
    words = ("关机", "空号", "拒接", "不在服务区", "无法接通")
    rows = [CALL | {"person": word, "answered": word, "ring_s": 3} for word in words]
    log = read(own, tmp_path, [*rows, CALL | {"person": "甲", "answered": "未接通", "ring_s": 30}])
    rings = [tried.ring_min for one in log.called for tried in one.tries]
    assert sorted(rings, key=str) == [0.5, *[None] * len(words)]
    assert not any(tried.answered for one in log.called for tried in one.tries)


def test_tries_that_were_not_written_were_not_answered(own: Scenario, tmp_path: Path) -> None:
    """Who answered at the third try did not at the first two, unless one of these was busy, which is no try."""
    log = read(own, tmp_path, [CALL | {"number": 3}])
    missed, answered = Tried(2, "phone", answered=False), Tried(2, "phone", answered=True)
    assert log.called[0].tries == (missed, missed, answered)
    assert log.supplied == 2
    busy = CALL | {"number": 2, "answered": "忙线", "at": "02:05"}
    log = read(own, tmp_path, [busy, CALL | {"number": 3}])
    assert log.called[0].tries == (missed, answered)
    assert (log.supplied, log.unused) == (1, {"busy": 1})


def test_what_is_not_used_is_counted(own: Scenario, tmp_path: Path) -> None:
    """Messages, busy lines and missing networks say nothing of who answers the telephone; a log may hold them."""
    rows = [CALL, CALL | {"channel": "微信群"}, CALL | {"answered": "断网", "person": "", "number": ""}]
    log = read(own, tmp_path, rows)
    assert log.unused == {"no_service": 1, "wechat": 1}
    assert log.tries == 1


def test_relays_and_houses_are_read(own: Scenario, tmp_path: Path) -> None:
    """Minutes stand beside a call or on a sheet of their own; a level is known by its name or its id."""
    times = [
        {"item": "转叫", "level": "乡镇", "minutes": 3},
        {"item": "relay", "level": "township", "minutes": 2.5},
        {"item": "入户", "minutes": 4},
    ]
    log = read(own, tmp_path, [CALL | {"level": "乡镇", "relay_min": 1.5}], times)
    assert log.relay_min == {"township": (1.5, 2.5, 3.0)}
    assert log.per_house_min == (4.0,)


def test_names_are_forgotten(own: Scenario, tmp_path: Path) -> None:
    """No name that stands in a log is in what was read of it, in what is written, on the page, in the workbook or among the sentences."""
    rows = [
        row | {"person": f"张伟{n}"}
        for n, row in enumerate(drawn_rows(np.random.default_rng(1), "村支书", 30, 1.0, 0.6, 1))
    ]
    found = made(own, tmp_path, rows)
    told = [repr(found.log), overlay_text(found), report.calibration_page(found, "zh")]
    told += report.calibration_sentences(found, "zh")
    path = tmp_path / "book.xlsx"
    path.write_bytes(report.calibration_book(found, "zh"))
    told += [
        str(cell)
        for sheet in openpyxl.load_workbook(path)
        for line in sheet.iter_rows(values_only=True)
        for cell in line
    ]
    assert not any("张伟" in text for text in told)


# --- faults -----------------------------------------------------------------------------------------------------------

BAD: list[tuple[Row, str, str]] = [
    ({"post": "村主任助理"}, "D2 岗位", "情景里没有这个岗位"),
    ({"post": ""}, "D2 岗位", "没有写岗位"),
    ({"channel": "飞鸽"}, "F2 手段", "不认识这种手段"),
    ({"at": "25:10"}, "B2 呼叫时刻", "不是时刻"),
    ({"at": "半夜"}, "B2 呼叫时刻", "不是时刻"),
    ({"at": ""}, "B2 呼叫时刻", "没有写时刻"),
    ({"at": "2026-02-30 02:10"}, "B2 呼叫时刻", "没有这一天"),
    ({"at": "2026-06-11 02:10"}, "B2 呼叫时刻", "日期与“日期”一栏不同"),
    ({"date": "六月"}, "A2 日期", "应为日期"),
    ({"answered": "不清楚"}, "H2 是否接听", "看不出是否接听"),
    ({"answered": ""}, "H2 是否接听", "看不出是否接听"),
    ({"number": ""}, "G2 第几次", "接听了，没有写是第几次"),
    ({"number": "零"}, "G2 第几次", "应为从1起的整数"),
    ({"number": 0}, "G2 第几次", "应为从1起的整数"),
    ({"number": 2, "person": ""}, "E2 人员代号", "第2次以后，没有写人员代号"),
    ({"answered": "未接", "talk_s": 40}, "J2 通话（秒）", "没有接听，却有通话"),
    ({"answered": "未接", "level": "乡镇", "relay_min": 2}, "K2 转叫用时（分钟）", "没有接听，却有转叫"),
    ({"relay_min": 2}, "C2 层级", "有转叫用时，没有写层级"),
    ({"level": "片区"}, "C2 层级", "情景里没有这一级值班室"),
    ({"ring_s": 601}, "I2 振铃（秒）", "应大于0、不超过600秒"),
    ({"ring_s": 0}, "I2 振铃（秒）", "应大于0、不超过600秒"),
    ({"ring_s": "很久"}, "I2 振铃（秒）", "应为秒数"),
    ({"ring_s": "1分"}, "I2 振铃（秒）", "应为秒数"),
]


@pytest.mark.parametrize(("change", "where", "what"), BAD)
def test_each_fault_is_told_with_its_cell(own: Scenario, tmp_path: Path, change: Row, where: str, what: str) -> None:
    """One cell at fault is one fault: sheet, cell, heading, what is wrong and what to do."""
    (told,) = faults(own, tmp_path, [CALL | change])
    assert f"叫应记录!{where}" in told
    assert what in told
    assert "修改办法：" in told


def test_every_fault_is_told_at_once(own: Scenario, tmp_path: Path) -> None:
    """Rows at fault are all told, in their order, those of the other sheet too."""
    rows = [CALL | change for change, _, _ in BAD]
    times = [
        {"item": "吃饭", "minutes": 3},
        {"item": "转叫", "minutes": 3},
        {"item": "入户", "minutes": ""},
        {"item": "入户", "minutes": 9999},
    ]
    told = faults(own, tmp_path, rows, times)
    assert len(told) == len(BAD) + len(times)
    assert sum("用时记录!" in one for one in told) == len(times)


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ([CALL, CALL | {"date": "", "person": "乙"}], "其他各行有日期，这一行没有"),
        ([CALL, CALL], "次序没有往后走"),
        (
            [
                CALL | {"answered": "未接"},
                CALL | {"at": "02:20", "number": 1, "answered": "未接"},
                CALL | {"at": "02:10", "number": 1},
            ],
            "次序没有往后走",
        ),
        ([CALL | {"at": "02:20", "answered": "未接"}, CALL | {"number": 2}], "次序没有往后走"),
        ([CALL, CALL | {"at": "02:20", "number": 2}], "前一次已经接听，又有这一次"),
        ([CALL | {"answered": "未接", "number": ""}, CALL | {"at": "02:20", "number": 2}], "要写第几次"),
    ],
)
def test_rows_that_contradict_each_other_are_faults(own: Scenario, tmp_path: Path, rows: list[Row], what: str) -> None:
    """What is wrong between rows is told like what is wrong in one."""
    (told,) = faults(own, tmp_path, rows)
    assert what in told


def test_a_formula_without_a_result_is_a_fault(own: Scenario, tmp_path: Path) -> None:
    """A cell whose value is not known is not taken for an empty one."""
    path = tmp_path / "log.xlsx"
    path.write_bytes(xlsx_of([CALL]))
    book = openpyxl.load_workbook(path)
    book["叫应记录"]["E2"] = "=1+1"
    book.save(path)
    with pytest.raises(InputError, match="公式没有保存计算结果"):
        read_log(path, own)


def test_a_file_without_a_log_is_refused_with_the_way_to_a_blank_one(own: Scenario, tmp_path: Path) -> None:
    """Without the headings that it takes nothing is read, and it is said how to get a blank log."""
    path = tmp_path / "log.csv"
    path.write_text("姓名,电话\n甲,1\n", encoding="utf-8")
    with pytest.raises(InputError) as told:
        read_log(path, own)
    assert "--template" in told.value.render("zh")


# --- what is learnt and what stays ------------------------------------------------------------------------------------


def test_every_number_is_learnt_or_said_to_stay(learnt: Calibration) -> None:
    """Posts, laws of calls, relays and houses: each stands in exactly one of the two lists, with the reason."""
    moved = {one.path for one in learnt.learnt}
    stays = {one.path: one.reason for one in learnt.unchanged}
    assert moved == {
        "roster.posts.secretary.reachable",
        "roster.posts.secretary.answer.day",
        "roster.posts.secretary.answer.night",
        "roster.posts.grid_worker.answer",
        "channels.phone.pickup.lognormal.median",
        "channels.phone.pickup.lognormal.p90",
        "channels.phone.talk.triangular.low",
        "channels.phone.talk.triangular.mode",
        "channels.phone.talk.triangular.high",
        "roster.desks.township.relay.triangular.low",
        "roster.desks.township.relay.triangular.mode",
        "roster.desks.township.relay.triangular.high",
    }
    assert stays == {
        "roster.posts.officer.reachable": "no_data",
        "roster.posts.officer.answer": "no_data",
        "roster.posts.grid_worker.reachable": "single_tries",
        "roster.desks.county.relay": "no_data",
        "roster.desks.village.relay": "no_data",
        "channels.door.per_house": "no_data",
    }


def test_settings_fixed_lengths_and_hours_stay(tmp_path: Path) -> None:
    """What is 0 or 100 %, a fixed length or written by the hour is left alone, though the log has data."""
    own = scenario(tmp_path)
    rng = np.random.default_rng(1)
    rows = drawn_rows(rng, "值班员", 15, 1.0, 1.0, 1) + drawn_rows(rng, "村支书", 15, 0.9, 0.7, 1)
    times = [{"item": "转叫", "level": "村", "minutes": 2}] * 12
    path = tmp_path / "log.xlsx"
    path.write_bytes(xlsx_of(rows, times))
    found = calibrate(own, read_log(path, own), path)
    stays = {one.path: one.reason for one in found.unchanged}
    assert stays["roster.posts.officer.answer"] == "setting"
    assert stays["roster.desks.village.relay"] == "family"
    hourly = load_scenario(tmp_path / "night.yaml", [f"roster.posts.secretary.answer=[{', '.join(['0.7'] * 24)}]"])
    stays = {one.path: one.reason for one in calibrate(hourly, read_log(path, hourly), path).unchanged}
    assert stays["roster.posts.secretary.answer"] == "hours"


def test_too_few_are_refused_in_words(own: Scenario, tmp_path: Path) -> None:
    """Which number, how many there are and how many it takes; on request they stay instead."""
    rng = np.random.default_rng(1)
    rows = drawn_rows(rng, "村支书", 30, 0.9, 0.7, 1) + drawn_rows(rng, "网格员", 4, 1.0, 1.0, 1)
    with pytest.raises(InputError) as told:
        made(own, tmp_path, rows)
    (fault,) = told.value.faults
    assert fault.key == "roster.posts.grid_worker.answer"
    assert fault.problem.zh == f"网格员每次接听的概率：日志里只有4次试拨，至少要{FEWEST}次试拨"
    assert "--leave-few" in fault.remedy.zh
    found = made(own, tmp_path, rows, leave_few=True)
    assert ("roster.posts.grid_worker.answer", "few", 4) in [
        (one.path, one.reason, one.count) for one in found.unchanged
    ]


def test_a_log_that_tells_nothing_is_refused(own: Scenario, tmp_path: Path) -> None:
    """A log of which nothing can be used writes nothing."""
    rows = drawn_rows(np.random.default_rng(1), "值班员", 3, 1.0, 1.0, 1)
    with pytest.raises(InputError, match="没有能用来校准"):
        made(own, tmp_path, [row | {"ring_s": "", "talk_s": ""} for row in rows], leave_few=True)


def test_more_weight_of_the_prior_moves_less(own: Scenario, tmp_path: Path) -> None:
    """The heavier the scenario's number, the nearer it stays."""
    rows = drawn_rows(np.random.default_rng(2), "村支书", 30, 1.0, 0.3, 1)
    moved = []
    for weight in (5.0, 20.0, 200.0):
        found = made(own, tmp_path, rows, weight=weight, leave_few=True)
        (one,) = [one for one in found.learnt if one.about.kind == "answer"]
        moved.append(70 - float(one.value.removesuffix(" %")))
    assert moved[0] > moved[1] > moved[2] > 0


# --- what is written --------------------------------------------------------------------------------------------------


def load_with(own: Scenario, found: Calibration, folder: Path) -> Scenario:
    """Return the scenario that extends what was written."""
    (folder / "calibration.yaml").write_text(overlay_text(found), encoding="utf-8")
    (folder / "stated.yaml").write_text(own.resolved, encoding="utf-8")
    (folder / "night.yaml").write_text("extends: [stated.yaml, calibration.yaml]\nname: night\n", encoding="utf-8")
    return load_scenario(folder / "night.yaml")


def at(loaded: Scenario, path: str) -> Any:  # noqa: ANN401 - any part of a plan
    """Return what stands at a path of a scenario that was read."""
    here: Any = loaded.written
    for name in path.split("."):
        here = here[name]
    return here


def test_the_overlay_loads_and_the_scenario_has_exactly_these_numbers(
    own: Scenario, learnt: Calibration, tmp_path: Path
) -> None:
    """Every number that is told is the number that is then played; all others are as before."""
    loaded = load_with(own, learnt, tmp_path)
    for one in learnt.learnt:
        assert at(loaded, one.path) == one.value
    posts, before = loaded.plan.roster.posts, own.plan.roster.posts
    values = {one.path: one.value for one in learnt.learnt}
    secretary = "roster.posts.secretary"
    assert posts["secretary"].reachable == parse(values[f"{secretary}.reachable"], SHARE)
    assert posts["secretary"].answer[12] == parse(values[f"{secretary}.answer.day"], SHARE)
    assert posts["secretary"].answer[2] == parse(values[f"{secretary}.answer.night"], SHARE)
    assert posts["officer"] == before["officer"]
    assert posts["grid_worker"].reachable == before["grid_worker"].reachable
    assert loaded.plan.channels.phone is not None
    pickup = "channels.phone.pickup.lognormal"
    assert loaded.plan.channels.phone.pickup == Lognormal(
        *(parse(values[f"{pickup}.{name}"], DURATION) for name in ("median", "p90"))
    )
    assert loaded.plan.roster.desks["county"] == own.plan.roster.desks["county"]
    assert loaded.plan.channels.sms == own.plan.channels.sms


def test_what_is_written_is_read_back_as_it_was(learnt: Calibration) -> None:
    """The text of the overlay is the overlay."""
    read_back = YAML(typ="safe", pure=True).load(overlay_text(learnt))
    assert read_back == overlay(learnt)


def test_sources_are_the_log(own: Scenario, learnt: Calibration, tmp_path: Path) -> None:
    """Name, dates and counts stand at each block; 文件 only where all numbers of a block come from the log; the old source follows."""
    text = overlay(learnt)
    secretary, worker = (text["roster"]["posts"][post] for post in ("secretary", "grid_worker"))
    assert "log.xlsx" in secretary["source"]
    assert "2026-06-01至2026-06-04" in secretary["source"]
    assert re.search(r"70人次、试拨\d+次、接听\d+次", secretary["source"])
    assert secretary["status"] == "文件"
    assert "status" not in worker  # reachable stays an assumption
    assert "其余为情景原值" in worker["source"]
    keys = {one.key for one in load_with(own, learnt, tmp_path).assumptions}
    assert {"roster.posts.secretary", "roster.desks.township", "channels.phone"} <= keys


def test_ranges_of_what_is_not_known_replace_those_of_the_scenario(tmp_path: Path) -> None:
    """A range with a law and a correlation that stood there before gives way to the interval; its title stays; the scenario loads."""
    path = "roster.posts.secretary.answer.night"
    before = {
        path: {"title": "夜里接不接", "range": ["69 %", "71 %"], "shape": {"triangular": {"mode": "70 %"}}},
        "channels.phone.pickup.lognormal.median": {"range": ["9 s", "11 s"], "rank_correlation": {path: 0.3}},
    }
    own = scenario(tmp_path, uncertain=before)
    found = made(own, tmp_path, rows_of_a_drill())
    plans = load_with(own, found, tmp_path).plan.uncertain
    for one in found.learnt:
        assert plans[one.path].range == (one.low, one.high)
        assert plans[one.path].status == "文件"
    assert plans[path].title == "夜里接不接"
    assert plans[path].shape is None


def test_intervals_of_one_law_never_cross() -> None:
    """Ranges of parameters that must rise do so at whichever ends they stand, also where little is known of them."""
    ends = {"median": ["2 min", "9 min"], "p90": ["4 min", "30 min"]}
    parted(Lognormal(5, 8), ends, {"median": "3 min", "p90": "8 min"})
    assert ends == {"median": ["2 min", "6.5 min"], "p90": ["6.5 min", "30 min"]}


@pytest.mark.parametrize(
    ("value", "written"), [(0.5, "50 %"), (0.12345, "12.3 %"), (1.0, "100 %"), (0.9999, "100 %"), (0.0, "0 %")]
)
def test_shares_are_written_to_a_tenth_of_a_per_cent(value: float, written: str) -> None:
    """A share is written as scenarios write it."""
    assert written_share(value) == written


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [(1.23456, "min", "1.23 min"), (0.25, "s", "15 s"), (123.4, "min", "123 min"), (90, "h", "1.5 h")],
)
def test_lengths_are_written_to_three_digits(value: float, unit: str, written: str) -> None:
    """A length of time keeps the unit of the scenario."""
    assert written_minutes(value, unit) == written


# --- diagnostics ------------------------------------------------------------------------------------------------------


def test_tries_are_counted_with_what_was_to_be_expected(learnt: Calibration) -> None:
    """All tries and answers are counted once; the first try is to be answered with reachable × answer."""
    counted = tries_counted(learnt)
    assert sum(one.tries for one in counted) == learnt.log.tries
    assert sum(one.answered for one in counted) == sum(
        tried.answered for one in learnt.log.called for tried in one.tries
    )
    first = next(one for one in counted if (one.post, one.period, one.number) == ("secretary", "night", 1))
    assert first.expected_before == pytest.approx(first.tries * 0.94 * 0.70)


def test_a_later_try_is_to_be_answered_by_who_is_still_within_reach(own: Scenario, tmp_path: Path) -> None:
    """After one try that nobody answered, reachable is ρ(1 − a) / (1 − ρ + ρ(1 − a)), by Bayes."""
    rows = [
        row
        for n in range(12)
        for row in (CALL | {"person": n, "answered": "未接"}, CALL | {"person": n, "at": "02:12", "number": 2})
    ]
    second = tries_counted(made(own, tmp_path, rows))[1]
    still = 0.94 * 0.3 / (0.06 + 0.94 * 0.3)
    assert second.expected_before == pytest.approx(12 * still * 0.7)


def test_a_law_that_fits_is_left_and_one_that_does_not_is_told(learnt: Calibration) -> None:
    """Lognormal minutes in a triangular law are told to fit a lognormal one better; minutes of the law itself are not."""
    shares = (np.arange(200) + 0.5) / 200
    law = Triangular(1, 2, 5)
    spread = tuple(Lognormal(3, 12).draw(shares).tolist())
    about = Subject("relay", "township")
    samples = (
        Sample("a", about, law, Triangular(0.3, 0.4, 60), spread, ENDLESS),
        Sample("b", about, law, law, tuple(law.draw(shares).tolist()), ENDLESS),
    )
    ill, well = fits(replace(learnt, samples=samples))
    assert (ill.p < 0.05, ill.better) == (True, "lognormal")
    assert (well.p > 0.99, well.better) == (True, None)
    assert well.pit == pytest.approx(np.repeat(shares, len(well.pit) // 200))


def test_people_of_two_kinds_are_told_to_be_mixed(own: Scenario, tmp_path: Path) -> None:
    """Where half answer nearly always and half seldom, later tries do not agree with one chance for all; where all are alike they do."""
    rng = np.random.default_rng(4)
    seldom = [row | {"person": f"少{row['person']}"} for row in drawn_rows(rng, "村支书", 145, 1.0, 0.15, 4)]
    two = made(own, tmp_path, drawn_rows(rng, "村支书", 145, 1.0, 0.97, 4) + seldom)
    alike = made(own, tmp_path, drawn_rows(rng, "村支书", 290, 0.9, 0.65, 4))
    assert tries_fit(tries_counted(two))["secretary"] < 0.001
    assert tries_fit(tries_counted(alike))["secretary"] > 0.05
    said = ["仍不相合" in "".join(report.calibration_sentences(own, "zh")) for own in (two, alike)]
    assert said == [True, False]


def test_whole_minutes_are_no_gap(learnt: Calibration) -> None:
    """The law itself, written down to whole minutes, fits: it is looked at between minutes only; a tenth as fine, the steps would be gaps."""
    law = Lognormal(3, 8)
    exact = law.draw((np.arange(300) + 0.5) / 300)
    rounded = np.maximum(np.round(exact), 1.0)
    about = Subject("relay", "township")
    (fit,) = fits(replace(learnt, samples=(Sample("a", about, law, law, tuple(rounded.tolist()), ENDLESS),)))
    below_half = float(law_below(law)(np.array(0.5)))
    assert fit.gap == pytest.approx(
        below_half, abs=1 / 300
    )  # no whole minute is left for what took less than half of one
    assert fit.p > 0.5
    steps = replace(learnt, samples=(Sample("a", about, law, law, tuple((rounded + 0.001).tolist()), ENDLESS),))
    assert fits(steps)[0].p < 0.01


WARNINGS = ("只有一个值班日", "不到5人", "试拨都在", "算了两遍")


def warnings_of(found: Calibration) -> list[bool]:
    """Return which of the warnings of how little a log is of are said."""
    said = "".join(report.calibration_sentences(found, "zh"))
    return [warning in said for warning in WARNINGS]


def test_how_little_a_log_is_of_is_said(own: Scenario, tmp_path: Path) -> None:
    """One duty day, fewer than five persons, calls by night alone, a log that the scenario has been calibrated by: each is said where it is so."""
    one_night = [CALL | {"person": n, "answered": "接听" if n % 3 else "未接"} for n in range(12)]
    three_persons = [CALL | {"date": f"2026-06-{n + 1:02d}", "person": n % 3} for n in range(12)]
    sound = [row for row in rows_of_a_drill() if row["post"] == "村支书"]
    found = made(own, tmp_path, sound)
    assert warnings_of(found) == [False, False, False, False]
    assert warnings_of(made(own, tmp_path, one_night)) == [True, False, False, False]
    ringing = [row | {"ring_s": 5 + n} for n, row in enumerate(three_persons)]
    assert warnings_of(made(own, tmp_path, ringing)) == [False, True, True, False]
    again = load_with(own, found, tmp_path)
    assert warnings_of(made(again, tmp_path, sound)) == [False, False, False, True]


# --- papers and command -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_page_and_workbook_say_every_number(learnt: Calibration, tmp_path: Path, language: Any) -> None:  # noqa: ANN401 - a literal
    """Each number learnt stands on the page and in the workbook with its path, and the stamp on both."""
    page = report.calibration_page(learnt, language)
    stamp = "模拟推演" if language == "zh" else "imulat"
    assert stamp in page
    assert page.count("<figure") == 2
    path = tmp_path / "book.xlsx"
    path.write_bytes(report.calibration_book(learnt, language))
    cells = {
        cell for sheet in openpyxl.load_workbook(path) for line in sheet.iter_rows(values_only=True) for cell in line
    }
    assert {one.path for one in learnt.learnt} | {one.path for one in learnt.unchanged} <= cells
    if language == "en":
        assert not re.search("[一-鿿]", " ".join(report.calibration_sentences(learnt, "en")))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_blank_log_is_read_once_it_is_filled_in(own: Scenario, tmp_path: Path, language: Any) -> None:  # noqa: ANN401 - a literal
    """A blank log is a log: its headings are known, rows filled in are read, and empty it holds no row."""
    path = tmp_path / "log.xlsx"
    path.write_bytes(report.log_template(own, language))
    assert read_log(path, own).tries == 0
    book = openpyxl.load_workbook(path)
    for number, column in enumerate(CALLS, start=1):
        book.worksheets[1].cell(2, number).value = CALL.get(column.key)
    for column, value in ((1, "入户" if language == "zh" else "door"), (3, 3)):
        book.worksheets[2].cell(2, column).value = value
    book.save(path)
    log = read_log(path, own)
    assert log.called[0].post == "secretary"
    assert log.per_house_min == (3.0,)


@pytest.fixture
def files(own: Scenario, tmp_path: Path) -> Callable[[list[dict[str, Any]]], list[str]]:
    """Return what writes a scenario and a log, and gives the arguments for them."""

    def write(rows: list[dict[str, Any]]) -> list[str]:
        (tmp_path / "night.yaml").write_text(own.resolved, encoding="utf-8")
        (tmp_path / "log.csv").write_bytes(csv_of(rows, "gb18030"))
        return [str(tmp_path / "night.yaml"), str(tmp_path / "log.csv")]

    return write


def test_the_command_writes_three_files(files: Callable[[list[dict[str, Any]]], list[str]], tmp_path: Path) -> None:
    """Overlay, page and workbook stand beside each other; the sentences say what changed; a second time nothing is overwritten."""
    arguments = ["calibrate", *files(rows_of_a_drill()), "--out", tmp_path / "own.yaml"]
    done = invoke(*arguments)
    assert done.exit_code == 0, done.output
    assert "村支书夜间每次接听的概率：原来70%" in done.output
    assert {f"own.{ending}" for ending in ("yaml", "html", "xlsx")} <= {path.name for path in tmp_path.iterdir()}
    assert invoke(*arguments).exit_code == 2
    told = json.loads(invoke(*arguments, "--force", "--json").stdout)
    assert {one["path"] for one in told["learnt"]} >= {"roster.posts.secretary.answer.night"}
    checked = tmp_path / "checked.yaml"
    checked.write_text("extends: [night.yaml, own.yaml]\n", encoding="utf-8")
    assert invoke("check", checked).exit_code == 0


def test_the_command_refuses_and_writes_nothing(
    files: Callable[[list[dict[str, Any]]], list[str]], tmp_path: Path
) -> None:
    """Faults, too few data, a wrong ending and a missing log end with 2, and no file is written."""
    few = drawn_rows(np.random.default_rng(1), "村支书", 3, 1.0, 1.0, 1)
    arguments = files(few)
    out = tmp_path / "own.yaml"
    assert "至少要10次试拨" in invoke("calibrate", *arguments, "--out", out).output
    for wrong in (
        ["calibrate", *arguments, "--out", out],
        ["calibrate", *arguments, "--out", tmp_path / "own.txt"],
        ["calibrate", arguments[0]],
        ["calibrate", *arguments, "--template", tmp_path / "blank.xlsx"],
        ["calibrate", *files([CALL | {"at": "25:00"}]), "--out", out],
    ):
        assert invoke(*wrong).exit_code == 2, wrong
    assert {path.name for path in tmp_path.iterdir()} == {"night.yaml", "log.csv"}


def test_no_file_that_is_read_is_written_over(
    files: Callable[[list[dict[str, Any]]], list[str]], tmp_path: Path
) -> None:
    """A log beside which the workbook would have its name, and the scenario, stay as they were, whatever may be replaced."""
    night, _ = files([])
    log = tmp_path / "own.xlsx"
    log.write_bytes(xlsx_of(rows_of_a_drill()))
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    for out in (tmp_path / "own.yaml", night):
        done = invoke("calibrate", night, log, "--out", out, "--force")
        assert done.exit_code == 2
        assert "会写在读入的文件上" in done.output
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_command_writes_a_blank_log(files: Callable[[list[dict[str, Any]]], list[str]], tmp_path: Path) -> None:
    """With a scenario or without one; the posts of a scenario can be chosen from."""
    night = files([])[0]
    for number, arguments in enumerate(([], [night])):
        out = tmp_path / f"blank{number}.xlsx"
        assert invoke("calibrate", *arguments, "--template", out).exit_code == 0
        guide = openpyxl.load_workbook(out).worksheets[0]
        texts = {cell for line in guide.iter_rows(values_only=True) for cell in line}
        assert ("村支书" in texts) == bool(arguments)
