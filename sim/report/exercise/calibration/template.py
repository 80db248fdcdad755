"""The blank log: a workbook to fill in, with what each column asks and lists to choose from."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from sim.errors import Language
from sim.exercise.calibrate.columns import CALLS, TIMES, LogColumn
from sim.exercise.calibrate.fit import FEWEST
from sim.report.words.language import Words
from sim.scenario import Scenario

_WASH, _RULE = "#E9EDF2", "#9AA3AF"
_ROWS = 500
"""So many rows have borders and lists to choose from."""
_PRINTED = 24
"""So many of them are printed, on one page."""
_WIDTHS = {"remark": 24, "post": 22, "at": 20, "level": 16}
_ANSWERS = {"zh": ["接听", "未接", "关机", "忙线", "断网"], "en": ["yes", "no", "off", "busy", "no network"]}
_MEANS = {"zh": ["电话", "智能外呼"], "en": ["phone", "auto_call"]}
_ITEMS = {"zh": ["转叫", "入户"], "en": ["relay", "door"]}


def log_template(scenario: Scenario | None, language: Language) -> bytes:
    """Return the workbook; posts and levels to choose from are those of a scenario, if one is given."""
    words = Words(language)
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        head = book.add_format(
            {"bold": True, "bg_color": _WASH, "border": 1, "border_color": _RULE, "text_wrap": True, "valign": "top"}
        )
        cell = book.add_format({"border": 1, "border_color": _RULE})
        guide = book.add_worksheet(words("calibration.template.guide"))
        lists = _guide(guide, book, scenario, words)
        lists |= {
            "answered": _inline(_ANSWERS[language]),
            "channel": _inline(_MEANS[language]),
            "item": _inline(_ITEMS[language]),
        }
        for name, columns in (
            (words("calibration.template.calls"), CALLS),
            (words("calibration.template.times"), TIMES),
        ):
            _sheet(book.add_worksheet(name), columns, lists, head, cell, words)
    return made.getvalue()


def _guide(sheet: Any, book: Any, scenario: Scenario | None, words: Words) -> dict[str, dict[str, object]]:  # noqa: ANN401 - xlsxwriter carries no types
    """Write the first sheet; return the lists of posts and levels that stand on it."""
    title = book.add_format({"bold": True, "font_size": 14})
    bold, wrapped = (
        book.add_format({"bold": True, "bg_color": _WASH}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 2, 90)
    sheet.write_string(0, 0, words("calibration.template.title"), title)
    said = [
        words("calibration.template.said.rows"),
        words("calibration.template.said.person"),
        words("calibration.template.said.first"),
        words("calibration.template.said.few", fewest=FEWEST),
        words("calibration.template.said.read"),
    ]
    for row, sentence in enumerate(said, start=1):
        sheet.merge_range(row, 0, row, 2, f"{row}. {sentence}", wrapped)
        sheet.set_row(row, 30)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 1)
    row = len(said) + 2
    for name, columns in ((words("calibration.template.calls"), CALLS), (words("calibration.template.times"), TIMES)):
        headings = (
            words("calibration.template.column"),
            words("calibration.template.needed"),
            words("calibration.template.meaning"),
        )
        sheet.write_string(row, 0, name, title)
        sheet.write_row(row + 1, 0, headings, bold)
        row += 2
        for column in columns:
            needed = words("yes") if column.needed else ""
            texts = (column.heading.get(words.language), needed, column.meaning.get(words.language))
            sheet.write_row(row, 0, texts, wrapped)
            row += 1
        row += 1
    if scenario is None:
        return {}
    plan, levels = scenario.plan.roster, scenario.county.levels
    chosen = {
        "post": [own.title for own in plan.posts.values()],
        "level": [level.name for level in levels if level.id in plan.desks],
    }
    lists: dict[str, dict[str, object]] = {}
    for key, names in chosen.items():
        sheet.write_string(row, 0, words(f"calibration.template.{key}s"), bold)
        sheet.write_column(row + 1, 0, names)
        source = f"='{sheet.get_name()}'!$A${row + 2}:$A${row + 1 + len(names)}"
        lists[key] = {"validate": "list", "source": source, "error_type": "warning"}
        row += len(names) + 2
    return lists


def _inline(names: Sequence[str]) -> dict[str, object]:
    return {"validate": "list", "source": list(names), "error_type": "warning"}


def _sheet(
    sheet: Any,  # noqa: ANN401 - xlsxwriter carries no types
    columns: Sequence[LogColumn],
    lists: dict[str, dict[str, object]],
    head: Any,  # noqa: ANN401
    cell: Any,  # noqa: ANN401
    words: Words,
) -> None:
    """Write a sheet to fill in: headings that stay in view, borders, lists to choose from, and A4 across."""
    for number, column in enumerate(columns):
        sheet.set_column(number, number, _WIDTHS.get(column.key, 13))
        sheet.write_string(0, number, column.heading.get(words.language), head)
        sheet.write_comment(0, number, column.meaning.get(words.language))
        for row in range(1, _ROWS + 1):
            sheet.write_blank(row, number, None, cell)
        if column.key in lists:
            sheet.data_validation(1, number, _ROWS, number, lists[column.key])
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, _PRINTED, len(columns) - 1)
