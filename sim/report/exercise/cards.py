"""Cards on A5, one a sheet: what the controllers hand out (导调信息卡), and what who calls holds while he calls (叫应卡)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from sim.exercise.kit import Inject, Role
from sim.report.content.grid import Column
from sim.report.exercise.about import About
from sim.report.exercise.calling import Callee
from sim.report.exercise.form import SMALL, FormPaper
from sim.report.words.language import whole_minutes

_BODIES = ("Card", "Card Small")
_FIELDS_PARTS, _REPLY_PARTS = (2.6, 9.6), (2.4, 3.7, 2.4, 3.7)
_BODY_CM = 8.0  # what the fields above it and the slip below leave free
_DESKS_A_CARD = 8
_CALL_PARTS = (0.8, 3.0, 5.0, 3.4)
_REPLY_CM = 1.1


def write_inject_cards(about: About, path: Path) -> None:
    """Write a card for each inject, in order: the timeline, then those that depend, then those in reserve; only what the card gives."""
    words = about.words
    paper = about.paper(words("kit.paper.inject_cards"), SMALL)
    for number, inject in enumerate(about.injects):
        title = words("kit.card.title", id=inject.id)
        if number:
            paper.say_on_new_page(title, "Title")
        else:
            paper.say(title, "Title")
        _set_card(about, paper, inject)
    paper.save(path, words("kit.paper.inject_cards"), about.kit.schedule.start)


def _set_card(about: About, paper: FormPaper, inject: Inject) -> None:
    words = about.words
    fields = [
        ("when", _when(about, inject)),
        ("scene", words("none") if inject.t_min is None else about.night_clock(inject.t_min)),
        ("source", about.role(inject.source)),
        ("to", about.listed(inject.to)),
        ("means", about.means(inject)),
    ]
    heads = Column("field", heading=words("kit.card.field")), Column("value", heading=words("kit.card.stamp"))
    paper.form(heads, [(words(f"kit.card.{key}"), value) for key, value in fields], _FIELDS_PARTS)
    text = about.said(inject.text)
    fits = [style for style in _BODIES if paper.high_cm(text, style) <= _BODY_CM]
    paper.say(text, fits[0] if fits else _BODIES[-1])
    reply = [Column(key, heading=words(f"kit.card.{key}")) for key in ("received", "by", "done", "signed")]
    paper.form(reply, [[""] * len(reply)], _REPLY_PARTS, high_cm=_REPLY_CM)


def _when(about: About, inject: Inject) -> str:
    if inject.exercise_min is None:
        return about.words("kit.when_asked")
    return about.words("kit.when", clock=about.clock(inject.exercise_min), minute=whole_minutes(inject.exercise_min))


def write_call_cards(about: About, callees: Mapping[Role, Sequence[Callee]], path: Path) -> None:
    """Write the cards of every seat that calls: what to say, whom to call in which order, by which number."""
    words = about.words
    paper = about.paper(words("kit.paper.call_cards"), SMALL)
    first = True
    for role, desks in callees.items():
        for begin in range(0, len(desks), _DESKS_A_CARD):
            title = words("kit.call.title", role=about.role(role))
            if first:
                paper.say(title, "Lead Heading")
            else:
                paper.say_on_new_page(title, "Lead Heading")
            first = False
            for key in ("kit.call.open", "kit.call.tell", "kit.call.repeat", "kit.call.next", "kit.call.close"):
                paper.say(words(key, role=about.role(role)), "Lead Bullet")
            _set_desks(about, paper, desks[begin : begin + _DESKS_A_CARD], begin)
    paper.save(path, words("kit.paper.call_cards"), about.kit.schedule.start)


def _set_desks(about: About, paper: FormPaper, desks: Sequence[Callee], before: int) -> None:
    words = about.words
    columns = [Column(key, heading=words(f"kit.call.{key}")) for key in ("number", "desk", "ladder", "telephone")]
    rows = [(f"{n}", one.label, one.ladder, _numbers(about, one)) for n, one in enumerate(desks, start=before + 1)]
    paper.form(columns, rows, _CALL_PARTS)


def _numbers(about: About, own: Callee) -> str:
    """Return the numbers of the steps of a ladder, a line each; blanks to fill in where they may not be shown."""
    blank = about.words("kit.call.blank")
    lines = [number or blank for number in own.numbers]
    return "\n".join(([own.landline] if own.landline else []) + lines)
