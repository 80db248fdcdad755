"""What evaluators fill in (评估表): the limits with their sources, each inject by the seat that must act, key times; on paper and as a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from sim.exercise.kit import Inject, Limit
from sim.report.content.grid import Column
from sim.report.exercise.about import About
from sim.report.exercise.form import ACROSS, FormPaper
from sim.report.workbook.spreadsheet import Field, Kind, SheetOfTables, Table, Value, legal_names, write_sheets

LIMIT = ("number", "name", "responsible", "since", "within", "share", "source", "applies_to", "status")
_LIMIT_BEGINS = (*LIMIT, "begins")
_LIMIT_BLANKS = ("done_at", "kept")
LIMIT_PARTS = (0.9, 4.0, 2.7, 1.9, 1.5, 1.2, 3.7, 2.9, 2.7, 2.0, 1.6, 1.4)
_ACT = ("id", "planned", "expected", "evaluator", "limit")
_ACT_BLANKS = ("received", "done", "kept", "remark")
_ACT_PARTS = (1.1, 1.6, 6.2, 6.2, 2.4, 1.7, 1.7, 2.2, 3.5)
_TIME = ("number", "what", "responsible", "limit")
_TIME_BLANKS = ("at", "by", "remark")
_TIME_PARTS = (1.0, 9.0, 5.0, 2.4, 2.2, 3.4, 3.4)
_OVERALL = ("answering", "repeating", "recording", "next_on_ladder", "other_means", "moving", "reporting", "safety")
_GRADES = ("what", "well", "partly", "not_done", "remark")
_OVERALL_PARTS = (6.4, 2.0, 2.0, 2.0, 13.0)
_MOMENTS = ("done_at", "received", "done", "at")
_WIDTHS = {
    "limit": (6, 26, 16, 14, 8, 8, 26, 20, 14, 10, 10, 9),
    "act": (18, 7, 10, 36, 36, 10, 9, 9, 12, 20),
    "time": (7, 44, 26, 10, 10, 20, 24),
}
_WRITE_CM = 0.85


def write_evaluation_document(about: About, path: Path) -> None:
    """Write the forms on paper."""
    words, title = about.words, about.words("kit.paper.evaluation")
    paper = about.paper(title, ACROSS)
    about.begin(paper, title)
    paper.notes([words("kit.eval.how"), words("kit.eval.fair"), words("kit.eval.who")])
    paper.say(words("kit.eval.limits"), "Heading 1")
    if about.kit.limits:
        begins = [about.begins(own) for own in about.kit.limits]
        rows = [(*row, begin) for row, begin in zip(limit_rows(about), begins, strict=True)]
        _form(about, paper, "limit", (*_LIMIT_BEGINS, *_LIMIT_BLANKS), rows, LIMIT_PARTS)
    else:
        paper.say(words("kit.eval.no_limits"))
    paper.say(words("kit.eval.acts"), "Heading 1")
    for seat, own in _by_seat(about):
        paper.say(seat, "Heading 2")
        _form(about, paper, "act", (*_ACT, *_ACT_BLANKS), [_act(about, inject) for inject in own], _ACT_PARTS)
    if about.kit.key_times:
        paper.say(words("kit.eval.times"), "Heading 1")
        _form(about, paper, "time", (*_TIME, *_TIME_BLANKS), _times(about), _TIME_PARTS)
    paper.say(words("kit.eval.overall"), "Heading 1")
    asked = [(words(f"kit.overall.{key}"),) for key in _OVERALL]
    _form(about, paper, "grade", _GRADES, asked, _OVERALL_PARTS)
    paper.save(path, title, about.kit.schedule.start)


def _form(
    about: About,
    paper: FormPaper,
    kind: str,
    keys: Sequence[str],
    rows: Sequence[Sequence[str]],
    parts: Sequence[float],
) -> None:
    """Set a table to fill in; what a row does not say is left blank."""
    columns = [Column(key, heading=about.words(f"kit.{kind}.{key}")) for key in keys]
    paper.form(columns, [(*row, *[""] * (len(keys) - len(row))) for row in rows], parts, high_cm=_WRITE_CM)


def write_evaluation_workbook(about: About, path: Path) -> None:
    """Write the same forms as a workbook."""
    words = about.words
    limits: list[Sequence[Value]] = [
        (n, *limit_row(about, own)[:3], own.within_min, own.share, *limit_row(about, own)[5:], about.begins(own))
        for n, own in enumerate(about.kit.limits, start=1)
    ]
    acts = [(seat, *_act(about, inject)) for seat, injects in _by_seat(about) for inject in injects]
    parts: Sequence[tuple[str, str, Sequence[str], Sequence[str], Sequence[Sequence[Value]]]] = (
        ("kit.eval.limits", "limit", _LIMIT_BEGINS, _LIMIT_BLANKS, limits),
        ("kit.eval.acts", "act", ("seat", *_ACT), _ACT_BLANKS, acts),
        ("kit.eval.times", "time", _TIME, _TIME_BLANKS, _times(about)),
    )
    names = legal_names(words(heading) for heading, *_ in parts)
    how = (words("kit.eval.how"), words("kit.eval.fair"))
    sheets = [
        SheetOfTables(name, words(heading), (_table(about, kind, keys, blanks, rows),), said=how, widths=_WIDTHS[kind])
        for name, (heading, kind, keys, blanks, rows) in zip(names, parts, strict=True)
    ]
    title = words("document.subtitle", where=words("kit.paper.evaluation"), what=about.title)
    write_sheets(sheets, about.frame(title, names[0]), path)


def _table(
    about: About, kind: str, keys: Sequence[str], blanks: Sequence[str], rows: Sequence[Sequence[Value]]
) -> Table:
    kinds: Mapping[str, Kind] = {"number": "line", "id": "line", "within": "plain", "share": "share"}
    fields = [Field(about.words(f"kit.{kind}.{key}"), kinds.get(key, "text")) for key in keys]
    to_fill = [Field(about.words(f"kit.{kind}.{key}"), "time" if key in _MOMENTS else "blank") for key in blanks]
    return Table((*fields, *to_fill), [(*row, *[None] * len(blanks)) for row in rows])


def limit_rows(about: About) -> list[tuple[str, ...]]:
    """Return the limits of the kit in words, numbered: the columns of ``LIMIT``."""
    return [(f"{n}", *limit_row(about, own)) for n, own in enumerate(about.kit.limits, start=1)]


def limit_row(about: About, own: Limit) -> tuple[str, ...]:
    """Return a limit in words: what, by whom, from when, how long, of how many, and on what it rests."""
    words = about.words
    return (
        about.requirement(own),
        words("none") if own.responsible is None else about.role(own.responsible),
        about.since(own),
        words.length(own.within_min),
        words.exact_percent(own.share),
        about.source(own.source),
        words.applies_to(own.applies_to),
        words.or_else(f"status.{own.status}", own.status),
    )


def _by_seat(about: About) -> list[tuple[str, list[Inject]]]:
    """Return the injects by the seat that must act, in the order of the seats."""
    seats = dict.fromkeys((*about.kit.roles, *(inject.responsible for inject in about.injects)))
    found = [(about.role(seat), [inject for inject in about.injects if inject.responsible == seat]) for seat in seats]
    return [(seat, own) for seat, own in found if own]


def _act(about: About, inject: Inject) -> tuple[str, ...]:
    return (
        inject.id,
        about.planned(inject),
        about.said(inject.expected),
        about.said(inject.evaluator),
        about.within(inject),
    )


def _times(about: About) -> list[tuple[str, ...]]:
    words = about.words
    return [
        (
            f"K{n:02d}",
            about.said(own.name),
            words("none") if own.responsible is None else about.role(own.responsible),
            words("none") if own.within_min is None else words.length(own.within_min),
        )
        for n, own in enumerate(about.kit.key_times, start=1)
    ]
