"""The papers of an exercise: players see nothing of what is to come, controllers have every inject once, evaluators the limits as they are."""

from __future__ import annotations

import csv
import io
import math
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache
from html import unescape
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm
from openpyxl import load_workbook

from sim.errors import Language, Text
from sim.exercise.actual_columns import CLOCK, CLOCK_ROWS_BY_HAND, INJECTS, KEY_TIMES, SHEETS
from sim.exercise.kit import Kit, Size
from sim.exercise.make import Wanted, make_kit
from sim.measures import naming
from sim.report.content.acts import act_names
from sim.report.content.verdicts import verdicts
from sim.report.exercise import place_map, write_exercise
from sim.report.exercise.about import About
from sim.report.exercise.files import PAPERS, path_of, task_sheets
from sim.report.words.language import Words
from sim.scenario import Scenario
from sim.study.band import Band
from sim.study.engines import play_of
from sim.study.roster.call_sheet import call_sheets
from sim.warning import simulate
from tests.strategies import Small, full_night, small, with_outages

ROOT = Path(__file__).resolve().parents[2]
START = datetime.fromisoformat("2026-06-10 14:00")
SIZES: tuple[Size, ...] = ("village", "enterprise", "township", "county")


@pytest.fixture(autouse=True)
def _coarse_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Save the pictures coarsely: their resolution takes most of the time and is no law."""
    monkeypatch.setattr(place_map, "_PNG_DPI", 40)


@cache
def loaded() -> tuple[Scenario, Band]:
    """Return a small night with every block, outages and the planning defaults, and two runs of it."""
    import tempfile  # noqa: PLC0415

    own = with_outages(full_night())
    own.scenario["extends"] = [
        str(ROOT / "configs/call-targets/by-target.yaml"),
        str(ROOT / "configs/targets/planning-defaults.yaml"),
    ]
    own.scenario.pop("targets", None)
    with tempfile.TemporaryDirectory() as folder:
        scenario = own.load(Path(folder))
    return scenario, Band.of(scenario, play_of(scenario, [0, 1]))


@cache
def made(size: Size, *, double_blind: bool = False) -> Kit:
    """Return a kit of the small night."""
    scenario, band = loaded()
    return make_kit(scenario, band, Wanted(size, START, double_blind=double_blind), naming(scenario))


def written(folder: Path, kit: Kit, language: Language = "zh") -> Path:
    """Write the papers of a kit and return their folder."""
    folder.mkdir(exist_ok=True)
    write_exercise(folder, kit, language)
    return folder


Shelf = Callable[..., Path]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Return what gives the folder of a kit of the small night, written once."""
    folder = tmp_path_factory.mktemp("kits")

    def of(size: Size, language: Language = "zh") -> Path:
        own = folder / f"{size}-{language}"
        return own if own.exists() else written(own, made(size), language)

    return of


def text_of(path: Path) -> str:
    """Return everything that a file says: all text of all its parts, one piece a line, and its name."""
    said = [path.name]
    if path.suffix == ".txt":
        said.append(path.read_text(encoding="utf-8-sig"))
    if path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(path) as parts:
            for name in parts.namelist():
                if name.endswith((".xml", ".rels")):
                    text = re.sub(r"<[^>]+>", "\n", parts.read(name).decode("utf-8"))
                    said += unescape(text).split("\n")
    return re.sub(r"\n+", "\n", "\n".join(said))


def papers(folder: Path, words: Words, *folders: str) -> list[Path]:
    """Return the papers in some of the folders of a kit."""
    return [path for own in folders for path in sorted((folder / words(f"kit.folder.{own}")).rglob("*.*"))]


def place_of(folder: Path, key: str, words: Words) -> Path:
    """Return where a paper lies."""
    (own,) = (one for one in PAPERS if one.key == key)
    return folder / path_of(own, words)


def secrets(kit: Kit, words: Words) -> Iterator[str]:
    """Yield what players must not read: each inject, what is expected, its clocks after the start, the acts to come, the outcomes."""
    about = About(kit, words)
    for inject in kit.injects:
        yield from (about.said(inject.text), about.said(inject.expected), about.said(inject.evaluator))
        if inject.exercise_min:
            yield from {about.planned(inject), about.scene(inject)} - set(re.findall(r"\d\d:\d\d", kit.opening.zh))
    yield from act_names(kit.scenario, words).values()
    for verdict in verdicts(kit.scenario, kit.night, words):
        yield from (verdict.state_text, verdict.sentence)
    yield about.said(kit.chosen.reason)
    yield kit.scenario.plan.name


# --- what players see -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "language"), [*((size, "zh") for size in SIZES), ("township", "en")])
def test_players_read_nothing_of_what_is_to_come(shelf: Shelf, size: Size, language: Language) -> None:
    """No inject, no moment after the start, no act, no outcome, nor why the night was chosen; the handbook has all of them."""
    kit, words = made(size), Words(language)
    folder = shelf(kit.size, language)
    seen = "\n".join(text_of(path) for path in papers(folder, words, "players", "everyone"))
    hidden = set(secrets(kit, words))
    assert len(hidden) > 3 * len(kit.injects)
    assert not [secret for secret in hidden if secret in seen]
    known = text_of(place_of(folder, "handbook", words))
    assert not [inject.id for inject in kit.injects if inject.text.get(language) not in known]


def test_a_task_sheet_is_of_one_seat(shelf: Shelf) -> None:
    """Each seat that is played has one, and no other seat is called the reader of it; nobody else has any."""
    kit, words = made("township"), Words("zh")
    folder = shelf(kit.size)
    sheets = dict(task_sheets(About(kit, words)))
    assert set(sheets) == {role for role in kit.roles if role.played}
    assert sorted(place_of(folder, "task_sheets", words).iterdir()) == sorted(folder / path for path in sheets.values())
    for role, path in sheets.items():
        own = text_of(folder / path)
        for other in sheets:
            title, begin = words("kit.task.title", role=other.title.zh), words("kit.task.you_are", role=other.title.zh)
            assert (title in own.split("\n"), begin in own) == (other == role,) * 2


def test_a_double_blind_exercise_tells_nothing_beforehand(tmp_path: Path) -> None:
    """What is told as it starts stands on no paper of the players, nor does the day; without double-blind it stands on each task sheet."""
    words = Words("zh")
    for blind in (False, True):
        kit = made("township", double_blind=blind)
        folder = written(tmp_path / f"{blind}", kit)
        for path in papers(folder, words, "players"):
            if words("kit.file.task_sheets") in path.parts[-2]:
                assert (kit.opening.zh in text_of(path)) != blind
        seen = "\n".join(text_of(path) for path in papers(folder, words, "players", "everyone"))
        assert not (blind and re.search(r"2026-06-10 14:00|2026年6月10日", seen))


def test_the_map_shows_no_outcome(tmp_path: Path) -> None:
    """Another run of the same county gives the same map, byte for byte."""
    kit, drawn = made("township"), []
    for number, night in enumerate((kit.night, simulate(kit.scenario, kit.replication + 1))):
        path = place_map.draw_place(About(replace(kit, night=night), Words("zh")), tmp_path / f"{number}.png")
        assert path is not None
        drawn.append(path.read_bytes())
    assert drawn[0] == drawn[1]


def test_seats_call_in_the_order_of_the_call_sheet(shelf: Shelf) -> None:
    """The first seat of each desk has the desks of its call sheet, in its order; the others of the desk stand in for it."""
    kit, words = made("township"), Words("zh")
    folder = shelf(kit.size)
    lowest = kit.scenario.county.levels[-1].id
    sheets = {sheet.caller: sheet for sheet in call_sheets(kit.scenario, kit.scenario.plan.start, lowest)}
    callers = set()
    for role, path in task_sheets(About(kit, words)):
        tables = docx.Document(str(folder / path)).tables
        listed = [row.cells[1].text for row in tables[0].rows[1:]] if len(tables) > 1 else []
        wanted = sheets[role.place].called if role.place in sheets and role.place not in callers else ()
        callers.add(role.place) if role.level != "key_site" else None
        if role.level == "key_site":
            wanted = ()
        own = next((one for one in kit.roles if one.played and one.place == role.place), role)
        if not wanted and own != role and role.level != "key_site" and role.place in sheets:
            assert words("kit.task.stands_in", role=own.title.zh) in text_of(folder / path)
        assert listed == [words.label(kit.names.label[one.desk], kit.scenario.county.levels) for one in wanted]
    assert len(callers) > 1


# --- what controllers and evaluators have -----------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
def test_every_inject_is_there_once(shelf: Shelf, size: Size) -> None:
    """One row of the handbook, one card, one row of the list, one of the evaluators' forms and of the actual times, by its number."""
    kit, words = made(size), Words("zh")
    folder = shelf(kit.size)
    wanted = sorted(inject.id for inject in kit.injects)
    assert len(set(wanted)) == len(wanted)
    for key in ("handbook", "evaluation"):
        document = docx.Document(str(place_of(folder, key, words)))
        rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
        found = {row[0]: row for row in rows if row[0] in wanted}
        assert sorted(row[0] for row in rows if row[0] in wanted) == wanted
        if key == "handbook":
            assert all(inject.text.zh in found[inject.id][3] for inject in kit.injects)
            assert all(inject.expected.zh in found[inject.id][4] for inject in kit.injects)
            assert all(inject.evaluator.zh == found[inject.id][6] for inject in kit.injects)
    cards = [own.text for own in docx.Document(str(place_of(folder, "inject_cards", words))).paragraphs]
    assert sorted(own for own in cards if own.startswith("导调信息卡")) == [f"导调信息卡　{own}" for own in wanted]
    for inject in kit.injects:
        body = cards[cards.index(f"导调信息卡　{inject.id}") + 6]
        assert body == inject.text.zh
    for key in ("inject_list", "actual_times"):
        sheet = load_workbook(place_of(folder, key, words)).worksheets[0]
        assert sorted(cell.value for cell in sheet["A"] if cell.value in wanted) == wanted


def test_a_card_holds_only_what_it_gives(shelf: Shelf) -> None:
    """Neither what is expected nor what is watched nor the condition of any inject stands on a card."""
    kit, words = made("township"), Words("zh")
    said = text_of(place_of(shelf(kit.size), "inject_cards", words))
    hidden = {
        text.zh for own in kit.injects for text in (own.expected, own.evaluator, own.condition) if text is not None
    }
    assert len(hidden) > 10
    assert not [secret for secret in hidden if secret in said]


@pytest.mark.parametrize("size", SIZES)
def test_the_forms_have_the_limits_of_the_kit(shelf: Shelf, size: Size) -> None:
    """Those and no others, in order: on paper in words with their sources, in the workbook as the numbers that they are.

    Each says when it is planned to begin; a limit beside an inject says from when it counts.
    """
    kit, words = made(size), Words("zh")
    about = About(kit, words)
    folder = shelf(kit.size)
    assert kit.limits
    table = docx.Document(str(place_of(folder, "evaluation", words))).tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    assert [(row[1], row[4], row[5], row[6]) for row in rows] == [
        (own.name, words.length(own.within_min), words.exact_percent(own.share), about.source(own.source))
        for own in kit.limits
    ]
    released = {act.id: act.released_min for act in kit.night.acts}
    for row, own in zip(rows, kit.limits, strict=True):
        since_min = {"t0": 0.0, "release": kit.night.release_min}.get(own.since, released.get(own.act, math.inf))
        planned = about.clock(kit.schedule.to_exercise(since_min)) if math.isfinite(since_min) else words("none")
        assert row[9] in {planned, words("none")}
        assert (row[9] == planned) or not [key for key in kit.key_times if key.requirement == own.requirement]
    document = docx.Document(str(place_of(folder, "evaluation", words)))
    acts = {row.cells[0].text: row.cells[4].text for table in document.tables[1:] for row in table.rows}
    for inject in kit.injects:
        begins = [about.since(own) for own in kit.limits if own.requirement == inject.requirement]
        assert bool(inject.requirement) == bool(begins)
        assert all(since in acts[inject.id] for since in begins)
    sheet = load_workbook(place_of(folder, "evaluation_book", words)).worksheets[0]
    cells = [row for row in sheet.iter_rows(values_only=True) if isinstance(row[4], int | float)]
    assert [(row[1], row[4], row[5]) for row in cells] == [(own.name, own.within_min, own.share) for own in kit.limits]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_workbook_of_actual_times_is_as_the_debrief_reads_it(shelf: Shelf, language: Language) -> None:
    """Sheets, headings and ids are those of ``actual_columns``; what people fill in is blank, and a time of day where it is a moment."""
    kit, words = made("township"), Words(language)
    book = load_workbook(place_of(shelf(kit.size, language), "actual_times", words))
    assert book.sheetnames == [sheet.name.get(language) for sheet in SHEETS]
    ids = {
        INJECTS.key: [own.id for own in kit.injects],
        KEY_TIMES.key: [own.id for own in kit.key_times],
        CLOCK.key: list(CLOCK_ROWS_BY_HAND),
    }
    for own in SHEETS:
        sheet = book[own.name.get(language)]
        headings = [column.heading.get(language) for column in own.columns]
        head = next(
            n
            for n, row in enumerate(sheet.iter_rows(values_only=True), start=1)
            if list(row[: len(headings)]) == headings
        )
        columns = {column.key: n for n, column in enumerate(own.columns, start=1)}
        last = head + len(ids[own.key])
        assert [sheet.cell(row, columns["id"]).value for row in range(head + 1, last + 1)] == ids[own.key]
        for column in own.columns:
            cells = [sheet.cell(row, columns[column.key]) for row in range(head + 1, last + 1)]
            if column.kind != "given":
                assert all(cell.value is None for cell in cells)
            assert all((cell.number_format == "hh:mm") == (column.kind == "time") for cell in cells)


# --- how they are set -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_paper_bears_its_stamps_and_chinese_type(shelf: Shelf, language: Language) -> None:
    """演练 and the stamp of the county stand in the header of every document and workbook and in the text; Chinese has a face of its own."""
    kit, words = made("township"), Words(language)
    folder = shelf(kit.size, language)
    stamps = About(kit, words).stamps
    assert len(stamps) >= 2
    assert words("kit.stamp") == stamps[0]
    documents = sorted(folder.rglob("*.docx"))
    assert len(documents) > len(task_sheets_of(kit, words)) + 4
    for path in documents:
        document = docx.Document(str(path))
        for section in document.sections:
            assert tuple(line.text for line in section.header.paragraphs) == stamps
        for style in {paragraph.style.name for paragraph in document.paragraphs}:
            face = document.styles[style].element.rPr.rFonts.get(qn("w:eastAsia"))
            assert face in {"仿宋", "黑体"}, (path, style)
    for path in folder.rglob("*.xlsx"):
        for sheet in load_workbook(path):
            assert all(stamp in sheet.oddHeader.center.text for stamp in stamps)
    assert all(stamp in text_of(folder / words("kit.file.readme")) for stamp in stamps)


def task_sheets_of(kit: Kit, words: Words) -> list[Path]:
    """Return where the task sheets lie."""
    return [path for _, path in task_sheets(About(kit, words))]


def test_cards_are_a5_and_one_a_sheet(shelf: Shelf) -> None:
    """Every section is 148 × 210 mm; every card but the first begins a page; other papers are A4."""
    kit, words = made("county"), Words("zh")
    folder = shelf(kit.size)
    for key, title in (("inject_cards", "导调信息卡"), ("call_cards", "叫应卡")):
        document = docx.Document(str(place_of(folder, key, words)))
        sizes = {(section.page_width, section.page_height) for section in document.sections}
        assert [(round(w / Cm(1), 1), round(h / Cm(1), 1)) for w, h in sizes] == [(14.8, 21.0)]
        begun = [own.paragraph_format.page_break_before for own in document.paragraphs if own.text.startswith(title)]
        assert not begun[0]
        assert all(begun[1:])
    for path in set(folder.rglob("*.docx")) - {place_of(folder, key, words) for key in ("inject_cards", "call_cards")}:
        for section in docx.Document(str(path)).sections:
            assert {round(section.page_width / Cm(1), 1), round(section.page_height / Cm(1), 1)} == {21.0, 29.7}


def test_a_long_inject_is_set_in_smaller_type(tmp_path: Path) -> None:
    """So that its card stays on one sheet; a short one is set large."""
    kit, words = made("village"), Words("zh")
    long = replace(kit.injects[0], text=Text("请按预案处置并报告。" * 30, "long"))
    kit = replace(kit, injects=(long, *kit.injects[1:]))
    document = docx.Document(str(place_of(written(tmp_path / "kit", kit), "inject_cards", words)))
    style = {own.text: own.style.name for own in document.paragraphs}
    assert style[long.text.zh] == "Card Small"
    assert style[kit.injects[1].text.zh] == "Card"


def test_nothing_written_is_taken_for_a_formula(tmp_path: Path) -> None:
    """A text that begins with = + - or @ stays text in every workbook."""
    kit, words = made("village"), Words("zh")
    evil = '=HYPERLINK("http://x","y")'
    inject = replace(
        kit.injects[0], text=Text(evil, evil), expected=Text("+1", "+1"), evaluator=Text("@SUM(1)", "@SUM(1)")
    )
    limits = (replace(kit.limits[0], name="-2+3", source="=1+1"), *kit.limits[1:])
    folder = written(tmp_path / "kit", replace(kit, injects=(inject, *kit.injects[1:]), limits=limits))
    found = []
    for path in folder.rglob("*.xlsx"):
        for sheet in load_workbook(path):
            cells = [cell for row in sheet.iter_rows() for cell in row]
            assert not [cell for cell in cells if cell.data_type == "f"]
            found += [cell.value for cell in cells if isinstance(cell.value, str)]
    assert {evil, "+1", "@SUM(1)", "-2+3", "=1+1"} <= set(found)
    assert place_of(folder, "inject_list", words).exists()


# --- the kit as a whole -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_one_file_holds_the_whole_kit(tmp_path: Path, language: Language) -> None:
    """Everything that lies in the folder, what was there before too, below one folder; it opens, and the same kit gives the same bytes."""
    kit, words, packed = made("village"), Words(language), []
    for name in ("a", "b"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "kit.json").write_text("{}", encoding="utf-8")
        path = write_exercise(folder, kit, language)
        assert path == folder / words("kit.file.zip")
        with zipfile.ZipFile(path) as whole:
            assert whole.testzip() is None
            inside = {Path(own).relative_to(path.stem).as_posix() for own in whole.namelist()}
        files = {own.relative_to(folder).as_posix() for own in folder.rglob("*") if own.is_file()}
        assert inside == files - {path.name}
        assert "kit.json" in inside
        packed.append(path.read_bytes())
    assert packed[0] == packed[1]


def test_the_readme_lists_what_is_there(shelf: Shelf) -> None:
    """Each paper once, with when it goes out; its lines end as old editors know them."""
    kit, words = made("county"), Words("zh")
    folder = shelf(kit.size)
    raw = (folder / words("kit.file.readme")).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n") > 20
    said = raw.decode("utf-8-sig")
    for own in PAPERS:
        path = path_of(own, words)
        assert (folder / path).exists() == (said.count(f"{path.as_posix()}：") == 1)


def test_papers_lie_where_they_may_be_seen() -> None:
    """What the kit hands to players lies in their folders, what it keeps from them does not; injects go to them card by card."""
    kit = made("township")
    folders = {own.key: own.folder for own in PAPERS}
    for own in kit.handouts:
        if own.paper in ("console", "inject_cards"):
            continue
        assert own.players == (folders[own.paper] in ("players", "everyone")), own.paper


@pytest.mark.parametrize("real", [False, True])
def test_no_paper_names_a_person(tmp_path: Path, *, real: bool) -> None:
    """Names stand nowhere, in no edition; full numbers on the cards and the contact list of a working copy alone, which says that it is one."""
    scenario = with_people(tmp_path / "roster").load(tmp_path)
    band = Band.of(scenario, play_of(scenario, [0]))
    kit = make_kit(scenario, band, Wanted("county", START), naming(scenario, real_names=real))
    folder, words = written(tmp_path / "kit", kit), Words("zh")
    with_number = []
    for path in folder.rglob("*.*"):
        said = text_of(path)
        assert not [name for name in ("张三丰", "李四光") if name in said], path
        if "13800001234" in said:
            with_number.append(path)
        if path.suffix in (".docx", ".xlsx"):
            assert ("内部资料" in said) == real
    cards = place_of(folder, "call_cards", words)
    assert (cards in with_number) == real
    assert set(with_number) <= {cards, place_of(folder, "annex", words)}


def with_people(folder: Path) -> Small:
    """Return two townships of three villages; at the first an officer is on duty, with a telephone number."""
    night = small(2, 3, 1)
    folder.mkdir()
    tables = {
        "persons": [["person", "name", "phone"], ["p1", "张三丰", "13800001234"], ["p2", "李四光", "13900005678"]],
        "shifts": [
            ["desk", "post", "person", "from", "to"],
            ["T000", "officer", "p1", "", ""],
            ["T001", "officer", "p2", "", ""],
        ],
    }
    for name, rows in tables.items():
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        (folder / f"{name}.csv").write_text(out.getvalue(), encoding="utf-8")
        night.scenario["roster"][name] = str(folder / f"{name}.csv")
    return night
