"""What the kit says of itself, as plain text: what lies where, what to print for whom, what to do before, during and after."""

from __future__ import annotations

from pathlib import Path

from sim.report.exercise.about import About
from sim.report.exercise.files import PAPERS, path_of
from sim.report.exercise.timetable import timetable


def readme(about: About, folder: Path) -> str:
    """Return the text about the papers that lie in ``folder``, with the line ends that every editor of Windows knows."""
    words, kit = about.words, about.kit
    given = {own.paper: words(f"kit.given.{own.when}") for own in kit.handouts}
    lines = [
        about.title,
        *about.stamps,
        words("kit.readme.when", begin=words.date(kit.schedule.start), end=about.clock(kit.schedule.minutes)),
        "",
        words("kit.readme.secret", players=words("kit.folder.players"), everyone=words("kit.folder.everyone")),
        "",
        words("kit.readme.holds"),
    ]
    for own in PAPERS:
        path = path_of(own, words)
        if (folder / path).exists():
            how = words.listed((words(f"kit.print.{own.printed}"), given.get(own.key, "")))
            what = words(f"kit.what.{own.key}")
            lines.append(words("kit.readme.paper", path=path.as_posix(), what=what, how=how))
    lines += [words("kit.readme.program"), "", words("kit.readme.steps")]
    lines += [
        words("kit.readme.step", n=n, when=when, todo=todo) for n, (when, todo) in enumerate(timetable(about), start=1)
    ]
    return "\r\n".join([*lines, ""])
