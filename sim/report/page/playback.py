"""The night as the page plays it: what its script draws, and every text that it shows."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.measures import Frames, first_frame, frames
from sim.report.content.acts import knew_from_below
from sim.report.figures.labels import Label, place_labels
from sim.report.figures.sheet import Sheet
from sim.report.figures.village_map import FEWEST_DOTS, dot_level
from sim.report.page.data import as_json
from sim.report.words.language import Words

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_WIDTH, _LEAST_HEIGHT, _MOST_HEIGHT = 1000.0, 420.0, 900.0  # of the map, its own units
_MARGIN, _LETTERS = 30.0, 13.0
_LEAST_DOT, _MOST_DOT = 3.0, 9.0  # where there are many; up to twice as large where there are few
_MANY = 200
ALPHABET = "".join(chr(c) for c in range(35, 127) if chr(c) not in "&'<>\\")
"""Letters of packed numbers: harmless in HTML and in JSON; the last one says «so many, and go on»."""
_PATHS = ("path",)  # roads too small for the map


@dataclass(frozen=True)
class Playback:
    """What the page needs to play a night: the data of its script as JSON that may stand in HTML, what can be shown, the caption."""

    data: str
    layers: dict[str, str]
    caption: str


def playback(sheet: Sheet) -> Playback | None:
    """Return what the page needs to play the night; ``None`` where there are too few places to draw."""
    scenario, scope = sheet.scenario, sheet.scope
    level = dot_level(scenario, scope)
    dots = np.flatnonzero((scenario.county.places.level == level) & scope.places(scenario))
    if len(dots) < FEWEST_DOTS:
        return None
    played = frames(scenario, sheet.night, dots, scope.inside)
    content = {
        "alphabet": ALPHABET,
        "minutes": played.since_release.tolist(),
        "clocks": [_moment(sheet, at, since) for at, since in zip(played.minutes, played.since_release, strict=True)],
        "counts": _counts(sheet, played, level),
        "dots": _dots(sheet, played),
        **_map(sheet, played, dots),
        "texts": _texts(sheet.words, dark=bool(played.dark.any())),
        "thousands": sheet.words.language == "en",
    }
    return Playback(as_json(content), _layers(sheet, played), _caption(sheet))


def _layers(sheet: Sheet, played: Frames) -> dict[str, str]:
    """Return what the map can show of this night, with its name, in the order of its switches."""
    shown = {
        "warned": True,
        "dark": bool(played.dark.any()),
        "roads": sheet.scope.whole and bool(played.roads_closed.any()),
        "moved": bool(played.due.any()),
        "teams": bool(np.isfinite(np.minimum(played.asked_min, played.helped_min)).any()),
    }
    return {layer: sheet.words(f"play.layer.{layer}") for layer, here in shown.items() if here}


def _caption(sheet: Sheet) -> str:
    """Return what is said under the map: whether its positions are estimates."""
    words, estimated = sheet.words, sheet.scenario.synthetic
    if not sheet.scope.whole:
        return words("map.caption_place" if estimated else "play.caption_plain")
    return words("map.caption" if estimated else "map.caption_real")


def _texts(words: Words, *, dark: bool) -> dict[str, str]:
    """Return the sentences about one place; the script fills their blanks."""
    return {
        "told": words("play.info.told", place="{place}", h="{h}", n="{n}"),
        "answered": words("play.info.answered", clock="{clock}"),
        "below": words("play.info.below", clock="{clock}"),
        "silent": words("play.info.silent"),
        "dark": words("play.info.dark") if dark else "",
        "moved": words("play.info.moved", p="{p}", n="{n}"),
        "struck": words("play.info.struck", clock="{clock}", n="{n}"),
        "joint": words("play.info.joint"),
        "run": words("play.run"),
        "pause": words("play.pause"),
    }


def _moment(sheet: Sheet, at_min: float, since: int) -> str:
    """Return clock time and minute of a frame: to the second, for it holds what had happened by that very moment."""
    night, words = sheet.night, sheet.words
    clock = words.exact_clock(night.start, at_min)
    if not math.isfinite(night.release_min):
        return clock
    return words("play.before" if since < 0 else "play.after", clock=clock, minute=words.number(abs(since)))


def _counts(sheet: Sheet, played: Frames, level: int) -> list[dict[str, object]]:
    """Return the numbers beside the map: name, number by frame, of how many (nothing where that is not known)."""
    scenario, words = sheet.scenario, sheet.words
    homes, own = scenario.county.households, words.level(scenario.county.levels[level], many=True)
    households, persons = int(sheet.scope.inside.sum()), int(homes.persons[sheet.scope.inside].sum())
    answered = _so_far(played.answered_min, played)
    counts: list[dict[str, object]] = [
        _count("households", words("play.count.households"), played.warned_households, households),
        _count("persons", words("play.count.persons"), played.warned_persons, persons),
        _count("answered", words("play.count.answered", level=own), answered, len(played.dots)),
    ]
    if played.dark.any():
        counts.append(_count("dark", words("play.count.dark", level=own), played.dark.sum(axis=1), len(played.dots)))
    if sheet.scope.whole and played.roads_closed.any():
        counts.append(
            _count("roads", words("play.count.roads"), played.roads_closed, len(scenario.county.networks.roads))
        )
    if played.due.any():
        due = int(played.due.sum())
        counts.append(_count("safe", words("play.count.safe"), played.safe.sum(axis=1), due))
        counts.append(_count("exposed", words("play.count.exposed"), played.exposed.sum(axis=1)))
    if sheet.night.reports is not None and played.due.any():
        reported = _so_far(played.reported_min[played.due > 0], played)
        counts.append(
            _count("reported", words("play.count.reported", level=own), reported, int((played.due > 0).sum()))
        )
    return counts


def _count(key: str, name: str, by_frame: Ints, of: int | None = None) -> dict[str, object]:
    return {"key": key, "name": name, "by_frame": by_frame.tolist(), "of": of}


def _so_far(at_min: Floats, played: Frames) -> Ints:
    """Return how many had come to something by each frame."""
    come = np.sort(first_frame(played.minutes, at_min))
    so_far: Ints = np.searchsorted(come, np.arange(len(played.minutes)), side="right")
    return so_far


def _dots(sheet: Sheet, played: Frames) -> list[dict[str, object]]:
    """Return each place: name, households, those told by each frame (packed), and what else came to it, by frame."""
    words = sheet.words

    def first(at_min: float) -> list[object] | None:
        """Return the first frame by which something had happened, and its clock time."""
        if not math.isfinite(at_min):
            return None
        return [int(first_frame(played.minutes, np.array(at_min))), words.clock(sheet.night.start, at_min)]

    dots, below = [], knew_from_below(sheet.night)
    for k, place in enumerate(played.dots.tolist()):
        dot: dict[str, object] = {
            "name": sheet.label(place),
            "h": int(played.households[k]),
            "told": packed(played.warned[:, k]),
            "answered": first(played.answered_min[k]),
            "dark": _switches(played.dark[:, k]),
        }
        if math.isinf(played.answered_min[k]) and (when := first(below[place])):
            dot["below"] = when
        if played.due[k]:
            dot |= {
                "due": int(played.due[k]),
                "safe": _steps(played.safe[:, k]),
                "exposed": _steps(played.exposed[:, k]),
            }
        dot |= {
            key: when
            for key, when in (
                ("struck", first(played.struck_min[k])),
                ("asked", first(played.asked_min[k])),
                ("helped", first(played.helped_min[k])),
            )
            if when
        }
        dots.append(dot)
    return dots


def packed(counts: Ints) -> str:
    """Return counts that never fall as text: what each frame adds, one letter of the alphabet or more."""
    most = len(ALPHABET) - 1
    rises = np.diff(counts, prepend=0).tolist()
    return "".join(ALPHABET[most] * (rise // most) + ALPHABET[rise % most] for rise in rises)


def _steps(counts: Ints) -> list[int]:
    """Return frame and count wherever a count changes, one after the other."""
    changes = np.flatnonzero(np.diff(counts, prepend=0))
    return np.column_stack([changes, counts[changes]]).ravel().tolist()


def _switches(state: NDArray[np.bool_]) -> list[int]:
    """Return the frames at which a state begins, ends, begins …"""
    return np.flatnonzero(np.diff(state.astype(np.int8), prepend=0)).tolist()


def _map(sheet: Sheet, played: Frames, dots: Ints) -> dict[str, object]:
    """Return the map: its size, where each dot stands and how large it is, roads, and names of places."""
    county = sheet.scenario.county
    places = county.places
    seats = county.of_level(1) if sheet.scope.whole else dots
    roads = county.networks.roads if sheet.scope.whole else county.networks.roads.head(0)
    drawn = np.flatnonzero(~roads["kind"].isin(_PATHS).to_numpy(dtype=bool))
    ends = [np.array([county.index[code] for code in roads[end].iloc[drawn]], dtype=np.int64) for end in ("from", "to")]
    every = np.concatenate([dots, seats, *ends])
    x, y, height = _scaled(places.x_m, places.y_m, every)
    most = max(int(places.residents[dots].max()), 1)
    larger = float(np.clip(np.sqrt(_MANY / len(dots)), 1.0, 2.0))
    radius = larger * (_LEAST_DOT + (_MOST_DOT - _LEAST_DOT) * np.sqrt(places.residents[dots] / most))
    closed = _closures(sheet, played, drawn)
    return {
        "size": [_WIDTH, height],
        "at": [[*_rounded(x[i], y[i]), round(float(r), 1)] for i, r in zip(dots.tolist(), radius, strict=True)],
        "roads": [
            [*_rounded(x[a], y[a], x[b], y[b]), closed.get(row, [])]
            for row, a, b in zip(drawn.tolist(), ends[0].tolist(), ends[1].tolist(), strict=True)
        ],
        "labels": _labels(sheet, seats, dots, x, y, height, np.zeros(len(seats)) if sheet.scope.whole else radius),
        "seats": sheet.scope.whole,
    }


def _scaled(x_m: Floats, y_m: Floats, every: Ints) -> tuple[Floats, Floats, float]:
    """Return all positions on the map, north up, and its height; it holds ``every`` place that is drawn."""
    left, right, south, north = x_m[every].min(), x_m[every].max(), y_m[every].min(), y_m[every].max()
    wide, high = max(right - left, 1.0), max(north - south, 1.0)
    height = float(np.clip(_WIDTH * high / wide, _LEAST_HEIGHT, _MOST_HEIGHT))
    scale = min((_WIDTH - 2 * _MARGIN) / wide, (height - 2 * _MARGIN) / high)
    x = _WIDTH / 2 + (x_m - (left + right) / 2) * scale
    y = height / 2 - (y_m - (south + north) / 2) * scale
    return x, y, round(height, 1)


def _closures(sheet: Sheet, played: Frames, drawn: Ints) -> dict[int, list[int]]:
    """Return the frames at which each drawn road that closes does so, opens …, by its row."""
    changes = sheet.night.outages.roads
    if not changes.size:
        return {}
    failing = drawn[np.isfinite(changes[drawn, 0])]
    at = first_frame(played.minutes, changes[failing])
    last = len(played.minutes)
    return {
        row: [frame for frame in own if frame < last] for row, own in zip(failing.tolist(), at.tolist(), strict=True)
    }


def _labels(
    sheet: Sheet, seats: Ints, dots: Ints, x: Floats, y: Floats, height: float, radius: Floats
) -> list[list[object]]:
    """Return the names on the map: text, centre, the point each belongs to, whether that is unknown and placed by seed.

    They are so placed that they cover neither each other nor the dot of so large a ``radius`` that each belongs to.
    """
    named = [
        Label(sheet.label(place), float(x[place]), float(y[place]), own)
        for place, own in zip(seats.tolist(), radius.tolist(), strict=True)
    ]
    placed = place_labels(named, _LETTERS, (0.0, 0.0, _WIDTH, height), np.column_stack([x[dots], y[dots]]))
    unknown = sheet.scenario.county.places.placed[seats].tolist()
    return [
        [label.text, *_rounded(at_x, at_y, label.x, label.y), by_seed]
        for label, (at_x, at_y, _), by_seed in zip(named, placed, unknown, strict=True)
    ]


def _rounded(*values: float) -> Iterable[float]:
    return (round(float(value), 1) for value in values)
