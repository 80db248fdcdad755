"""What the kit says of itself, as plain text: what lies where, what to print for whom, what to do before, during and after."""

from __future__ import annotations

from sim.report.exercise.about import About
from sim.report.exercise.files import PAPERS, path_of

_STEPS = ("before_day", "sign_in", "briefing", "start", "run", "end", "review", "enter")
_BLIND = {"before_day": "before_day_blind", "sign_in": "sign_in_blind"}


def readme(about: About) -> str:
    """Return the text, with the line ends that every editor of Windows knows."""
    words, kit = about.words, about.kit
    end = about.clock(kit.schedule.minutes)
    lines = [
        about.title,
        *about.stamps,
        words("kit.readme.when", begin=words.date(kit.schedule.start), end=end),
        "",
        words("kit.readme.secret", players=words("kit.folder.players"), everyone=words("kit.folder.everyone")),
        "",
        words("kit.readme.holds"),
        *(
            words(
                "kit.readme.paper",
                path=path_of(own, words).as_posix(),
                what=words(f"kit.what.{own.key}"),
                how=words(f"kit.print.{own.printed}"),
            )
            for own in PAPERS
        ),
        words("kit.readme.console"),
        "",
        words("kit.readme.steps"),
    ]
    for n, step in enumerate(_STEPS, start=1):
        own = _BLIND.get(step, step) if kit.double_blind else step
        when = words(f"kit.times.{step}", start=about.clock(0.0), end=end)
        lines.append(words("kit.readme.step", n=n, when=when, todo=words(f"kit.todo.{own}")))
    return "\r\n".join([*lines, ""])
