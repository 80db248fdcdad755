"""The controllers' handbook (导调手册): the night in short, rules, safety, timetable, every inject with what should follow, who does what."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from sim.exercise.kit import Inject, Kind
from sim.report.content.grid import Column
from sim.report.content.scope import find
from sim.report.content.summary import in_short
from sim.report.content.verdicts import verdicts
from sim.report.exercise.about import KINDS, About
from sim.report.exercise.evaluation import LIMIT, LIMIT_PARTS, limit_rows
from sim.report.exercise.form import ACROSS, UPRIGHT, FormPaper
from sim.report.exercise.timetable import timetable

_RULES = ("kit.rule.phrase", "kit.rule.no_real", "kit.rule.cards", "kit.rule.clock", "kit.rule.others", "kit.rule.fair")
_SAFETY = (
    "kit.safety.stop",
    "kit.safety.real",
    "kit.safety.numbers",
    "kit.safety.public",
    "kit.safety.moving",
    "kit.safety.papers",
)
_TIMES_PARTS = (3.6, 13.8)
_CLOCKS = 9
_CREW = ("chief", "controller", "telephone", "clock", "evaluator", "safety")
_CREW_PARTS = (3.2, 9.2, 5.0)
_SEATS_PARTS = (1.2, 9.0, 7.2)
_INJECT = ("id", "when", "way", "text", "expected", "responsible", "evaluator", "given")
_INJECT_PARTS = (1.1, 2.1, 3.4, 6.4, 5.8, 2.8, 4.2, 1.3)


def write_handbook(about: About, path: Path) -> None:
    """Write the handbook."""
    _Handbook(about).write(path)


class _Handbook:
    """The handbook being set, section by section."""

    def __init__(self, about: About) -> None:
        self._about, self._kit, self._words = about, about.kit, about.words
        self._paper: FormPaper = about.paper(about.words("kit.paper.handbook"), UPRIGHT)

    def write(self, path: Path) -> None:
        about, paper, words = self._about, self._paper, self._words
        about.begin(paper, words("kit.paper.handbook"))
        paper.notes([words("kit.handbook.keep")])
        self._what()
        self._night()
        self._points("kit.head.rules", _RULES)
        self._points("kit.head.safety", _SAFETY)
        self._times()
        self._crew()
        self._seats()
        paper.turn(ACROSS)
        for kind in KINDS:
            self._injects(kind)
        self._limits()
        paper.save(
            path,
            words("document.subtitle", where=words("kit.paper.handbook"), what=about.title),
            self._kit.schedule.start,
        )

    def _what(self) -> None:
        about, kit, words = self._about, self._kit, self._words
        injects = words.listed(
            words("kit.fact.kind", kind=words(f"kit.kind.{kind}"), n=len(kit.of_kind(kind))) for kind in KINDS
        )
        end = words.clock(kit.schedule.start, kit.schedule.minutes)
        facts = {
            "place": about.where,
            "size": words(f"kit.size.{kit.size}"),
            "begin": words(
                "kit.fact.span",
                begin=words.date(kit.schedule.start),
                end=end,
                length=words.length(kit.schedule.minutes),
            ),
            "way": words("kit.fact.blind" if kit.double_blind else "kit.fact.open"),
            "seats": words("kit.fact.seats_of", played=len(about.played), n=len(kit.roles)),
            "injects": injects,
            "scenario": kit.scenario.plan.title or kit.scenario.plan.name,
            "run": words("which_night", seed=kit.night.seed, n=kit.replication),
            "chosen": about.said(kit.chosen.reason),
        }
        self._paper.say(words("kit.head.what"), "Heading 1")
        columns = Column("what", heading=words("kit.head.item")), Column("value", heading=words("kit.head.content"))
        self._paper.form(columns, [(words(f"kit.fact.{key}"), said) for key, said in facts.items()], (3.2, 14.2))

    def _night(self) -> None:
        kit, words, paper = self._kit, self._words, self._paper
        county = kit.scenario.county
        place = kit.place
        while county.levels[county.places.level[place]].id not in ("township", "village") and place:
            place = int(county.places.parent[place])
        scope = find(kit.scenario, kit.names, kit.names.code[place] if place else None)
        where = words.label(kit.names.label[place], county.levels)
        paper.say(words("kit.head.night"), "Heading 1")
        paper.notes([words("kit.night.secret")], kept=True)
        paper.say(words("kit.night.opening", said=self._about.said(kit.opening)))
        judged = verdicts(kit.scenario, kit.night, words)
        for said in in_short(kit.scenario, kit.night, scope, where, judged, words):
            paper.say(said)
        paper.notes([words("note.one_night")])

    def _points(self, heading: str, keys: Sequence[str]) -> None:
        self._paper.say(self._words(heading), "Heading 1")
        for key in keys:
            self._paper.say(self._words(key), "List Bullet")

    def _times(self) -> None:
        about, kit, words, paper = self._about, self._kit, self._words, self._paper
        paper.say(words("kit.head.times"), "Heading 1")
        columns = Column("when", heading=words("kit.inject.when")), Column("todo", heading=words("kit.head.todo"))
        paper.form(columns, timetable(about), _TIMES_PARTS)
        paper.say(words("kit.times.two_clocks"), "Lead Heading")
        marks = np.linspace(0.0, kit.schedule.minutes, _CLOCKS).tolist()
        heads = [
            Column("clock", heading=words("kit.times.wall")),
            *(Column(f"{n}", heading=about.clock(at)) for n, at in enumerate(marks)),
        ]
        nights = [about.night_clock(kit.schedule.to_night(at)) for at in marks]
        paper.form(heads, [(words("kit.times.night"), *nights)], (2.4, *[1.7] * _CLOCKS))

    def _crew(self) -> None:
        words, paper = self._words, self._paper
        paper.say(words("kit.head.crew"), "Heading 1")
        columns = [Column(key, heading=words(f"kit.crew.{key}")) for key in ("post", "task", "name")]
        paper.form(
            columns, [(words(f"kit.crew.{own}"), words(f"kit.crew.{own}_task"), "") for own in _CREW], _CREW_PARTS
        )

    def _seats(self) -> None:
        about, words, paper = self._about, self._words, self._paper
        paper.say(words("kit.head.seats"), "Heading 1")
        columns = [Column(key, heading=words(f"kit.seat.{key}")) for key in ("number", "seat", "who")]
        rows = [
            (f"{n}", about.role(role), words("kit.seat.played" if role.played else "kit.seat.spoken_for"))
            for n, role in enumerate(self._kit.roles, start=1)
        ]
        paper.form(columns, rows, _SEATS_PARTS)

    def _injects(self, kind: Kind) -> None:
        words, paper, injects = self._words, self._paper, self._kit.of_kind(kind)
        paper.say(words(f"kit.head.{kind}"), "Heading 1")
        if not injects:
            paper.say(words("kit.no_injects"))
            return
        paper.notes([words(f"kit.note.{kind}")], kept=True)
        columns = [Column(key, heading=words(f"kit.inject.{key}")) for key in _INJECT]
        paper.form(columns, [self._row(inject) for inject in injects], _INJECT_PARTS)

    def _row(self, inject: Inject) -> tuple[str, ...]:
        about, words = self._about, self._words
        when = [about.planned(inject)]
        if inject.t_min is not None:
            when += [
                words("kit.inject.since", n=about.since_start(inject)),
                words("kit.inject.scene", clock=about.scene(inject)),
            ]
        condition = [] if inject.condition is None else [words("kit.inject.if", said=about.said(inject.condition))]
        way = words(
            "kit.inject.from_to",
            source=about.role(inject.source),
            to=about.listed(inject.to),
            means=about.means(inject),
        )
        return (
            inject.id,
            "\n".join(when),
            way,
            "\n".join([*condition, about.said(inject.text)]),
            "\n".join(filter(None, [about.said(inject.expected), about.limit(inject)])),
            about.role(inject.responsible),
            about.said(inject.evaluator),
            words("kit.tick"),
        )

    def _limits(self) -> None:
        words, paper = self._words, self._paper
        paper.say(words("kit.eval.limits"), "Heading 1")
        if not self._kit.limits:
            paper.say(words("kit.eval.no_limits"))
            return
        columns = [Column(key, heading=words(f"kit.limit.{key}")) for key in LIMIT]
        paper.form(columns, limit_rows(self._about), LIMIT_PARTS[: len(LIMIT)])
