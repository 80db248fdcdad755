"""A roster to fill in: the workbook that the import reads without a question.

A duty room whose posts change by the day has a sheet of its own, a row a day; where there are too many of them, those of one place share
a sheet. Posts held for good stand in one table for the whole level. Headings are Chinese in every language: the import reads them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import xlsxwriter

from sim.county import County
from sim.roster.audit.rules import AuditRules
from sim.roster.calendar import day_of
from sim.roster.exporting.filling import NOBODY_YET, Filling
from sim.roster.importing.cells import clean
from sim.roster.importing.columns import kind_of
from sim.roster.importing.dates import WEEKDAYS
from sim.roster.importing.names import posts_of
from sim.roster.plan import RosterPlan

GUIDE, LANDLINE, REMARK = "填表说明", "值班电话", "备注"
"""The name of the first sheet, and two headings."""
_MOST_SHEETS = 60
"""Duty rooms of a level that have a sheet each; with more of them nobody finds the own one."""
_RULES = AuditRules()
_WASH, _REST, _RULE, _SOFT, _STAMP = "#E9EDF2", "#FBEFD9", "#9AA3AF", "#5A6472", "#8A1C1C"
_DATE, _PLACE, _NAME, _PHONE, _REMARK = 11, 22, 14, 17, 24  # widths, in letters


@dataclass(frozen=True)
class Guide:
    """The first sheet: its title and sentences; ``stamp`` stands on every sheet, "" for none."""

    title: str
    said: tuple[str, ...]
    stamp: str = ""


@dataclass(frozen=True)
class Form:
    """What one sheet asks for: ``posts`` of ``desks``, by the day or, without ``days``, for good.

    ``places`` are the levels whose names stand in columns of their own, none where the title says whose sheet it is.
    """

    name: str
    title: str
    level: int
    desks: tuple[int, ...]
    posts: tuple[str, ...]
    days: tuple[date, ...] = ()
    places: tuple[int, ...] = ()


@dataclass(frozen=True)
class Template:
    """The sheets of a template in order, and the posts whose titles no heading can say so that the import knows them."""

    forms: tuple[Form, ...] = ()
    unsayable: tuple[str, ...] = ()

    def asks(self, county: County) -> dict[str, frozenset[str]]:
        """Return the posts that are asked of each duty room, by its code."""
        asked: dict[str, frozenset[str]] = {}
        for form in self.forms:
            for desk in form.desks:
                code = county.places.code[desk]
                asked[code] = asked.get(code, frozenset()) | frozenset(form.posts)
        return asked


def template_of(county: County, plan: RosterPlan, levels: Sequence[str], days: Sequence[date]) -> Template:
    """Return what a template of some levels (ids) asks for in a month."""
    forms: list[Form] = []
    unsayable: dict[str, None] = {}
    known = (county.level_index(level) for level in levels)
    for level in sorted(level for level in known if level is not None):
        called = _RULES.called_at(plan, county.levels[level].id)
        unsayable |= dict.fromkeys(post for post in called if not _sayable(plan, post))
        posts = sorted((post for post in called if _sayable(plan, post)), key=lambda post: post not in _RULES.leaders)
        rotating = tuple(post for post in posts if plan.posts[post].rotates)
        standing = tuple(post for post in posts if not plan.posts[post].rotates)
        if rotating:
            forms += _by_day(county, level, rotating, tuple(days))
        if standing:
            name = f"{county.levels[level].short}级"
            title = f"{county.name}{name}值守人员{_month(days[0])}"
            desks = tuple(int(place) for place in county.of_level(level))
            forms.append(Form(name, title, level, desks, standing, places=tuple(range(1, level + 1))))
    return Template(tuple(forms), tuple(unsayable))


def _by_day(county: County, level: int, posts: tuple[str, ...], days: tuple[date, ...]) -> Iterator[Form]:
    """Yield the sheets of a level with a row a day: one for each duty room, or of many one for each place above."""
    desks = [int(place) for place in county.of_level(level)]
    above: dict[int, list[int]] = {}
    for place in desks:
        above.setdefault(place if len(desks) <= _MOST_SHEETS else int(county.places.parent[place]), []).append(place)
    for place, own in above.items():
        name, places = _full_name(county, place), () if place in own else (level,)
        title = f"{county.name}{name}{_month(days[0])}值班表"
        yield Form(name, title, level, tuple(own), posts, days, places)


def _month(first: date) -> str:
    return f"{first.year}年{first.month}月"


def _full_name(county: County, place: int) -> str:
    """Return the name of a place behind those above it, the county's left out."""
    names: list[str] = []
    while place > 0:
        names.insert(0, county.places.name[place])
        place = int(county.places.parent[place])
    return "".join(names) or county.name


def _sayable(plan: RosterPlan, post: str) -> bool:
    """Tell whether the import takes the title of a post, as a heading, for that post."""
    return post in plan.posts and posts_of(clean(plan.posts[post].title)) == (post,)


def template_book(
    county: County, plan: RosterPlan, template: Template, guide: Guide, filling: Filling = NOBODY_YET
) -> bytes:
    """Return the workbook; its bytes follow from what is asked alone."""
    made = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": "宋体", "font_size": 11, "valign": "vcenter"},
    }
    tabs = _tabs([GUIDE, *(form.name for form in template.forms)])
    with xlsxwriter.Workbook(made, options) as book:
        first = next((form.days[0] for form in template.forms if form.days), date(2000, 1, 1))
        book.set_properties({"title": guide.title, "comments": guide.stamp, "created": datetime.combine(first, time())})
        looks = _Looks(book)
        _set_guide(book.add_worksheet(tabs[0]), guide, tabs[1:], looks)
        for tab, form in zip(tabs[1:], template.forms, strict=True):
            _FormSetter(book.add_worksheet(tab), form, county, plan, filling, looks).set(guide.stamp)
    return made.getvalue()


def _tabs(names: Sequence[str]) -> list[str]:
    """Return names that a workbook takes for its sheets, no two alike."""
    tabs: list[str] = []
    for name in names:
        plain = "".join(" " if sign in "[]:*?/\\'" else sign for sign in name)[:26].strip() or "-"
        alike = sum(tab.lower().partition("~")[0] == plain.lower() for tab in tabs)
        tabs.append(f"{plain}~{alike + 1}" if alike else plain)
    return tabs


class _Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - xlsxwriter carries no types
        self._book, self._made = book, dict[tuple[object, ...], Any]()

    def of(self, **properties: object) -> Any:  # noqa: ANN401 - the same
        """Return the format with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"valign": "vcenter", **properties})
        return self._made[key]

    def cell(self, *, rest: bool, **properties: object) -> Any:  # noqa: ANN401 - the same
        """Return the format of a cell to fill in."""
        wash = {"bg_color": _REST} if rest else {}
        return self.of(border=1, border_color=_RULE, text_wrap=True, **wash, **properties)


def _set_guide(sheet: Any, guide: Guide, tabs: Sequence[str], looks: _Looks) -> None:  # noqa: ANN401 - xlsxwriter carries no types
    """Set the first sheet: how to fill in the others, and the way to each of them."""
    across = 6
    sheet.set_column(0, across - 1, 17)
    sheet.merge_range(0, 0, 0, across - 1, guide.title, looks.of(bold=True, font_size=15))
    row = 1
    said = [(guide.stamp, {"font_color": _STAMP, "bold": True})] if guide.stamp else []
    for sentence, look in [*said, *((one, {}) for one in guide.said)]:
        sheet.merge_range(row, 0, row, across - 1, "", looks.of(text_wrap=True, **look))
        sheet.write_string(row, 0, sentence, looks.of(text_wrap=True, **look))
        sheet.set_row(row, 17 * (1 + 2 * len(sentence.encode("gbk", "replace")) // (2 * 96)))
        row += 1
    link = looks.of(font_color="#1C3F6E", underline=1)
    for number, tab in enumerate(tabs):
        at = (row + 1 + number // across, number % across)
        sheet.write_url(*at, f"internal:'{tab}'!A1", link, tab)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


class _FormSetter:
    """Sets one sheet to fill in."""

    def __init__(
        self,
        sheet: Any,  # noqa: ANN401 - xlsxwriter carries no types
        form: Form,
        county: County,
        plan: RosterPlan,
        filling: Filling,
        looks: _Looks,
    ) -> None:
        self._sheet, self._form, self._county, self._plan = sheet, form, county, plan
        self._filling, self._looks = filling, looks
        self._column = 0

    def set(self, stamp: str) -> None:
        """Set everything."""
        form, sheet, looks = self._form, self._sheet, self._looks
        has_landline = self._county.levels[form.level].id in _RULES.landline_levels
        headings = [(_place_heading(self._county, level), _PLACE) for level in form.places]
        headings += [("日期", _DATE), ("星期", _NAME)] if form.days else []
        for post in form.posts:
            title = self._plan.posts[post].title
            headings += [(title, _NAME), (f"{title}电话", _PHONE)]
        headings += [(LANDLINE, _PHONE)] if has_landline else []
        headings += [(REMARK, _REMARK)]
        sheet.merge_range(0, 0, 0, len(headings) - 1, form.title, looks.of(bold=True, font_size=16, align="center"))
        sheet.set_row(0, 30)
        if stamp:
            sheet.merge_range(1, 0, 1, len(headings) - 1, stamp, looks.of(font_color=_STAMP, bold=True))
        head = 1 + bool(stamp)
        for column, (heading, width) in enumerate(headings):
            look = looks.of(bold=True, text_wrap=True, align="center", bg_color=_WASH, border=1, border_color=_RULE)
            sheet.write_string(head, column, heading, look)
            sheet.set_column(column, column, width)
        sheet.set_row(head, 34)
        rows = [(desk, day) for desk in form.desks for day in form.days or (None,)]
        for row, (desk, day) in enumerate(rows, start=head + 1):
            first = day is None or day == form.days[0]
            self._set_row(row, desk, day, landline=self._landline(desk, first=first) if has_landline else None)
        self._for_use(head, head + len(rows), [heading for heading, _ in headings])

    def _landline(self, desk: int, *, first: bool) -> str:
        return self._filling.landlines.get(self._county.places.code[desk], "") if first else ""

    def _set_row(self, row: int, desk: int, day: date | None, landline: str | None) -> None:
        """Set the row of a duty room, on one day or for good; ``landline`` is ``None`` where none is asked for."""
        self._sheet.set_row(row, 18)
        rest = day is not None and day_of(day).rest
        self._column = 0
        for level in self._form.places:
            self._put(row, self._county.places.name[self._county.ancestors[level, desk]], rest=rest)
        if day is not None:
            look = self._looks.cell(rest=rest, num_format='m"月"d"日"', align="center")
            self._sheet.write_datetime(row, self._column, datetime.combine(day, time()), look)
            self._column += 1
            self._put(row, _weekday(day), rest=rest, align="center")
        code = self._county.places.code[desk]
        for post in self._form.posts:
            name, phone = self._filling.cells(code, post, day, alone="deputy_officer" not in self._form.posts)
            self._put(row, name, rest=rest)
            self._put(row, phone, rest=rest, num_format="@")
        if landline is not None:
            self._put(row, landline, rest=rest, num_format="@")
        self._put(row, "", rest=rest)

    def _put(self, row: int, text: str, *, rest: bool, **look: object) -> None:
        """Write the next cell of a row; a text is never taken for a formula or a number."""
        style = self._looks.cell(rest=rest, **look)
        if text:
            self._sheet.write_string(row, self._column, text, style)
        else:
            self._sheet.write_blank(row, self._column, None, style)
        self._column += 1

    def _for_use(self, head: int, last: int, headings: Sequence[str]) -> None:
        """Keep headings in view and on each printed page; warn of telephones that are too short, offer the names that are known."""
        sheet, form = self._sheet, self._form
        kept = len(form.places) + 2 * bool(form.days)
        sheet.freeze_panes(head + 1, kept)
        sheet.repeat_rows(head)
        if len(form.desks) > 1:
            sheet.autofilter(head, 0, last, len(headings) - 1)
        for column, heading in enumerate(headings):
            if heading.endswith("电话"):
                rule = {"validate": "length", "criteria": ">=", "value": 7, "error_type": "warning"}
                said = {"error_title": "电话", "error_message": "手机11位；座机写区号，如023-55123456"}
                sheet.data_validation(head + 1, column, last, column, rule | said)
        if len(form.desks) == 1:
            code = self._county.places.code[form.desks[0]]
            for number, post in enumerate(form.posts):
                names = self._filling.names(code, post)
                if names and len(",".join(names)) <= 255:
                    column = kept + 2 * number
                    offer = {"validate": "list", "source": names, "show_error": False}
                    sheet.data_validation(head + 1, column, last, column, offer)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # telephones are meant to be
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 1 if form.days and len(form.desks) == 1 else 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)


def _place_heading(county: County, level: int) -> str:
    """Return the heading of a column of places: the name of the level, if the import takes it for one."""
    name = county.levels[level].name
    return name if kind_of(clean(name)) == "place" and not posts_of(clean(name)) else "单位"


def _weekday(day: date) -> str:
    """Return the weekday, and what the day is besides: 周三（国庆节）, 周日（调休上班）."""
    what = day_of(day)
    named = f"周{WEEKDAYS[day.weekday()]}"
    if what.kind == "make_up":
        return f"{named}（调休上班）"
    return f"{named}（{what.name.zh}）" if what.kind == "holiday" and what.name else named
