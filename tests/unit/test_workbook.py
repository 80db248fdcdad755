"""The workbook: the numbers of the tables as numbers, everything else as text, no sheet without its caveats, in both languages."""

from __future__ import annotations

import errno
import math
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from sim.measures import naming, tabulate
from sim.records import Night
from sim.report.content.means import BANDS
from sim.report.gather import gather
from sim.report.words.language import Words
from sim.report.workbook.figures import Moments
from sim.report.workbook.spreadsheet import legal_names, share_format, width_of
from sim.report.workbook.write import write_workbook
from sim.scenario import Scenario, load_scenario
from sim.warning import simulate
from tests.strategies import full_night, played, repeatable, with_outages

ROOT = Path(__file__).resolve().parents[2]
CJK = re.compile(r"[\u3000-\u3013\u3016-\u303f\u3400-\u9fff\uff00-\uffef]")
FORBIDDEN = re.compile(r"脱岗|达标|薄弱村|\binf\b|\bnan\b|None", re.IGNORECASE)
ZH, EN = Words("zh"), Words("en")
Rows = list[dict[str, Any]]


@cache
def everything() -> tuple[Scenario, Night]:
    """Return a night of every act and means, outages, evacuation and reports, in which some are never reached."""
    return played(with_outages(full_night()))


@cache
def awkward() -> tuple[Scenario, Night]:
    """Return a night of a planner whose names look like formulas, and are no names for sheets."""
    night = full_night()
    night.scenario["title"] = "=1+1"
    for township, name in zip(
        night.tables["townships.csv"], ("摘要", "'=SUM(A1)[x]:*?/\\镇'", "很长的镇" * 12), strict=True
    ):
        township["name"] = name
    for village, name in zip(night.tables["villages.csv"], "=+-@", strict=False):
        village["name"] = f"{name}村"
    return played(night)


@cache
def drill(*overrides: str) -> tuple[Scenario, Night]:
    """Return the night of one village that can be worked out on paper."""
    scenario = load_scenario(ROOT / "scenarios/village-drill.yaml", overrides)
    return scenario, simulate(scenario)


@cache
def county() -> tuple[Scenario, Night]:
    """Return the night of the whole county, on which everything happens."""
    scenario = load_scenario(ROOT / "scenarios/yunyang-three-outages-night.yaml")
    return scenario, simulate(scenario)


def written(
    where: Path, scenario: Scenario, night: Night, words: Words = ZH, *, place: str | None = None, real: bool = False
) -> Workbook:
    """Write a workbook and open it again."""
    names = naming(scenario, real_names=real)
    tables = tabulate(scenario, night, names)
    where.mkdir(exist_ok=True)
    write_workbook(gather(scenario, night, tables, names, words, place), tables, where / "report.xlsx")
    return openpyxl.load_workbook(where / "report.xlsx")


def head_of(sheet: Worksheet) -> int:
    """Return the row of the headings of a sheet with one table: it has the filter."""
    return int(re.findall(r"\d+", sheet.auto_filter.ref)[0])


def rows_of(sheet: Worksheet) -> Rows:
    """Return the rows of the one table of a sheet, by heading; those behind the filter, too."""
    head, *rows = sheet.iter_rows(min_row=head_of(sheet), values_only=True)
    headings = [heading for heading in head if heading]
    return [dict(zip(headings, row, strict=False)) for row in rows]


def named(row: dict[str, Any]) -> str:
    """Return the name of a place, which stands first in its row."""
    return str(next(iter(row.values())))


def texts(book: Workbook) -> Iterator[str]:
    for sheet in book:
        yield sheet.title
        yield from (str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)
        yield from (sheet.oddHeader.center.text, sheet.oddFooter.left.text, sheet.oddFooter.right.text)


# --- numbers ----------------------------------------------------------------------------------------------------------


def test_every_number_of_a_place_is_that_of_the_table(tmp_path: Path) -> None:
    """Counts and shares are the numbers of the tables, moments theirs in whole minutes; what has none is empty and said in words."""
    scenario, night = everything()
    tables = tabulate(scenario, night, naming(scenario))
    book = written(tmp_path, scenario, night)
    townships, villages = tables["townships"], tables["villages"]
    compare(rows_of(book["各乡镇"]), townships, night)
    compare(rows_of(book["各村"]), villages, night)
    for township in townships.to_dict("records"):
        compare(rows_of(book[township["label"]]), villages[villages["parent"] == township["code"]], night)
    assert villages["warned_p95_min"].isna().any()


def compare(rows: Rows, frame: pd.DataFrame, night: Night) -> None:
    """Hold the rows of a sheet to those of a table, in their order."""
    assert [row["编码"] for row in rows] == frame["code"].tolist()
    counts = {
        "常住人口（人）": "population",
        "户数": "households",
        "推演结束仍未收到（户）": "never_households",
        "应转移（人）": "listed_persons",
        "灾害发生时仍在危险区（人，不是伤亡预测）": "exposed_persons",
    } | {f"{n}分钟内收到预警": f"share_{n}min" for n in (15, 30, 60)}
    times = {"应答确认": "acknowledged_min", "半数住户收到预警": "warned_p50_min", "95%住户收到预警": "warned_p95_min"}
    for row, own in zip(rows, frame.to_dict("records"), strict=True):
        assert {heading: row[heading] for heading in counts} == {
            heading: own[column] if pd.notna(own[column]) else None for heading, column in counts.items()
        }
        for what, column in times.items():
            clock, minute = row[f"{what}（时刻）"], row[f"{what}（发布后第几分钟）"]
            assert (clock is None) == (minute is None) == pd.isna(own[column])
            if clock is not None:
                at = own[column] - night.release_min
                assert at - 1e-6 <= minute < at + 1
                assert clock >= night.start + timedelta(minutes=own[column]) - timedelta(seconds=1)
        said = row["情况（到推演结束）"]
        assert ("未应答" in said) == pd.isna(own["acknowledged_min"])
        assert ("收到的不足" in said) == pd.isna(own["warned_p95_min"])


@given(st.floats(-5, 355), st.floats(0, 30), st.integers(0, 59))
@repeatable(200)
def test_a_moment_is_the_one_that_the_page_says(after: float, release: float, second: int) -> None:
    """Clock time and minute after release are those of the page, whatever the seconds."""
    start = datetime(2025, 7, 11, 8, 20, second)  # noqa: DTZ001 - Beijing time throughout
    night = replace(drill()[1], start=start, release_min=release, end_min=360.0)
    minutes = min(max(release + after, 0.0), 360.0)
    clock, minute = Moments(night).of(minutes)
    assert clock is not None
    assert ZH.moment(night, minutes, "cell") == f"{clock:%H:%M}（第{minute}分钟）"
    assert Moments(night).of(math.inf) == (None, None)
    assert Moments(replace(night, release_min=math.inf)).of(minutes)[1] is None


@pytest.mark.parametrize("place", [None, "T001", "T001-01"])
def test_everybody_is_told_first_by_one_means_or_never(tmp_path: Path, place: str | None) -> None:
    """First told and never told sum to all households, and so do persons and shares."""
    scenario, night = everything()
    names, homes = naming(scenario), scenario.county.households
    content = gather(scenario, night, tabulate(scenario, night, names), names, ZH, place)
    *rows, total = rows_of(written(tmp_path, scenario, night, place=place)["首次收到的手段"])
    inside = content.scope.inside
    assert sum(row["户数"] for row in rows) == total["户数"] == inside.sum()
    assert sum(row["人数"] for row in rows) == total["人数"] == homes.persons[inside].sum()
    assert sum(row["占全部住户"] for row in rows) == pytest.approx(total["占全部住户"]) == 1


def test_curves_end_where_the_tables_do(tmp_path: Path) -> None:
    """By the last minute the curves count what the tables of the night count; no curve of what adds up goes down."""
    scenario, night = everything()
    tables = tabulate(scenario, night, naming(scenario))
    book = written(tmp_path, scenario, night)
    covered, moved = rows_of(book["逐分钟收到预警"]), rows_of(book["逐分钟避险转移"])
    bands = [heading for heading in covered[0] if heading in {ZH(f"band.{band}") for band in BANDS}]
    assert all(sum(row[band] for band in bands) == row["收到预警（户）"] for row in covered)
    assert [row["发布后第几分钟"] for row in covered] == list(range(len(covered)))
    warned = [row["收到预警（户）"] for row in covered]
    assert warned == sorted(warned)
    assert warned[-1] == len(scenario.county.households) - tables["townships"]["never_households"].sum()
    counts = tables["evacuation"]
    whole = counts[counts["place"] == scenario.county.code].set_index("measure")["persons"]
    end = moved[-1]
    assert end["已得知（人）"] == whole["warned"]
    assert end["已离家（人）"] == whole["departed"]
    assert end["灾害发生时仍在危险区（人，不是伤亡预测）"] == whole["exposed"]
    assert (
        rows_of(book["逐分钟县里掌握"])[-1]["实际在安全处（人，推演中的事实）"] == end["在安全处（人，已返回的不计）"]
    )
    assert end["时刻"] == night.start + timedelta(minutes=night.end_min)
    outages = rows_of(book["逐分钟断网断电断路"])
    assert {len(outages), len(moved)} == {int(night.end_min) + 1}
    assert 0 <= min(row["有手机信号的村（个）"] for row in outages) < len(tables["villages"])


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0.0, "0%"),
        (1.0, "0%"),
        (0.949, "0.0%"),
        (0.9496, "0.00%"),  # 94.96 %, not 95.0 %
        (0.9996, "0.00%"),
        (0.99996, "0.000%"),
        (0.0004, "0.00%"),
        (0.5, "0.0%"),
        (0.29, "0.0%"),
    ],
)
def test_no_share_is_shown_as_a_per_cent_that_it_has_not_reached(share: float, shown: str) -> None:
    """All is said of all alone, none of none, and 95 % of no less."""
    assert share_format(share) == shown


def test_minutes_are_shared_out_without_a_rest(tmp_path: Path) -> None:
    """The steps sum to the mean moment of being told."""
    *steps, total = rows_of(written(tmp_path, *drill())["时间花在哪里"])
    assert sum(step["平均用时（分钟）"] for step in steps) == pytest.approx(total["平均用时（分钟）"])
    assert steps[-1]["累计（推演起算后，分钟）"] == pytest.approx(total["累计（推演起算后，分钟）"])


# --- what is text stays text ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
@pytest.mark.parametrize(
    "night",
    [everything, awkward, drill, lambda: drill("end=2 min"), lambda: drill("end=11 min")],
    ids=["everything", "awkward", "drill", "unreleased", "nobody reached"],
)
def test_no_cell_is_a_formula_and_none_says_what_must_not_be_said(tmp_path: Path, night: Any, words: Words) -> None:  # noqa: ANN401
    """Opened again, also where nobody was reached and where names begin with =, cells are text, numbers and moments, no more."""
    book = written(tmp_path, *night(), words)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in "snd", (sheet.title, cell.coordinate, cell.value)
                assert cell.hyperlink is None or cell.hyperlink.target is None
    assert not [text for text in texts(book) if FORBIDDEN.search(text)]
    if words is EN and night is not awkward:
        places = {place.rpartition("·")[2] for place in night()[0].county.places.name}
        assert not [sheet.title for sheet in book if CJK.search(sheet.title) and sheet.title not in places]


def test_names_that_look_like_formulas_are_shown_as_they_are(tmp_path: Path) -> None:
    """A title, a township and villages that begin with = + - @ are text."""
    book = written(tmp_path, *awkward(), real=True)
    assert book.worksheets[0]["A1"].value == "=1+1"
    names = {named(row).rpartition("·")[2] for row in rows_of(book["各村"])}
    assert {"=村", "+村", "-村", "@村"} <= names
    assert "摘要 (2)" in book.sheetnames


def test_codes_are_text(tmp_path: Path) -> None:
    """A code is text, and stays so when somebody edits it, though it is made of digits alone."""
    night = full_night()
    for row in night.tables["townships.csv"]:
        row["name"] = f"镇{row['code']}"
    book = written(tmp_path, *played(night))
    for name in ("各乡镇", "各村"):
        sheet = book[name]
        (column,) = [cell.column for cell in sheet[head_of(sheet)] if cell.value == "编码"]
        for (cell,) in sheet.iter_rows(min_row=head_of(sheet) + 1, min_col=column, max_col=column):
            assert (cell.data_type, cell.number_format) == ("s", "@")


@given(
    st.lists(st.text(max_size=60) | st.sampled_from(["江口镇", "江口镇", "History", "'", "", "[x]:*?/\\", "𠮷" * 40]))
)
@repeatable(300)
def test_names_of_sheets_are_legal_and_unique(wanted: list[str]) -> None:
    """Whatever labels are: at most 31 letters as the format counts them, none of those forbidden, no two alike in any case."""
    names = legal_names(wanted)
    assert len(names) == len(wanted)
    assert len({name.lower() for name in names}) == len(names)
    for name in names:
        assert 1 <= len(name.encode("utf-16-le")) / 2 <= 31
        assert not re.search(r"[\[\]:*?/\\]", name)
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.lower() != "history"


def test_a_name_that_fits_is_left_alone() -> None:
    """Names are changed only where they must be; long ones end with a whole word."""
    assert legal_names(["江口镇", "a/b", "What became of those who had to be moved"]) == [
        "江口镇",
        "a b",
        "What became of those who had to",
    ]


# --- sheets -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_every_sheet_bears_its_caveats_and_prints_on_a4(tmp_path: Path, words: Words) -> None:
    """Caveats in the second row, which stays in view, and on every printed page; A4, one page wide, numbered; the first is one page."""
    scenario, night = everything()
    stamps = gather(*(part := (scenario, night)), tabulate(*part, naming(scenario)), naming(scenario), words).stamps
    for sheet in written(tmp_path, scenario, night, words):
        assert sheet["A2"].value == "    ".join(stamps)
        assert all(stamp in sheet.oddHeader.center.text for stamp in stamps)
        assert "&P" in sheet.oddFooter.right.text
        assert "&N" in sheet.oddFooter.right.text
        first = sheet.title == words("tab.summary")
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == (
            "portrait" if first else "landscape",
            9,
        )
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == (None if first else 0)  # none said: one
        assert int(re.findall(r"\d+", sheet.freeze_panes)[0]) >= 3
        if sheet.auto_filter.ref:
            head = head_of(sheet)
            assert sheet.print_title_rows == f"${head}:${head}"
            assert int(re.findall(r"\d+", sheet.freeze_panes)[0]) == head + 1


def test_the_contents_lead_everywhere(tmp_path: Path) -> None:
    """The first sheet is the summary, the second leads to every other, and every other leads back."""
    book = written(tmp_path, *awkward())
    assert book.sheetnames[:2] == ["摘要", "目录"]
    links = [cell.hyperlink.location for row in book["目录"].iter_rows() for cell in row if cell.hyperlink]
    assert links == [f"'{name.replace(chr(39), chr(39) * 2)}'!A1" for name in book.sheetnames if name != "目录"]
    for sheet in book:
        if sheet.title != "目录":
            assert sheet["A3"].hyperlink.location == "'目录'!A1"


def test_every_table_and_verdict_of_the_report_is_there(tmp_path: Path) -> None:
    """Every row of every table of the page, every requirement, key number and assumption is in the workbook."""
    scenario, night = everything()
    names = naming(scenario)
    content = gather(scenario, night, tabulate(scenario, night, names), names, ZH)
    book = written(tmp_path, scenario, night)
    seen = set(texts(book))
    for account in (content.evacuation, content.reports, content.outages):
        assert account is not None
        assert {*account.sentences, *account.notes} <= seen
        assert {table.title for table in account.tables} <= seen
    tables = [content.acts, content.results, content.reasons, content.sites, content.messages]
    for table in (*tables, *content.evacuation.tables, *content.reports.tables, *content.outages.tables):  # type: ignore[union-attr]
        assert {cell for row in table.rows for cell in row if cell} <= seen
    for verdict in content.verdicts:
        assert {verdict.title, verdict.state_text, verdict.sentence, verdict.applies_to, verdict.status} <= seen
    assert {number.value for number in content.numbers} | {value for _, value in content.facts} <= seen
    assert {own.key for own in content.assumptions} <= seen | {""}
    assert set(content.in_short) <= seen


def test_a_report_of_one_place_is_about_that_place(tmp_path: Path) -> None:
    """Of a township its villages alone, of a village its groups; no other place is shown, and messages of the county are not."""
    scenario, night = everything()
    book = written(tmp_path, scenario, night, place="T001")
    assert [row["编码"] for row in rows_of(book["各村"])] == ["T001-01", "T001-02", "T001-03"]
    assert [row["编码"] for row in rows_of(book["各乡镇"])] == ["T001"]
    assert "消息去向" not in book.sheetnames
    assert any("只写" in text for text in texts(book))
    one = written(tmp_path, *drill(), place="YL0101")
    assert len(rows_of(one["各组"])) == 2
    assert [row["编码"] for row in rows_of(one["各村"])] == ["YL0101"]


def test_where_nobody_was_reached_there_is_no_curve(tmp_path: Path) -> None:
    """A night that ends before anything is released: no curve, no minutes, everybody never told, and the summary says so."""
    book = written(tmp_path, *drill("end=2 min"))
    assert not {"逐分钟收到预警", "时间花在哪里"} & set(book.sheetnames)
    *rows, total = rows_of(book["首次收到的手段"])
    assert rows[-1]["户数"] == total["户数"] == 12
    assert {row["半数住户收到预警（时刻）"] for row in rows_of(book["各村"])} == {None}
    assert any("推演结束仍未发布" in text for text in texts(book))


def test_the_same_night_is_the_same_file(tmp_path: Path) -> None:
    """Written twice, byte for byte; it says it was made when the night began."""
    book = written(tmp_path / "a", *everything())
    written(tmp_path / "b", *everything())
    assert (tmp_path / "a/report.xlsx").read_bytes() == (tmp_path / "b/report.xlsx").read_bytes()
    assert book.properties.created == everything()[1].start


def test_a_chinese_letter_takes_two(tmp_path: Path) -> None:
    """Columns are as wide as what stands in them, Chinese letters counted as two, within bounds."""
    assert (width_of("江口镇"), width_of("Jiangkou"), width_of("第7分钟")) == (6, 8, 7)
    sheet = written(tmp_path, *everything())["各村"]
    widest = max(width_of(named(row)) for row in rows_of(sheet))
    assert widest <= sheet.column_dimensions["A"].width <= max(widest, 14) + 4


# --- the county -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_county_has_a_sheet_for_each_township(tmp_path: Path) -> None:
    """42 sheets by the names of the townships, villages by code alone unless real names are asked for, and then under their caveat."""
    book = written(tmp_path / "a", *county())
    townships = rows_of(book["各乡镇"])
    assert len(townships) == 42
    listed = [code for row in townships for code in (line["编码"] for line in rows_of(book[row["乡镇（街道）"]]))]
    assert listed == [row["编码"] for row in rows_of(book["各村"])]
    assert all(re.fullmatch(r"\d+-\d+", code) for code in listed)
    places = county()[0].county.places
    real = {ZH.label(name, ()) for name, level in zip(places.name, places.level, strict=True) if level == 2}
    assert not real & {text.rpartition("·")[2] for text in texts(book)}
    inner = written(tmp_path / "b", *county(), real=True)
    assert any(named(row) in real for row in rows_of(inner["江口镇"]))
    assert "内部资料" in inner["江口镇"]["A2"].value
    assert any("村名仅供内部核对" in text for text in texts(inner))
    assert (tmp_path / "a/report.xlsx").stat().st_size < 2_000_000


@pytest.mark.slow
def test_the_english_workbook_speaks_english(tmp_path: Path) -> None:
    """Chinese is left only in what planners wrote: title, sources, where they apply, posts, and names of places."""
    scenario, night = county()
    text = "\n".join(texts(written(tmp_path, scenario, night, EN)))
    kept = {item.source.replace("脱岗", "〔…〕") for item in scenario.assumptions} | {scenario.plan.title}
    kept |= {target.applies_to for target in (*scenario.plan.targets, *scenario.plan.call_targets)}
    kept |= {text for item in scenario.assumptions for text in (item.key, item.applies_to)}
    kept |= {post.title for post in scenario.plan.roster.posts.values()} | {act.signed_by for act in scenario.plan.acts}
    kept |= {
        name for name, level in zip(scenario.county.places.name, scenario.county.places.level, strict=True) if level < 2
    }
    for own in sorted(kept, key=len, reverse=True):
        text = text.replace(own, "")
    assert not CJK.findall(text)


def test_a_disk_that_refuses_is_told_by_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not by the library in a word of its own, which nobody would take for a full disk."""
    scenario, night = drill()
    names = naming(scenario)
    tables = tabulate(scenario, night, names)
    content = gather(scenario, night, tables, names, Words("zh"))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        write_workbook(content, tables, tmp_path / "report.xlsx")
    assert not list(tmp_path.iterdir())
