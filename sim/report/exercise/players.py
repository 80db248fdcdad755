"""The task sheet of a seat (任务单): who you are, what you have, what you know as it starts, whom you call, and blanks; nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sim.exercise.kit import Role
from sim.records import CHANNELS
from sim.report.content.grid import Column
from sim.report.exercise.about import About
from sim.report.exercise.calling import Callee, in_a_line, ladders
from sim.report.exercise.form import UPRIGHT

_RECORD = ("received", "from", "what", "done", "finished", "told")
_RECORD_PARTS = (1.8, 2.2, 4.6, 4.2, 1.7, 2.4)
_RECORDS = 14
_HIGH_CM = 1.05
_CALLS = ("number", "desk", "ladder", "called_at", "answered_by", "answered_at", "passed_on")
_CALLS_PARTS = (1.0, 4.2, 1.5, 2.0, 3.3, 2.0, 3.0)
_CALL_CM = 0.75
_RULES = ("kit.rule.phrase", "kit.rule.no_real", "kit.rule.stop", "kit.rule.ask")


def write_task_sheet(about: About, role: Role, calls: Mapping[Role, Sequence[Callee]], path: Path) -> None:
    """Write the sheet of one seat; ``calls`` are the desks that each seat calls: none where another seat of its desk does."""
    callees = calls.get(role, ())
    words, title = about.words, about.words("kit.task.title", role=about.role(role))
    paper = about.paper(title, UPRIGHT)
    about.begin(paper, title)
    paper.say(words("kit.task.who"), "Heading 1")
    paper.say(words("kit.task.you_are", role=about.role(role)))
    paper.say(words("kit.task.have"), "Heading 1")
    for thing in _has(about, role, calls=bool(callees)):
        paper.say(thing, "List Bullet")
    paper.say(words("kit.task.know"), "Heading 1")
    paper.say(words("kit.task.blind") if about.kit.double_blind else about.said(about.kit.opening))
    paper.say(words("kit.task.rules"), "Heading 1")
    for key in _RULES:
        paper.say(words(key), "List Bullet")
    paper.say(words("kit.task.calls"), "Heading 1")
    if callees:
        paper.notes([words("kit.task.calls_how")], kept=True)
        known = ladders(callees)
        for steps, number in known.items():
            paper.say(in_a_line(about, number, steps), "Lead Bullet", kept=True)
        columns = [Column(key, heading=words(f"kit.call.{key}")) for key in _CALLS]
        rows = [(f"{n}", one.label, f"{known[one.steps]}", "", "", "", "") for n, one in enumerate(callees, start=1)]
        paper.form(columns, rows, _CALLS_PARTS, high_cm=_CALL_CM)
    elif others := [one for one in calls if (one.place, one.level) == (role.place, role.level)]:
        paper.say(words("kit.task.stands_in", role=about.role(others[0])))
    else:
        paper.say(words("kit.task.calls_nobody"))
    paper.say(words("kit.task.record"), "Heading 1")
    paper.notes([words("kit.task.record_how")], kept=True)
    columns = [Column(key, heading=words(f"kit.record.{key}")) for key in _RECORD]
    paper.form(columns, [[""] * len(columns)] * _RECORDS, _RECORD_PARTS, high_cm=_HIGH_CM)
    paper.save(path, title, about.kit.schedule.start)


def _has(about: About, role: Role, *, calls: bool) -> Iterator[str]:
    """Yield what a seat has at hand: papers, people who can telephone, other means to call, means to tell households."""
    words, plan = about.words, about.kit.scenario.plan
    yield words("kit.have.papers_caller" if calls else "kit.have.papers")
    levels = [level.id for level in about.kit.scenario.county.levels]
    if role.level not in levels:
        yield words("kit.have.telephone")
        return
    desk = plan.roster.desks[role.level]
    yield words("kit.have.callers", n=words.count("caller", desk.callers))
    if desk.couriers:
        yield words("kit.have.couriers", n=words.count("person", desk.couriers))
    if plan.roster.fallback is not None and plan.roster.fallback.means:
        means = words.listed(words(f"channel.{name}") for name in plan.roster.fallback.means)
        yield words("kit.have.fallback", means=means)
    by_desks = [
        name for name in CHANNELS if getattr(plan.channels, name) is not None and plan.channels.starts_at_desks(name)
    ]
    if levels.index(role.level) >= levels.index("village") if "village" in levels else role.level == levels[-1]:
        yield words("kit.have.tell", means=words.means(by_desks))
