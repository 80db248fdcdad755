"""The document of a night: nothing of the report is missing, every sheet bears its stamp, tables keep their heads, the same bytes any day."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import docx
import pytest
import typst
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from pypdf import PdfReader

from sim.errors import InputError, Language
from sim.measures import naming, tabulate
from sim.records import Night
from sim.report.content.grid import Column
from sim.report.document import pdf
from sim.report.document.pdf import need_pdf
from sim.report.document.summary import looked_at
from sim.report.document.widths import fitted, halves
from sim.report.document.write import write_document
from sim.report.figures import draw as figures
from sim.report.figures.draw import draw
from sim.report.gather import Content, gather
from sim.report.words.language import Words
from sim.scenario import Scenario, load_scenario
from sim.units import BEIJING
from sim.warning import simulate
from tests.strategies import full_night, played, with_outages

ROOT = Path(__file__).resolve().parents[2]
CJK = re.compile(r"[\u3000-\u3013\u3016-\u303f\u3400-\u9fff\uff00-\uffef]")
ZH = Words("zh")
FORBIDDEN = re.compile(r"脱岗|达标|薄弱村|\b(?:inf|nan|NaN|None)\b")


@pytest.fixture(autouse=True)
def _coarse_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Save the pictures coarsely: their resolution takes most of the time and is no law."""
    monkeypatch.setattr(figures, "_PNG_DPI", 40)


@cache
def night(*overrides: str) -> tuple[Scenario, Night]:
    """Return a small night with every block, outages and the planning defaults."""
    own = with_outages(full_night())
    own.scenario["extends"] = [
        str(ROOT / "configs/call-targets/by-target.yaml"),
        str(ROOT / "configs/targets/planning-defaults.yaml"),
    ]
    own.scenario.pop("targets", None)
    return played(own, *overrides)


@cache
def drill() -> tuple[Scenario, Night]:
    scenario = load_scenario(ROOT / "scenarios/village-drill.yaml")
    return scenario, simulate(scenario)


def written(
    where: Path,
    scenario: Scenario,
    night: Night,
    language: Language = "zh",
    *,
    place: str | None = None,
    real: bool = False,
) -> tuple[Content, Document]:
    names = naming(scenario, real_names=real)
    content = gather(scenario, night, tabulate(scenario, night, names), names, Words(language), place)
    pictures = draw(content.sheet, content.way, where / "figures")
    write_document(content, pictures, where / "figures", where / "report.docx")
    return content, docx.Document(str(where / "report.docx"))


def data_tables(document: Document) -> list[Table]:
    """Return the tables of the document, without the one that sets the map beside what to look at."""
    return [table for table in document.tables if len(table.rows) > 1]


def pieces(document: Document) -> list[str]:
    """Return every paragraph and cell as a reader sees it, header and footer included."""
    parts = [paragraph.text for paragraph in document.paragraphs]
    parts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for section in document.sections:
        parts += [paragraph.text for part in (section.header, section.footer) for paragraph in part.paragraphs]
    return parts


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_of_the_report_is_missing(tmp_path: Path, language: Language) -> None:
    """Each sentence on a requirement, each table with all its rows, each account, each assumption and each note is set."""
    content, document = written(tmp_path, *night(), language)
    said = pieces(document)
    assert {own.sentence for own in content.verdicts} <= set(said)
    accounts = [own for own in (content.evacuation, content.reports, content.outages) if own is not None]
    assert len(accounts) == 3
    grids = [content.acts, content.results, content.reasons, content.sites, content.messages, *content.places]
    grids += [grid for own in accounts for grid in own.tables]
    rows = [tuple(cell.text for cell in row.cells) for table in data_tables(document) for row in table.rows]
    for grid in grids:
        if grid.rows or grid is content.acts:
            assert grid.title in said
            assert set(grid.notes) <= set(said)
            assert set(grid.rows) <= set(rows), grid.title
    assert {sentence for own in accounts for sentence in own.sentences} <= set(said)
    assert [(own.what, own.source, own.applies_to, own.status) for own in content.assumptions] == rows[
        -len(content.assumptions) :
    ]
    assert {content.missing, content.again} <= set(said)


def test_every_table_repeats_its_head_and_breaks_no_row(tmp_path: Path) -> None:
    """The first row, and no other, is a head on each page; no row is split between two pages; no table is wider than the text."""
    _, document = written(tmp_path, *night())
    room = document.sections[-1].page_width - document.sections[-1].left_margin - document.sections[-1].right_margin
    assert len(data_tables(document)) > 10
    for table in data_tables(document):
        marks = [{tag.tag for tag in row._tr.trPr} for row in table.rows]
        assert [qn("w:tblHeader") in own for own in marks] == [True] + [False] * (len(marks) - 1)
        assert all(qn("w:cantSplit") in own for own in marks)
        assert sum(column.width for column in table.columns) <= room + 10_000  # less than a tenth of a millimetre


def test_every_sheet_bears_its_stamp_and_its_number(tmp_path: Path) -> None:
    """Stamps stand in the header, the working copy under its own too; the footer counts pages and names the scenario."""
    for real in (False, True):
        content, document = written(tmp_path, *night(), real=real)
        for section in document.sections:
            assert tuple(line.text for line in section.header.paragraphs) == content.stamps
            footer = section.footer.paragraphs[0]
            assert content.identity in footer.text
            fields = [field.get(qn("w:instr")) for field in footer._p.iter(qn("w:fldSimple"))]
            assert fields == ["PAGE", "NUMPAGES"]
        assert ("内部资料" in "".join(pieces(document))) == (real and content.sheet.scenario.synthetic)


def test_the_first_page_is_for_leaders(tmp_path: Path) -> None:
    """Title, the night in short in at most four paragraphs and nothing else than its own words, the caveat, a table, the map."""
    content, document = written(tmp_path, *night())
    short = content.in_short
    assert 2 <= len(short) <= 4
    texts = [paragraph.text for paragraph in document.paragraphs]
    first = texts[: texts.index(ZH("page.title"))]
    assert first[0] == content.title
    assert set(short) <= set(first)
    assert ZH("note.one_night") in first
    table, band = document.tables[:2]
    assert [row.cells[0].text for row in table.rows[1:]] == [
        own.title for own in content.verdicts if own.kind == "target"
    ][:8]
    assert len(document.inline_shapes) > 1
    assert all(text in band.rows[0].cells[1].text for text in looked_at(content))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("overrides", [(), ('end="1 min"',)])
def test_no_document_shows_a_forbidden_word(tmp_path: Path, language: Language, overrides: tuple[str, ...]) -> None:
    """Neither inf nor NaN nor 脱岗 nor 达标, also on a night that ends before anything is released."""
    _, document = written(tmp_path, *night(*overrides), language)
    assert not [text for text in pieces(document) if FORBIDDEN.search(text)]


def test_the_english_document_speaks_english(tmp_path: Path) -> None:
    """Chinese is left only in what planners wrote: sources, where they apply, names of places and kinds."""
    scenario, own = night("title=A night")
    content, document = written(tmp_path, scenario, own, "en")
    kept = {item.source for item in content.assumptions} | {item.key for item in content.assumptions}
    kept |= {own.applies_to for own in (*content.verdicts, *content.assumptions)} | {
        verdict.source for verdict in content.verdicts
    }
    kept |= {post.title for post in scenario.plan.roster.posts.values()} | set(scenario.county.places.name)
    kept |= {act.signed_by for act in scenario.plan.acts if act.signed_by}
    kept |= {level.name for level in scenario.county.levels} | set(scenario.county.zones["kind"])
    text = "\n".join(pieces(document))
    for each in sorted(kept, key=len, reverse=True):
        text = text.replace(each, "") if each else text
    assert not CJK.findall(text)
    assert document.core_properties.language == "en"


def test_a_one_village_county_has_its_document(tmp_path: Path) -> None:
    """Where there is no map the first page has the curve; the stamp says 演示."""
    content, document = written(tmp_path, *drill())
    assert "演示数据" in document.sections[0].header.paragraphs[0].text
    assert {own.sentence for own in content.verdicts} <= set(pieces(document))
    alts = [drawn._inline.docPr.get("descr") for drawn in document.inline_shapes]
    assert alts[0] == ZH("figure.coverage")


def test_a_document_about_one_place(tmp_path: Path) -> None:
    """Its title names the place, its first page has the numbers of the place, and these come before the requirements of the county."""
    scenario, own = night()
    names = naming(scenario)
    place = names.label[int(scenario.county.places.level.tolist().index(1))]
    content, document = written(tmp_path, scenario, own, place=place)
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == f"{content.title}\n{content.where}"
    assert content.where in document.core_properties.title
    assert ZH("document.only", place=content.where) in texts
    order = [ZH(key) for key in ("head.evacuation", "head.acts", "head.targets_county")]
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings[0] == ZH("head.numbers")
    assert [heading for heading in headings if heading in order] == order
    assert ZH("head.messages") not in headings


def test_the_same_night_gives_the_same_bytes(tmp_path: Path) -> None:
    """Nothing in the file tells when or where it was written: author, moments and the dates inside are those of the night."""
    scenario, own = drill()
    _, document = written(tmp_path / "a", scenario, own)
    written(tmp_path / "b", scenario, own)
    assert (tmp_path / "a/report.docx").read_bytes() == (tmp_path / "b/report.docx").read_bytes()
    about = document.core_properties
    assert (about.author, about.title, about.language) == ("jiaoying", scenario.plan.title, "zh-CN")
    assert about.created.replace(tzinfo=None) == about.modified.replace(tzinfo=None) == own.start


def test_a_title_of_odd_characters_is_written(tmp_path: Path) -> None:
    """What XML cannot hold is left out, what looks like markup is text."""
    content, document = written(tmp_path, *drill())
    pictures = draw(content.sheet, content.way, tmp_path / "figures")
    odd = replace(content, title="<b>夜\x07&")
    write_document(odd, pictures, tmp_path / "figures", tmp_path / "odd.docx")
    document = docx.Document(str(tmp_path / "odd.docx"))
    assert document.paragraphs[0].text == "<b>夜&"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pdf_says_what_the_document_says(
    tmp_path: Path, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Word for word and figure for figure, the first page on one sheet; Typst has nothing to object to."""
    content, document = written(tmp_path, *night(), language)
    pictures = draw(content.sheet, content.way, tmp_path / "figures")
    monkeypatch.setattr(typst, "compile", strictly)
    write_document(content, pictures, tmp_path / "figures", tmp_path / "report.pdf")
    made = PdfReader(tmp_path / "report.pdf")
    texts = [page.extract_text() for page in made.pages]
    said, drawn = bare("".join(texts)), sum(len(page.images) for page in made.pages)
    wanted = [paragraph.text for paragraph in document.paragraphs]
    wanted += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    head = bare("".join(content.stamps))
    foot = re.compile(rf"{re.escape(bare(content.identity))}·\d+/{len(texts)}")
    flow = foot.sub("", said.replace(head, ""))
    missing = [text for text in wanted if bare(text) not in flow]
    assert not missing
    assert drawn == len(document.inline_shapes) > 3
    assert all(head in bare(text) and foot.search(bare(text)) for text in texts)
    assert bare(content.in_short[-1]) in bare(texts[0])
    assert bare(looked_at(content)[-1]) in bare(texts[0])
    assert bare(texts[1]).startswith((head + bare(content.words("page.title")), bare(content.words("page.title"))))
    assert made.metadata.title == content.title
    outline = [own.title for own in made.outline if not isinstance(own, list)]
    assert len(outline) == sum(paragraph.style.name == "Heading 1" for paragraph in document.paragraphs)


def strictly(source: bytes, **named: object) -> bytes:
    """Set a PDF and let nothing pass that Typst objects to, such as a missing font."""
    made, objections = typst.compile_with_warnings(source, **named)
    assert not objections
    return made


def bare(text: str) -> str:
    """Return a text without its blanks: lines end elsewhere in a file that is set already."""
    return re.sub(r"\s|\u00ad|\xa0", "", text)


def test_the_same_night_gives_the_same_pdf(tmp_path: Path) -> None:
    """Its date is that of the night."""
    content, _ = written(tmp_path, *drill())
    pictures = draw(content.sheet, content.way, tmp_path / "figures")
    for name in ("a.pdf", "b.pdf"):
        write_document(content, pictures, tmp_path / "figures", tmp_path / name)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert PdfReader(tmp_path / "a.pdf").metadata.creation_date == content.sheet.night.start.replace(tzinfo=BEIJING)


def test_without_what_sets_a_pdf_its_remedy_is_said_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks for a PDF and cannot have one is told how to get it, before the night is played."""
    need_pdf()
    monkeypatch.setattr(pdf, "find_spec", lambda _: None)
    with pytest.raises(InputError) as caught:
        need_pdf()
    (fault,) = caught.value.faults
    assert "pip install typst" in fault.remedy.zh
    assert "pip install typst" in fault.remedy.en


def test_widths_keep_numbers_on_one_line() -> None:
    """A long text gives way before a number does; where there is room nobody gives way; the sum is the room there is."""
    columns = (Column("a", "", "内容"), Column("b", "n", "人数"), Column("c", "w", "时刻"))
    short = [("短", "12", "02:37")]
    long = [("很长的一段话" * 40, "1234567", "02:37（发布后第100分钟）")]
    for rows in (short, long):
        widths, size = fitted(columns, rows, 17.0, narrow=False)
        assert sum(widths) == pytest.approx(17.0)
        for width, cell in list(zip(widths, rows[0], strict=True))[1:]:
            assert width >= halves(cell) * size / 2 * 2.54 / 72
    assert sum(fitted(columns, short, 17.0, narrow=True)[0]) < 10
