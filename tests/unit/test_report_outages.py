"""Outages as people see them: a section only where something failed, both languages, villages by the names that may be shown."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from sim.measures import naming, outage, tabulate
from sim.measures.outages import WHY_NEVER
from sim.records import CAUSES, Night
from sim.report import explain, terminal_summary, write_report
from sim.report.content.outages import account, carried, failed_here
from sim.report.content.scope import find
from sim.report.explain.outages import candidates
from sim.report.figures import draw as figures
from sim.report.figures.outages import draw_outages
from sim.report.figures.sheet import Sheet, drawing
from sim.report.words.language import Words
from sim.report.words.phrases import PHRASES
from sim.roster.plan import CallChannel, FallbackMeans
from sim.scenario import Scenario
from sim.scenario.outages import Failing
from tests.strategies import Small, call_target, channel, played, small

CJK = re.compile(r"[\u3000-\u3013\u3016-\u303f\u3400-\u9fff\uff00-\uffef]")
ZH, EN = Words("zh"), Words("en")
DECIDED = {"consultation": "1 min", "sign_off": "1 min", "signed_by": "desk", "release": "1 min"}
BATTERIES = dict.fromkeys(("base", "hub", "super", "terminal"), "1 h") | {"recharge": 4.0}


def dark_night() -> Small:
    """Return a night in which the second township loses its signal at once, a village of the first one later, and roads close.

    Nothing but roads is left to chance: the second township is reached by radio, one of its villages by satellite phone, the others not at all.
    """
    night = small()
    scenario, tables = night.scenario, night.tables
    tables["feeders.csv"] = [{"code": "F1", "substation": "U1", "place": "C"}]
    tables["sites.csv"] = [
        {"code": f"S{place}", "kind": "base", "place": place, "feeder": "F1", "uplink": "", "backhaul": "fibre"}
        for place in ("T000", "T000V002", "T001")
    ]
    villages = {row["code"]: row["parent"] for row in tables["villages.csv"]}
    own = villages | {"T000V002": "T000V002"}
    tables["covers.csv"] = [
        {"place": place, "site": f"S{site}"} for place, site in {"T000": "T000", "T001": "T001", **own}.items()
    ]
    tables["roads.csv"] = [
        {"code": f"R{n}", "from": above, "to": place, "length_m": 1000, "kind": "village"}
        for n, (place, above) in enumerate({"T000": "C", "T001": "C", **villages}.items())
    ]
    tables["sets.csv"] = [
        {"place": place, "device": device, "count": 1, "trained": 1}
        for place, device in (("T001", "radio_370"), ("T001", "sat_phone"), ("T001V000", "sat_phone"))
    ]
    handheld = {
        "needs": ["person"],
        "ready": "1 min",
        "works": 1.0,
        "answered": 1.0,
        "talk": "1 min",
        "ring": "1 min",
        "charge": "9 h",
    }
    scenario["channels"] |= {"radio_370": handheld | {"reach": "30 km"}, "sat_phone": handheld}
    scenario["channels"]["courier"] = channel("courier") | {
        "foot": {"speed": "3 km/h", "pace": {"dry": 1.0, "light": 1.5, "heavy": 3.0}, "over_closed": 2.0}
    }
    scenario["roster"]["fallback"] = {
        "notice": "2 min",
        "means": ["radio_370", "sat_phone"],
        "retry_every": "5 min",
    }
    scenario["orders"] = [
        DECIDED | {"id": "o", "stage": "move", "after": "w", "delay": "1 h", "means": [], "area": "county"}
    ]
    scenario["call_targets"].append(call_target(id="order", act="order"))
    scenario["roster"]["ladders"]["county"] = scenario["roster"]["ladders"]["township"]
    scenario["local"] = {"means": ["phone"], "own_trigger": {"share": 0.0, "after": "30 min"}}
    scenario["outages"] = {
        "failures": {
            "far": {"what": "links", "which": ["ST001"], "from": "0 min"},
            "near": {"what": "sites", "which": ["ST000V002"], "from": "40 min", "lasts": "5 h"},
            "roads": {"what": "roads", "kinds": ["village"], "within": ["T001"], "share": 0.5, "from": "02:00"},
        },
        "batteries": BATTERIES,
        "generators": {"count": 2, "served": 0.5, "dispatch": "30 min", "setup": "20 min", "speed": "20 km/h"},
    }
    return night


@cache
def dark() -> tuple[Scenario, Night]:
    return played(dark_night())


@cache
def calm() -> tuple[Scenario, Night]:
    return played(small())


@pytest.fixture(autouse=True)
def _coarse_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Save the pictures coarsely: their resolution takes most of the time and is no law."""
    monkeypatch.setattr(figures, "_PNG_DPI", 40)


def page(where: Path, scenario: Scenario, night: Night, language: str = "zh", place: str | None = None) -> str:
    names = naming(scenario)
    path = write_report(where, scenario, night, tabulate(scenario, night, names), names, language=language, place=place)
    text = re.sub(r"<style>.*?</style>|<svg.*?</svg>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "\n", text))


def code_of(scenario: Scenario, place: str) -> str:
    """Return the code by which a place is shown."""
    return naming(scenario).code[scenario.county.index[place]]


def test_every_word_that_an_outage_can_need_is_there() -> None:
    """Reasons, means of calling, causes, kinds of failure: each is said in both languages."""
    codes = [f"why.{reason}" for reason in WHY_NEVER] + [f"cause.{cause}" for cause in CAUSES]
    codes += [f"channel.{name}" for name in (*get_args(CallChannel), *get_args(FallbackMeans))]
    codes += [f"failing.{what}" for what in get_args(Failing)]
    kinds = ("base", "hub", "super", "fibre", "microwave", "satellite", "main", "township", "village", "path")
    codes += [f"network_kind.{kind}" for kind in kinds]
    assert not [code for code in codes if code not in PHRASES]
    assert (carried("phone", ZH), carried("phone", ZH, restored=True)) == ("电话", "恢复后电话")
    assert carried("sat_phone", ZH, restored=True) == "卫星电话"
    assert carried("own_trigger", ZH) == "断联后自行启动"


def test_a_calm_page_has_no_section_and_says_so(tmp_path: Path) -> None:
    """Nothing failed: no section, no figure, no line on the terminal, and the notes say that all counts as sound."""
    scenario, night = calm()
    text = page(tmp_path, scenario, night)
    assert "断联" not in text
    assert "本次推演中没有断网、断电、断路，通信、电力、道路视为正常。" in text
    assert not (tmp_path / "figures/outages.png").exists()
    assert "断联" not in terminal_summary(scenario, night, "zh")
    assert "断" not in explain(scenario, "zh")
    names, scope = naming(scenario), find(scenario, naming(scenario), None)
    assert account(scenario, night, names, scope, ZH) is None
    assert draw_outages(Sheet(scenario, night, names, scope, ZH)) is None


def test_a_plan_in_which_nothing_fails_is_a_calm_page(tmp_path: Path) -> None:
    """Failures of which none happens leave the page as it is."""
    night = dark_night()
    for failure in night.scenario["outages"]["failures"].values():
        failure["share"] = 0.0
    text = page(tmp_path, *played(night))
    assert "断联" not in text
    assert "本次推演中没有断网、断电、断路" in text


def test_the_page_tells_what_a_leader_needs(tmp_path: Path) -> None:
    """How many at once, at release, at the end; who was reached by what; who never was and why; all agree with the records."""
    scenario, night = dark()
    text = page(tmp_path, scenario, night)
    found = outage(scenario, night)
    assert found.dark_at_once == 4
    assert "断联：6个村中，最多4个同时没有手机信号（02:00）；预警发布时3个，推演结束时3个。" in text
    assert found.carried_by() == {"phone": 3, "sat_phone": 1}
    assert "断联之前已叫到1个；断联以后才叫到或自行启动1个（卫星电话1个）；始终没有叫到2个" in text
    assert "预警：到推演结束，2个村始终没有叫到，也没有自行启动（因一方断联打不通2个）。" in text
    assert "立即转移指令（02:23发布）：发给的6个村中，发布时4个断联；断联以后才叫到2个（" in text
    assert "本次推演中有断网、断电、断路" in text
    assert "没有手机信号（电话、短信、微信都不通）" in text
    assert (tmp_path / "figures/outages.png").read_bytes().startswith(b"\x89PNG")
    assert "最多4个村同时断联" in text  # in the sentences on top


def test_the_tables_count_as_the_records_do() -> None:
    """By act and by township: those addressed are those reached before, afterwards and never."""
    scenario, night = dark()
    names = naming(scenario)
    told = account(scenario, night, names, find(scenario, names, None), ZH)
    assert told is not None
    acts, townships, *_ = told.tables
    for row in acts.rows:
        after, never = (int(re.match(r"\d+", cell)[0]) for cell in row[-2:])
        assert int(row[2]) == int(row[4]) + after + never == 6
    assert [row[0] for row in townships.rows] == ["镇0", "镇1"]
    assert [row[1:3] for row in townships.rows] == [("3", "1"), ("3", "3")]
    assert townships.rows[0][3:5] == ("02:00", "07:00")
    assert townships.rows[1][3:5] == ("01:20", "推演结束仍未恢复")


def test_villages_never_reached_stand_with_their_reason(tmp_path: Path) -> None:
    """Without radio and own alarm: the second township hears nothing, nor do its villages; the reasons add up to all of them."""
    night = dark_night()
    del night.scenario["local"]
    night.scenario["roster"]["fallback"]["means"] = []
    night.scenario["end"] = "3 h"
    scenario, records = played(night)
    text = page(tmp_path / "a", scenario, records)
    assert outage(scenario, records).reason == ("", "", "", *["desk_above_not_reached"] * 3)
    assert "始终没有叫到的村" in text
    assert re.search(r"镇1\s+上级未叫到\s+3\s+村\d+、村\d+、村\d+", text) or re.search(
        r"镇1\s+上级未叫到\s+3\s+\S+", text
    )
    below = page(tmp_path / "b", scenario, records, place="镇1")
    assert "断联或没有叫到的村" in below
    assert below.count("上级未叫到\n") == 3
    english = page(tmp_path / "c", scenario, records, "en")
    assert "the desk above was not reached" in english


def test_a_page_of_one_place_is_about_its_own_outages(tmp_path: Path) -> None:
    """The first township tells of its one village; a village that nothing touched has no section."""
    scenario, night = dark()
    text = page(tmp_path / "a", scenario, night, place="镇0")
    assert "断联：3个村中，最多1个同时没有手机信号（02:00）" in text
    names = naming(scenario)
    untouched = find(scenario, names, code_of(scenario, "T000V000"))
    assert failed_here(scenario, night, untouched) is None
    assert account(scenario, night, names, untouched, ZH) is None
    one = account(scenario, night, names, find(scenario, names, code_of(scenario, "T000V002")), ZH)
    assert one is not None
    assert one.tables[-1].rows[0][1:3] == ("02:00", "07:00")


def test_the_english_pages_speak_english(tmp_path: Path) -> None:
    """Chinese is left only in what planners wrote."""
    scenario, night = dark()
    names = naming(scenario)
    for place in (None, "镇1"):
        told = account(scenario, night, names, find(scenario, names, place), EN)
        assert told is not None
        cells = [cell for table in told.tables for row in table.rows for cell in row]
        heads = [column.heading for table in told.tables for column in table.columns]
        titles = [text for table in told.tables for text in (table.title, *table.notes)]
        said = "\n".join([*told.sentences, *told.notes, *cells, *heads, *titles])
        assert not CJK.findall(re.sub(r"镇\d|村\d-\d", "", said)), said
    lines = terminal_summary(scenario, night, "en").splitlines()
    (network,) = (line for line in lines if line.startswith("Network:"))
    assert network == (
        "Network: of 6 villages and communities, at most 4 had no mobile service at one time (02:00); "
        "3 when the warning was released, 3 at the end of the run."
    )
    assert "Outages: network, power, roads" in page(tmp_path, scenario, night, "en")


def test_the_terminal_says_it_in_a_few_lines() -> None:
    """The county, then one place without outages of its own."""
    scenario, night = dark()
    lines = terminal_summary(scenario, night, "zh").splitlines()
    assert sum("断联" in line for line in lines) == 3
    assert "断联" not in terminal_summary(scenario, night, "zh", code_of(scenario, "T000V000"))


def test_the_figure_shows_what_failed_and_the_release() -> None:
    """Service, roads and calling have lines, mains that never failed have none; the release is marked."""
    scenario, night = dark()
    names = naming(scenario)
    for words, place in ((ZH, None), (EN, None), (ZH, "镇1")):
        sheet = Sheet(scenario, night, names, find(scenario, names, place), words)
        with drawing():
            figure = draw_outages(sheet)
        assert figure is not None
        (axes,) = figure.axes
        labels = axes.get_legend_handles_labels()[1]
        assert labels == [words(f"curve.{key}") for key in ("dark", "service", "roads", "told")]
        assert any("01:20" in text.get_text() for text in axes.texts)
        for line in axes.lines:
            assert np.isfinite(line.get_ydata()).all()


def test_a_night_without_release_has_its_figure_too(tmp_path: Path) -> None:
    """Nothing released: minutes count from T0 and no release is marked or said."""
    night = dark_night()
    night.scenario["warnings"][0]["release"] = "3 h"
    night.scenario["end"] = "2 h"
    scenario, records = played(night)
    text = page(tmp_path, scenario, records)
    assert "最多4个同时没有手机信号（02:00）；推演结束时4个。" in text
    assert (tmp_path / "figures/outages.png").exists()


def test_explain_tells_the_outages() -> None:
    """What fails, how many candidates, where, when, for how long; batteries, generators, fallback, sets, foot, own alarm."""
    scenario, _ = dark()
    text = explain(scenario, "zh")
    for said in (
        "1. 站点的传输线路（far）：候选1处，其中全部。失效：推演起算时；推演结束前不恢复。",
        "2. 站点损毁（near）：候选1处，其中全部。失效：推演起算后固定40分钟；多久恢复：固定5小时。",
        "3. 道路（村道）（roads）：候选8处（只在镇1），其中50%。失效：02:00；推演结束前不恢复。",
        "蓄电池：普通基站固定60分钟",
        "应急发电：全县2台，停电站点中50%会安排",
        "依次改用：370MHz电台→卫星电话；都不行则每隔5分钟再拨。",
        "370MHz电台：持有：1个乡镇（1个有人会用）",
        "卫星电话：持有：1个乡镇（1个有人会用）、1个村（1个有人会用）",
        "断联自主启动：断联且未接到通知的村（社区）中0%",
    ):
        assert said in text, said
    plan = scenario.plan.outages
    assert plan is not None
    assert [candidates(failure, scenario) for failure in plan.failures.values()] == [1, 1, 8]


def test_explain_tells_what_is_missing_and_speaks_english() -> None:
    """No generators, no fallback, no own alarm, a flood, exposure: said in words; English holds no Chinese of ours."""
    night = dark_night()
    plan, roster = night.scenario["outages"], night.scenario["roster"]
    del plan["generators"], roster["fallback"], night.scenario["local"]
    plan["flood"] = {"share": "40 %", "at": "30 min"}
    plan["failures"]["far"] = {
        "what": "feeders", "with_flood": True, "by_exposure": True, "share": 0.3, "together": 0.5, "from": "0 min",
    }  # fmt: skip
    plan["failures"]["near"] |= {"until": "05:00"}
    del plan["failures"]["near"]["lasts"]
    scenario, _ = played(night)
    zh, en = explain(scenario, "zh"), explain(scenario, "en")
    for said in (
        "没有应急发电",
        "打不通时没有其他手段",
        "不会自行启动",
        "只限受灾乡镇内的",
        "受灾：乡镇（街道）中40%",
        "05:00恢复",
    ):
        assert said in zh, said
    section = en[en.index("Outages: network, power, roads") : en.index("Call targets")]
    assert not CJK.findall(re.sub(r"镇\d", "", section)), section
