"""What people see: every word in both languages, nothing fetched, nothing blamed, never a number for what never happened."""

from __future__ import annotations

import csv
import itertools
import math
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE
from matplotlib.colors import to_rgb

import sim.report
from sim import distributions as laws
from sim.errors import InputError, Text
from sim.measures import naming, tabulate
from sim.records import CHANNELS, REASONS, STEPS, EventLog, Night
from sim.report import explain, terminal_summary, write_report
from sim.report.content.acts import act_names, lifted_min, overview, results
from sim.report.content.means import BAND_OF, BANDS, first_told, messages
from sim.report.content.minutes import Stretch, about_minutes, long_wait_min, reasons, stretches
from sim.report.content.notices import credits_due, note_on_headline, stamps, version
from sim.report.content.numbers import key_numbers
from sim.report.content.scope import Scope, find
from sim.report.content.sites import key_sites
from sim.report.content.summary import in_short
from sim.report.content.verdicts import Verdict, of_kind, verdicts
from sim.report.content.weak import weak_links
from sim.report.figures import draw as figures
from sim.report.figures import village_map
from sim.report.figures.curve import draw_curve, later_acts, limit_text, limits_of
from sim.report.figures.labels import Label, place_labels
from sim.report.figures.over_time import clock_ticks
from sim.report.figures.sheet import COLOURS, HATCHES, Sheet
from sim.report.figures.waterfall import draw_waterfall
from sim.report.words.durations import in_words
from sim.report.words.language import Words
from sim.report.words.phrases import OF_PAGES, PHRASES
from sim.report.words.phrases_band import OF_BAND
from sim.report.words.phrases_calibration import OF_CALIBRATION
from sim.report.words.phrases_compare import OF_COMPARISONS
from sim.report.words.phrases_console import OF_CONSOLE
from sim.report.words.phrases_debrief import OF_DEBRIEFS
from sim.report.words.phrases_document import OF_DOCUMENTS
from sim.report.words.phrases_evacuation import OF_EVACUATION
from sim.report.words.phrases_exercise_forms import EXERCISE_FORMS
from sim.report.words.phrases_exercise_papers import EXERCISE_PAPERS
from sim.report.words.phrases_notices import OF_NOTICES
from sim.report.words.phrases_options import OF_OPTIONS
from sim.report.words.phrases_outages import OF_OUTAGES
from sim.report.words.phrases_playback import OF_PLAYBACK
from sim.report.words.phrases_roster import OF_ROSTER
from sim.report.words.phrases_roster_pages import OF_ROSTER_PAGES
from sim.report.words.phrases_scenario import OF_SCENARIOS
from sim.report.words.phrases_sensitivity import OF_SENSITIVITY
from sim.report.words.phrases_study import STUDY
from sim.report.words.phrases_study_changed import STUDY_CHANGED
from sim.report.words.phrases_study_report import STUDY_REPORT
from sim.report.words.phrases_workbook import OF_WORKBOOK
from sim.roster.plan import RepeatPlan
from sim.scenario import Scenario, WarningPlan, load_scenario
from sim.scenario.acts import SEVERITY, Lead, ResponsePlan, TargetStatus
from sim.scenario.channels import Need
from sim.terms import TERMS
from sim.warning import simulate

ROOT = Path(__file__).resolve().parents[2]
CJK = re.compile(r"[\u3000-\u3013\u3016-\u303f\u3400-\u9fff\uff00-\uffef]")
ZH, EN = Words("zh"), Words("en")
KINDS = ("warning", "response", "order")  # of acts: their levels have keys put together from two parts
START = datetime(2025, 7, 11, 23, 20)  # noqa: DTZ001 - Beijing time throughout


# --- a small county ---------------------------------------------------------------------------------------------------


NIGHT = """
name: small-night
title: 小县之夜
start: 2025-07-11 01:20
end: 6 h
seed: 7
county: {county}
extends:
  - {configs}/channels/defaults.yaml
  - {configs}/roster/defaults.yaml
  - {configs}/call-targets/by-target.yaml
  - {configs}/targets/planning-defaults.yaml
hazard: {{kind: rainstorm, rain: heavy, source: 情景设定, status: 规划假设}}
warnings:
  - id: red-rainstorm
    level: red
    lead: 2 h
    consultation: {{triangular: {{low: 3 min, mode: 6 min, high: 15 min}}}}
    sign_off: 3 min
    signed_by: county leader
    release: 2 min
    source: 会商、签发、发布用时没有公开记录
    status: 规划假设
response:
  - id: response-2
    level: II
    after: red-rainstorm
    delay: 10 min
    consultation: 5 min
    sign_off: 3 min
    signed_by: county leader
    release: 2 min
    means: []
orders:
  - id: move-listed
    stage: move
    after: response-2
    consultation: 2 min
    sign_off: 1 min
    signed_by: county leader
    release: 1 min
    area: listed
local:
  means: [gong, whistle, hand_siren, megaphone, phone, door, ten_household, neighbour]
  sightings: {{share: 50 %, at: 40 min, acts_at_once: 50 %}}
"""


def short(scenario: Scenario, night: Night, scope: Scope, judged: list[Verdict]) -> str:
    """Return the night in short, its paragraphs one after the other."""
    return ZH.run_on(in_short(scenario, night, scope, "演练村", judged, ZH))


def write_csv(path: Path, rows: list[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


@pytest.fixture(autouse=True)
def _coarse_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Save the pictures coarsely: their resolution takes most of the time and is no law."""
    monkeypatch.setattr(figures, "_PNG_DPI", 40)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., tuple[Scenario, Night]]:
    """Return a loader of nights in a county of two townships, six villages and some two thousand residents."""
    folder = tmp_path_factory.mktemp("small")
    county = folder / "county"
    county.mkdir()
    plan = (ROOT / "configs/counties/yunyang/county.yaml").read_text(encoding="utf-8")
    plan = (
        plan.replace("residents: 929034", "residents: 2000")
        .replace("points: 941", "points: 4")
        .replace("residents: 84000", "residents: 160")
    )
    (county / "county.yaml").write_text(plan, encoding="utf-8")
    write_csv(
        county / "townships.csv", [("code", "name", "parent"), ("t1", "江口镇", "500235"), ("t2", "蔈草镇", "500235")]
    )
    villages = [
        (f"v{n}", f"{name}村民委员会", f"t{1 + n // 3}")
        for n, name in enumerate(("新里", "盛堡", "长坪", "泉水", "天鹅", "水口村"))
    ]
    write_csv(county / "villages.csv", [("code", "name", "parent"), *villages])
    scenario = NIGHT.format(county=county, configs=ROOT / "configs")
    file = folder / "night.yaml"
    file.write_text(scenario, encoding="utf-8")

    @cache
    def load(*overrides: str) -> tuple[Scenario, Night]:
        loaded = load_scenario(file, overrides)
        return loaded, simulate(loaded)

    return load


def page(
    where: Path, scenario: Scenario, night: Night, language: str = "zh", *, place: str | None = None, real: bool = False
) -> str:
    names = naming(scenario, real_names=real)
    tables = tabulate(scenario, night, names)
    return write_report(where, scenario, night, tables, names, language=language, place=place).read_text(
        encoding="utf-8"
    )


class _Reader(HTMLParser):
    """Collects what a reader sees, or what a script of the page may show, and every address in an attribute."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.addresses: list[str] = []
        self._code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._code = tag == "style" or (tag == "script" and dict(attrs).get("type") != "application/json")
        self.addresses += [
            value or "" for name, value in attrs if name in {"src", "href", "xlink:href", "data", "action", "srcset"}
        ]

    def handle_endtag(self, _tag: str) -> None:
        self._code = False

    def handle_data(self, data: str) -> None:
        if not self._code:
            self.seen.append(data)


def read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    return reader


# --- words ------------------------------------------------------------------------------------------------------------


def test_every_text_is_there_in_both_languages() -> None:
    """Every key has a Chinese and an English text, with the same blanks (English needs no 全部), and English holds no Chinese."""
    parts = (
        OF_PAGES,
        TERMS,
        OF_NOTICES,
        OF_SCENARIOS,
        OF_OUTAGES,
        OF_EVACUATION,
        OF_DOCUMENTS,
        OF_CONSOLE,
        OF_ROSTER,
        OF_ROSTER_PAGES,
        STUDY,
        STUDY_CHANGED,
        STUDY_REPORT,
        OF_COMPARISONS,
        OF_OPTIONS,
        OF_SENSITIVITY,
        OF_DEBRIEFS,
        EXERCISE_FORMS,
        EXERCISE_PAPERS,
        OF_WORKBOOK,
        OF_PLAYBACK,
        OF_BAND,
        OF_CALIBRATION,
    )
    assert len(PHRASES) == sum(len(part) for part in parts)
    blanks = re.compile(r"\{(\w+)\}")
    for key, text in PHRASES.items():
        assert isinstance(text, Text)
        assert text.zh, key
        assert text.en or key == "who.fully", key
        assert not CJK.search(text.en), key
        if key != "date":
            assert set(blanks.findall(text.en)) | {"fully"} == set(blanks.findall(text.zh)) | {"fully"}, key


def test_every_code_of_the_records_has_words() -> None:
    """Channels, bands, needs, steps, reasons, levels, changes and leads: whatever a night or a scenario can name is said."""
    needs, leads = get_args(Need), get_args(Lead)
    codes = [f"channel.{name}" for name in (*CHANNELS, "courier", "work_app")] + [f"band.{name}" for name in BANDS]
    codes += [f"step.{step}" for step in STEPS] + [f"reason.{reason}" for reason in REASONS]
    codes += [f"need.{need}" for need in needs] + [f"lead.{lead}" for lead in leads]
    codes += [f"warning.{level}" for level in SEVERITY] + [f"response.{level}" for level in ("I", "II", "III", "IV")]
    codes += [f"status.{status}" for status in get_args(TargetStatus)]
    for plan in (WarningPlan, ResponsePlan):
        codes += [f"act.{change}" for change in get_args(plan.model_fields["change"].annotation)]
    assert not [code for code in codes if code not in PHRASES]
    assert set(BAND_OF) == set(CHANNELS)
    assert set(COLOURS) == {*BANDS, "nobody"}


@pytest.mark.parametrize("blindness", ["protanomaly", "deuteranomaly", "tritanomaly"])
def test_no_two_colours_look_alike_to_the_colour_blind(blindness: str) -> None:
    """Bands of a curve differ in colour or hatch, steps of the map in colour, as seen by a dichromat (Machado 2009; ΔE of CAM02-UCS ≥ 10)."""
    seen_as = {"name": "sRGB1+CVD", "cvd_type": blindness, "severity": 100}

    def seen(colour: str) -> np.ndarray:
        return np.clip(cspace_convert(to_rgb(colour), seen_as, "sRGB1"), 0, 1)

    def apart(one: str, other: str) -> float:
        return float(deltaE(seen(one), seen(other), input_space="sRGB1"))

    confused = ("#ffff00", "#ffc0cb") if blindness == "tritanomaly" else ("#c00000", "#606000")
    assert apart(*confused) < 0.5 * deltaE(
        *map(to_rgb, confused), input_space="sRGB1"
    )  # the simulation does what it should
    alike = [
        (one, other)
        for one, other in itertools.combinations(COLOURS, 2)
        if apart(COLOURS[one], COLOURS[other]) < 10 and HATCHES.get(one) == HATCHES.get(other)
    ]
    assert not alike
    style = (Path(sim.report.__file__).parent / "page/templates/report.css").read_text(encoding="utf-8")
    steps = re.findall(r"\.s\d \.pl-disc \{ fill: (#\w+)", style)
    assert tuple(steps[1:]) == village_map.STEPS  # of the map that is drawn too
    assert min(apart(one, other) for one, other in itertools.combinations(steps, 2)) >= 10


def test_no_text_is_left_unused() -> None:
    """Every key stands in the code as it is, or begins as some key put together there does."""
    room = Path(sim.report.__file__).parent
    texts = [path.read_text(encoding="utf-8") for path in room.rglob("*.py") if not path.name.startswith("phrases")]
    code = "\n".join([*texts, *(path.read_text(encoding="utf-8") for path in room.rglob("*.j2"))])
    begun = (*re.findall(r'f"([a-z_.]+\.)\{', code), "key.", "col.", "count.", *(f"{kind}." for kind in KINDS))
    assert not [key for key in PHRASES if f'"{key}"' not in code and not key.startswith(begun)]


def test_no_text_blames_or_calls_one_night_a_standard_met() -> None:
    """No word of ours says 脱岗, and only a study of many runs says 达标."""
    assert not [key for key, text in PHRASES.items() if "脱岗" in text.zh]
    assert not [key for key, text in PHRASES.items() if "达标" in text.zh and not key.startswith("study.")]


@pytest.mark.parametrize(
    ("minutes", "zh", "en"),
    [
        (0.0, "23:20", "23:20"),
        (14.0, "23:34", "23:34"),
        (14.0 + 1e-9, "23:34", "23:34"),
        (14.01, "23:35", "23:35"),
        (40.0, "次日00:00", "00:00 next day"),
        (39.2, "次日00:00", "00:00 next day"),
        (40.0 + 1440, "第3日00:00", "00:00 on day 3"),
        (math.inf, "推演结束仍未收到", "not reached by the end"),
        (math.nan, "推演结束仍未收到", "not reached by the end"),
    ],
)
def test_clock_times_go_up_to_the_whole_minute(minutes: float, zh: str, en: str) -> None:
    """A clock time is never earlier than what it tells, says when midnight has passed, and never is words."""
    assert ZH.clock(START, minutes) == zh
    assert EN.clock(START, minutes) == en


def test_a_moment_has_a_clock_time_and_the_minute_after_the_release(
    small: Callable[..., tuple[Scenario, Night]],
) -> None:
    """Both go up: nothing looks earlier than it was, and a limit passed by a second is passed."""
    night = replace(small()[1], start=START, release_min=10.0, end_min=360.0)
    assert ZH.moment(night, 17.5, "release") == "23:38（发布后第8分钟）"
    assert EN.moment(night, 17.5, "release") == "23:38 (minute 8 after release)"
    assert ZH.moment(night, 25 + 1 / 60, "cell") == "23:46（第16分钟）"
    assert ZH.moment(night, math.inf, "release") == "推演结束仍未收到"
    late = replace(night, release_min=10.4)  # shown as 23:31
    assert ZH.clock(START, late.release_min) == "23:31"
    assert ZH.moment(late, 17.9, "cell") == "23:38（第8分钟）"  # 23:37:54, seven and a half minutes after 23:30:24
    assert ZH.moment(late, 17.9, "t0", since_min=0.0) == "23:38（起算后第18分钟）"
    assert ZH.moment(late, 359.9, "cell") == "次日05:20（第350分钟）"
    assert ZH.moment(replace(night, release_min=math.inf), 17.5, "cell") == "23:38"


@pytest.mark.parametrize("second", [0, 29])
@pytest.mark.parametrize("release", [10.0, 10.4, 10.0 + 1e-9])
def test_something_has_one_clock_time_from_whatever_its_minutes_count(
    small: Callable[..., tuple[Scenario, Night]], release: float, second: int
) -> None:
    """The clock is its own; the minutes are those between, and at most one more than the difference of the two clock times."""
    night = replace(small()[1], start=START.replace(second=second), release_min=release, end_min=360.0)
    for minutes in np.linspace(release, release + 25, 61).tolist():
        for since in (release, 3.7):
            said = ZH.moment(night, minutes, "cell", since_min=since)
            clock, minute = re.fullmatch(r"(23:\d\d)（第(\d+)分钟）", said).groups()  # type: ignore[union-attr]
            assert clock == ZH.clock(night.start, minutes)
            assert minutes - since - 1e-6 <= int(minute) < minutes - since + 1
            assert int(minute) - (int(clock[3:]) - int(ZH.clock(night.start, since)[3:])) in {0, 1}


def test_shares_go_down_so_that_all_means_all() -> None:
    """94.9 % does not become 95 %, one in a thousand is not none, 100 % is everybody."""
    assert [ZH.percent(share) for share in (0.949, 0.001, 0.0, 0.9999, 1.0)] == ["94%", "不足1%", "0%", "99%", "100%"]


def test_shares_not_done_go_up_so_that_none_means_none() -> None:
    """One in a thousand left is 1 %, 24.1 % left is 25 %, 99.9 % left is not all."""
    shares = (0.0, 0.001, 0.241, 0.25, 0.999, 1.0)
    assert [ZH.percent_left(share) for share in shares] == ["0%", "1%", "25%", "25%", "超过99%", "100%"]


def test_a_village_is_named_without_its_committee() -> None:
    """石缸村民委员会 is 石缸村, 水口村村民委员会 is 水口村, 杏家湾社区居民委员会 is 杏家湾社区, and a code stays a code."""
    labels = ("石缸村民委员会", "江口镇·水口村村民委员会", "杏家湾社区居民委员会", "江口镇·村07·组01")
    assert [ZH.label(label, ()) for label in labels] == ["石缸村", "江口镇·水口村", "杏家湾社区", "江口镇·村07·组01"]


@pytest.mark.parametrize(
    ("law", "zh"),
    [
        (laws.Fixed(5), "固定5分钟"),
        (laws.Fixed(0), "不占时间"),
        (laws.Triangular(3, 5, 10), "3—10分钟，多为5分钟"),
        (laws.Triangular(1 / 3, 2 / 3, 2), "20秒—2分钟，多为40秒"),
        (laws.Uniform(120, 360), "2—6小时，各种时长机会均等"),
        (laws.Lognormal(3, 18), "中位数3分钟，九成不超过18分钟"),
        (laws.Exponential(2), "平均2分钟，九成不超过约4.6分钟"),  # 2 ln 10
        (
            laws.Empirical((5, 30), (0.5, 0.8)),
            "按给定的累计曲线：5分钟内50%、30分钟内80%，最终只有80%完成，其余始终不会",
        ),
    ],
)
def test_laws_of_duration_are_said_in_words(law: laws.Distribution, zh: str) -> None:
    """A planner reads durations without statistics."""
    assert in_words(law, ZH) == zh


@pytest.mark.parametrize(
    "law",
    [laws.Weibull(10, 1.5), laws.Lindell(0.8, 1.2), laws.RayleighContagion(10, 0), laws.RayleighContagion(10, 0.1)],
)
def test_every_law_has_words(law: laws.Distribution) -> None:
    """No law falls through, in either language."""
    for words in (ZH, EN):
        assert not re.search(r"inf|nan", in_words(law, words))
    assert not CJK.search(in_words(law, EN))


def test_names_on_the_map_do_not_cover_each_other() -> None:
    """Nine names of three characters around one place find nine places."""
    labels = [Label("江口镇", 300.0 + 12 * (n % 3), 300.0 + 12 * (n // 3)) for n in range(9)]
    placed = place_labels(labels, 10.0, (0, 0, 600, 600), np.zeros((0, 2)))
    apart = [
        abs(ax - bx) >= 30 - 1e-9 or abs(ay - by) >= 10
        for i, (ax, ay, _) in enumerate(placed)
        for bx, by, _ in placed[:i]
    ]
    assert all(apart)


# --- the page ---------------------------------------------------------------------------------------------------------


def test_the_page_stands_alone_and_bears_its_stamp(
    small: Callable[..., tuple[Scenario, Night]], tmp_path: Path
) -> None:
    """Nothing is fetched, nor could be; figures lie beside it, the stamp and the foreign source are seen."""
    html = page(tmp_path, *small())
    seen = "".join(read(html).seen)
    assert not [address for address in read(html).addresses if not address.startswith("#")]
    assert "http" not in html.replace("http-equiv", "")
    assert "default-src 'none'" in html
    assert "模拟推演·含合成数据·非实况·不作考核问责依据" in seen
    assert "外地做法，本县未规定" in seen
    assert {path.name for path in (tmp_path / "figures").iterdir()} == {
        f"{name}.png" for name in ("map", "map-small", "coverage", "waterfall")
    }
    assert (tmp_path / "figures/map.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("overrides", [(), ('end="2 min"',)])
def test_no_page_shows_a_forbidden_word(
    small: Callable[..., tuple[Scenario, Night]], tmp_path: Path, overrides: tuple[str, ...]
) -> None:
    """Neither inf nor NaN nor 脱岗 nor 达标, also on a night that ends before anything is released."""
    scenario, night = small(*overrides)
    forbidden = re.compile(r"脱岗|达标|\binf\b|\bnan\b|None", re.IGNORECASE)
    for language in ("zh", "en"):
        html = page(tmp_path / language, scenario, night, language)
        seen = re.sub(r"<style>.*?</style>|<script>.*?</script>|<meta http-equiv.*?>", "", html, flags=re.DOTALL)
        assert not forbidden.search(seen.replace("fill: none", ""))
        assert not forbidden.search(terminal_summary(scenario, night, language) + explain(scenario, language))


def test_weak_links_count_every_attempt_and_name_nobody(small: Callable[..., tuple[Scenario, Night]]) -> None:
    """Attempts of a row are those answered and those in vain; all rows together are the attempts of the night; the weakest come first."""
    scenario, night = small()
    names = naming(scenario)
    *links, total = weak_links(scenario, night, find(scenario, names, None), ZH).rows
    numbers = [[int(cell) for cell in row[3:]] for row in links]
    assert total == ("合计", "", "", *(str(sum(column)) for column in zip(*numbers, strict=True)))
    assert all(attempts == sum(fates) for attempts, *fates in numbers)
    in_vain = [sum(fates[1:]) for _, *fates in numbers]
    assert in_vain == sorted(in_vain, reverse=True)
    assert min(in_vain) > 0
    silent = ("no_answer", "no_reply", "not_found", "busy", "no_service", "cut_off", "no_way")
    of_night = sum(event.event == "call" and event.act in silent for event in night.events)
    assert sum(in_vain) == of_night
    people = {shift.person.name for shifts in scenario.roster.shifts.values() for shift in shifts} - {""}
    assert not [row for row in links if people & set(row)]
    assert not weak_links(scenario, replace(night, log=EventLog()), find(scenario, names, None), ZH).rows


def test_a_night_without_release_completes_nothing(
    small: Callable[..., tuple[Scenario, Night]], tmp_path: Path
) -> None:
    """Where nothing is released every requirement is 未完成, if it speaks of anybody, and the page says so in words."""
    scenario, night = small('end="2 min"')
    assert math.isinf(night.release_min)
    assert {verdict.state for verdict in verdicts(scenario, night, ZH)} == {"undone", "nobody", "unsimulated"}
    assert "推演结束仍未发布" in "".join(read(page(tmp_path, scenario, night)).seen)


def test_real_villages_stay_hidden_unless_asked_for(
    small: Callable[..., tuple[Scenario, Night]], tmp_path: Path
) -> None:
    """A synthetic county shows codes; the working paper shows names, under its own header, and ranks none of them."""
    scenario, night = small()
    open_page = page(tmp_path / "a", scenario, night, place="江口镇")
    assert "新里村" not in open_page
    assert "内部资料" not in open_page
    inner = page(tmp_path / "b", scenario, night, place="江口镇", real=True)
    assert "新里村" in inner
    assert "内部资料·含个人信息·用后收回" in inner
    assert "新里村" not in page(tmp_path / "c", scenario, night, real=True)


def test_what_a_planner_wrote_is_text_and_never_markup(
    small: Callable[..., tuple[Scenario, Night]], tmp_path: Path
) -> None:
    """A title that looks like HTML is shown as it was written."""
    html = page(tmp_path, *small("title=<script>alert(1)</script>"))
    assert "<script>alert" not in html
    assert "<h1>&lt;script&gt;alert(1)&lt;/script&gt;</h1>" in html


def test_the_english_page_speaks_english(small: Callable[..., tuple[Scenario, Night]], tmp_path: Path) -> None:
    """Chinese is left only in what planners wrote: title, sources, where they apply, and names of places."""
    scenario, night = small("title=A night")
    text = "\n".join(unescape(piece) for piece in read(page(tmp_path, scenario, night, "en")).seen)
    kept = {item.source.replace("脱岗", "〔…〕") for item in scenario.assumptions}
    kept |= {item.applies_to for item in scenario.assumptions}
    kept |= {target.applies_to for target in (*scenario.plan.targets, *scenario.plan.call_targets)}
    kept |= {item.key for item in scenario.assumptions}
    kept |= {site.kind for site in scenario.plan.county.synthesis.key_sites} | {"云阳县", "江口镇", "蔈草镇"}
    for own in sorted(kept, key=len, reverse=True):
        text = text.replace(own, "")
    assert not CJK.findall(text)


# --- one place --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["江口镇", "t1", "江口镇·村01", "江口镇·village 02", "t1-01"])
def test_a_place_is_found_by_name_label_or_code(small: Callable[..., tuple[Scenario, Night]], place: str) -> None:
    """Whatever is shown of a place leads to it, and to its households alone."""
    scenario, _ = small()
    scope = find(scenario, naming(scenario), place)
    assert scope.level.id == ("village" if "·" in place or "-" in place else "township")
    assert scope.inside.sum() == scenario.county.places.households[scope.place] > 0


def test_a_page_about_one_place(small: Callable[..., tuple[Scenario, Night]], tmp_path: Path) -> None:
    """The page of a village says whose targets it repeats, and speaks of no other township."""
    seen = "".join(read(page(tmp_path, *small(), place="江口镇·村01")).seen)
    assert "本页只写江口镇·村01" in seen
    assert "时限要求（全县）" in seen
    assert "组01" in seen
    assert seen.index("关键数字") < seen.index("所辖村民小组") < seen.index("时限要求（全县）")
    assert seen.index("收到预警的住户比例随时间的变化") < seen.index("时限要求（全县）")
    assert "蔈草镇" not in seen


def test_an_unknown_place_is_a_fault_with_the_nearest_names(
    small: Callable[..., tuple[Scenario, Night]], tmp_path: Path
) -> None:
    """A slip of the pen leads to the right name; real names of villages are not given away."""
    with pytest.raises(InputError) as caught:
        page(tmp_path, *small(), place="江囗镇")
    (fault,) = caught.value.faults
    assert fault.file == "--place"
    assert "江口镇" in fault.remedy.zh
    with pytest.raises(InputError):
        page(tmp_path, *small(), place="新里村民委员会")


# --- terminal and plain words -----------------------------------------------------------------------------------------


def test_the_terminal_shows_targets_and_key_lines_without_colours(small: Callable[..., tuple[Scenario, Night]]) -> None:
    """Every target and the release are there, plain text, no line of trailing blanks."""
    scenario, night = small()
    text = terminal_summary(scenario, night, "zh")
    names = "".join(line.partition("|")[0].strip() for line in text.splitlines())  # a long one is folded
    assert all(target.name in names for target in scenario.plan.targets)
    assert "预警发布" in text
    assert "\x1b" not in text
    assert not re.search(r" $", text, flags=re.MULTILINE)


def test_explain_leaves_no_assumption_and_no_step_out(small: Callable[..., tuple[Scenario, Night]]) -> None:
    """Every source, every post of a ladder and every limit is told before the night is played."""
    scenario, _ = small()
    text = explain(scenario, "zh")
    assert all(item.source.replace("脱岗", "〔…〕") in text for item in scenario.assumptions)
    for ladder in scenario.plan.roster.ladders.values():
        assert all(scenario.plan.roster.posts[step.post].title in text for step in ladder.steps)
    assert "发布后15分钟内" in text
    assert "3—15分钟，多为6分钟" in text


# --- after the review of a planner ------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def drill() -> tuple[Scenario, Night]:
    """Return the drill: one village, nothing synthetic, its status 演示."""
    scenario = load_scenario(ROOT / "scenarios/village-drill.yaml")
    return scenario, simulate(scenario)


def test_every_sheet_says_that_it_is_a_simulation(
    small: Callable[..., tuple[Scenario, Night]], drill: tuple[Scenario, Night], tmp_path: Path
) -> None:
    """Synthetic, demonstration or neither: one stamp on page, terminal and explain; 内部资料 only where names were asked for."""
    internal = "内部资料·含个人信息·用后收回"
    for stamp, (scenario, night) in (
        ("模拟推演·含合成数据·非实况·不作考核问责依据", small()),
        ("模拟推演·演示数据·非实况·不作考核问责依据", drill),
        ("模拟推演·非实况·不作考核问责依据", (_with(drill[0], status=None), drill[1])),
    ):
        assert stamps(scenario, naming(scenario), ZH) == [stamp]
        asked = naming(scenario, real_names=True)
        assert stamps(scenario, asked, ZH) == ([stamp, internal] if scenario.synthetic else [stamp])
        for text in (
            page(tmp_path, scenario, night),
            terminal_summary(scenario, night, "zh"),
            explain(scenario, "zh"),
        ):
            assert stamp in text
            assert internal not in text
    scenario, night = small()
    assert internal in terminal_summary(scenario, night, "zh", None, naming(scenario, real_names=True))


def _with(scenario: Scenario, **changes: object) -> Scenario:
    return replace(scenario, plan=scenario.plan.model_copy(update=changes))


def test_real_names_on_made_up_data_carry_their_warning_above_the_table(
    small: Callable[..., tuple[Scenario, Night]], tmp_path: Path
) -> None:
    """With real names the page does not say that villages show codes only, and says above the table what the figures are not."""
    seen = "".join(read(page(tmp_path, *small(), place="江口镇", real=True)).seen)
    assert "村、组只显示代号" not in seen
    assert seen.index("不得用于比较、通报或考核") < seen.index("新里村") < seen.rindex("不得用于比较、通报或考核")
    assert "村民委员会" not in seen
    assert "江口镇·新里村" not in seen
    assert "村、组只显示代号" in "".join(read(page(tmp_path, *small(), place="江口镇")).seen)
    scenario, _ = small()
    village = find(scenario, naming(scenario, real_names=True), "江口镇·新里村")  # as the pictures and tables call it
    assert scenario.county.places.name[village.place] == "新里村民委员会"


def test_credits_are_given_only_where_due(
    small: Callable[..., tuple[Scenario, Night]], drill: tuple[Scenario, Night], tmp_path: Path
) -> None:
    """GeoNames and the statistical codes are credited if the county's source speaks of them; a made-up county owes nobody."""
    assert credits_due(small()[0], ZH) == [
        "乡镇坐标 GeoNames（CC BY 4.0）",
        "区划名称和编码为国家统计局统计用区划代码",
    ]
    assert credits_due(drill[0], ZH) == []
    assert "数据来源" not in "".join(read(page(tmp_path, *drill)).seen)


def test_few_places_make_no_map_and_made_up_data_no_ranking(
    small: Callable[..., tuple[Scenario, Night]], drill: tuple[Scenario, Night], tmp_path: Path
) -> None:
    """One village is not drawn as a map, six are; on made-up data none is listed as late, which would blame real townships."""
    one = "".join(read(page(tmp_path / "one", *drill)).seen)
    assert "应答较晚" not in one
    assert "示意图" not in one
    assert {path.name for path in (tmp_path / "one/figures").iterdir()} == {"coverage.png", "waterfall.png"}
    six = "".join(read(page(tmp_path / "six", *small())).seen)
    assert "示意图" in six
    assert "应答较晚" not in six


def test_a_left_out_word_is_explained_only_where_one_is_left_out(
    small: Callable[..., tuple[Scenario, Night]], drill: tuple[Scenario, Night], tmp_path: Path
) -> None:
    """The note on 〔…〕 appears with 〔…〕 alone."""
    for n, (scenario, night) in enumerate((small(), drill)):
        seen = "".join(read(page(tmp_path / str(n), scenario, night)).seen)
        changed = any("脱岗" in item.source for item in scenario.assumptions)
        assert ("本报告略去的用词" in seen) == changed == ("〔…〕" in seen)


def test_the_page_says_the_night_in_three_sentences_and_which_program_made_it(
    small: Callable[..., tuple[Scenario, Night]], drill: tuple[Scenario, Night], tmp_path: Path
) -> None:
    """Requirements, households, listed persons; without release, requirements or listed persons the sentence is another or none."""
    seen = "".join(read(page(tmp_path, *drill)).seen)
    assert (
        "预警20:10发布；发布后60分钟内收到预警11户（91%）。应转移的11人都收到了预警或转移指令。"
        "2项时限要求：本次按时1项、超时1项、未完成0项（都没有本县文件依据）。1项叫应要求：本次按时1项、超时0项、未完成0项（都没有本县文件依据）。"
        in "".join(seen.split("\n"))
    )
    assert f"程序版本 {version()}" in seen
    assert "换一次结果不同" in seen
    scenario, night = drill
    scope = find(scenario, naming(scenario), None)
    assert short(scenario, night, scope, []).startswith("预警20:10发布")
    assert short(scenario, night, scope, []).endswith("本情景没有写时限要求。")
    unlisted = replace(scope, inside=scope.inside & ~scenario.county.households.listed)
    assert "这里没有应转移人员，转移指令不发到这里。" in short(scenario, night, unlisted, [])
    judged = verdicts(scenario, night, ZH)
    assert "另有1项时限要求没有对象。" in short(scenario, night, scope, [*judged, replace(judged[0], state="nobody")])
    late, undone = small('end="2 min"')
    place = find(late, naming(late), "江口镇")
    assert short(late, undone, place, verdicts(late, undone, ZH)).startswith(
        "演练村：预警到推演结束（01:22）仍未发布。到推演结束，应转移人员中仍有"
    )
    assert short(late, undone, place, verdicts(late, undone, ZH)).endswith(
        "全县5项时限要求：本次按时0项、超时0项、未完成5项（都没有本县文件依据）。另有2项时限要求没有推演，不评。"
        "全县6项叫应要求：本次按时0项、超时0项、未完成6项（都没有本县文件依据）。另有1项叫应要求没有对象。"
    )


def test_a_late_requirement_says_when_and_how_many_were_in_time(drill: tuple[Scenario, Night]) -> None:
    """The sentence gives moment, limit, excess and who was in time, in both languages."""
    late = next(verdict for verdict in verdicts(*drill, ZH) if verdict.state == "late")
    assert late.sentence.startswith(
        "90%的住户收到预警的时刻为20:36（发布后第26分钟），时限为发布后20分钟内，本次超时6分钟；"
    )
    english = next(verdict for verdict in verdicts(*drill, EN) if verdict.state == "late")
    assert english.sentence.startswith(
        "90% of households had been warned by 20:36 (minute 26 after release); the limit is"
    )


def test_a_practice_from_elsewhere_is_named_so_in_english(small: Callable[..., tuple[Scenario, Night]]) -> None:
    """The name alone tells that the county has no such rule."""
    names = [verdict.name for verdict in verdicts(*small(), EN)]
    assert names[0] == "All townships answered (practice elsewhere)"
    assert names[1] == "95% of villages and communities answered"
    assert "95% of responsible persons answered (practice elsewhere)" in names
    assert "95% of listed households confirmed" in names


def test_means_always_stand_in_the_same_order(small: Callable[..., tuple[Scenario, Night]]) -> None:
    """As in ``CHANNELS``, whatever the order of the file, then those never warned, whose share goes up."""
    scenario, night = small()
    rows = first_told(scenario, night, find(scenario, naming(scenario), None), ZH)
    used = [channel for channel in CHANNELS if channel not in ("flash_sms", "cell_broadcast")]
    assert [row.channel for row in rows] == [*used, "nobody"]
    assert rows[-1].percent == ZH.percent_left(rows[-1].share)
    assert ZH.means(("door", "phone", "sms")) == "短信、电话、敲门入户"


def test_the_limit_on_the_curve_of_one_place_is_that_of_the_county(
    small: Callable[..., tuple[Scenario, Night]],
) -> None:
    """A village is not measured against the county's limit."""
    scenario, night = small()
    target = next(target for target in scenario.plan.targets if target.event == "warned")
    county, place = (find(scenario, naming(scenario), name) for name in (None, "江口镇"))
    for scope, begins in ((county, "时限：60分钟内"), (place, "全县时限：60分钟内")):
        assert limit_text(target, Sheet(scenario, night, naming(scenario), scope, ZH)).startswith(begins)


def test_the_beginning_of_a_name_suggests_that_name_alone(small: Callable[..., tuple[Scenario, Night]]) -> None:
    """江口 can only mean 江口镇, not its villages."""
    scenario, _ = small()
    with pytest.raises(InputError) as caught:
        find(scenario, naming(scenario), "江口")
    assert caught.value.faults[0].remedy.zh == "相近的有：江口镇"


def test_the_terminal_says_whose_numbers_it_shows(small: Callable[..., tuple[Scenario, Night]]) -> None:
    """The numbers are those of the place asked for, or of the county; the requirements are the county's."""
    scenario, night = small()
    assert "时限要求、两叫应和数字均为全县。" in terminal_summary(scenario, night, "zh")
    text = terminal_summary(scenario, night, "zh", "江口镇", naming(scenario))
    assert "以下数字为江口镇；时限要求、两叫应按全县统计。" in text
    assert "本乡镇（街道）应答" in text


def test_explain_says_who_is_at_home_and_speaks_plainly(
    small: Callable[..., tuple[Scenario, Night]], drill: tuple[Scenario, Night]
) -> None:
    """Habits of the hour, chances called chances, no factor of one, real plurals, and words for the scenario as a whole."""
    scenario, _ = drill
    habits, homes = scenario.county.habits, scenario.county.households
    mix = np.bincount(homes.pattern, minlength=len(habits.patterns)) / len(homes)
    at_home = sum(share * pattern.at_home[20] for share, pattern in zip(mix, habits.patterns, strict=True))
    zh, en = explain(scenario, "zh"), explain(scenario, "en")
    assert (
        f"20时在家的户约{at_home:.0%}，在家的户中约{habits.asleep[20]:.0%}入睡；有手机的户75%；每个村民小组平均6户。"
        in zh
    )
    assert "【演示】整个情景：" in zh
    assert zh.count("两项相乘即首次接听率。") == 1
    assert "县值班室：发布后固定1分钟，开始叫乡镇（街道），1人同时拨打：" in zh
    assert "1. 村应答：时限为发布后10分钟内。依据：" in zh
    assert "步行：每小时6公里。" in zh
    assert "步行时间为平时的3.3倍，夜间再乘以1.2，实际路程为直线的1.5倍" in explain(small()[0], "zh")
    assert "1. orange warning: after the hazard is identified (T0), consultation begins at once." in en
    assert "everyone threatened by 1 hazard point is taken as listed" in en
    assert not re.search(r"\(s\)|\b1 (zones|points|townships|persons|households)\b", en)


# --- the night in full --------------------------------------------------------------------------------------------------


def whole(scenario: Scenario) -> Scope:
    return find(scenario, naming(scenario), None)


def test_acts_are_called_as_in_official_texts(small: Callable[..., tuple[Scenario, Night]]) -> None:
    """Level, change, lead time and stage; Roman numerals; two acts of one name carry their ids."""
    scenario, night = small()
    assert list(act_names(scenario, ZH).values()) == [
        "红色预警发布（提前2小时）",
        "启动Ⅱ级应急响应",
        "立即转移指令",
        "就地预警",
    ]
    assert list(act_names(scenario, EN).values())[:2] == ["red warning (2 h ahead)", "level II response activated"]
    (warning,), (response,) = scenario.plan.warnings, scenario.plan.response
    again = warning.model_copy(update={"id": "again"})
    lifted = warning.model_copy(update={"id": "lifted", "change": "lift", "lead": None})
    raised = response.model_copy(update={"level": "I", "change": "raise"})
    names = act_names(_with(scenario, warnings=(warning, again, lifted), response=(raised,)), ZH)
    assert names["again"] == "红色预警发布（提前2小时）（again）"
    assert (names["lifted"], names[raised.id]) == ("红色预警解除", "提级为Ⅰ级应急响应")
    assert [row[0] for row in overview(scenario, night, ZH).rows] == list(act_names(scenario, ZH).values())


def test_an_act_that_was_never_released_says_so(small: Callable[..., tuple[Scenario, Night]]) -> None:
    """Short night: the response and the order came to nothing, in words and without a number."""
    scenario, night = small('end="20 min"')
    released = [row[2] for row in overview(scenario, night, ZH).rows]
    assert released[1:3] == ["未发布", "未发布"]
    rows = results(scenario, night, whole(scenario), ZH).rows
    assert rows[1][2:] == ("—",) * 6


@pytest.mark.parametrize("place", [None, "江口镇", "江口镇·村01"])
def test_the_minutes_of_a_page_sum_to_the_mean(small: Callable[..., tuple[Scenario, Night]], place: str | None) -> None:
    """The bars follow each other without a gap up to the mean minute of those told; the reasons count those who were not."""
    scenario, night = small()
    names = naming(scenario)
    tables, scope = tabulate(scenario, night, names), find(scenario, names, place)
    way = stretches(tables["attribution"], names, scope, ZH)
    times = night.households.warned_min[scope.inside]
    assert way[0].begin_min == 0
    assert all(a.end_min == pytest.approx(b.begin_min) for a, b in itertools.pairwise(way))
    assert way[-1].end_min == pytest.approx(times[np.isfinite(times)].mean())
    assert all(stretch.minutes >= 1 for stretch in way[:-1])
    left = reasons(scenario, night, tables["never"], names, scope, ZH).rows
    assert int(left[-1][1] if left else 0) == np.isinf(times).sum()


def test_names_of_later_acts_cover_neither_lines_nor_each_other(small: Callable[..., tuple[Scenario, Night]]) -> None:
    """Three acts within a few minutes: each name stands above the lines that it would cross."""
    scenario, night = small()
    near = [replace(act, decided_min=(night.release_min + 20 + n,) * 4) for n, act in enumerate(night.acts)]
    night = replace(night, acts=(night.acts[0], *near[1:3]))
    marks = later_acts(Sheet(scenario, night, naming(scenario), whole(scenario), ZH), 350.0)
    assert [(mark.name, mark.row) for mark in marks] == [("立即转移指令", 0), ("启动Ⅱ级应急响应", 1)]


def test_call_targets_are_judged_and_own_up_to_their_reading(
    small: Callable[..., tuple[Scenario, Night]], tmp_path: Path
) -> None:
    """Each stands on page and terminal with the act it is about and 待核实; one night never says 达标."""
    scenario, night = small()
    calls = of_kind(verdicts(scenario, night, ZH), "call")
    assert len(calls) == 7  # the entry on blue and yellow warnings is about no act of this night
    seen = "".join(read(page(tmp_path, scenario, night)).seen)
    terminal = terminal_summary(scenario, night, "zh")
    assert "读法：待核实" in seen
    assert seen.index("时限要求") < seen.index("“两叫应”没有见到官方条文") < seen.index("关键数字")
    for verdict in calls:
        assert verdict.state in ("met", "late", "undone", "nobody")
        assert verdict.sentence in seen
        assert verdict.act in act_names(scenario, ZH).values()
        assert verdict.name[:8] in terminal
    assert "达标" not in seen + terminal


def test_confirmation_key_sites_and_responsible_persons_have_sentences_of_their_own(
    small: Callable[..., tuple[Scenario, Night]],
) -> None:
    """到户确认 of households, 应答 of key sites and responsible persons, met or not, in both languages."""
    scenario, night = small('end="30 min"', 'call_targets.public.within="10 min"')
    said = {verdict.name: verdict.sentence for verdict in verdicts(scenario, night, ZH)}
    assert re.match(
        r"要求95%的应转移住户在发布后10分钟内到户确认；到推演结束（01:50）已到户确认的有\d+户（\d+%），仍有\d+户、\d+人未确认",
        said["叫应受威胁群众（到户确认）"],
    )
    assert "责任人" in said["叫应责任人名册"]
    assert "到推演结束（01:50）立即转移指令仍未发布，本次未完成。" in said["立即转移指令叫应到应转移户"]
    assert "推演在此之前已结束（01:50），本项不评" in said["95%的应转移住户收到预警"]
    english = " ".join(verdict.sentence for verdict in verdicts(scenario, night, EN))
    assert "listed households should have been confirmed" in english
    assert not CJK.search(english)


def test_means_say_what_they_would_do_alone(small: Callable[..., tuple[Scenario, Night]]) -> None:
    """Alone a means tells no fewer than it told first; what is passed on has no such number; needs and confirmation are said."""
    scenario, night = small()
    rows = {row.channel: row for row in first_told(scenario, night, whole(scenario), ZH)}
    for channel, row in rows.items():
        if channel in ("ten_household", "neighbour", "nobody"):
            assert row.alone == "—"
        else:
            assert int(row.alone) >= int(row.households)
    assert (rows["phone"].confirms, rows["sms"].confirms) == ("是", "否")
    assert rows["broadcast"].needs == "电、传输"
    assert sum(int(row.households) for row in rows.values()) == len(scenario.county.households)


def test_key_sites_are_counted_by_kind_and_never_named(small: Callable[..., tuple[Scenario, Night]]) -> None:
    """All sites of the county once; none where the warning does not call them; no code on the page."""
    scenario, night = small("county.synthesis.key_sites.0.residents_each=200")
    table = tabulate(scenario, night, naming(scenario))["key_sites"]
    grid = key_sites(scenario, night, table, whole(scenario), ZH)
    assert len(table) > 0
    assert sum(int(row[1]) for row in grid.rows) == len(table)
    assert sum(int(row[3]) for row in grid.rows) == table["acknowledged_min"].notna().sum()
    uncalled = _with(scenario, call_targets=tuple(t for t in scenario.plan.call_targets if t.whom != "key_sites"))
    assert key_sites(uncalled, night, table, whole(scenario), ZH).rows == ()


def test_messages_are_told_for_the_county_alone(small: Callable[..., tuple[Scenario, Night]], tmp_path: Path) -> None:
    """One row for each act and channel; no row can be told apart by township."""
    scenario, night = small()
    assert [row[1] for row in messages(scenario, night, ZH).rows] == [
        ZH(f"channel.{m.channel}") for m in night.messages
    ]
    assert "消息去向" in "".join(read(page(tmp_path / "a", scenario, night)).seen)
    assert "消息去向" not in "".join(read(page(tmp_path / "b", scenario, night, place="江口镇")).seen)


def test_explain_tells_the_whole_plan(small: Callable[..., tuple[Scenario, Night]]) -> None:
    """Acts and what sets them off, platform, register, departments, sightings, every means, jumps and repetitions."""
    scenario, _ = small()
    text = explain(scenario, "zh")
    for said in (
        "2. 启动Ⅱ级应急响应：“红色预警发布（提前2小时）”发布后过固定10分钟，立即会商。",
        "使用的手段：只叫应，不直接告诉住户。",
        "就地预警（不经县里发布，由下而上）",
        "发布平台跨系统融合",
        "联合值守：消防救援、公安、水利、规划资源的人手并入县值班室",
        "责任人名册（",
        "重点单位由所在乡镇（街道）值班室叫应：",
        "本情景没有对应的环节，不评",
        "群测群防员发现险情的隐患点占50%",
    ):
        assert said in text
    used = {name for act in scenario.plan.acts for name in scenario.plan.means_of(act)}
    assert all(f"\n{ZH(f'channel.{name}')}：" in text for name in used)
    steps = scenario.plan.roster.ladders["township"].steps
    jumping = (steps[0].model_copy(update={"then": "last"}), *steps[1:-1], steps[-1].model_copy(update={"id": "last"}))
    ladder = scenario.plan.roster.ladders["township"].model_copy(
        update={"steps": jumping, "need": "all", "repeat": RepeatPlan(rounds=2, gap="5 min")}
    )
    roster = scenario.plan.roster.model_copy(
        update={"ladders": scenario.plan.roster.ladders | {"township": ladder}, "joint_duty": False}
    )
    changed = explain(_with(scenario, roster=roster), "zh")
    for said in ("；无人应答则转第4步", "以上各岗位都要应答才算叫应", "隔5分钟从第1步再叫，共2轮", "没有联合值守"):
        assert said in changed


def test_explain_speaks_english(small: Callable[..., tuple[Scenario, Night]]) -> None:
    """Chinese is left only in what planners wrote: names, sources, where they apply."""
    scenario, _ = small("title=A night")
    text = explain(scenario, "en")
    kept = {item.source.replace("脱岗", "〔…〕") for item in scenario.assumptions}
    kept |= {item.applies_to for item in scenario.assumptions}
    kept |= {target.source for target in (*scenario.plan.targets, *scenario.plan.call_targets)}
    kept |= {target.applies_to for target in (*scenario.plan.targets, *scenario.plan.call_targets)} | {"云阳县"}
    for own in sorted(kept, key=len, reverse=True):
        text = text.replace(own, "")
    assert not CJK.findall(text)


def test_who_had_it_from_below_is_said_beside_the_minutes(small: Callable[..., tuple[Scenario, Night]]) -> None:
    """Households first told by local warnings are counted; where nobody was, the sentence is not there; without a way, nothing."""
    scenario, night = small()
    names, scope = naming(scenario), whole(scenario)
    way = stretches(tabulate(scenario, night, names)["attribution"], names, scope, ZH)
    below = sum(night.acts[act].kind == "local" for act in night.households.first_act if act >= 0)
    assert f"其中{below}户首先由就地预警得知" in about_minutes(night, way, scope, ZH)
    by_warning = replace(night, households=replace(night.households, first_act=0 * night.households.first_act))
    assert "就地预警" not in about_minutes(by_warning, way, scope, ZH)
    assert about_minutes(night, [], scope, ZH) == ""


# --- after the second review of a planner --------------------------------------------------------------------------------


@pytest.fixture
def lifted(small: Callable[..., tuple[Scenario, Night]]) -> tuple[Scenario, Night]:
    """Return the small night with a second warning, which lifts the first one after five hours."""
    scenario, night = small()
    (warning,) = scenario.plan.warnings
    lift = warning.model_copy(update={"id": "lifted", "change": "lift", "lead": None})
    end = replace(night.acts[0], id="lifted", change="lift", decided_min=(300.0,) * 4)
    return _with(scenario, warnings=(warning, lift)), replace(night, acts=(*night.acts, end))


def test_a_row_of_clock_times_says_a_day_once() -> None:
    """The day stands where it begins and nowhere else; a first time after midnight says so too."""
    assert ZH.clocks(START, (0, 30, 40, 100, 1500)) == ["23:20", "23:50", "次日00:00", "01:00", "第3日00:20"]
    assert EN.clocks(START, (60, 120)) == ["00:20 next day", "01:20"]


@pytest.mark.parametrize("words", [ZH, EN])
@pytest.mark.parametrize("hours", [1, 7, 24, 72])
def test_clock_times_below_the_curve_do_not_cover_each_other(
    small: Callable[..., tuple[Scenario, Night]], words: Words, hours: int
) -> None:
    """Whatever the length of the night, neighbours keep apart, by 0.6 of a letter's height for each Latin letter."""
    scenario, night = small()
    ticks = clock_ticks(Sheet(scenario, night, naming(scenario), whole(scenario), words), 60.0 * hours)
    width = [sum(1 if CJK.match(c) else 0.6 for c in clock) * 8.5 / 72 for clock in ticks.values()]
    inches = [minute / (60 * hours) * 0.68 * 7.4 for minute in ticks]
    assert 2 <= len(ticks) <= 13
    assert all(b - a >= (v + w) / 2 for (a, v), (b, w) in itertools.pairwise(zip(inches, width, strict=True)))


def test_headline_statements_name_their_warning_where_there_are_several(
    small: Callable[..., tuple[Scenario, Night]], lifted: tuple[Scenario, Night]
) -> None:
    """Summary, numbers and notes say 红色预警; a night of one warning says 预警; nothing is left undefined."""
    scope = whole(lifted[0])
    told = {fact.name for fact in key_numbers(*lifted, scope, ZH)}
    assert {"推演结束仍未收到红色预警", "发布后60分钟内收到红色预警"} <= told
    assert "红色预警01:31发布；发布后60分钟内收到红色预警" in short(*lifted, scope, [])
    unreleased = replace(lifted[1], release_min=math.inf)
    assert "红色预警到推演结束（07:20）仍未发布。" in short(lifted[0], unreleased, scope, [])
    assert "the red warning" in note_on_headline(lifted[0], EN)
    assert {fact.name for fact in key_numbers(*small(), scope, ZH)} >= {"推演结束仍未收到预警"}
    assert note_on_headline(small()[0], ZH) == ""
    assert "主要预警" not in "".join(text.zh for text in PHRASES.values())


def test_a_lifted_warning_is_told_of_where_the_reasons_stand(
    small: Callable[..., tuple[Scenario, Night]], lifted: tuple[Scenario, Night]
) -> None:
    """Teams stop at the lift, not at the end; when it was lifted is said; one that leaves out a place lifts nothing."""
    scenario, night = lifted
    table = tabulate(*small(), naming(scenario))["never"].assign(reason="team_too_late")
    grid = reasons(scenario, night, table, naming(scenario), whole(scenario), ZH)
    assert grid.rows[0][0] == "解除或推演结束前敲门组未到"
    assert grid.notes[-1] == "红色预警06:20解除，此后不再告知。"
    assert lifted_min(*small()) == math.inf
    warning, lift = scenario.plan.warnings
    partly = _with(scenario, warnings=(warning, lift.model_copy(update={"area": ("t1",)})))
    assert lifted_min(partly, night) == math.inf


def test_a_long_wait_is_said_and_not_drawn(small: Callable[..., tuple[Scenario, Night]]) -> None:
    """Where the wait is half of all minutes the axis begins after it; a short one is drawn like every other step."""
    scenario, night = small()
    sheet = Sheet(scenario, night, naming(scenario), whole(scenario), ZH)
    way = [
        Stretch("等待", 0.0, 300.0, deciding=True, waiting=True),
        Stretch("会商", 300.0, 10.0, deciding=True),
        Stretch("振铃", 310.0, 40.0, deciding=False),
    ]
    assert long_wait_min(way) == 300.0
    assert "等待平均300.0分钟" in about_minutes(night, way, sheet.scope, ZH)
    for released, label in ((310.0, "会商开始后分钟数"), (400.0, "会商之前的等待以外的分钟数")):
        figure = draw_waterfall(replace(sheet, night=replace(night, release_min=released)), way)
        assert figure is not None
        (axes,) = figure.axes
        assert axes.get_xlim()[1] < 60
        assert axes.get_xlabel().startswith(label)
    short = [replace(way[0], minutes=30.0), *(replace(s, begin_min=s.begin_min - 270) for s in way[1:])]
    assert long_wait_min(short) == 0.0
    assert long_wait_min([]) == 0.0


def test_limits_are_numbers_on_the_curve_and_words_above_it(small: Callable[..., tuple[Scenario, Night]]) -> None:
    """Two requirements of one limit share a number; all words stand above 100 %."""
    scenario, night = small()
    first, *rest = (target for target in scenario.plan.targets if target.event == "warned")
    twice = _with(scenario, targets=(first, first.model_copy(update={"id": "again", "of_whom": "household"}), *rest))
    sheet = Sheet(twice, night, naming(twice), whole(twice), ZH)
    limits = limits_of(sheet, 350.0)
    assert [limit.number for limit in limits] == [1, 1, 2]
    axes = draw_curve(sheet).axes[0]
    said = {text.get_text(): text.get_position()[1] for text in axes.texts}
    assert all(said[limit.text] > 1 for limit in limits)


def test_counts_that_cannot_be_are_no_zeros(small: Callable[..., tuple[Scenario, Night]]) -> None:
    """An act without a means that gets an answer has no count of confirmed households."""
    scenario, night = small()
    rows = {row[0]: row for row in results(scenario, night, whole(scenario), ZH).rows}
    assert int(rows["红色预警发布（提前2小时）"][6]) > 0
    (warning,) = scenario.plan.warnings
    quiet = _with(scenario, warnings=(warning.model_copy(update={"means": ("sms",)}),))
    reached = {"sms": night.acts[0].reception.reached["sms"]}
    heard = replace(night.acts[0], reception=replace(night.acts[0].reception, reached=reached))
    rows = {r[0]: r for r in results(quiet, replace(night, acts=(heard,)), whole(quiet), ZH).rows}
    assert rows["红色预警发布（提前2小时）"][6] == "—"


def test_sizes_of_key_sites_are_no_head_counts(small: Callable[..., tuple[Scenario, Night]]) -> None:
    """The heading says 规模, the note that nobody was counted at the time."""
    scenario, night = small("county.synthesis.key_sites.0.residents_each=200")
    table = tabulate(scenario, night, naming(scenario))["key_sites"]
    grid = key_sites(scenario, night, table, whole(scenario), ZH)
    assert "规模（人）" in [column.heading for column in grid.columns]
    assert grid.notes[-1] == "“规模（人）”按规模合成，不是当时在场人数。"
    given = replace(scenario, county=replace(scenario.county, synthetic=()))
    assert "合成" not in key_sites(given, night, table, whole(scenario), ZH).notes[-1]


def test_requirements_of_one_name_are_told_apart_by_their_act(
    small: Callable[..., tuple[Scenario, Night]], tmp_path: Path
) -> None:
    """In English, where names are made, on the page and among the assumptions; one that is about no act here says so."""
    scenario, night = small()
    called = [verdict.title for verdict in verdicts(scenario, night, EN)]
    assert len(set(called)) == len(called)
    assert "95% of listed households confirmed (order to move at once)" in called
    seen = unescape("".join(read(page(tmp_path, scenario, night, "en")).seen))
    assert "call target · 95% of listed households confirmed (order to move at once)" in seen
    assert "(no such act here)" in seen
    assert "（本次不适用）" in explain(scenario, "zh")


@pytest.mark.parametrize(
    ("language", "place", "real", "command"),
    [
        ("zh", None, False, "--replication 0"),
        ("zh", "江口镇·村01", False, "--replication 0 --place 江口镇·村01"),
        ("en", "江口镇·village 02", False, "--replication 0 --place '江口镇·village 02' --lang en"),
        ("zh", "江口镇", True, "--replication 0 --place 江口镇 --real-names"),
    ],
)
def test_the_page_says_how_to_make_it_again(
    small: Callable[..., tuple[Scenario, Night]],
    tmp_path: Path,
    language: str,
    place: str | None,
    real: bool,
    command: str,
) -> None:
    """Place, language and names of villages are those of the page."""
    seen = "".join(read(page(tmp_path, *small(), language, place=place, real=real)).seen)
    assert f"jiaoying run scenario.resolved.yaml {command}\n" in unescape(seen)


def test_no_text_takes_a_run_for_a_night() -> None:
    """A scenario may play by day: our words say 推演 and run."""
    night = re.compile(r"本夜|当夜|一夜|夜次|\b(this|one|the) night\b")
    assert not [key for key, text in PHRASES.items() if night.search(text.zh + text.en)]
