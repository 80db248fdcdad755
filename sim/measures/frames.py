"""A night minute by minute, as it can be played: for each place shown, how many were told, dark, safe, exposed, reported by each frame.

Counts never fall from frame to frame except those of places that are dark and roads that are closed; the last frame is the end of the run.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.county import County
from sim.measures.coverage import NANOMINUTE, by
from sim.measures.evacuation import reported_min
from sim.measures.outages import down_at, within_the_run
from sim.records import Night
from sim.scenario import Scenario

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
_MOST_FRAMES = 480


@dataclass(frozen=True, eq=False)
class Frames:
    """What had come of the places ``dots`` by each of ``minutes`` after T0, ``since_release`` whole minutes after the release.

    Shape (frames, dots): ``warned`` households told of the headline warning, ``dark`` whether a place has no mobile service, ``safe`` and
    ``exposed`` persons who must leave and are safe, or were in the danger area when it was struck. Shape (dots,): ``households``,
    ``due`` persons who must leave, ``answered_min`` and ``reported_min`` (the first report with the county; ``inf`` for never),
    ``struck_min`` when the first danger zone was struck, ``asked_min`` and ``helped_min`` when it asked for reinforcements and the
    first came. Shape (frames,): ``warned_households``, ``warned_persons``, ``roads_closed``. Where evacuation or reports are not simulated
    their columns are empty: nobody is due.
    """

    dots: Ints
    minutes: Floats
    since_release: Ints
    households: Ints
    warned: Ints
    warned_households: Ints
    warned_persons: Ints
    answered_min: Floats
    dark: Bools
    due: Ints
    safe: Ints
    exposed: Ints
    struck_min: Floats
    reported_min: Floats
    asked_min: Floats
    helped_min: Floats
    roads_closed: Ints


def frames(scenario: Scenario, night: Night, dots: Ints, inside: Bools) -> Frames:
    """Return the frames of a night.

    Parameters
    ----------
    dots : shape (dots,)
        the places shown, all of one level
    inside : shape (households,)
        which households the totals count
    """
    county = scenario.county
    minutes, since_release = minutes_of(night, math.ceil(night.end_min / _MOST_FRAMES))
    row = np.full(len(county.places) + 1, -1)
    row[dots] = np.arange(len(dots))
    level = int(county.places.level[dots[0]])
    home = row[county.households_at(level)]
    homes, told = county.households, first_frame(minutes, night.households.warned_min)
    shown = home >= 0
    here = np.flatnonzero(inside)
    due, safe, exposed = _moved(night, county, home, minutes, len(dots))
    return Frames(
        dots=dots,
        minutes=minutes,
        since_release=since_release,
        households=np.bincount(home[shown], minlength=len(dots)),
        warned=_by_frame(told[shown], home[shown], np.ones(int(shown.sum())), len(minutes), len(dots)),
        warned_households=_by_frame(told[here], np.zeros(len(here), int), np.ones(len(here)), len(minutes), 1)[:, 0],
        warned_persons=_by_frame(told[here], np.zeros(len(here), int), homes.persons[here], len(minutes), 1)[:, 0],
        answered_min=_shown(night.places.acknowledged_min[dots], night),
        dark=down_at(within_the_run(night.outages.service[dots], night), minutes),
        due=due,
        safe=safe,
        exposed=exposed,
        struck_min=_first(night, row, county, level, "onset", "struck", len(dots)),
        reported_min=_shown(reported_min(scenario, night)[dots], night),
        asked_min=_first(night, row, county, level, "evacuation", "asked_for_help", len(dots)),
        helped_min=_first(night, row, county, level, "evacuation", "arrived", len(dots)),
        roads_closed=down_at(within_the_run(night.outages.roads, night), minutes).sum(axis=1),
    )


def first_frame(minutes: Floats, at_min: Floats) -> Ints:
    """Return the number of the first frame by which each thing had happened; the count of frames for what never did."""
    return np.asarray(np.searchsorted(minutes + NANOMINUTE, at_min))


def _shown(at_min: Floats, night: Night) -> Floats:
    """Return minutes as far as the run goes, ``inf`` beyond it."""
    return np.where(by(at_min, night.end_min), at_min, np.inf)


def minutes_of(night: Night, step: int = 1) -> tuple[Floats, Ints]:
    """Return every so many whole minutes after the release (after T0, if there was none), from T0 to the end of the run.

    First as minutes after T0, then as those whole minutes; the two ends lie within the run.
    """
    origin = night.origin_min
    first, last = -math.floor(origin / step + NANOMINUTE), math.ceil((night.end_min - origin) / step - NANOMINUTE)
    since = np.arange(first, last + 1, dtype=np.int64) * step
    return np.clip(origin + since, 0.0, night.end_min), since


def _by_frame(frame: Ints, row: Ints, weight: NDArray[np.number], count: int, size: int) -> Ints:
    """Return the weight of what had happened by each frame, per row, shape (frames, rows)."""
    come = frame < count
    each = np.bincount(frame[come] * size + row[come], weight[come], minlength=count * size)
    total: Ints = np.cumsum(each.reshape(count, size), axis=0).astype(np.int64)
    return total


def _moved(night: Night, county: County, home: Ints, minutes: Floats, size: int) -> tuple[Ints, Ints, Ints]:
    """Return persons who must leave, and of these those safe at each frame, not gone home again, and those exposed by then."""
    records = night.evacuation
    if records is None:
        nobody = np.zeros((len(minutes), size), dtype=np.int64)
        return nobody[0], nobody, nobody
    those = np.flatnonzero(records.due & (home[records.rows] >= 0))
    row, persons = home[records.rows[those]], county.households.persons[records.rows[those]]
    safe, home_again = (first_frame(minutes, each[those]) for each in (records.safe_min, records.returned_min))
    struck = first_frame(minutes, records.onset_min[those])
    struck[records.exposed[those] < 0] = len(minutes)
    return (
        np.bincount(row, persons, minlength=size).astype(np.int64),
        _by_frame(safe, row, persons, len(minutes), size) - _by_frame(home_again, row, persons, len(minutes), size),
        _by_frame(struck, row, persons, len(minutes), size),
    )


def _first(night: Night, row: Ints, county: County, level: int, event: str, act: str, size: int) -> Floats:
    """Return when something first happened in each dot; ``inf`` for never."""
    first = np.full(size, np.inf)
    for one in night.events:
        if one.event == event and one.act == act and (dot := row[county.ancestors[level][one.place]]) >= 0:
            first[dot] = min(first[dot], one.t_min)
    return first
