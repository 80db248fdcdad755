"""The drill as a picture: how likely all desks of a level are in time, by hour of the day and day of the month."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from sim.report.figures.sheet import FAINT, INK, STAMP, WIDTH_IN, drawing
from sim.report.words.language import Words
from sim.scenario import Scenario
from sim.study.drill import Drill

_ROW_IN = 0.15
_MARGINS_IN = 0.95


def draw_drill(scenario: Scenario, drill: Drill, title: str, stamps: tuple[str, ...], words: Words, path: Path) -> None:
    """Draw one panel for each level."""
    plan = drill.plan
    height_in = 0.6 + len(plan.limits_min) * (_MARGINS_IN + _ROW_IN * len(plan.hours))
    with drawing():
        figure = Figure(figsize=(WIDTH_IN, height_in), layout="constrained")
        figure.suptitle(title, fontsize=11.5, color=INK, x=0.02, ha="left")
        panels = figure.subplots(len(plan.limits_min), 1, squeeze=False)[:, 0]
        for number, (axes, (level, limit_min)) in enumerate(zip(panels, plan.limits_min.items(), strict=True)):
            named = words.level(next(own for own in scenario.county.levels if own.id == level), many=True)
            shares = drill.in_time[:, number].reshape(len(plan.days), len(plan.hours)).T
            picture = axes.imshow(shares, aspect="auto", cmap="cividis", vmin=0, vmax=1)
            axes.set_title(
                words("drill.figure", level=named, limit=words.length(limit_min)), fontsize=9, loc="left", color=INK
            )
            axes.set_xticks(range(len(plan.days)), [str(day.day) for day in plan.days], fontsize=6.5)
            shown = range(0, len(plan.hours), max(len(plan.hours) // 8, 1))
            axes.set_yticks(shown, [f"{plan.hours[row]:02d}" for row in shown], fontsize=7)
            axes.set_xlabel(words("drill.day_of_month"), fontsize=7.5)
            axes.set_ylabel(words("drill.hour"), fontsize=7.5)
            weekend = [n for n, day in enumerate(plan.days) if day.weekday() > 4]
            for label in np.array(axes.get_xticklabels())[weekend]:
                label.set_color(STAMP)
            bar = figure.colorbar(picture, ax=axes, pad=0.01)
            bar.ax.yaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
            bar.ax.tick_params(labelsize=7)
        figure.supxlabel("    ".join(stamps), fontsize=7, color=FAINT)
        figure.savefig(path, dpi=200)
