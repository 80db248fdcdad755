"""The pages of the roster: each stands alone in both languages, says what its tables say, and shows no more of anybody than they do."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from sim.cli import cli
from sim.cli.shell import put_all
from sim.errors import InputError, Language
from sim.measures import naming
from sim.report.roster.drill_page import drill_page
from sim.report.roster.heatmap import length_square, share_square
from sim.report.roster.sentences import weakest_day, whole_days
from sim.report.words.language import Words
from sim.scenario import Scenario
from sim.study.roster.drill import Drill, DrillPlan, call_out, play
from sim.study.roster.drill_tables import tables
from tests.strategies import Small, small

JULY = date(2025, 7, 1)
GAP = {2}  # nobody is on duty from 2 July 08:30 to 3 July 08:30
VOID = {"meta", "br", "rect", "path"}
PAGES = ("drill", "audit", "plan", "callsheet")
LANGUAGES = ("zh", "en")
STAMP = {"zh": "非实况·不作考核问责依据", "en": "not a real event"}
INTERNAL = {"zh": "内部资料·含个人信息·用后收回", "en": "Internal · contains personal data"}


class Reader(HTMLParser):
    """Checks that elements are closed in order; collects what is seen, addresses, and tables as rows of cells."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.addresses: list[str] = []
        self.tables: list[list[list[str]]] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value or "" for name, value in attrs if name in {"src", "href", "action", "data", "srcset"}]
        if tag not in VOID:
            self.open.append(tag)
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in {"td", "th"}:
            self.tables[-1][-1].append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in {"style", "script"}:
            self.seen.append(data)
            innermost = len(self.open) - self.open[::-1].index("table") if "table" in self.open else len(self.open)
            if {"td", "th"} & set(self.open[innermost:]) and self.open.count("table") > 1:
                self.tables[-1][-1][-1] += data

    @property
    def text(self) -> str:
        """All that is seen."""
        return "".join(self.seen)


def county(folder: Path, *, townships: int = 1, gap: set[int] | None = None) -> Small:
    """Return townships of three villages; five people take turns at each in July, but on days of a gap; the last has no number.

    The county relays 1 min and calls 1 min, the township relays 2 min and calls one village after the other, 1 min each.
    """
    night = small(townships, 3, 1)
    night.scenario["start"] = "2025-07-09 20:00"
    roster = night.scenario["roster"]
    roster["desks"]["county"]["relay"], roster["desks"]["township"]["relay"] = "1 min", "2 min"
    for desk in roster["desks"].values():
        desk["callers"] = 1
    night.scenario["channels"]["phone"] |= {"pickup": "0 s", "talk": "1 min"}
    folder.mkdir(exist_ok=True)
    shifts = [
        (f"T{t:03d}", "officer", f"p{t}{day % 5}", JULY + timedelta(days=day - 1))
        for t in range(townships)
        for day in range(32)
        if day not in (GAP if gap is None else gap)
    ]
    rows = {
        "persons": [
            ("person", "name", "phone"),
            *(
                (f"p{t}{n}", f"<b>名{t}{n}</b>", f"139000012{t}{n}" if n < 4 else "")
                for t in range(townships)
                for n in range(5)
            ),
        ],
        "shifts": [
            ("desk", "post", "person", "from", "to"),
            *((desk, post, who, f"{day} 08:30", f"{day + timedelta(days=1)} 08:30") for desk, post, who, day in shifts),
        ],
    }
    for name, table in rows.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(table)
        roster[name] = str(folder / f"{name}.csv")
    return night


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Language], str]:
    """Return what makes each page once."""
    home = tmp_path_factory.mktemp("pages")
    path = county(home / "roster").write(home / "in")

    def run(*words: str) -> None:
        done = CliRunner().invoke(cli, ["roster", *words])
        assert done.exit_code == 0, done.output

    @cache
    def page(name: str, language: Language) -> str:
        out = home / f"{name}-{language}"
        said = ["--out", str(out if name == "plan" else out.with_suffix(".xlsx")), "--lang", language]
        if name == "drill":
            return drill_page(*drilled(home), Words(language))
        if name == "plan":
            leave = home / "leave.csv"
            leave.write_text(
                "person,from,to\n" + "".join(f"p0{n},2025-08-05,2025-08-05\n" for n in range(5)), encoding="utf-8"
            )
            run(name, str(path), "--month", "2025-08", "--leave", str(leave), *said)
            return (out / "plan.html").read_text(encoding="utf-8")
        real = ["--real-names", "--at", "2025-07-05 20:00"] if name == "callsheet" else []
        run(name, str(path), *real, *said)
        return out.with_suffix(".html").read_text(encoding="utf-8")

    @cache
    def drilled(folder: Path) -> tuple[Scenario, Drill, dict[str, pd.DataFrame], object]:
        scenario = county(folder / "roster").load(folder / "in")
        plan = DrillPlan(
            tuple(JULY + timedelta(days=n) for n in range(31)), (2, 9, 14), 4, {"township": 15.0, "village": 30.0}
        )
        drill = play(call_out(scenario, "village"), plan)
        names = naming(scenario)
        return scenario, drill, tables(drill, scenario, names), names

    page.home = home  # type: ignore[attr-defined]
    return page


# What all have in common ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_stands_alone(made: Callable[..., str], name: str, language: Language) -> None:
    """It is whole, in its language, stamped, fetches nothing and could not; no value that is none shows as a number."""
    html = made(name, language)
    page = Reader(html)
    assert html.startswith(f'<!DOCTYPE html>\n<html lang="{"zh-CN" if language == "zh" else "en"}">')
    assert [address for address in page.addresses if not address.startswith("#")] == []
    assert "http" not in html.replace("http-equiv", "")
    assert "url(" not in html
    assert "default-src 'none'" in html
    assert STAMP[language] in page.text
    assert (INTERNAL[language] in page.text) == (name != "drill")
    assert not re.search(r"\b(nan|inf|None|NaT)\b", page.text)
    if language == "en":
        assert not re.search(
            r"[一-鿿]", re.sub(r"名\d\d|镇\d|村\d-\d|值班员|小县", "", page.text)
        )  # words of the planner's own


@pytest.mark.parametrize("name", PAGES)
def test_a_name_is_a_name_whatever_it_holds(made: Callable[..., str], name: str) -> None:
    """A person called <b>名00</b> is not set in bold; the drill names nobody."""
    html = made(name, "zh")
    assert "<b>名" not in html
    assert ("&lt;b&gt;名" in html) == (name != "drill")


# The drill --------------------------------------------------------------------------------------------------------------


def squares(html: str) -> list[list[str]]:
    """Return what stands in the squares of each map, hour by hour."""
    pattern = r'<rect class="c"[^>]*><title>[^<]*</title></rect><text[^>]*>([^<]*)</text>'
    return [re.findall(pattern, figure) for figure in html.split('<figure class="heat">')[1:]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_map_has_a_square_for_each_start_and_a_sign_where_nothing_can_be_said(
    made: Callable[..., str], language: Language
) -> None:
    """On duty: in time in all runs, the township after 2 min, the last village after 2 + 2 + 3 = 7; without anybody: never in time, no minutes."""
    shares, lengths, village_shares, village_lengths = squares(made("drill", language))
    nobody = {(2, 9), (2, 14), (3, 2)}
    empty = [(day, hour) in nobody for hour in (2, 9, 14) for day in range(1, 32)]
    assert shares == village_shares == ["0" if one else "100" for one in empty]
    assert lengths == ["×" if one else "2" for one in empty]
    assert village_lengths == ["×" if one else "7" for one in empty]


def test_a_square_rounds_as_the_words_do() -> None:
    """Shares down, minutes up; a share that is not none is not 0, a length that is over the limit is not the limit."""
    assert [share_square(share, "").text for share in (0, 0.004, 0.29, 0.999, 1)] == ["0", "<1", "29", "99", "100"]
    assert [length_square(minutes, 15, "").text for minutes in (14.2, 15, 15.01)] == ["15", "15", "16"]
    assert length_square(float("nan"), 15, "").good is None
    assert [length_square(minutes, 15, "").good for minutes in (0, 15, 30, 90)] == [1, 0.5, 0, 0]


def test_the_weakest_are_listed_with_exact_margins(made: Callable[..., str]) -> None:
    """Four runs: of 0 the margin is 0 to 4 (1 − 0.025^¼) = 2.4, so 3; of 4 it begins at 4 · 0.025^¼ = 1.6, so 1."""
    page = Reader(made("drill", "zh"))
    text = page.text
    assert "4次中0次，误差范围0—3次" in text
    (glance,) = [table for table in page.tables if any(row[:1] == ["问题"] for row in table)]
    answers = {row[0]: row[1:] for row in glance}
    assert answers["什么时候开始叫应最差"] == ["07-02 09:00等3个时刻"] * 2
    assert answers["那时几分钟后最后一个应答（中位数）"] == ["说不出（过半的推演里有人始终未应答）"] * 2
    assert answers["最弱的值班日"] == ["07-02"] * 2
    days = [row for table in page.tables for row in table if row[0] == "07-02" and len(row) == 5]
    assert days == [["07-02", "星期三（工作日）", "0%", "07-02 09:00", "4次中0次，误差范围0—3次"]] * 2
    desks = [row for table in page.tables for row in table if len(row) == 5 and row[0].startswith("镇0")]
    assert desks[0][3] == "4次中4次，误差范围1—4次"  # late in all runs at its worst hour
    assert desks[0][4].endswith("（空岗）")


def test_a_duty_day_of_which_only_the_night_was_drilled_is_not_the_weakest(tmp_path: Path) -> None:
    """With hours on both sides of the handover the first duty day lacks its day and the last its night; with one hour none lacks any."""
    scenario = small(1, 1, 1).load(tmp_path)  # handover at 08:30
    days = tuple(JULY + timedelta(days=n) for n in range(3))

    def kept(*hours: int) -> list[int]:
        all_days = sorted({day - timedelta(days=hour < 9) for day in days for hour in hours})
        frame = pd.DataFrame({"duty_day": all_days, "in_time": 1.0})
        return [day.day for day in whole_days(frame, scenario, DrillPlan(days, hours, 2, {}))["duty_day"]]

    assert kept(2, 14) == [1, 2]
    assert kept(14) == [1, 2, 3]
    assert kept(2) == [30, 1, 2]


def test_the_posts_of_a_weak_desk_are_those_that_are_called(tmp_path: Path) -> None:
    """Who calls the officer in vain jumps over the deputy to the guard: officer, guard, and no deputy."""
    night = county(tmp_path / "roster", gap=set())
    roster = night.scenario["roster"]
    roster["posts"]["officer"]["answer"] = 0.0
    roster["posts"] |= {name: {"title": name, "reachable": 1.0, "answer": 0.0} for name in ("deputy", "guard")}
    once = {"tries": 1, "ring": "30 s"}
    roster["ladders"]["village"] = {
        "steps": [
            {"id": "first", "post": "officer", "then": "third", **once},
            {"post": "deputy", **once},
            {"id": "third", "post": "guard", **once},
        ]
    }
    scenario = night.load(tmp_path / "in")
    plan = DrillPlan((JULY,), (2,), 2, {"township": 15.0, "village": 30.0})
    drill, names = play(call_out(scenario, "village"), plan), naming(scenario)
    page = Reader(drill_page(scenario, drill, tables(drill, scenario, names), names, Words("zh")))
    assert "值班员、guard" in page.text
    assert "deputy" not in page.text


def test_of_days_alike_none_is_singled_out() -> None:
    """The weakest is named alone where it is alone, and as the first of several where they are alike."""
    days = pd.DataFrame({"duty_day": [JULY + timedelta(days=n) for n in range(3)], "in_time": [0.5, 1.0, 0.5]})
    assert weakest_day(days, Words("zh")) == "07-01等2天"
    assert weakest_day(days[1:], Words("zh")) == "07-03"


# The audit --------------------------------------------------------------------------------------------------------------


def audited(folder: Path, night: Small, language: str = "zh") -> tuple[Reader, list[list[object]]]:
    """Return page and rows of the workbook."""
    out = folder / "audit.xlsx"
    words = ["roster", "audit", str(night.write(folder / "in")), "--out", str(out), "--lang", language, "--force"]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, done.output
    assert str(out.with_suffix(".html")) in done.stdout
    rows = [list(row) for row in load_workbook(out).worksheets[1].iter_rows(values_only=True)]
    return Reader(out.with_suffix(".html").read_text(encoding="utf-8")), rows


def test_of_many_findings_the_page_has_the_gravest_and_the_number_of_the_rest(tmp_path: Path) -> None:
    """Every other day of two townships without anybody: 30 findings in the workbook, 20 on the page, which says 10 more and where."""
    night = county(tmp_path / "roster", townships=2, gap=set(range(2, 32, 2)))
    page, rows = audited(tmp_path, night)
    listed = [row for row in rows if row[1] == "值班室无人"]
    assert len(listed) == 30
    shown = [row for table in page.tables for row in table if row[0] in {"镇0", "镇1"} and "没有人" in "".join(row)]
    assert len(shown) == 20
    assert "另有10项，见工作簿 audit.xlsx" in page.text
    (counted,) = [row for table in page.tables for row in table if row[1:2] == ["值班室无人"]]
    assert counted == ["必须改", "值班室无人", "30"]
    for desk, _, when, hours, *_ in shown:  # every row of the page is one of the workbook
        begins = datetime.fromisoformat(f"2025-{when[:11]}")
        assert (desk, begins, float(hours)) in {(row[2], row[4], row[6]) for row in listed}


@pytest.mark.parametrize("language", LANGUAGES)
def test_hours_stand_only_where_they_are_hours_of_a_duty_room(language: str, tmp_path: Path) -> None:
    """Who rests 4 h between two shifts: a finding without desk-hours, in workbook and page; the column says what it counts."""
    night = county(tmp_path / "roster", gap=set())
    table = tmp_path / "roster" / "shifts.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if "2025-07-10 08:30,2025" not in line]
    lines += [
        "T000,officer,p01,2025-07-10 08:30,2025-07-10 20:30",
        "T000,officer,p02,2025-07-10 20:30,2025-07-11 00:30",
        "T000,officer,p01,2025-07-11 00:30,2025-07-11 04:30",
    ]
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    page, rows = audited(tmp_path, night, language)
    kind = "班次间休息不足" if language == "zh" else "too little rest between shifts"
    rests = [row for row in rows if row[1] == kind]
    assert rests
    assert all(row[6] is None for row in rests)
    heading = "涉及时长（时·室）" if language == "zh" else "Desk-hours concerned"
    assert heading in rows[[row[0] for row in rows].index("程度" if language == "zh" else "Severity")]
    (group,) = [
        table
        for table in page.tables
        if any(re.search("只休息4小时|only 4 h of rest", cell) for row in table for cell in row)
    ]
    assert heading not in group[0]


# The plan ---------------------------------------------------------------------------------------------------------------


def test_the_calendar_is_the_table_of_shifts(made: Callable[..., str]) -> None:
    """Day by day the people of shifts.csv in the column of their weekday; the day on which all are on leave is vacant, with the reasons."""
    page = Reader(made("plan", "zh"))
    home = made.home  # type: ignore[attr-defined]
    with (home / "plan-zh" / "shifts.csv").open(encoding="utf-8-sig") as file:
        held = {row["from"][:10]: row["person"] for row in csv.DictReader(file)}
    (month,) = [table for table in page.tables if table and table[0] == list("一二三四五六日")]
    cells = {cell: column for week in month[1:] for column, cell in enumerate(week) if cell}
    expected = {}
    for n in range(31):
        day = date(2025, 8, 1) + timedelta(days=n)
        who = held.get(f"{day}")
        expected[f"{day.day}{f'<b>名{who[1:]}</b>' if who else '（空岗）'}"] = day.weekday()
    assert cells == expected
    assert "5（空岗）" in cells
    assert page.text.count("请假") >= 5
    counted = {who: sum(own == who for own in held.values()) for who in held.values()}
    for who, days in counted.items():
        assert f"<b>名{who[1:]}</b> {days}（" in page.text


# The call sheets --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("real", [False, True])
def test_the_sheets_of_page_and_workbook_are_the_same(tmp_path: Path, *, real: bool) -> None:
    """Cell by cell; who has no number is marked, a desk that the roster does not have too; unasked no name and no number is shown."""
    path, out = county(tmp_path / "roster").write(tmp_path / "in"), tmp_path / "sheet.xlsx"
    words = ["roster", "callsheet", str(path), "--at", "2025-07-04 20:00", "--out", str(out)]
    done = CliRunner().invoke(cli, [*words, *(["--real-names"] if real else [])])
    assert done.exit_code == 0, done.output
    page = Reader(out.with_suffix(".html").read_text(encoding="utf-8"))
    book = load_workbook(out)
    sheets = [table for table in page.tables if any("序号" in row for row in table)]
    assert len(sheets) == len(book.worksheets) == 2  # the county's and the township's
    for sheet, table in zip(book.worksheets, sheets, strict=True):
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        start = next(n for n, row in enumerate(rows) if row[0] == "序号")
        written = [
            ["" if cell is None else f"{cell:.1f}" if n == 7 else str(cell) for n, cell in enumerate(row)]
            for row in rows[start + 1 :]
        ]
        begin = next(n for n, row in enumerate(table) if "序号" in row)
        assert [[cell.strip() for cell in row] for row in table[begin + 1 :]] == written
        assert all(row[8:] == [""] * 4 for row in written)
        assert "登记的应转移人数多的先打" in str([row[0] for row in rows[:start]])
    (called,) = [row for row in sheets[0] if "镇0" in row]  # on 4 July the fifth, who has no number
    assert called[4:6] == ["<b>名04</b>" if real else "", "（无号码）"]
    villages = [row for row in sheets[1] if row[2:3] == ["1"]]
    assert {row[4] for row in villages} == {"（未列入值班表）"}
    assert len(villages) == 3
    if not real:
        assert "名0" not in page.text
        assert not re.search(r"139\d{8}", page.text)


def test_of_a_workbook_and_its_page_both_are_written_or_neither(tmp_path: Path) -> None:
    """Where the page stands already, or cannot be written, no workbook is; --force replaces both; a workbook cannot be called .html."""
    path, out = county(tmp_path / "roster").write(tmp_path / "in"), tmp_path / "sheet.xlsx"
    page = out.with_suffix(".html")
    words = ["roster", "callsheet", str(path), "--at", "2025-07-05 20:00", "--out"]
    page.write_text("mine", encoding="utf-8")
    done = CliRunner().invoke(cli, [*words, str(out)])
    assert (done.exit_code, "sheet.html" in done.stderr) == (2, True)
    assert page.read_text(encoding="utf-8") == "mine"
    assert CliRunner().invoke(cli, [*words, str(page)]).exit_code == 2
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["in", "roster", "sheet.html"]
    assert CliRunner().invoke(cli, [*words, str(out), "--force"]).exit_code == 0
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("late", ["folder", "nowhere"])
def test_files_that_belong_together_leave_what_stood_there(late: str, tmp_path: Path) -> None:
    """The second is a folder, or in one that is not there: the first stays as it was, and no draft is left."""
    first, second = tmp_path / "a.xlsx", tmp_path / "b.html"
    first.write_bytes(b"old")
    if late == "folder":
        second.mkdir()
    else:
        second = tmp_path / "nowhere" / "b.html"
    before = sorted(tmp_path.iterdir())
    with pytest.raises(InputError):
        put_all({first: b"new", second: b"new"}, force=True)
    assert first.read_bytes() == b"old"
    assert sorted(tmp_path.iterdir()) == before
