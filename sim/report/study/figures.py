"""The figures of a study: the share told in bands, persons in danger, a map of who is late, minutes by step."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from sim.records import DECIDING
from sim.report.content.notices import credits_due
from sim.report.figures.draw import Picture, picture_of
from sim.report.figures.over_time import tick_shares
from sim.report.figures.sheet import COLOURS, FAINT, INK, blank, drawing
from sim.report.figures.village_map import STEPS, name_places, set_dots
from sim.report.study.gather import StudyContent
from sim.report.study.steps import LEAST_MIN, of_county
from sim.study.intervals import ONE_IN_TWENTY, quantile, upper_quantile

_OUTER, _INNER, _LINE = "#cfe3f2", "#8dbfe0", "#004c80"
_BEST, _WORST = "#555555", "#b04a00"
LATE = tuple(reversed(STEPS))
"""The colours of late in 0 to 100 % of the runs, dark for often, in five even steps; never is hollow."""
_SMALL = 7.5  # letters, points
_LEFT, _WIDTH = 0.085, 0.88
_MOST_BINS = 24
_ROW_IN = 0.25
_DECIDING, _OTHERS = "#E69F00", "#56B4E9"


def draw_study(content: StudyContent, folder: Path) -> dict[str, Picture]:
    """Draw the figures of the sections that have one; save each as PNG in ``folder`` and return them by the key of the section."""
    folder.mkdir(parents=True, exist_ok=True)
    with drawing():
        return {
            section.key: picture_of(section.key, section.alt, FIGURES[section.key](content), folder)
            for section in content.sections
            if section.alt
        }


def _blank(content: StudyContent, key: str, height_in: float, **values: object) -> Figure:
    """Return an empty figure with its title, stamps and source."""
    about, words = content.about, content.words
    plan, n = about.scenario.plan, about.study.count
    source = words("study.fig.source", scenario=plan.name, seed=plan.seed, n=n)
    if key == "late":
        source += "".join(words("figure.credit", credit=due) for due in credits_due(about.scenario, words, "places"))
    title = words(f"study.fig.{key}", place=about.where, n=n, **values)
    return blank(title, content.stamps, source, height_in)


def _bands(content: StudyContent) -> Figure:
    """Draw the bands of the share told over the minutes after the release."""
    words, bands, height = content.words, content.about.tables["bands"], 4.4
    figure = _blank(content, "bands", height)
    axes = figure.add_axes((_LEFT, 0.72 / height, _WIDTH, (height - 1.42) / height))
    tick_shares(axes)
    minutes = bands["minutes"].to_numpy()
    axes.set_xlim(0, max(float(minutes.max()), 1.0))
    axes.set_xlabel(words("study.fig.minutes"))
    axes.set_ylabel(words("study.fig.share"))
    axes.grid(axis="y", color="#e8e8e8", linewidth=0.6)
    axes.set_axisbelow(True)
    runs = {name: int(bands[f"{name}_run"].iloc[0]) for name in ("best", "worst")}
    axes.fill_between(minutes, bands["p5"], bands["p95"], color=_OUTER, linewidth=0, label=words("study.fig.ninety"))
    axes.fill_between(minutes, bands["p25"], bands["p75"], color=_INNER, linewidth=0, label=words("study.fig.half"))
    axes.plot(minutes, bands["p50"], color=_LINE, linewidth=1.8, label=words("study.fig.median"))
    for name, colour, dash in (("best", _BEST, (0, (5, 2))), ("worst", _WORST, (0, (1.5, 1.5)))):
        said = words(f"study.fig.{name}", run=runs[name])
        axes.plot(minutes, bands[name], color=colour, linewidth=0.9, linestyle=dash, label=said)
    _mark_limits(axes, content)
    axes.legend(loc="best", frameon=True, facecolor="white", edgecolor="none", framealpha=0.85, fontsize=8)
    return figure


def _mark_limits(axes: Axes, content: StudyContent) -> None:
    """Mark where the curve should be by the limits on all households being told of the headline warning."""
    words, plan = content.words, content.about.scenario.plan
    for target in plan.targets:
        about_it = target.event == "warned" and target.of_whom == "household" and target.since == "release"
        if about_it and target.act is None and target.within_min <= axes.get_xlim()[1]:
            said = words(
                "study.fig.limit", length=words.length(target.within_min), share=words.exact_percent(target.share)
            )
            axes.plot(
                target.within_min, target.share, marker="x", color=INK, markersize=7, linestyle="none", label=said
            )


def _exposed(content: StudyContent) -> Figure:
    """Draw how many runs left how many persons in danger, with the median and the worst of twenty."""
    words, height = content.words, 3.3
    figure = _blank(content, "exposed", height)
    axes = figure.add_axes((_LEFT, 0.72 / height, _WIDTH, (height - 1.62) / height))
    persons = content.about.study.nights.of_county("exposed_at_onset_persons")
    edges = _whole_edges(persons)
    counts, _ = np.histogram(persons, edges)
    axes.bar(edges[:-1], counts, np.diff(edges), align="edge", color=_INNER, edgecolor="white", linewidth=0.6)
    axes.set_ylim(0, 1.12 * max(int(counts.max()), 1))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel(words("study.fig.persons"))
    axes.set_ylabel(words("study.fig.runs"))
    middle, bad = quantile(persons, 0.5)[0], upper_quantile(persons, ONE_IN_TWENTY)[0]
    for key, at, dash in (("median_at", middle, "-"), ("worst_at", bad, "--")):
        said = words(f"study.fig.{key}", n=words.number(at))
        axes.axvline(at, color=INK, linewidth=1.0, linestyle=dash, label=said)
    axes.legend(loc="best", frameon=True, facecolor="white", edgecolor="none", framealpha=0.85, fontsize=8)
    return figure


def _whole_edges(persons: np.ndarray) -> np.ndarray:
    """Return the edges of bins of whole persons, all alike, a few dozen at most."""
    low, high = float(persons.min()), float(persons.max())
    wanted = min(max(math.ceil(2 * math.sqrt(len(persons))), 5), _MOST_BINS)
    wide = max(math.ceil((high - low + 1) / wanted), 1)
    first = math.floor(low / wide) * wide
    return np.arange(first, high + wide + 0.5, wide)


def _late(content: StudyContent) -> Figure:
    """Draw a dot for each village, coloured by the share of the runs in which it missed the main requirement."""
    about, words, height, below = content.about, content.words, 7.3, 1.18
    scenario, names = about.scenario, about.names
    assert about.main is not None  # noqa: S101 - or there would be no figure
    own, level = about.main
    figure = _blank(content, "late", height, level=about.level(level))
    rows = about.late(own, level)
    share_of = dict(zip(rows["code"], rows["p_late"], strict=True))
    index = scenario.county.level_index(level)
    assert index is not None  # noqa: S101 - the requirement is about it
    dots = scenario.county.of_level(index)
    share = np.array([share_of.get(names.code[place], np.nan) for place in dots])
    fill = np.array([to_rgba(_colour(one)) for one in share])
    axes = set_dots(figure, scenario, dots, fill, below)
    name_places(axes, scenario, names, words, dots, whole=True)
    low, high = (f"{100 * step / len(LATE):.0f}%" for step in (1, len(LATE) - 1))
    between = [
        words("study.fig.late_from", low=f"{100 * n / len(LATE):.0f}%", high=f"{100 * (n + 1) / len(LATE):.0f}%")
        for n in range(1, len(LATE) - 1)
    ]
    steps = [words("study.fig.late_below", share=low), *between, words("study.fig.late_above", share=high)]
    key = [("white", words("study.fig.never_late")), *zip(LATE, steps, strict=True)]
    if np.isnan(share).any():
        key.append((COLOURS["nobody"], words("study.fig.not_meant")))
    dot: dict[str, Any] = {
        "marker": "o",
        "linestyle": "none",
        "markersize": 6.5,
        "markeredgecolor": FAINT,
        "markeredgewidth": 0.5,
    }
    figure.legend(
        handles=[Line2D([], [], markerfacecolor=colour, label=said, **dot) for colour, said in key],
        loc="center",
        bbox_to_anchor=(0.5, 0.62 / height),
        ncols=len(key),
        frameon=False,
        fontsize=_SMALL,
        handletextpad=0.1,
        columnspacing=1.1,
    )
    about_it = words("study.fig.late_about", name=about.asked(own))
    figure.text(0.5, 0.86 / height, about_it, fontsize=_SMALL, ha="center", va="center", color=INK)
    caption = words("map.caption" if scenario.synthetic else "map.caption_real")
    figure.text(0.98, 0.3 / height, caption, fontsize=_SMALL, ha="right", va="bottom", color=INK)
    return figure


def _colour(share: float) -> str:
    """Return the colour of a village that is late in such a share of the runs."""
    if math.isnan(share):
        return COLOURS["nobody"]
    return LATE[min(int(share * len(LATE)), len(LATE) - 1)] if share > 0 else "white"


def _steps(content: StudyContent) -> Figure:
    """Draw a bar for each step of the county, with whiskers for the interval of its mean."""
    words, mine = content.words, of_county(content.about)
    mine = mine[mine["minutes"] >= LEAST_MIN]
    height = 1.55 + _ROW_IN * len(mine)
    figure = _blank(content, "steps", height)
    left = 0.25 if words.language == "zh" else 0.34
    axes = figure.add_axes((left, 0.72 / height, 0.95 - left, 1 - 1.3 / height))
    rows, minutes = np.arange(len(mine)), mine["minutes"].to_numpy()
    known = mine["ci_low"].notna().to_numpy()
    below, above = (mine[end].to_numpy(dtype=float) for end in ("ci_low", "ci_high"))
    colours = [_DECIDING if step in DECIDING else _OTHERS for step in mine["step"]]
    axes.barh(rows, minutes, color=colours, height=0.62)
    spread = [minutes[known] - np.maximum(below[known], 0), above[known] - minutes[known]]
    axes.errorbar(
        minutes[known], rows[known], xerr=spread, fmt="none", ecolor=INK, elinewidth=0.9, capsize=2.5, capthick=0.9
    )
    ends = np.where(known, np.nan_to_num(above), minutes)
    for row, (end, value) in enumerate(zip(ends, minutes, strict=True)):
        axes.text(end + 0.012 * ends.max(), row, f"{value:.1f}", va="center", fontsize=_SMALL)
    axes.set_xlim(0, 1.1 * max(float(ends.max()), 1.0))
    axes.set_ylim(len(mine) - 0.4, -0.6)
    axes.set_yticks(rows, [content.about.step(step) for step in mine["step"]])
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(words("study.fig.step_minutes"))
    return figure


FIGURES: Mapping[str, Callable[[StudyContent], Figure]] = {
    "bands": _bands,
    "exposed": _exposed,
    "late": _late,
    "steps": _steps,
}
"""What draws the figure of a section, by its key."""
