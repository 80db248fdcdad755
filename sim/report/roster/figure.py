"""The drill as a picture: how likely all desks of a level are in time, and when the last answers, by hour of the day and day of the month."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.figures.sheet import FAINT, INK, STAMP, WIDTH_IN, drawing
from sim.report.roster.heatmap import SCALE
from sim.report.words.language import Words
from sim.roster.calendar import day_of
from sim.scenario import Scenario
from sim.study.roster.drill import DrillPlan

_ROW_IN = 0.15
_MARGINS_IN = 0.95


def draw_drill(
    scenario: Scenario,
    plan: DrillPlan,
    hours: pd.DataFrame,
    title: str,
    stamps: tuple[str, ...],
    words: Words,
    path: Path,
) -> None:
    """Draw two panels for each level from the table of ``hours``; where the last answer has no minutes a square is hatched."""
    count = 2 * len(plan.limits_min)
    with drawing():
        figure = Figure(
            figsize=(WIDTH_IN, 0.6 + count * (_MARGINS_IN + _ROW_IN * len(plan.hours))), layout="constrained"
        )
        figure.suptitle(title, fontsize=11.5, color=INK, x=0.02, ha="left")
        panels = iter(figure.subplots(count, 1, squeeze=False)[:, 0])
        for level, limit_min in plan.limits_min.items():
            named = words.level(next(own for own in scenario.county.levels if own.id == level), many=True)
            known = hours[hours["level"] == level].set_index("start")
            own = known.reindex(list(plan.moments))
            axes = next(panels)
            picture = _panel(axes, plan, own["in_time"], SCALE, 1.0, words)
            _title(axes, words("drill.figure", level=named, limit=words.length(limit_min)))
            bar = figure.colorbar(picture, ax=axes, pad=0.01)
            bar.ax.yaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
            bar.ax.tick_params(labelsize=7)
            axes = next(panels)
            picture = _panel(axes, plan, own["last_p50_min"], f"{SCALE}_r", 2 * limit_min, words)
            unsaid = words("paren", text=words("drill.figure_unsaid")) if known["last_p50_min"].isna().any() else ""
            _title(axes, words("drill.figure_last", level=named) + unsaid)
            figure.colorbar(picture, ax=axes, pad=0.01, extend="max").ax.tick_params(labelsize=7)
        figure.supxlabel("    ".join(stamps), fontsize=7, color=FAINT)
        figure.savefig(path, dpi=200)


def _panel(axes: Axes, plan: DrillPlan, values: pd.Series, scale: str, most: float, words: Words) -> Any:  # noqa: ANN401 - an image of matplotlib
    """Draw the values of the moments of a plan, in order, and return what their colours are keyed to."""
    shape = (len(plan.days), len(plan.hours))
    axes.patch.set(hatch="xxxxx", facecolor="white", edgecolor=FAINT)  # seen through squares without a value
    picture = axes.imshow(
        np.ma.masked_invalid(values.to_numpy(dtype=np.float64).reshape(shape).T),
        aspect="auto",
        cmap=scale,
        vmin=0,
        vmax=most,
    )
    axes.set_xticks(range(len(plan.days)), [str(day.day) for day in plan.days], fontsize=6.5)
    shown = range(0, len(plan.hours), max(len(plan.hours) // 8, 1))
    axes.set_yticks(shown, [f"{plan.hours[row]:02d}" for row in shown], fontsize=7)
    axes.set_xlabel(words("drill.day_of_month"), fontsize=7.5)
    axes.set_ylabel(words("drill.hour"), fontsize=7.5)
    for label, day in zip(axes.get_xticklabels(), plan.days, strict=True):
        if day_of(day).rest:
            label.set_color(STAMP)
    return picture


def _title(axes: Axes, title: str) -> None:
    axes.set_title(title, fontsize=9, loc="left", color=INK)
