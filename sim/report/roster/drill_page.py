"""The drill as a page: what it came to, when, at which desks and in which step; how sure that is, and what it is not."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import datetime

import numpy as np
import pandas as pd

from sim.county.plan import LevelPlan
from sim.measures.naming import Naming
from sim.report.content.grid import Column, Grid
from sim.report.page.template import render
from sim.report.roster.heatmap import Heatmap, heatmap, length_key, length_square, share_key, share_square
from sim.report.roster.papers import stamps_of, weekday_of
from sim.report.roster.sentences import (
    about_starts,
    caution,
    headlines,
    margin,
    method,
    scope,
    title,
    weakest_day,
    whole_days,
)
from sim.report.words.language import Words, whole_minutes
from sim.roster.calendar import DAY_KINDS, day_of
from sim.scenario import Scenario
from sim.study.intervals import exact_interval
from sim.study.roster.drill import Drill
from sim.study.roster.dry_run import dry_run

_FIRST = 10


def drill_page(
    scenario: Scenario, drill: Drill, tables: Mapping[str, pd.DataFrame], names: Naming, words: Words
) -> str:
    """Return the page."""
    levels = [_Level(scenario, drill, tables, names, words, level) for level in drill.plan.limits_min]
    return render(
        "drill.html.j2",
        words,
        stamps_of(scenario, names, words, internal=False),
        title=title(scenario, drill, words),
        method=method(drill, words),
        headlines=[*scope(scenario, drill, words), *headlines(scenario, drill, tables, words)],
        at_a_glance=_at_a_glance(levels, words),
        maps=[one for level in levels for one in level.maps()],
        weakest=[table for level in levels for table in level.weakest()],
        steps=_steps(scenario, tables["steps"], words),
        cautions=[
            caution(words),
            words("drill.page.interval"),
            words("drill.page.chosen"),
            words("drill.page.rounding"),
            words("drill.page.seed", scenario=scenario.plan.name, seed=scenario.plan.seed),
        ],
    )


class _Level:
    """What the page says of one level."""

    def __init__(
        self,
        scenario: Scenario,
        drill: Drill,
        tables: Mapping[str, pd.DataFrame],
        names: Naming,
        words: Words,
        level: str,
    ) -> None:
        self._scenario, self._plan, self._words = scenario, drill.plan, words
        self._own: LevelPlan = next(own for own in scenario.county.levels if own.id == level)
        self._limit_min = drill.plan.limits_min[level]
        self._code_of = dict(zip(names.code, scenario.county.places.code, strict=True))
        self._hours, self._days, self._desks, self._steps = (
            tables[name][tables[name]["level"] == level] for name in ("hours", "duty_days", "desks", "steps")
        )

    @property
    def name(self) -> str:
        """What the level is called."""
        return self._words.level(self._own, many=True)

    def maps(self) -> Iterator[Heatmap]:
        """Yield how likely all are in time, and when the last of them answers."""
        words, plan, limit = self._words, self._plan, self._words.length(self._limit_min)
        rows = [row for _, row in self._hours.iterrows()]
        shares = [share_square(row.in_time, self._said(row)) for row in rows]
        heading = words("drill.figure", level=self.name, limit=limit)
        yield heatmap(heading, plan, shares, share_key(), [words("drill.page.share_note")], words)
        lengths = [length_square(row.last_p50_min, self._limit_min, self._said(row)) for row in rows]
        unsaid = sum(square.good is None for square in lengths)
        notes = [words("drill.page.length_note")]
        if unsaid:
            notes.append(words("drill.page.unsaid", n=unsaid, of=len(rows)))
        yield heatmap(
            words("drill.figure_last", level=self.name),
            plan,
            lengths,
            length_key(self._limit_min, words),
            notes,
            words,
        )

    def _said(self, row: pd.Series) -> str:
        """Return what one call-out came to, in full."""
        words = self._words
        said = words("drill.page.square", start=_moment(row.start), met=self._times(row.in_time), n=self._plan.nights)
        never = self._times(row.never)
        return said + (words("drill.page.square_never", never=never) if never else "")

    def _times(self, share: float) -> int:
        return round(share * self._plan.nights)

    def _counted(self, share: float, low: float, high: float) -> str:
        """Return a share as so many of so many runs, with its margin in runs."""
        n = self._plan.nights
        return self._words("drill.page.counted", met=self._times(share), n=n, **margin(low, high, n))

    def _last(self, minutes: float) -> str:
        """Return minutes up to the next whole one; what cannot be said has words of its own."""
        return f"{whole_minutes(minutes)}" if math.isfinite(minutes) else self._words("drill.page.no_median")

    # --- the summary --------------------------------------------------------------------------------------------------

    def summary(self) -> list[str]:
        """Return the cells of the table to read aloud, in the order of ``_ITEMS``."""
        words, hours = self._words, self._hours
        worst = hours.sort_values("in_time", kind="stable").iloc[0]
        alike = int((hours["in_time"] == worst["in_time"]).sum())
        days = whole_days(self._days, self._scenario, self._plan)
        same_day = days["in_time"].min() == days["in_time"].max()
        return [
            words.length(self._limit_min),
            words.percent(hours["in_time"].mean()),
            about_starts(_moment(worst["start"]), alike, len(hours), words),
            self._counted(worst["in_time"], worst["ci_low"], worst["ci_high"]),
            self._last(worst["last_p50_min"]),
            words("drill.page.all_days") if same_day else weakest_day(days, words),
            self._latest_desk(),
            self._main_step(),
        ]

    def _latest_desk(self) -> str:
        words, late = self._words, self._desks["late"]
        if not late.iloc[0] > 0:
            return words("drill.page.no_desk")
        desk, alike = (
            words.label(self._desks["label"].iloc[0], self._scenario.county.levels),
            int((late == late.iloc[0]).sum()),
        )
        return desk if alike == 1 else words("drill.page.desks_alike", desk=desk, n=alike)

    def _main_step(self) -> str:
        if not len(self._steps):
            return self._words("none")
        most = self._steps.sort_values("minutes").iloc[-1]
        return self._words(
            "drill.page.step_of",
            step=self._words(f"step.{most['step']}"),
            minutes=f"{most['minutes']:.1f}",
            total=f"{self._steps['minutes'].sum():.1f}",
        )

    # --- what is weakest ----------------------------------------------------------------------------------------------

    def weakest(self) -> list[Grid]:
        """Return the weakest duty days, where they differ, and the weakest desks, where any is late."""
        days = whole_days(self._days, self._scenario, self._plan)
        differ, late = days["in_time"].min() < days["in_time"].max(), self._desks[self._desks["late"] > 0]
        return [
            *([self._weakest_days(days)] if differ else []),
            *([self._weakest_desks(late)] if len(late) else []),
        ]

    def _weakest_days(self, days: pd.DataFrame) -> Grid:
        words, handover = self._words, self._scenario.plan.roster.handover
        since = pd.to_datetime(self._hours["start"]) - pd.Timedelta(hours=handover.hour, minutes=handover.minute)
        rows = []
        for _, day in days.sort_values("in_time", kind="stable").head(_FIRST).iterrows():
            hours = self._hours[since.dt.date == day.duty_day]
            worst = hours.sort_values("in_time", kind="stable").iloc[0]
            kind = day_of(day.duty_day).kind
            rows.append(
                (
                    f"{day.duty_day:%m-%d}",
                    words("drill.page.weekday", day=weekday_of(day.duty_day, words))
                    + (words("paren", text=DAY_KINDS[kind].get(words.language)) if kind else ""),
                    words.percent(day.in_time),
                    _moment(worst["start"]),
                    self._counted(worst["in_time"], worst["ci_low"], worst["ci_high"]),
                )
            )
        columns = (
            Column("duty_day", "w", words("drill.col.day")),
            Column("kind", "w", words("drill.page.col.kind")),
            Column("in_time", "n", words("drill.col.in_time")),
            Column("worst", "w", words("drill.col.worst")),
            Column("counted", "", words("drill.page.col.counted")),
        )
        note = words("drill.page.days_note", handover=f"{handover:%H:%M}")
        return Grid(words("drill.page.weak_days", level=self.name), (note,), columns, tuple(rows))

    def _weakest_desks(self, late: pd.DataFrame) -> Grid:
        words, n = self._words, self._plan.nights
        rows = []
        for _, desk in late.head(_FIRST).iterrows():
            low, high = exact_interval(np.array([self._times(desk.worst_late)]), n)
            rows.append(
                (
                    words.label(desk.label, self._scenario.county.levels),
                    words.percent_left(desk.late),
                    _moment(desk.worst_start),
                    self._counted(desk.worst_late, low[0], high[0]),
                    self._posts(self._code_of[desk.code], desk.worst_start),
                )
            )
        columns = (
            Column("desk", "", words("drill.col.desk")),
            Column("late", "n", words("drill.col.late")),
            Column("worst", "w", words("drill.col.worst")),
            Column("counted", "", words("drill.page.col.counted_late")),
            Column("posts", "", words("drill.page.col.posts")),
        )
        note = words("drill.page.desks_note")
        return Grid(words("drill.page.weak_desks", level=self.name), (note,), columns, tuple(rows))

    def _posts(self, desk: str, when: datetime) -> str:
        """Return the posts of a desk (its code) in the order in which they are called, and which of them nobody holds at a moment."""
        words, posts = self._words, self._scenario.plan.roster.posts
        held = {one.post: one.person is not None for one in dry_run(self._scenario, desk, when).attempts}
        return words.listed(
            words.post(post, posts) + ("" if taken else words("callsheet.vacant")) for post, taken in held.items()
        )


def _at_a_glance(levels: list[_Level], words: Words) -> Grid:
    """Return the table to read aloud: a row for each question, a column for each level."""
    questions = [words(f"drill.ask.{one}") for one in _ITEMS]
    answers = [level.summary() for level in levels]
    columns = (Column("question", "", words("drill.page.col.question")), *(Column("", "", one.name) for one in levels))
    rows = tuple(zip(questions, *answers, strict=True))
    return Grid(words("drill.page.glance"), (), columns, rows)


_ITEMS = ("limit", "mean", "worst", "counted", "last", "day", "desk", "step")


def _steps(scenario: Scenario, steps: pd.DataFrame, words: Words) -> list[tuple[str, str, str, float]]:
    """Return level, step, minutes and how long the bar is beside the longest."""
    named = {own.id: words.level(own, many=True) for own in scenario.county.levels}
    most = steps["minutes"].max()
    return [
        (named[row.level], words(f"step.{row.step}"), f"{row.minutes:.1f}", row.minutes / most)
        for _, row in steps.iterrows()
    ]


def _moment(start: datetime) -> str:
    return f"{start:%m-%d %H:%M}"
