"""The map of an exercise (演练地图): the places, danger zones and shelters of where it is; nothing of what happened in the night."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba

from sim.report.content.notices import credits_due
from sim.report.content.scope import Scope
from sim.report.exercise.about import About
from sim.report.figures.sheet import blank, drawing
from sim.report.figures.village_map import dot_level, name_places, set_dots

_HIGH_IN = 5.6
_PNG_DPI = 300
_BELOW_IN = 0.7
_FEWEST = 2
_HOME, _ZONE, _SHELTER, _SITE = "#9FB6CF", "#D55E00", "#009E73", "#222222"


def draw_place(about: About, path: Path) -> Path | None:
    """Draw the map, return the path that it was saved at; nothing where there are too few places."""
    kit, words = about.kit, about.words
    county, places = kit.scenario.county, kit.scenario.county.places
    place = kit.place
    if places.level[place] == len(county.levels) - 1:  # the lowest level has nothing below it
        place = int(places.parent[place])
    level = int(places.level[place])
    scope = Scope(place, county.levels[level], county.households_at(level) == place)
    inside = scope.places(kit.scenario)
    dots = np.flatnonzero((places.level == dot_level(kit.scenario, scope)) & inside)
    if len(dots) < _FEWEST:
        return None
    credit = "".join(words("figure.credit", credit=due) for due in credits_due(kit.scenario, words, "places"))
    with drawing():
        figure = blank(
            words("kit.map.title", where=about.where), about.stamps, words("kit.map.source") + credit, _HIGH_IN
        )
        axes = set_dots(figure, kit.scenario, dots, np.tile(to_rgba(_HOME), (len(dots), 1)), _BELOW_IN)
        _mark(axes, about, inside)
        name_places(axes, kit.scenario, kit.names, words, dots, whole=scope.whole)
        axes.legend(
            loc="upper center", bbox_to_anchor=(0.5, 0.0), ncols=4, frameon=False, fontsize=8, handletextpad=0.2
        )
        figure.savefig(path, dpi=_PNG_DPI, metadata={"Software": None})
    return path


def _mark(axes: Axes, about: About, inside: np.ndarray) -> None:
    """Mark what planners know beforehand: registered danger zones, shelters, the key site."""
    kit, words, county = about.kit, about.words, about.kit.scenario.county
    places = county.places
    axes.scatter([], [], s=30, c=_HOME, label=words("kit.map.homes"))
    registered = county.zones[county.zones["registered"].astype(bool)] if len(county.zones) else county.zones
    zones = (
        np.array([county.index[code] for code in registered["place"]], dtype=np.int64)
        if len(registered)
        else np.zeros(0, np.int64)
    )
    zones = zones[inside[zones]]
    if len(zones):
        axes.scatter(
            places.x_m[zones],
            places.y_m[zones],
            s=34,
            marker="^",
            facecolors="none",
            edgecolors=_ZONE,
            linewidths=1.0,
            zorder=4,
            label=words("kit.map.zones"),
        )
    refuges = county.shelters
    own = (
        np.array([inside[county.index[code]] for code in refuges["place"]], dtype=bool)
        if len(refuges)
        else np.zeros(0, dtype=bool)
    )
    if own.any():
        axes.scatter(
            refuges["x_m"][own],
            refuges["y_m"][own],
            s=8,
            marker="s",
            color=_SHELTER,
            linewidths=0,
            zorder=4,
            label=words("kit.map.shelters"),
        )
    if kit.key_site is not None:
        site = county.key_sites.iloc[kit.key_site]
        axes.scatter([site["x_m"]], [site["y_m"]], s=70, marker="*", color=_SITE, zorder=6, label=words("kit.map.site"))
