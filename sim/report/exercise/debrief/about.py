"""What every part of a debrief asks again and again: what things are called, how minutes and places among the runs are told."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.errors import Text
from sim.exercise.actuals import Moment
from sim.exercise.asked import requirement_of
from sim.exercise.debrief import Debrief, JudgedInject, JudgedTime, Link, Standing
from sim.exercise.kit import Inject, KeyTime, Role
from sim.report.content.notices import source_text
from sim.report.content.verdicts import limit
from sim.report.study.about import requirement_name
from sim.report.words.language import Words, whole_minutes


@dataclass(frozen=True, eq=False)
class About:
    """What a report is about: a debrief, and in which language."""

    debrief: Debrief
    words: Words

    @property
    def real(self) -> bool:
        """Whether it is of a real event."""
        return self.debrief.subject.real

    @property
    def where(self) -> str:
        """The place that took part."""
        return self.place(self.debrief.subject.place)

    def place(self, place: int) -> str:
        """Return a place as it may be shown."""
        return self.words.label(self.debrief.subject.names.label[place], self.debrief.subject.scenario.county.levels)

    def text(self, text: Text) -> str:
        """Return a text of the kit."""
        return text.get(self.words.language)

    # --- what things are called ---------------------------------------------------------------------------------------

    def name(self, one: JudgedTime) -> str:
        """Return what a key time is called: its requirement, with the place where it is one of those below; or the release."""
        key, scenario = one.key, self.debrief.subject.scenario
        if not key.requirement:
            return self.text(key.name)
        name = requirement_name(scenario, key.requirement, requirement_of(scenario, key), self.words)
        return (
            name
            if key.place == self.debrief.subject.place
            else f"{self.place(key.place)}{self.words('paren', text=name)}"
        )

    def limit(self, one: KeyTime | Inject) -> str:
        """Return the limit of a key time, or that an inject bears on, and from what it counts; a dash where there is none."""
        if not one.requirement:
            return self.words("none")
        return limit(requirement_of(self.debrief.subject.scenario, one), self.words)

    def bases(self, one: JudgedTime) -> tuple[str, str, str]:
        """Return on what a limit rests, as the scenario has it: source, where it holds, status."""
        plan = requirement_of(self.debrief.subject.scenario, one.key)
        source = source_text(plan.source, self.words)
        return source, self.words.applies_to(plan.applies_to), self.words(f"status.{plan.status}")

    def basis(self, one: JudgedTime) -> str:
        """Return the same in one line; a dash where there is no limit."""
        return " · ".join(self.bases(one)) if one.key.requirement else self.words("none")

    def seat(self, role: Role | None) -> str:
        """Return a seat: place and post."""
        return self.words("none") if role is None else self.text(role.title)

    def post(self, link: Link) -> str:
        """Return the post of a weak link with its level, whatever the place."""
        posts = self.debrief.subject.scenario.plan.roster.posts
        level = next((own for own in self.debrief.subject.scenario.county.levels if own.id == link.level), None)
        at = self.words(f"whom.{link.level}") if level is None else self.words.level(level)
        return self.words("debrief.post", level=at, post=self.words.post(link.post, posts))

    # --- how numbers are told -----------------------------------------------------------------------------------------

    def minutes(self, minutes: float | None) -> str:
        """Return a number of minutes, up to the next whole one; what never came has words of its own."""
        if minutes is None:
            return self.words("none")
        if math.isinf(minutes):
            return self.words("debrief.cell.never")
        return self.words("debrief.cell.minutes", n=whole_minutes(minutes))

    def over(self, one: JudgedTime | JudgedInject) -> str:
        """Return by how much something was late, a whole minute at least."""
        assert one.over_min is not None  # noqa: S101 - asked of what was late only
        return self.minutes(max(one.over_min, 1.0))

    def took(self, one: JudgedTime) -> str:
        """Return the minutes that a key time took; with those spent where the schedule makes them others."""
        took, spent = self.minutes(one.took_min), self.minutes(one.spent_min)
        return took if took == spent else self.words("debrief.cell.spent", took=took, spent=spent)

    def clock(self, moment: Moment | None) -> str:
        """Return what the clock on the wall said."""
        if moment is None:
            return self.words("none")
        start = self.debrief.actuals.start
        return self.words.exact_clock(start, (moment.clock - start).total_seconds() / 60)

    def three(self, standing: Standing | None) -> str:
        """Return the minutes of the fastest, the middle and the slowest of the runs."""
        if standing is None:
            return self.words("none")
        ends = (float(standing.runs.min()), standing.quantile(0.5), float(standing.runs.max()))
        never = self.words("debrief.cell.never")
        return " / ".join(never if math.isinf(end) else self.words.number(whole_minutes(end)) for end in ends)

    def among(self, standing: Standing | None) -> str:
        """Return where an actual time lies among the runs; never is told as never."""
        words = self.words
        if standing is None:
            return words("none")
        if math.isinf(standing.actual_min):
            key = "never" if standing.never else "never_alone"
            return words(f"debrief.among.{key}", n=standing.of, never=standing.never)
        if standing.alike == standing.of:
            return words("debrief.among.all_alike", n=standing.of)
        if standing.side != "within":
            return words(f"debrief.among.{standing.side}", n=standing.of)
        said = words("debrief.among", shorter=standing.shorter, alike=standing.alike)
        said += words("debrief.among.some_never", never=standing.never) if standing.never else ""
        return said + words("debrief.among.percentile", percentile=self.percentile(standing))

    def percentile(self, standing: Standing | None) -> str:
        """Return the percentile with its interval, outwards to whole ones; none where there is no time."""
        if standing is None or math.isinf(standing.actual_min):
            return self.words("none")
        low, high = standing.interval
        values = {"low": math.floor(low * 100 + 1e-9), "high": math.ceil(high * 100 - 1e-9)}
        return self.words("debrief.percent", p=round(standing.percentile * 100), **values)

    def in_runs(self, one: JudgedTime) -> str:
        """Return in how many runs a limit was kept."""
        kept = one.kept
        return self.words("none") if kept is None else self.words("band.times", met=kept.met, n=kept.of)
