"""The report of a study: ten sentences at most, the same in every form; its numbers are those of the tables; nothing without words."""

from __future__ import annotations

import itertools
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path

import docx
import numpy as np
import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner, Result
from colorspacious import cspace_convert, deltaE
from docx.document import Document
from docx.oxml.ns import qn
from matplotlib.colors import to_rgb

from sim import simulate
from sim.cli import cli
from sim.errors import Language
from sim.measures import naming
from sim.measures.digest import digest
from sim.records import STEPS
from sim.report import gather_study, write_study
from sim.report.content.grid import Grid
from sim.report.figures import draw
from sim.report.study import StudyContent
from sim.report.study.figures import _INNER, _LINE, _OUTER
from sim.report.study.measures import name_of_measure
from sim.report.words.language import Words
from sim.report.words.phrases import PHRASES
from sim.scenario import Scenario
from sim.study.folder import Asked
from sim.study.nights import Nights
from sim.study.study import Study
from sim.study.study_tables import DARK, MORE_IS_BETTER, numbers, tables
from tests.strategies import full_night, small, with_outages

ROOT = Path(__file__).parents[2]
FORBIDDEN = re.compile(r"脱岗|\b(?:inf|nan|NaN|None|NaT)\b")
RUNS = 12


@pytest.fixture(scope="module", autouse=True)
def _coarse_pictures() -> Iterator[None]:
    """Save the pictures coarsely: their resolution takes most of the time and is no law."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(draw, "_PNG_DPI", 40)
        yield


# Tools ----------------------------------------------------------------------------------------------------------------


def played(scenario: Scenario, runs: int) -> Study:
    """Return a study of a scenario at hand."""
    nights = Nights.of(range(runs), [digest(scenario, simulate(scenario, number)) for number in range(runs)])
    return Study(scenario, Asked("", (), scenario.hash, scenario.plan.seed, runs), nights)


def changed(study: Study, **of_county: list[float]) -> Study:
    """Return a study in which some numbers of the county (``measure``) are what is given, run by run; ``__`` stands for a colon."""
    nights, starts = study.nights, study.nights.starts
    values = nights.kept.copy()
    for name, given in of_county.items():
        (at,) = (n for n, own in enumerate(nights.columns) if own.measure == name.replace("__", ":") and 0 in own.place)
        values[:, starts[at] + nights.columns[at].place.tolist().index(0)] = given
    return replace(study, nights=replace(nights, kept=values))


@dataclass(frozen=True)
class Written:
    """A report and its files."""

    content: StudyContent
    folder: Path
    page: str
    document: Document
    book: openpyxl.Workbook


def gathered(study: Study, language: Language = "zh", *, real: bool = False) -> StudyContent:
    """Return what a report says."""
    names = naming(study.scenario, real_names=real)
    return gather_study(study, tables(study, names), names, language)


def written(study: Study, folder: Path, language: Language = "zh", *, real: bool = False) -> Written:
    """Return a report in all its forms."""
    content = gathered(study, language, real=real)
    page = write_study(folder, content)
    return Written(
        content,
        folder,
        page.read_text(encoding="utf-8"),
        docx.Document(str(folder / "study.docx")),
        openpyxl.load_workbook(folder / "study.xlsx"),
    )


class _Reader(HTMLParser):
    """Reads the rows of all tables of a page, items of lists, and headings."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.items: list[str] = []
        self._into: list[str] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th", "li"}:
            self._into = self.rows[-1] if tag != "li" else self.items
            self._into.append("")

    def handle_data(self, data: str) -> None:
        if self._into:
            self._into[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "li"}:
            self._into = None


def pieces(document: Document) -> list[str]:
    """Return every paragraph and cell of a document, header and footer included."""
    parts = [paragraph.text for paragraph in document.paragraphs]
    parts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for section in document.sections:
        parts += [paragraph.text for part in (section.header, section.footer) for paragraph in part.paragraphs]
    return parts


def cells(book: openpyxl.Workbook) -> Iterator[object]:
    """Yield every cell of a workbook."""
    for sheet in book:
        yield from itertools.chain.from_iterable(sheet.iter_rows(values_only=True))


def grid_of(content: StudyContent, key: str, number: int = 0) -> Grid:
    """Return a table of a section."""
    (section,) = (one for one in content.sections if one.key == key)
    return section.tables[number]


def first_number(cell: str) -> int:
    """Return the first number that a cell names."""
    found = re.search(r"\d+", cell.rpartition("：")[2])
    assert found
    return int(found[0])


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Return a study with every block, outages, evacuation and the planning defaults."""
    night = with_outages(full_night())
    night.scenario["extends"] = [
        str(ROOT / "configs/call-targets/by-target.yaml"),
        str(ROOT / "configs/targets/planning-defaults.yaml"),
    ]
    night.scenario.pop("targets", None)
    night.scenario["title"] = "样例之夜"
    return played(night.load(tmp_path_factory.mktemp("rich")), RUNS)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Return a study without outages and evacuation; one requirement is about persons moved, which it does not simulate."""
    night = small(1, 6, 2)
    night.scenario["roster"]["posts"]["officer"]["answer"] = 0.5
    common = {"since": "release", "share": 1, "probability": 0.5, "source": "演示", "applies_to": "本情景"}
    common["status"] = "演示"
    night.scenario["targets"] = [
        {"id": "safe", "name": "已安全转移", "event": "safe", "of_whom": "listed_household", "within": "60 min"}
        | common,
        {"id": "all", "name": "各村应答", "event": "acknowledged", "of_whom": "village", "within": "6 min"} | common,
    ]
    night.scenario["call_targets"][0]["name"] = "=叫应<各级>"
    return played(night.load(tmp_path_factory.mktemp("plain")), 8)


@pytest.fixture(scope="module")
def report(rich: Study, tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Return the Chinese report of it."""
    return written(rich, tmp_path_factory.mktemp("report"))


# The same in every form -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_page_document_and_workbook_say_the_same(
    rich: Study, report: Written, tmp_path: Path, language: Language
) -> None:
    """Each sentence, note, table, method and assumption stands on the page, in the document and, as numbers, in the workbook; no stray nan."""
    made = report if language == "zh" else written(rich, tmp_path, language)
    content, page, said = made.content, _Reader(made.page), pieces(made.document)
    rows = {tuple(row) for row in page.rows}
    in_document = {tuple(cell.text for cell in row.cells) for table in made.document.tables for row in table.rows}
    in_book = {cell for cell in cells(made.book) if isinstance(cell, str)}
    assert 5 <= len(content.sentences) <= 10
    for number, sentence in enumerate(content.sentences, start=1):
        assert sentence in page.items
        numbered = content.words("study.numbered", n=number, said=sentence)
        assert numbered in said
        assert numbered in in_book
    for section in content.sections:
        assert section.heading in said
        assert {*section.sentences, *section.notes} <= set(said)
        for table in section.tables:
            assert table.rows, section.key
            assert set(table.rows) <= rows, section.key
            assert set(table.rows) <= in_document, section.key
            assert set(table.notes) <= set(said)
        for sheet in section.sheets:
            assert {*sheet.said, *sheet.notes} <= in_book
    for own in content.assumptions:
        row = (own.what, own.source, own.applies_to, own.status)
        assert row in rows
        assert row in in_document
    assert set(content.methods) <= set(page.items)
    assert set(content.methods) <= set(said)
    assert set(content.methods) <= in_book
    assert len(content.methods) > 10
    for text in (re.sub(r"<svg.*?</svg>|<style>.*?</style>", "", made.page, flags=re.DOTALL), *said, *in_book):
        assert not FORBIDDEN.search(text), FORBIDDEN.search(text)
    assert all(np.isfinite(cell) for cell in cells(made.book) if isinstance(cell, int | float))


def test_every_number_of_the_tables_stands_in_the_workbook(report: Written) -> None:
    """Of verdicts, places, bands, minutes by step and dark villages the workbook has all rows, not the first few."""
    held = [cell for cell in cells(report.book) if isinstance(cell, int | float)]
    for name, columns in {
        "verdicts": ["met", "ci_low", "ci_high"],
        "late": ["p_late", "ci_low", "ci_high"],
        "side_by_side": ["all_met", "most_high", "worst_low"],
        "bands": ["p5", "p25", "p50", "p75", "p95", "best", "worst"],
        "steps": ["minutes", "ci_low", "ci_high"],
        "dark": ["runs", "ci_low", "ci_high"],
    }.items():
        for column in columns:
            values = report.content.about.tables[name][column]
            assert len(values) > 5
            for value in values:
                assert np.isclose(held, value, rtol=1e-12).any(), (name, column)


def test_what_is_read_is_what_the_tables_hold(report: Written) -> None:
    """Verdicts, side by side, bands, minutes and dark villages are told as counted; places in the order of how often they are late."""
    content = report.content
    made = content.about.tables
    verdicts = grid_of(content, "verdicts").rows
    assert [row[2] for row in verdicts] == [f"{RUNS}次中{met}次" for met in made["verdicts"]["met"]]
    lowest = made["side_by_side"].groupby("target_id", sort=False).tail(1)
    for column, of in ((2, "all_met"), (3, "most_met"), (4, "worst_met")):
        told = [first_number(row[column]) for row in grid_of(content, "side_by_side").rows]
        assert told == lowest[of].tolist()
    bands = made["bands"].set_index("minutes")
    for row in grid_of(content, "bands").rows:
        assert row[1] == Words("zh").percent(bands.loc[int(row[0]), "p50"])
    of_county = made["steps"][made["steps"]["code"] == "C"].set_index("step")["minutes"]
    for name, minutes, _ in grid_of(content, "steps").rows:
        step = next(step for step in STEPS if Words("zh")(f"step.{step}") == name)
        assert float(minutes) == pytest.approx(of_county[step], abs=0.051)
    dark = made["dark"].set_index(["when", "share"])["runs"]
    for share, row in zip(DARK, grid_of(content, "dark").rows, strict=True):
        assert [first_number(cell) for cell in row[2:]] == [dark["at_once", share], dark["60min", share]]
    own, level = content.about.main or ("", "")
    assert (own, level) == ("village-30min", "village")  # the first of the scenario that speaks of villages
    late = made["late"].query("target_id == @own and level == @level and p_late > 0")
    told = [first_number(row[1].partition("中")[2]) for row in grid_of(content, "late", 1).rows]
    assert told == (late["p_late"] * RUNS).round().astype(int).tolist()[:15] == sorted(told, reverse=True)


def test_the_same_study_gives_the_same_bytes(rich: Study, report: Written, tmp_path: Path) -> None:
    """Page, document, workbook and figures, gathered and written again."""
    write_study(tmp_path, gathered(rich))
    files = [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()]
    assert {"study.html", "study.docx", "study.xlsx", "figures/late.png"} <= {str(file) for file in files}
    for file in files:
        assert (tmp_path / file).read_bytes() == (report.folder / file).read_bytes(), file


# Figures, stamps, names -----------------------------------------------------------------------------------------------


def test_figures_are_described_and_stand_in_the_file(report: Written) -> None:
    """Bands, persons in danger, map and steps: each with words on the page and in the document, nothing fetched from anywhere."""
    shown = {section.key: section.alt for section in report.content.sections if section.alt}
    assert [*shown] == ["bands", "exposed", "late", "steps"]
    labels = re.findall(r'<figure role="img" aria-label="([^"]+)"><svg', report.page)
    assert labels == [*shown.values()]
    described = [drawn.get("descr") for drawn in report.document.element.body.iter(qn("wp:docPr"))]
    assert described == [*shown.values()]
    assert {f"{key}.png" for key in shown} == {path.name for path in (report.folder / "figures").iterdir()}
    assert not re.search(r"""(src|href|xmlns)=["']?(https?:)?//""", report.page)
    ids = re.findall(r'\sid="([^"]+)"', report.page)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("blindness", ["protanomaly", "deuteranomaly", "tritanomaly"])
def test_bands_differ_to_the_colour_blind(blindness: str) -> None:
    """Paper, outer band, inner band and the line of the median, as seen by a dichromat (ΔE of CAM02-UCS ≥ 10)."""
    seen_as = {"name": "sRGB1+CVD", "cvd_type": blindness, "severity": 100}
    colours = [np.clip(cspace_convert(to_rgb(one), seen_as, "sRGB1"), 0, 1) for one in ("white", _OUTER, _INNER, _LINE)]
    assert min(deltaE(*pair, input_space="sRGB1") for pair in itertools.combinations(colours, 2)) >= 10


@pytest.mark.parametrize("real", [False, True])
def test_villages_are_codes_unless_names_are_asked(rich: Study, report: Written, tmp_path: Path, *, real: bool) -> None:
    """Every form bears its stamps; names of villages and the stamp of internal papers stand only in a working copy."""
    made = written(rich, tmp_path, real=real) if real else report
    names = [name for name in naming(rich.scenario, real_names=True).name if name.startswith("村")]
    assert names
    texts = {"page": made.page, "document": "".join(pieces(made.document)), "book": str([*cells(made.book)])}
    for where, text in texts.items():
        assert any(name in text for name in names) is real, where
        assert ("内部资料" in text) is real, where
        assert "模拟推演" in text
    for sheet in made.book:
        assert "模拟推演" in sheet.oddHeader.center.text
        assert ("内部资料" in sheet.oddHeader.center.text) is real
    assert ("--real-names" in made.content.again) is real


def test_a_working_copy_is_asked_for_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that the program names says -internal, however the study goes on; one that was begun without cannot become one."""
    monkeypatch.chdir(tmp_path)
    path = small(1, 2, 1).write(tmp_path / "in")

    def study(*words: object) -> Result:
        return CliRunner().invoke(cli, ["study", *map(str, words)])

    assert study(path, "-n", 4, "--workers", 1, "--real-names").exit_code == 0
    (folder,) = (tmp_path / "results" / "small").iterdir()
    assert folder.name.endswith("-study-internal")
    assert "内部资料" in (folder / "study.html").read_text(encoding="utf-8")
    assert study("--resume", folder, "-n", 5, "--workers", 1).exit_code == 0
    assert "内部资料" in (folder / "study.html").read_text(encoding="utf-8")
    assert study(path, "-n", 4, "--workers", 1, "--out", tmp_path / "public").exit_code == 0
    before = (tmp_path / "public/study.html").read_bytes()
    refused = study("--resume", tmp_path / "public", "--real-names")
    assert refused.exit_code == 2
    assert "--real-names" in refused.stderr
    assert (tmp_path / "public/study.html").read_bytes() == before
    assert "内部资料" not in before.decode()


# Words for everything -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_measure_of_a_run_has_words(rich: Study, language: Language) -> None:
    """Whatever the digest yields is called something that people say, and its unit too; no two are called alike."""
    about = gathered(rich, language).about
    named = {column.measure: name_of_measure(about, column.measure) for column in rich.nights.columns}
    assert len(named) > 60
    for measure, name in named.items():
        assert name
        assert not re.search(r"[a-z]_[a-z0-9]|\bp\d\d\b", name), measure
    plainly = [name for measure, name in named.items() if not measure.startswith("target:")]
    assert len(set(plainly)) == len(plainly) - 1  # persons in danger: of the county, and of each place
    assert {column.unit for column in rich.nights.columns} <= {
        key.removeprefix("study.unit.") for key in _keys("study.unit.")
    }
    with pytest.raises(KeyError):
        name_of_measure(about, "something_new")


def _keys(begin: str) -> list[str]:
    return [key for key in PHRASES if key.startswith(begin)]


def test_the_worst_of_twenty_is_the_bad_end(rich: Study) -> None:
    """Where more is better it is at most the median, else at least; never counts among the worst of minutes."""
    known = numbers(rich).dropna(subset=["median", "worst"])
    better = known["measure"].isin(MORE_IS_BETTER) | known["measure"].str.startswith("share_")
    assert better.sum() > 20
    assert (known["worst"] <= known["median"])[better].all()
    assert (known["worst"] >= known["median"])[~better].all()
    minutes = [10.0] * (RUNS - 2) + [np.inf] * 2
    table = numbers(changed(rich, warned_p95_min=minutes)).set_index("measure").loc["warned_p95_min"]
    assert table["median"] == 10
    assert pd.isna(table["worst"])
    assert table["never"] == 2


# What is said ---------------------------------------------------------------------------------------------------------


def test_when_most_were_told_is_said_as_it_was(rich: Study) -> None:
    """In time, never in the worst of twenty, never in half: with the share told by the hour where it was never."""
    released = [10.0] * RUNS

    def said(minutes: list[float]) -> str:
        shares = [0.3] * 3 + [0.5] * (RUNS - 3)
        study = changed(rich, release_min=released, warned_p95_min=minutes, share_60min=shares)
        (sentence,) = (one for one in gathered(study).sentences if "95%的户" in one or "不到95%" in one)
        return sentence

    assert re.search(r"一半的次数里在发布后30分钟内.*约有一次要到发布后50分钟", said([40.0] * (RUNS - 1) + [60.0]))
    bad = said([40.0] * (RUNS - 1) + [np.inf])
    assert "一半的次数里在发布后30分钟内" in bad
    assert "到推演结束也没有做到" in bad
    never = said([40.0] * 2 + [np.inf] * (RUNS - 2))
    assert f"{RUNS}次中有{RUNS - 2}次" in never
    for sentence in (bad, never):
        assert re.search(r"一半的次数里收到的户不低于50%.*约有一次只有30%或更少", sentence)


def test_what_is_not_simulated_is_not_judged(plain: Study, tmp_path: Path) -> None:
    """No verdict on persons moved where nobody is moved: on the page, in the sentences, in the workbook; no figure of it either."""
    made = written(plain, tmp_path)
    content = made.content
    (row,) = (row for row in grid_of(content, "verdicts").rows if row[0].startswith("已安全转移"))
    assert row[1] == "没有推演或没有对象，不评"
    assert row[2:4] == ("—", "—")
    assert not [sentence for sentence in content.sentences if "安全转移" in sentence]
    assert any("没有推演" in sentence for sentence in content.sentences)
    assert {section.key for section in content.sections}.isdisjoint({"exposed", "dark"})
    assert any("避险转移、信息报送" in method for method in content.methods)
    (cells_of,) = (
        row for row in made.book.worksheets[1].iter_rows(values_only=True) if str(row[0]).startswith("已安全转移")
    )
    assert cells_of[4:8] == (None, None, None, None)
    assert "&lt;各级&gt;" in made.page  # what a planner wrote is text, not markup


def with_times(study: Study, **minutes: float) -> Study:
    """Return a study in which every place took so many minutes for a requirement (by its id), in every run."""
    nights, starts = study.nights, study.nights.starts
    values = nights.kept.copy()
    for n, column in enumerate(nights.columns):
        kind, _, own = column.measure.removesuffix(":min").partition(":")
        if kind == "target" and own in minutes and column.measure.endswith(":min"):
            values[:, starts[n] : starts[n + 1]] = minutes[own]
    return replace(study, nights=replace(nights, kept=values))


def test_many_alike_are_counted_not_named_first(plain: Study) -> None:
    """Where all six villages are late each time three are examples; where none ever is, that is said."""
    late = gathered(with_times(plain, all=np.inf))
    assert any("8次中有6个村每个都有8次超时，例如" in sentence for sentence in late.sentences)
    never = gathered(with_times(plain, all=1.0, desks=1.0))
    assert any("8次中没有一个超时" in sentence for sentence in never.sentences)


def test_lists_are_about_the_first_requirement_that_some_were_late_for(plain: Study) -> None:
    """The first that can be judged by village, unless none was late for it and some were for another."""
    for minutes, main in (((9.0, 99.0), "all"), ((1.0, 99.0), "desks"), ((1.0, 1.0), "all")):
        study = with_times(plain, all=minutes[0], desks=minutes[1])
        assert gathered(study).about.main == (main, "village")


def test_what_cannot_be_told_yet_is_said_with_what_would_tell(plain: Study) -> None:
    """Four of eight runs against one half: open; the sentence names it, and no other does not."""
    study = changed(plain, target__all__met=[1.0, 0.0] * 4)
    sentences = gathered(study).sentences
    assert "尚不能判定" in sentences[-1]
    assert "各村应答" in sentences[-1]
    certain = changed(plain, target__all__met=[1.0] * 8, target__desks__met=[0.0] * 8)
    assert not [one for one in gathered(certain).sentences if "尚不能判定" in one]


def test_the_document_is_one_for_a_leader_to_read(report: Written) -> None:
    """All sentences stand before the first heading of the report; tables are no wider than the text; the file is whole."""
    styles = [paragraph.style.name for paragraph in report.document.paragraphs]
    before = [paragraph.text for paragraph in report.document.paragraphs[: styles.index("Heading 1")]]
    for number, sentence in enumerate(report.content.sentences, start=1):
        assert f"{number}．{sentence}" in before
    assert zipfile.ZipFile(report.folder / "study.docx").testzip() is None
    room = report.document.sections[-1]
    width = room.page_width - room.left_margin - room.right_margin
    for table in report.document.tables:
        assert sum(column.width for column in table.columns) <= width + 10_000


# From the command line ------------------------------------------------------------------------------------------------


def test_a_planner_gets_sentences_and_every_form(tmp_path: Path) -> None:
    """In both languages: the sentences of the page on the terminal, limits where they are asked for; the manifest lists what there is."""
    path = small(1, 3, 1).write(tmp_path / "in")
    for language, limit in (("zh", "时限须定为"), ("en", "the limit would have to be")):
        out = tmp_path / language
        words = ["study", path, "-n", 8, "--workers", 1, "--out", out, "--lang", language, "--suggest-limits", "50%"]
        done = CliRunner().invoke(cli, [*map(str, words)])
        assert done.exit_code == 0, done.output
        page = (out / "study.html").read_text(encoding="utf-8")
        told = [line for line in done.stdout.splitlines() if line]
        assert len(told) > 5
        for line in told[:-1]:  # the last says where the files are
            assert line in page.replace("&#39;", "'")
        assert any(limit in line for line in told)
        manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
        assert {entry.name for entry in out.iterdir()} == set(manifest["files"])
        assert {"study.html", "study.docx", "study.xlsx", "figures", "side_by_side.csv"} <= set(manifest["files"])
    assert json.loads((tmp_path / "zh" / "summary.json").read_text(encoding="utf-8"))["n"] == 8
