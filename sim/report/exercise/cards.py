"""Cards on A5, one a sheet: what the controllers hand out (导调信息卡), and what who calls holds while he calls (叫应卡)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from sim.exercise.kit import Inject, Role
from sim.report.content.grid import Column
from sim.report.exercise.about import About
from sim.report.exercise.calling import Callee, in_a_line, ladders
from sim.report.exercise.form import SMALL, FormPaper
from sim.report.words.language import whole_minutes

_SAYINGS = ("kit.call.open", "kit.call.tell", "kit.call.repeat", "kit.call.next", "kit.call.close")
_BODIES = ("Card", "Card Small")
_REPLY_PARTS = (2.4, 3.7, 2.4, 3.7)
_BODY_CM = 7.5  # what the fields above it and the slip below leave free
_AROUND_CM, _LEAST_CM = 2.0, 4.0  # the head of the table of a call card and what is left below it; a table is no lower
_CALL_PARTS = (1.1, 4.2, 1.2, 5.7)
_CALL_CM, _NUMBER_CM = 0.8, 0.42  # of a row, and of a number where there are several
_REPLY_CM = 1.4
_HEADS_CM = 2.2  # of the heads of both tables, and what is between and below them
_NOTES_CM = 2.0  # a box to write in is no lower


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
        _set_card(about, paper, inject, title)
    paper.save(path, words("kit.paper.inject_cards"), about.kit.schedule.start)


def _set_card(about: About, paper: FormPaper, inject: Inject, title: str) -> None:
    words = about.words
    fields = (
        ("when", _when(about, inject)),
        ("scene", words("none") if inject.t_min is None else about.night_clock(inject.t_min)),
        ("source", about.role(inject.source)),
        ("to", about.listed(inject.to)),
        ("means", about.means(inject)),
    )
    lines = [words("document.named", name=words(f"kit.card.{key}"), value=value) for key, value in fields]
    for line in lines:
        paper.say(line, "Card Field")
    text = about.said(inject.text)
    fits = [style for style in _BODIES if paper.high_cm(text, style) <= _BODY_CM]
    body = fits[0] if fits else _BODIES[-1]
    paper.say(text, body)
    used_cm = sum(
        paper.high_cm(said, style)
        for said, style in ((title, "Title"), *((one, "Card Field") for one in lines), (text, body))
    )
    left_cm = paper.margins.height - used_cm - _REPLY_CM - _HEADS_CM
    reply = [Column(key, heading=words(f"kit.card.{key}")) for key in ("received", "by", "done", "signed")]
    paper.form(reply, [[""] * len(reply)], _REPLY_PARTS, high_cm=_REPLY_CM)
    if left_cm >= _NOTES_CM:
        paper.form([Column("notes", heading=words("kit.card.notes"))], [("",)], (1.0,), high_cm=left_cm)


def _when(about: About, inject: Inject) -> str:
    if inject.exercise_min is None:
        return about.words("kit.when_asked")
    return about.words("kit.when", clock=about.clock(inject.exercise_min), minute=whole_minutes(inject.exercise_min))


def write_call_cards(about: About, callees: Mapping[Role, Sequence[Callee]], path: Path) -> None:
    """Write the cards of every seat that calls: what to say, whom to call in which order, by which number."""
    words = about.words
    paper = about.paper(words("kit.paper.call_cards"), SMALL)
    set_title: Callable[[str, str], None] = paper.say
    for role, desks in callees.items():
        title = words("kit.call.title", role=about.role(role))
        known = ladders(desks)
        said = [
            *(words(key, role=about.role(role)) for key in _SAYINGS),
            *(in_a_line(about, number, steps) for steps, number in known.items()),
        ]
        used_cm = paper.high_cm(title, "Lead Heading") + sum(paper.high_cm(line, "Lead Bullet") for line in said)
        for begin, end in _shared_out(desks, max(paper.margins.height - used_cm - _AROUND_CM, _LEAST_CM)):
            set_title(title, "Lead Heading")
            set_title = paper.say_on_new_page
            for line in said:
                paper.say(line, "Lead Bullet")
            _set_desks(about, paper, desks, begin, end)
    paper.save(path, words("kit.paper.call_cards"), about.kit.schedule.start)


def _shared_out(desks: Sequence[Callee], room_cm: float) -> Iterator[tuple[int, int]]:
    """Yield from which to which desk each card goes whose table may be so high."""
    begin, used = 0, 0.0
    for n, desk in enumerate(desks):
        high = max(_CALL_CM, _NUMBER_CM * len(_numbers(desk)))
        if n > begin and used + high > room_cm:
            yield begin, n
            begin, used = n, 0.0
        used += high
    yield begin, len(desks)


def _set_desks(about: About, paper: FormPaper, desks: Sequence[Callee], begin: int, end: int) -> None:
    words, known = about.words, ladders(desks)
    columns = [Column(key, heading=words(f"kit.call.{key}")) for key in ("number", "desk", "ladder", "telephone")]
    rows = [
        (f"{n + 1}", desks[n].label, f"{known[desks[n].steps]}", "\n".join(_numbers(desks[n])))
        for n in range(begin, end)
    ]
    paper.form(columns, rows, _CALL_PARTS, high_cm=_CALL_CM)


def _numbers(own: Callee) -> list[str]:
    """Return the telephones that may be shown: of the desk, then of each step with its number; none leaves a blank to fill in."""
    return [own.landline] * bool(own.landline) + [
        f"{n}. {number}" for n, number in enumerate(own.numbers, start=1) if number
    ]
