"""The roster to fill in: what is written into it is what the import reads, without a question."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.cli import cli
from sim.county import County
from sim.county.tables import Table
from sim.roster.exporting import Filling, Guide, Template, filling_of, template_book, template_of
from sim.roster.importing import Imported, import_roster
from tests.strategies import Small, small
from tests.workbooks import county, local, plan

GUIDE = Guide(
    "云阳县2025-08值班表填表说明",
    ("一格写一人的全名；两人写在一格：张三、李四。", "不要填身份证号。"),
    "内部资料·含个人信息·用后收回",
)
SURNAMES, GIVEN = "张王李赵陈刘杨黄周吴", ("伟", "芳", "建国", "秀英", "志强", "小红")
quick = settings(derandomize=True, deadline=None, max_examples=15)


def month(first: date) -> tuple[date, ...]:
    """Return the days of a month."""
    following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return tuple(first + timedelta(days=n) for n in range((following - first).days))


AUGUST = month(date(2025, 8, 1))


def read_back(content: bytes, where: County | None = None) -> Imported:
    """Import a workbook."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        path.write_bytes(content)
        return import_roster(path, where or county(), plan())


def written(filling: Filling) -> set[tuple[str, str, str, str, datetime | None]]:
    """Return the shifts that a filling says: desk, post, name, phone and when they begin."""
    return {
        (desk, post, name, phone, datetime.combine(day, time(8, 30)) if day else None)
        for (desk, post, day), people in filling.holders.items()
        for name, phone in people
    }


def read(result: Imported) -> set[tuple[str, str, str, str, datetime | None]]:
    """Return the shifts that an import says; each of a day ends at the next handover."""
    people = {one.person: (one.name, one.phone) for one in result.persons}
    assert all(one.begin is None or one.end == one.begin + timedelta(days=1) for one in result.shifts)
    return {(one.desk, one.post, *people[one.person], one.begin) for one in result.shifts}


def loose_ends(result: Imported) -> list[str]:
    """Return the notes that are neither about the first sheet nor about a row that nobody is written in."""
    return [
        f"{note.address}: {note.made.zh}"
        for note in result.notes
        if not note.used and "!填表说明" not in note.address and not note.made.zh.endswith("没有写人")
    ]


@cache
def wide() -> County:
    """Return a county of 61 townships: too many for a sheet each."""
    night = small(61, 1, 1)
    with TemporaryDirectory() as folder:
        return night.load(Path(folder)).county


@st.composite
def fillings(draw: st.DrawFn, template: Template, where: County) -> Filling:
    """Return who stands where: in each cell nobody, one or two of a few people whose numbers are known."""
    names = draw(
        st.lists(
            st.builds(str.__add__, st.sampled_from(SURNAMES), st.sampled_from(GIVEN)),
            min_size=2,
            max_size=6,
            unique=True,
        )
    )
    phones = {name: f"1380000{draw(st.integers(0, 9))}{n:03d}" for n, name in enumerate(names)}
    holders: dict[tuple[str, str, date | None], list[tuple[str, str]]] = {}
    for form in template.forms:
        cells = [
            (where.places.code[desk], post, day)
            for desk in form.desks
            for post in form.posts
            for day in form.days or (None,)
        ]
        for cell in draw(st.lists(st.sampled_from(cells), max_size=12, unique=True)):
            people = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
            holders[cell] = [(name, phones[name]) for name in people]
    desks = sorted({desk for desk, _, day in holders if day and len(desk) < 12})
    return Filling(holders, {desk: f"023-5512{n:04d}" for n, desk in enumerate(desks)})


@given(
    data=st.data(),
    first=st.dates(date(2024, 1, 1), date(2026, 12, 28)),
    levels=st.sampled_from([("county",), ("township",), ("village",), ("township", "village")]),
)
@quick
def test_what_is_written_is_what_is_read(data: st.DataObject, first: date, levels: tuple[str, ...]) -> None:
    """Any people in any cells of any month: the same shifts and duty telephones come back, nothing is asked and nothing is left unused."""
    template = template_of(county(), plan(), levels, month(first.replace(day=1)))
    filling = data.draw(fillings(template, county()))
    result = read_back(template_book(county(), plan(), template, GUIDE, filling))
    assert read(result) == written(filling)
    assert dict(result.landlines) == filling.landlines
    assert (loose_ends(result), result.questions) == ([], ())


@pytest.mark.parametrize("where", [county, wide])
def test_a_blank_template_names_nobody(where: type[County]) -> None:
    """Nobody is written, nobody is read, and nothing is asked."""
    template = template_of(where(), plan(), ("county", "township", "village"), AUGUST)
    result = read_back(template_book(where(), plan(), template, GUIDE), where())
    assert (result.persons, result.shifts, result.questions, loose_ends(result)) == ((), (), (), [])


def test_the_rosters_own_people_are_filled_in_as_far_as_a_cell_can_say_them() -> None:
    """Whole days and posts held for good stand in cells; half days, people without a name and posts of no sheet are counted instead."""
    who = {"a": ("张三", "13800000001"), "b": ("李四", ""), "c": ("", "13800000003")}
    persons = table(["person", "name", "phone"], [(key, *value) for key, value in who.items()])
    at = [local(2025, 8, day, hour, 30) for day, hour in ((1, 8), (3, 8), (3, 20))]
    rows = [
        ("500235101", "leader_on_duty", "a", at[0], at[1]),  # 1 and 2 August
        ("500235101", "duty_officer", "b", at[1], at[2]),  # half a day
        ("500235101", "duty_officer", "c", at[0], at[1]),  # nameless
        ("500235101", "monitor", "a", None, None),  # asked of no township
        ("500235101", "duty_officer", "b", None, None),  # rotates, and yet for good
        ("500235101001", "village_secretary", "b", None, None),
        ("500235101", "leader_on_duty", "b", local(2025, 7, 1, 8, 30), local(2025, 8, 1, 8, 30)),  # July
    ]
    asked = template_of(county(), plan(), ("township", "village"), AUGUST).asks(county())
    filling, unsaid = filling_of(plan(), persons, table(["desk", "post", "person", "from", "to"], rows), AUGUST, asked)
    assert filling.holders == {
        ("500235101", "leader_on_duty", date(2025, 8, 1)): (("张三", "13800000001"),),
        ("500235101", "leader_on_duty", date(2025, 8, 2)): (("张三", "13800000001"),),
        ("500235101001", "village_secretary", None): (("李四", ""),),
    }
    assert unsaid == 4


def table(names: list[str], rows: list[tuple[object, ...]]) -> Table:
    """Return a table of the county's reader."""
    columns = {name: [row[n] for row in rows] for n, name in enumerate(names)}
    return Table(
        Path("t.csv"), columns, list(range(2, 2 + len(rows))), names, {name: n for n, name in enumerate(names)}
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_planner_gets_a_template(language: str, tmp_path: Path) -> None:
    """Blank by default; with names it is internal and says so on every sheet; a file that stands there stays."""
    night = with_named_officers(tmp_path / "roster")
    path, out = night.write(tmp_path / "in"), tmp_path / "template.xlsx"
    asked = [
        "roster",
        "template",
        str(path),
        "--month",
        "2025-07",
        "--level",
        "township",
        "--out",
        str(out),
        "--lang",
        language,
    ]
    done = CliRunner().invoke(cli, asked)
    assert done.exit_code == 0, done.output
    assert not any("13800" in str(value) for value in values(out))
    assert CliRunner().invoke(cli, asked).exit_code == 2
    done = CliRunner().invoke(cli, [*asked, "--real-names", "--force"])
    assert done.exit_code == 0, done.output
    stamp = "内部资料" if language == "zh" else "INTERNAL"
    book = openpyxl.load_workbook(out)
    assert all(any(stamp in str(cell.value).upper() for cell in row) for sheet in book for row in sheet["A2:A2"])
    assert [str(value) for value in values(out)].count("13800001231") == 31


def with_named_officers(folder: Path) -> Small:
    """Return one township whose duty officer is 名1 in every night of July."""
    night = small(1, 1, 1)
    folder.mkdir()
    night.scenario["roster"]["posts"]["duty_officer"] = {"title": "值班员（主班）", "reachable": 1.0, "answer": 1.0}
    night.scenario["roster"]["ladders"]["township"] = {"steps": [{"post": "duty_officer", "tries": 1, "ring": "30 s"}]}
    texts = {
        "persons": "person,name,phone\np1,张三,13800001231\n",
        "shifts": "desk,post,person,from,to\nT000,duty_officer,p1,2025-07-01 08:30,2025-08-01 08:30\n",
    }
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        night.scenario["roster"][name] = str(folder / f"{name}.csv")
    return night


def values(path: Path) -> list[object]:
    """Return every value of a workbook."""
    return [
        value for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows(values_only=True) for value in row
    ]
