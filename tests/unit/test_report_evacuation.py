"""What people see of evacuation and report-up: whole persons, facts apart from reports, no forecast of casualties, nothing where none is played."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest

from sim.measures import evacuation, evacuation_curve, naming, report_up, tabulate
from sim.records import ACTS, CAUSES, EXCLUDED, EXPOSED, REPORT_KINDS, Event, EventLog, Night
from sim.report import explain, terminal_summary, write_report
from sim.report.content.evacuation import moved_account, moved_here
from sim.report.content.reported import known_here, reports_account
from sim.report.content.scope import Scope, find
from sim.report.content.summary import in_short
from sim.report.content.verdicts import Verdict, verdicts
from sim.report.figures import draw as figures
from sim.report.figures.evacuation import draw_evacuation, draw_reports
from sim.report.figures.sheet import Sheet, drawing
from sim.report.words.language import Words
from sim.report.words.phrases import PHRASES
from sim.report.words.phrases_evacuation import OF_EVACUATION
from sim.scenario import Scenario, TargetPlan, load_scenario
from sim.scenario.acts import Alarm
from sim.scenario.evacuation import ShelterUsePlan, Start, TriggerPlan
from sim.scenario.schema import HazardPlan
from sim.warning import simulate

ROOT = Path(__file__).resolve().parents[2]
CJK = re.compile(r"[\u3000-\u3013\u3016-\u303f\u3400-\u9fff\uff00-\uffef]")
ZH, EN = Words("zh"), Words("en")
INF = math.inf
NO_FORECAST = "不是伤亡预测"


# --- nights -----------------------------------------------------------------------------------------------------------


def short(scenario: Scenario, night: Night, scope: Scope, judged: list[Verdict]) -> str:
    """Return the night in short, its paragraphs one after the other."""
    return ZH.run_on(in_short(scenario, night, scope, "", judged, ZH))


@cache
def shigang(*overrides: str) -> tuple[Scenario, Night]:
    """Return the day of one group of five households and thirteen persons, all of them safe before the rockfall."""
    scenario = load_scenario(ROOT / "scenarios/validation/n2-shigang-2025.yaml", overrides)
    return scenario, simulate(scenario)


@cache
def caught() -> tuple[Scenario, Night]:
    """Return the same day with records made by hand: one household each safe, refusing, gone home, away, and not told."""
    scenario, night = shigang()
    records = night.evacuation
    assert records is not None
    assert len(records.rows) == 5
    cause = [EXPOSED.index(name) for name in ("refused", "went_back", "not_told")]
    changes: dict[str, Any] = {
        "due_min": np.zeros(5),
        "trigger": np.array([0, 0, 0, -1, -1]),
        "prompted_min": np.array([30.0, 30.0, 40.0, 20.0, INF]),
        "ready_min": np.array([50.0, INF, 60.0, INF, INF]),
        "departed_min": np.array([55.0, INF, 61.0, INF, INF]),
        "safe_min": np.array([75.5, INF, 90.0, INF, INF]),
        "returned_min": np.array([INF, INF, 150.0, INF, INF]),
        "onset_min": np.full(5, 210.0),
        "exposed": np.array([-1, cause[0], cause[1], -1, cause[2]], dtype=np.int8),
        "excluded": np.array([-1, -1, -1, EXCLUDED.index("away"), -1], dtype=np.int8),
    }
    village = next(event.place for event in night.events if event.event == "onset")
    village = int(scenario.county.places.parent[village])
    helped = (
        Event(100.0, "evacuation", village, "", -1, "", "asked_for_help", ""),
        Event(130.0, "evacuation", village, "", -1, "", "asked_for_help", ""),
        Event(160.0, "evacuation", village, "", int(scenario.county.places.parent[village]), "", "arrived", ""),
    )
    return scenario, replace(night, evacuation=replace(records, **changes), log=EventLog([*night.events, *helped]))


def unplayed() -> tuple[Scenario, Night]:
    """Return the day without evacuation and reports in its records."""
    scenario, night = shigang()
    return scenario, replace(night, evacuation=None, reports=None)


@pytest.fixture(autouse=True)
def _coarse_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Save the pictures coarsely: their resolution takes most of the time and is no law."""
    monkeypatch.setattr(figures, "_PNG_DPI", 40)


def page(where: Path, scenario: Scenario, night: Night, language: str = "zh", *, real: bool = False) -> str:
    names = naming(scenario, real_names=real)
    path = write_report(where, scenario, night, tabulate(scenario, night, names), names, language=language)
    text = re.sub(r"<style>.*?</style>|<svg.*?</svg>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "\n", text))


def whole(scenario: Scenario) -> Any:  # noqa: ANN401 - a scope
    return find(scenario, naming(scenario), None)


def sheet_of(scenario: Scenario, night: Night, words: Words = ZH) -> Sheet:
    return Sheet(scenario, night, naming(scenario), whole(scenario), words)


def with_targets(scenario: Scenario) -> Scenario:
    """Return the scenario with a target of safety and one of reports alone."""
    plan = {"share": 1.0, "within": "2 h", "probability": 0.9, "applies_to": "x", "source": "x", "status": "演示"}
    targets = (
        TargetPlan.model_validate(
            plan | {"id": "s", "name": "安全", "since": "t0", "event": "safe", "of_whom": "listed_household"}
        ),
        TargetPlan.model_validate(
            plan | {"id": "r", "name": "报送", "since": "t0", "event": "reported", "of_whom": "village"}
        ),
    )
    return replace(scenario, plan=scenario.plan.model_copy(update={"targets": targets, "call_targets": ()}))


# --- words ------------------------------------------------------------------------------------------------------------


def test_every_word_that_an_evacuation_can_need_is_there() -> None:
    """Causes, reasons, kinds of report and shelter, starts of local warnings, kinds of hazard, whom a trigger is about."""
    starts = [name for part in get_args(Start) for name in (get_args(part) or (part,))]
    codes = [f"exposed.{cause}" for cause in EXPOSED] + [f"excluded.{reason}" for reason in EXCLUDED]
    codes += [f"report_kind.{kind}" for kind in REPORT_KINDS] + [f"cause.{cause}" for cause in CAUSES]
    (kinds,) = (get_args(part)[0] for part in [ShelterUsePlan.model_fields["kinds"].annotation])
    codes += [f"shelter_kind.{kind}" for kind in get_args(kinds)] + [f"on.{start}" for start in starts]
    codes += [f"cause.{alarm}" for alarm in get_args(Alarm)]
    codes += [f"hazard.{kind}" for kind in get_args(HazardPlan.model_fields["kind"].annotation)]
    codes += [f"trigger.{whom}" for whom in get_args(TriggerPlan.model_fields["whom"].annotation)]
    codes += [f"happened.{act}" for act in ACTS[-4:]]
    codes += [f"{kind}.{event}" for kind in ("event", "did", "verdict.undone") for event in ("safe", "reported")]
    assert not [code for code in codes if code not in PHRASES]


def test_exposed_persons_are_never_named_without_their_caution() -> None:
    """Sentences that count persons still in danger areas say that this is no forecast of casualties, in both languages."""
    for key, text in OF_EVACUATION.items():
        if "{exposed}" in text.zh:
            assert NO_FORECAST in text.zh, key
            assert "no forecast of casualties" in re.sub(r"\s+", " ", text.en), key


# --- the section ------------------------------------------------------------------------------------------------------


def test_where_it_is_not_played_there_is_no_section(tmp_path: Path) -> None:
    """No section, no figure, no line on the terminal; the notes say what is not simulated, and no more than that."""
    scenario, night = unplayed()
    text = page(tmp_path, scenario, night)
    assert "仍在危险区的人数没有计算" in text
    assert "本情景没有推演：避险转移、信息报送" in text
    for said in ("应转移人员的去向", "县里掌握"):
        assert said not in text
    assert not {"evacuation.png", "reports.png"} & {path.name for path in (tmp_path / "figures").iterdir()}
    terminal = terminal_summary(scenario, night, "zh")
    assert "避险转移：" not in terminal
    assert "信息报送：" not in terminal
    only = replace(shigang()[1], reports=None)
    text = page(tmp_path, scenario, only)
    assert "本情景没有推演：信息报送。" in text
    assert "县里掌握" not in text
    assert "没有推演：" not in page(tmp_path, *shigang())


def test_the_page_tells_who_was_safe_and_who_was_not(tmp_path: Path) -> None:
    """The first sentence, the onset, the margin, the help that came; the same on the terminal and in short."""
    scenario, night = caught()
    text = page(tmp_path, scenario, night)
    found = evacuation(scenario, night)
    assert found is not None
    persons = scenario.county.households.persons[night.evacuation.rows].tolist()  # type: ignore[union-attr]
    exposed = persons[1] + persons[2] + persons[4]
    main = (
        f"应转移5户13人：得知要转移（含听到预警自行离开的）{13 - persons[4]}人；灾害发生前已安全转移{persons[0]}人；"
        f"灾害发生时仍在危险区{exposed}人（不是伤亡预测；发生灾害的1处危险区共有应转移13人）；其余{persons[3]}人（灾害发生时不在家{persons[3]}人）。"
    )
    assert main in text
    assert main in terminal_summary(scenario, night, "zh")
    assert "1处危险区发生灾害，11:30。" in text
    assert f"已安全转移的{persons[0]}人中，最早的一半至少提前134分钟，最慢的10%提前不超过135分钟。" in text
    assert "请求增援，共2次；到达1次。" in text
    assert f"灾害发生时仍在危险区{exposed}人（不是伤亡预测；" in short(scenario, night, whole(scenario), [])
    assert {"evacuation.png", "reports.png"} <= {path.name for path in (tmp_path / "figures").iterdir()}


def test_the_table_of_outcomes_counts_everybody_once() -> None:
    """Its rows sum to the total, in households and in persons; causes stand with their words."""
    scenario, night = caught()
    told = moved_account(scenario, night, naming(scenario), whole(scenario), ZH)
    assert told is not None
    fates = told.tables[0]
    *parts, total = fates.rows
    assert [sum(int(row[n]) for row in parts) for n in (2, 3)] == [int(total[2]), int(total[3])] == [5, 13]
    assert [row[1] for row in parts] == ["—", "未得知", "不愿转移", "擅自返回（回流）", "灾害发生时不在家"]
    triggers = told.tables[1]
    assert [row[0] for row in triggers.rows] == [
        "立即转移指令",
        "听到预警自行离开（未等要求）",
        "推演结束仍没有接到转移要求，也没有自行离开",
    ]
    assert triggers.rows[0][1] == "待核实"
    assert sum(int(row[3]) for row in triggers.rows) == 13


def test_margins_and_requests_have_rows() -> None:
    """134.5 minutes stand in the row of two hours or more; the arrival answers the last request, the first is still open."""
    scenario, night = caught()
    told = moved_account(scenario, night, naming(scenario), whole(scenario), ZH)
    assert told is not None
    by_title = {table.title: table for table in told.tables}
    margins = by_title["提前多久到达安全处"].rows
    assert [row[1] for row in margins] == ["1", "0", "0", "0", "0"]
    first, second, total = by_title["增援"].rows
    assert total == ("合计", "2次", "1次", "")
    assert (first[0], first[2], second[0], second[2]) == ("09:40", "推演结束仍未到达", "10:10", "10:40")


def test_codes_of_danger_areas_are_shown_only_with_real_names() -> None:
    """Coded, the table of danger areas has kind and place; with real names its code too."""
    scenario, night = caught()
    for real in (False, True):
        told = moved_account(scenario, night, naming(scenario, real_names=real), whole(scenario), ZH)
        assert told is not None
        (zones,) = (table for table in told.tables if table.title == "发生灾害的危险区")
        cells = [cell for row in zones.rows for cell in row]
        assert ("NX010102Z" in cells) == (naming(scenario, real_names=real).real)
        assert {len(row) for row in zones.rows} == {len(zones.columns)}
        *each, total = ([int(cell) for cell in row[-4:]] for row in zones.rows)
        assert [sum(column) for column in zip(*each, strict=True)] == total


def test_fact_and_report_stand_apart(tmp_path: Path) -> None:
    """What is and what was reported have their own numbers; the known curve ends at what the measures say is known."""
    scenario, night = shigang()
    found, known = report_up(scenario, night), known_here(moved_here(scenario, night, whole(scenario)))
    assert found is not None
    assert known is not None
    minutes, persons = known.safe_by_report()
    assert persons[-1] == found.safe_persons_known
    assert (np.diff(minutes) > 0).all()
    text = page(tmp_path, scenario, night)
    assert f"实际在安全处{known.safe_persons}人（推演中的事实，不含擅自返回的）" in text
    assert f"已安全转移{found.safe_persons_known}人（按各村最近一次报到县里的数）" in text
    told = reports_account(scenario, night, whole(scenario), ZH)
    assert told is not None
    assert [row[0] for row in told.tables[0].rows] == ["初报", "续报", "核报"]
    assert sum(int(row[1]) for row in told.tables[0].rows) == len(night.reports or ())


def test_villages_that_did_not_report_are_counted() -> None:
    """No report came: none reported, no clock time, final reports incomplete."""
    scenario, night = shigang()
    lost = tuple(report._replace(township_min=INF, county_min=INF) for report in night.reports or ())
    told = reports_account(scenario, replace(night, reports=lost), whole(scenario), ZH)
    assert told is not None
    assert re.search(r"1个\S+中，0个报到县里，1个到推演结束仍未报到。", told.sentences[0])
    assert "没有收齐" in told.sentences[-1]
    assert {row[-1] for row in told.tables[0].rows} == {"—"}


def test_an_older_report_that_comes_later_takes_nothing_back() -> None:
    """The county keeps the report that was counted last."""
    scenario, night = shigang()
    first = (night.reports or ())[0]
    came = (
        first._replace(counted_min=50.0, county_min=60.0, safe_persons=9),
        first._replace(counted_min=40.0, county_min=80.0, safe_persons=4),
    )
    known = known_here(moved_here(scenario, replace(night, reports=came), whole(scenario)))
    assert known is not None
    assert [column.tolist() for column in known.safe_by_report()] == [[0.0, 60.0, 80.0], [0, 9, 9]]


def test_a_place_without_danger_has_no_section() -> None:
    """Where nobody is due the section says so or is not there, and no figure is drawn."""
    scenario, night = caught()
    records = night.evacuation
    assert records is not None
    none_due = replace(
        records, due_min=np.full(5, np.inf), exposed=np.full(5, -1, np.int8), excluded=np.full(5, -1, np.int8)
    )
    told = moved_account(scenario, replace(night, evacuation=none_due), naming(scenario), whole(scenario), ZH)
    assert told is not None
    assert told.sentences[0] == "本次推演没有应转移人员。"
    assert any("没有要求转移的危险区" in said for said in told.sentences)
    empty = sheet_of(scenario, replace(night, evacuation=none_due))
    with drawing():
        assert draw_evacuation(empty) is None
        assert draw_reports(empty) is None


# --- figures ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [ZH, EN])
def test_the_figure_draws_what_the_measures_count(words: Words) -> None:
    """Told, departed and safe end at the counts, the exposed below at theirs; the order is named, nothing is infinite."""
    scenario, night = caught()
    curve = evacuation_curve(scenario, night)
    assert curve is not None
    with drawing():
        figure = draw_evacuation(sheet_of(scenario, night, words))
    assert figure is not None
    above, below = figure.axes
    lines = {line.get_label(): line for axes in (above, below) for line in axes.lines}
    for axes, key, column in (
        (above, "prompted", "prompted"),
        (above, "departed", "departed"),
        (above, "safe", "safe"),
        (below, "exposed", "exposed"),
    ):
        line = lines[words(f"curve.{key}")]
        assert line.axes is axes
        assert line.get_ydata()[-1] == curve[column].iloc[-1]
    for line in lines.values():
        assert np.isfinite(line.get_ydata()).all()
    assert any(words("act.order", level=words("order.move")) == text.get_text() for text in above.texts)
    assert any("11:30" in label.get_text() or "11:00" in label.get_text() for label in below.get_xticklabels())
    assert not [label.get_text() for label in above.get_xticklabels() if label.get_text()]


def test_the_figure_of_reports_has_two_curves() -> None:
    """The fact and what is known, both in whole persons."""
    scenario, night = shigang()
    with drawing():
        figure = draw_reports(sheet_of(scenario, night))
    assert figure is not None
    (axes,) = figure.axes
    assert axes.get_legend_handles_labels()[1] == [ZH(f"curve.{key}") for key in ("due", "safe_fact", "safe_known")]


# --- requirements -----------------------------------------------------------------------------------------------------


def test_requirements_on_safety_and_reports_have_their_sentences(tmp_path: Path) -> None:
    """Met, not completed, and not simulated, which is neither; in both languages."""
    scenario = with_targets(shigang()[0])
    states = {}
    for name, night in (("played", shigang()[1]), ("caught", caught()[1]), ("not", unplayed()[1])):
        judged = verdicts(scenario, night, ZH)
        states[name] = [verdict.state for verdict in judged]
        english = " ".join(verdict.sentence for verdict in verdicts(scenario, night, EN))
        assert not CJK.search(english)
        assert "{" not in "".join(verdict.sentence for verdict in judged)
    assert states["not"] == ["unsimulated", "unsimulated"]
    assert states["caught"][0] == "undone"
    assert states["played"][0] in ("met", "late")
    judged = verdicts(scenario, unplayed()[1], ZH)
    assert {verdict.state_text for verdict in judged} == {"未推演"}
    assert "另有2项时限要求没有推演，不评。" in short(scenario, unplayed()[1], whole(scenario), judged)
    assert "未推演" in page(tmp_path, scenario, unplayed()[1])
    assert "未推演" in terminal_summary(scenario, unplayed()[1], "zh")
    undone = verdicts(scenario, caught()[1], ZH)[0].sentence
    assert "安全转移" in undone
    assert "未到安全处" in undone


# --- language ---------------------------------------------------------------------------------------------------------


def test_the_english_section_speaks_english() -> None:
    """Chinese is left only in names of places."""
    scenario, night = caught()
    names = naming(scenario)
    moved = moved_account(scenario, night, names, whole(scenario), EN)
    known = reports_account(scenario, night, whole(scenario), EN)
    assert moved is not None
    assert known is not None
    said = [*moved.sentences, *moved.notes, *known.sentences, *known.notes]
    for table in (*moved.tables, *known.tables):
        said += [table.title, *table.notes, *(column.heading for column in table.columns)]
        said += [cell for row in table.rows for cell in row if cell not in names.label]
    text = "\n".join(said)
    for name in sorted({part for label in names.label for part in label.split("·")}, key=len, reverse=True):
        text = text.replace(name, "")
    assert not CJK.findall(text), text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_of_an_evacuation_shows_a_forbidden_word(tmp_path: Path, language: str) -> None:
    """Neither inf nor NaN nor 脱岗 nor 达标, whatever did not happen."""
    forbidden = re.compile(r"脱岗|达标|\binf\b|\bnan\b|\bNone\b|本夜|当夜", re.IGNORECASE)
    for scenario, night in (caught(), shigang(), unplayed()):
        text = page(tmp_path, scenario, night, language)
        for item in scenario.assumptions:
            text = text.replace(item.source, "")
        assert not forbidden.search(text.replace(scenario.plan.title, ""))
        assert not forbidden.search(terminal_summary(scenario, night, language))


# --- explain ----------------------------------------------------------------------------------------------------------


def test_explain_tells_the_evacuation() -> None:
    """Triggers with source and status, deciding, walking, helpers, shelters, what comes after, reports, the onset."""
    scenario, _ = shigang()
    text = explain(scenario, "zh")
    for said in (
        "1. 立即转移指令：得知立即转移指令，清单上的户必须转移。依据：",
        "状态：待核实。",
        "首次不愿转移的户占15%；5%的户听到预警",
        "每次劝成80%，最多上门",
        "步行：平路、白天、晴天每小时4.7公里；道路平均坡度12%",
        "帮扶：每村4人",
        "转移车辆：每村1辆",
        "启用紧急避难场所（安置点）、短期避难场所（安置点）",
        "到达后3%的户擅自返回",
        "有户等帮扶超过30分钟",
        "以后每60分钟续报一次",
        "指定：1处危险区，11:30",
        "不是预报",
    ):
        assert said in text, said
    assert "避险转移·启动条件·立即转移指令" in text


def test_explain_tells_what_is_missing_and_speaks_english() -> None:
    """Without helpers, vehicles, persuasion, returns and reinforcements it says so; English holds no Chinese of ours."""
    parts = ("persuasion", "helpers", "vehicles", "returns", "reinforcement", "relief", "key_sites")
    scenario, _ = shigang(*(f"evacuation.{part}=null" for part in parts), "report_up=null")
    text = explain(scenario, "zh")
    for said in ("没有上门劝导", "没有帮扶人员", "没有转移车辆", "没有人擅自返回", "没有增援。"):
        assert said in text
    for absent in ("基本生活救助：", "初报", "第一批动身"):
        assert absent not in text
    for own in (scenario, shigang()[0]):
        english = explain(own, "en")
        begin, end = english.index("When and where the hazard strikes"), english.index("Call targets")
        section = english[begin:end]
        for source in sorted({item.source for item in own.assumptions}, key=len, reverse=True):
            section = section.replace(source, "")
        assert not CJK.findall(section), section


def test_explain_tells_alarms_laws_and_the_hour() -> None:
    """Local alarms with how many points, laws of the onset, triggers of alarms, an act that waits for a clock time."""
    scenario, _ = shigang()
    rules = load_scenario(
        ROOT / "scenarios/validation/n2-shigang-2025.yaml",
        (
            'local={means: [gong], alarms: {rain_alarm: {share: 0.02, at: "20 min"}}}',
            'hazard.onset.laws={any: {share: {dry: 0, light: 0.1, heavy: 0.3}, at: "2 h", together: 0.5}}',
            'orders.move.at="09:30"',
            "evacuation.triggers.alarm={name: 报警即撤, on: [rain_alarm, cannot_judge], reach: point, whom: threatened, hours: night}",
        ),
    )
    text = explain(rules, "zh")
    for said in (
        "雨量报警：1处隐患点中2%出现，时刻为推演起算后固定20分钟",
        "1. any：候选1处危险区，本次小雨，发生的比例10%（同一乡镇一起发生的程度50%）；时刻：推演起算后固定2小时。",
        "等到09:30，",
        "报警即撤：得知雨量报警或险情不能准确判断（只限夜间），危险区内全部住户（含未登记隐患）必须转移（只是起因所在的组）",
    ):
        assert said in text, said
    assert "等到" not in explain(scenario, "zh")
