"""By which means households were told: first by what, what each would have told alone, what became of the messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.records import CHANNELS, Night
from sim.report.content.acts import LOCAL, act_names
from sim.report.content.grid import Column, Grid
from sim.report.content.scope import Scope
from sim.report.words.language import Words
from sim.scenario import Scenario

BANDS: Mapping[str, tuple[str, ...]] = {
    "message": ("sms", "flash_sms", "wechat", "cell_broadcast"),
    "phone": ("phone",),
    "auto_call": ("auto_call",),
    "speaker": ("broadcast", "area_terminal", "tv"),
    "sound": ("gong", "whistle", "hand_siren", "megaphone", "patrol_car"),
    "door": ("door",),
    "ten_household": ("ten_household",),
    "neighbour": ("neighbour",),
}
"""Channels that a reader takes together, for pictures that cannot tell seventeen apart."""
BAND_OF = {channel: band for band, channels in BANDS.items() for channel in channels}
_PASSED_ON = frozenset({"ten_household", "neighbour"})  # begin with somebody who was told by another means
_MESSAGES = (
    Column("act"),
    Column("channel"),
    Column("sent", "n"),
    Column("delivered", "n"),
    Column("expired", "n"),
    Column("pending", "n"),
)


@dataclass(frozen=True)
class FirstTold:
    """How many households a channel told first, of all (``share``, 0 to 1), and how many it would have told alone.

    ``band`` as in ``BANDS``, or ``nobody``; ``confirms`` whether being told by it is 到户确认; ``needs`` what it needs.
    """

    name: str
    channel: str
    band: str
    households: str
    persons: str
    share: float
    percent: str
    alone: str
    confirms: str
    needs: str


def about_headline(scenario: Scenario, night: Night) -> list[int]:
    """Return the numbers of the acts that the main results are about: the headline warnings and those that start below."""
    return [n for n, act in enumerate(night.acts) if act.id in scenario.plan.headline or act.kind == LOCAL]


def used_means(scenario: Scenario, night: Night) -> list[str]:
    """Return the means of the headline warning and of warnings that start below, in the order of ``CHANNELS``."""
    named = {name for n in about_headline(scenario, night) for name in night.acts[n].reception.reached}
    named |= {
        name for act in scenario.plan.acts if act.id in scenario.plan.headline for name in scenario.plan.means_of(act)
    }
    return [channel for channel in CHANNELS if channel in named]


def first_told(scenario: Scenario, night: Night, scope: Scope, words: Words) -> list[FirstTold]:
    """Return which channel told how many households of the scope first, and last how many were never told."""
    homes = scenario.county.households
    first_by, persons = night.households.first_by[scope.inside], homes.persons[scope.inside]
    rows = []
    for channel in (*used_means(scenario, night), "nobody"):
        nobody = channel == "nobody"
        here = first_by == (-1 if nobody else CHANNELS.index(channel))
        share = float(here.mean()) if len(here) else 0.0
        alone = "" if nobody or channel in _PASSED_ON else words.number(_alone(scenario, night, scope, channel))
        plan = None if nobody else getattr(scenario.plan.channels, channel)
        rows.append(
            FirstTold(
                name=words("never" if nobody else f"channel.{channel}"),
                channel=channel,
                band=BAND_OF.get(channel, channel),
                households=words.number(int(here.sum())),
                persons=words.number(int(persons[here].sum())),
                share=share,
                percent=words.percent_left(share) if nobody else words.percent(share),
                alone=alone or words("none"),
                confirms=words("none") if plan is None else words("yes" if plan.acknowledges else "no"),
                needs=words("none") if plan is None else words.needs(plan.needs),
            )
        )
    return rows


def _alone(scenario: Scenario, night: Night, scope: Scope, channel: str) -> int:
    """Return how many households of the scope a channel would have told by itself, by the end of the night."""
    told: NDArray[np.bool_] = np.zeros(len(scope.inside), dtype=bool)
    for number in about_headline(scenario, night):
        reception = night.acts[number].reception
        if channel in reception.reached:
            reached = reception.reached[channel]
            told[reception.rows[reached.who[reached.told_min <= night.end_min]]] = True
    return int((told & scope.inside).sum())


def messages(scenario: Scenario, night: Night, words: Words) -> Grid:
    """Return what became of the messages of the whole county."""
    names = act_names(scenario, words)
    rows = []
    for row in night.messages:
        fates = [
            round(n) for n in (row.delivered, row.expired, row.pending)
        ]  # so that they sum to what is shown as sent
        numbers = map(words.number, (sum(fates), *fates))
        rows.append((names[row.act_id], words(f"channel.{row.channel}"), *numbers))
    return Grid(words("head.messages"), (words("messages.note"),), _MESSAGES, tuple(rows)).headed(words)
