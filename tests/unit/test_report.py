"""What people see: every word in both languages, nothing fetched, nothing blamed, never a number for what never happened."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable
from datetime import datetime
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from sim import distributions as laws
from sim.errors import InputError, Text
from sim.measures import naming, tabulate
from sim.records import Night
from sim.report import explain, figures, terminal_summary, write_report
from sim.report.durations import in_words
from sim.report.labels import Label, place_labels
from sim.report.phrases import OF_PAGES, PHRASES
from sim.report.phrases_scenario import OF_SCENARIOS
from sim.report.scope import find
from sim.report.verdicts import verdicts
from sim.report.words import Words
from sim.scenario import Scenario, load_scenario
from sim.warning import simulate

ROOT = Path(__file__).resolve().parents[2]
CJK = re.compile(r"[\u3000-\u3013\u3016-\u303f\u3400-\u9fff\uff00-\uffef]")
ZH, EN = Words("zh"), Words("en")
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
  - {configs}/targets/planning-defaults.yaml
hazard: {{kind: rainstorm, rain: heavy, source: 情景设定, status: 规划假设}}
warnings:
  - id: red-rainstorm
    level: red
    consultation: {{triangular: {{low: 3 min, mode: 6 min, high: 15 min}}}}
    sign_off: 3 min
    signed_by: county leader
    release: 2 min
    means: [sms, broadcast, phone, door]
    source: 会商、签发、发布用时没有公开记录
    status: 规划假设
"""


def write_csv(path: Path, rows: list[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


@pytest.fixture(autouse=True)
def _coarse_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Save the pictures coarsely: their resolution takes most of the time and is no law."""
    monkeypatch.setattr(figures, "_PNG_DPI", 40)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., tuple[Scenario, Night]]:
    """Return a loader of nights in a county of two townships, four villages and some two thousand residents."""
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
        (f"v{n}", f"{name}村民委员会", f"t{1 + n // 2}") for n, name in enumerate(("新里", "盛堡", "泉水", "天鹅"))
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
    """Collects what a reader sees and every address in an attribute."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.addresses: list[str] = []
        self._style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._style = tag == "style"
        self.addresses += [
            value or "" for name, value in attrs if name in {"src", "href", "xlink:href", "data", "action", "srcset"}
        ]

    def handle_endtag(self, _tag: str) -> None:
        self._style = False

    def handle_data(self, data: str) -> None:
        if not self._style:
            self.seen.append(data)


def read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    return reader


# --- words ------------------------------------------------------------------------------------------------------------


def test_every_text_is_there_in_both_languages() -> None:
    """Every key has a Chinese and an English text, with the same blanks (English needs no 全部), and English holds no Chinese."""
    assert not OF_PAGES.keys() & OF_SCENARIOS.keys()
    blanks = re.compile(r"\{(\w+)\}")
    for key, text in PHRASES.items():
        assert isinstance(text, Text)
        assert text.zh, key
        assert text.en or key == "who.fully", key
        assert not CJK.search(text.en), key
        if key != "date":
            assert set(blanks.findall(text.en)) | {"fully"} == set(blanks.findall(text.zh)) | {"fully"}, key


def test_no_text_blames_or_calls_one_night_a_standard_met() -> None:
    """No word of ours says 脱岗 or 达标."""
    assert not [key for key, text in PHRASES.items() if "脱岗" in text.zh or "达标" in text.zh]


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


def test_a_moment_is_clock_and_minute_after_release() -> None:
    """23:20 plus 17.5 minutes, released after 10: 23:38, minute 8; a limit passed by a second is passed."""
    assert ZH.after_release(START, 10.0, 17.5) == "23:38（发布后第8分钟）"
    assert EN.after_release(START, 10.0, 17.5) == "23:38 (minute 8 after release)"
    assert ZH.after_release(START, 0.0, 15 + 1 / 60).endswith("第16分钟）")
    assert ZH.after_release(START, 10.0, math.inf) == "推演结束仍未收到"


def test_shares_go_down_so_that_all_means_all() -> None:
    """94.9 % does not become 95 %, one in a thousand is not none, 100 % is everybody."""
    assert [ZH.percent(share) for share in (0.949, 0.001, 0.0, 0.9999, 1.0)] == ["94%", "不足1%", "0%", "99%", "100%"]


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
    """Nothing is fetched, no script runs, figures lie beside it, the stamp and the foreign source are seen."""
    html = page(tmp_path, *small())
    seen = "".join(read(html).seen)
    assert not [address for address in read(html).addresses if not address.startswith("#")]
    assert "http" not in html
    assert "<script" not in html
    assert "模拟推演·含合成数据·非实况·不作考核问责依据" in seen
    assert "外地做法，本县未规定" in seen
    assert "江口镇·村0" in seen
    assert {path.name for path in (tmp_path / "figures").iterdir()} == {"map.png", "coverage.png"}
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
        assert not forbidden.search(re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL).replace("fill: none", ""))
        assert not forbidden.search(terminal_summary(scenario, night, language) + explain(scenario, language))


def test_a_night_without_release_completes_nothing(
    small: Callable[..., tuple[Scenario, Night]], tmp_path: Path
) -> None:
    """Where nothing is released every target is 未完成 and the page says so in words."""
    scenario, night = small('end="2 min"')
    assert math.isinf(night.release_min)
    assert {verdict.state for verdict in verdicts(scenario, night, ZH)} == {"undone"}
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
    assert "<script" not in html
    assert "<h1>&lt;script&gt;alert(1)&lt;/script&gt;</h1>" in html


def test_the_english_page_speaks_english(small: Callable[..., tuple[Scenario, Night]], tmp_path: Path) -> None:
    """Chinese is left only in what planners wrote: title, sources, where they apply, and names of places."""
    scenario, night = small("title=A night")
    text = "\n".join(unescape(piece) for piece in read(page(tmp_path, scenario, night, "en")).seen)
    kept = {item.source.replace("脱岗", "〔…〕") for item in scenario.assumptions}
    kept |= {target.applies_to for target in scenario.plan.targets} | {item.key for item in scenario.assumptions}
    kept |= {site.kind for site in scenario.plan.county.synthesis.key_sites} | {"云阳县", "江口镇", "蔈草镇"}
    for own in sorted(kept, key=len, reverse=True):
        text = text.replace(own, "")
    assert not CJK.findall(text)
    assert "village 01" in text


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
    assert "江口镇·村01·组01" in seen
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
    assert all(target.name in text for target in scenario.plan.targets)
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
