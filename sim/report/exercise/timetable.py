"""What is done before, while and after an exercise runs (时间安排)."""

from __future__ import annotations

from sim.report.exercise.about import About

_STEPS = ("before_day", "sign_in", "briefing", "start", "run", "end", "review", "enter")
_BLIND = {step: f"{step}_blind" for step in ("before_day", "sign_in", "briefing", "start")}


def timetable(about: About) -> list[tuple[str, str]]:
    """Return when something is to be done, and what; of a double-blind exercise the players hear only as it starts."""
    words, kit = about.words, about.kit
    start, end = about.clock(0.0), about.clock(kit.schedule.minutes)
    own = _BLIND if kit.double_blind else {}
    return [
        (words(f"kit.times.{step}", start=start, end=end), words(f"kit.todo.{own.get(step, step)}")) for step in _STEPS
    ]
