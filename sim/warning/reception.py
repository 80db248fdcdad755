"""Sweep B: who is told when, by what; array expressions over all households.

1. text messages   2. calls to households   3. loudspeakers   4. doors   5. whichever comes first tells; an answer confirms

Each channel returns the minute at which it tells each household, ``inf`` where it never does. Household luck (at home, asleep) is
one number each, thresholded by the hour, so every channel meets the same household.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from sim import luck
from sim.county import County
from sim.distributions import Distribution
from sim.luck import Luck
from sim.records import CHANNELS, Event, HouseholdRecords
from sim.scenario import Scenario
from sim.warning.chain import Chain
from sim.warning.setting import Setting

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
_TICKS_PER_MIN = 1e9
_FAR_MIN = 1e7  # beyond the end of any night, and still a whole number of hours when cast


class Habits:
    """Who is at home and who sleeps, at any minute of this night."""

    def __init__(self, county: County, start: datetime, night_luck: Luck) -> None:
        homes = county.households
        self._pattern = homes.pattern.astype(np.int64)
        self._at_home = np.array([pattern.at_home for pattern in county.habits.patterns]).T.copy()
        self._asleep = np.array(county.habits.asleep)
        self._u_home = night_luck.uniform("household/at_home", homes.id)
        self._u_asleep = night_luck.uniform("household/asleep", homes.id)
        self._midnight_min = start.hour * 60 + start.minute + start.second / 60

    def at_home(self, t_min: Floats | float) -> Bools:
        """Return whether each household is at home at ``t_min`` (one minute for all, or one each)."""
        return self._home_in(self._hour(t_min))

    def asleep(self, t_min: Floats | float) -> Bools:
        """Return whether each household is at home and asleep at ``t_min``."""
        hour = self._hour(t_min)
        return (self._u_asleep < self._asleep.take(hour)) & self._home_in(hour)

    def _home_in(self, hour: NDArray[np.int64]) -> Bools:
        patterns = self._at_home.shape[1]
        here: Bools = self._u_home < self._at_home.take(hour * patterns + self._pattern)
        return here

    def _hour(self, t_min: Floats | float) -> NDArray[np.int64]:
        """Return the hour of the day; that of a time that never comes does not matter."""
        hours = (np.minimum(t_min, _FAR_MIN) + self._midnight_min) / 60
        hour: NDArray[np.int64] = np.asarray(hours).astype(np.int64) % 24
        return hour


@dataclass(frozen=True)
class Scene:
    """What every channel of sweep B looks at."""

    scenario: Scenario
    setting: Setting
    luck: Luck
    chain: Chain
    habits: Habits
    events: list[Event]

    def once(self, purpose: str) -> float:
        """Return luck that belongs to the whole warning."""
        return self.luck.one(purpose, luck.entity_id(self.scenario.plan.warnings[0].id))

    def each(self, purpose: str) -> Floats:
        """Return luck of each household."""
        return self.luck.uniform(purpose, self.scenario.county.households.id)

    def at_dispatch(self, per_run: Floats) -> Floats:
        """Return the entry of each household's lowest place."""
        return per_run[self.setting.stretch]


def receive(scenario: Scenario, setting: Setting, night_luck: Luck, chain: Chain) -> HouseholdRecords:
    """Return who was told when and by what first.

    Only channels that the warning names take part; times after the end of the night count as never.
    """
    plan = scenario.plan
    scene = Scene(scenario, setting, night_luck, chain, Habits(scenario.county, plan.start, night_luck), chain.events)
    size = len(scenario.county.households)
    never = np.full(size, np.inf)
    means = plan.warnings[0].means
    told = dict.fromkeys(CHANNELS, never)
    if "sms" in means:
        told["sms"] = text_messages(scene)
    if "phone" in means and plan.channels.phone and plan.channels.phone.households:
        told["phone"] = household_calls(scene)
    if "broadcast" in means:
        told["broadcast"] = loudspeakers(scene)
    if "door" in means:
        told["door"] = doors(scene, told["phone"])
    warned, first_by = never.copy(), np.full(size, -1, dtype=np.int8)
    for number, channel in enumerate(CHANNELS):
        if told[channel] is not never:
            earlier = (told[channel] < warned) & (told[channel] <= plan.end_min)
            warned[earlier] = told[channel][earlier]
            first_by[earlier] = number
    confirmed = np.minimum(told["phone"], told["door"])
    return HouseholdRecords(warned, first_by, np.where(confirmed <= plan.end_min, confirmed, np.inf))


def text_messages(scene: Scene) -> Floats:
    """Text messages leave at a rate, listed households first or not, travel, and are noticed by who is awake or wakes.

    A message is either lost, not noticed, or read; a household with a phone reads its first one.
    """
    sms, homes = scene.scenario.plan.channels.sms, scene.scenario.county.households
    assert sms is not None  # noqa: S101 - the rules of the scenario room see to it
    start = scene.chain.release_min + sms.setup.draw(scene.once("sms/setup"))
    sent = start + scene.setting.messages_before / sms.rate_per_min
    _tell(scene, start, "sms", "started")
    _tell(scene, start + scene.setting.messages_total / sms.rate_per_min, "sms", "finished")
    arrived = sent + sms.latency.draw(scene.each("sms/latency"))
    share = np.where(scene.habits.asleep(arrived), sms.noticed_asleep, sms.noticed_awake)
    noticed = (homes.phone > 0) & (scene.each("sms/lost") >= sms.loss) & (scene.each("sms/noticed") < share)
    return np.where(noticed, arrived + sms.read_delay.draw(scene.each("sms/read_delay")), np.inf)


def household_calls(scene: Scene) -> Floats:
    """The lowest desk telephones its households one by one; an answer tells and confirms, at the end of the talk.

    Whether a household sleeps is judged at the minute its desk begins, not at each call.
    """
    phone, homes = scene.scenario.plan.channels.phone, scene.scenario.county.households
    assert phone is not None  # noqa: S101 - receive() sees to it
    plan = phone.households
    assert plan is not None  # noqa: S101 - receive() sees to it
    start = _start(scene, "phone/setup", plan.setup)
    share = np.where(scene.habits.asleep(start), plan.answered_asleep, plan.answered_awake)
    answered = scene.each("phone/answered") < share
    minutes = np.where(answered, plan.talk.draw(scene.each("phone/talk")), plan.ring_min)
    minutes[homes.phone == 0] = 0.0
    done = start + _one_after_another(minutes, scene.setting.rank % plan.callers, plan.callers, scene.setting)
    return np.where(answered & (homes.phone > 0), done, np.inf)


def loudspeakers(scene: Scene) -> Floats:
    """Loudspeakers play once they are opened; who is at home and hears them is told, sleepers only where it is loud."""
    broadcast, county = scene.scenario.plan.channels.broadcast, scene.scenario.county
    assert broadcast is not None  # noqa: S101 - the rules of the scenario room see to it
    homes, rain = county.households, scene.scenario.plan.hazard.rain
    start = scene.chain.release_min + broadcast.setup.draw(scene.once("broadcast/setup"))
    _tell(scene, start, "broadcast", "started")
    online = scene.luck.uniform("loudspeaker/online", county.loudspeakers["entity"].to_numpy()) < broadcast.online
    playing = (homes.loudspeaker >= 0) & np.append(online, False)[homes.loudspeaker]
    needed = np.where(scene.habits.asleep(start), getattr(broadcast.asleep, rain), getattr(broadcast.awake, rain))
    hears = playing & scene.habits.at_home(start) & ~homes.hard_of_hearing & (scene.setting.loudness_db >= needed)
    return np.where(hears, start + broadcast.listen.draw(scene.each("broadcast/listen")), np.inf)


def doors(scene: Scene, answered_call_min: Floats) -> Floats:
    """Teams walk from house to house, each with an even share of the route; who opens is told and confirmed.

    The route is fixed when the team sets out: it leaves out only households that have answered a call by then. Whether somebody is
    at home is judged at that minute too.
    """
    door, homes = scene.scenario.plan.channels.door, scene.scenario.county.households
    assert door is not None  # noqa: S101 - the rules of the scenario room see to it
    start = _start(scene, "door/assemble", door.assemble)
    visited = answered_call_min > start
    setting = scene.setting
    team = setting.rank * door.teams // np.maximum(setting.run_length, 1)
    opened = visited & scene.habits.at_home(start) & (scene.each("door/answered") < door.answered)
    stay = np.where(opened, door.per_house.draw(scene.each("door/per_house")), door.absent_min)
    pace = getattr(door.pace, scene.scenario.plan.hazard.rain)
    walk = _legs(scene, team, visited) * door.detour / door.speed_m_per_min * pace
    minutes = np.where(visited, walk + stay, 0.0)
    done = start + _one_after_another(minutes, team, door.teams, setting)
    return np.where(opened & (homes.place >= 0), done, np.inf)


def _start(scene: Scene, purpose: str, law: Distribution) -> Floats:
    """Return when each household's lowest desk begins something, one draw a desk."""
    places = scene.setting.stretch_place
    entity = scene.scenario.county.places.entity[places]
    minutes = scene.chain.dispatched_min[places] + law.draw(scene.luck.uniform(purpose, entity))
    return scene.at_dispatch(minutes)


def _one_after_another(minutes: Floats, server: NDArray[np.int64], servers: int, setting: Setting) -> Floats:
    """Return when each household is done, after those before it in the same run that the same server attends to.

    Sums run in whole nanominutes, so that the sum in one place does not depend, by rounding, on the places before it.
    """
    ticks = np.rint(minutes * _TICKS_PER_MIN).astype(np.int64)
    done = np.zeros(len(minutes), dtype=np.int64)
    for s in range(servers):
        mine = np.where(server == s, ticks, 0)
        total = np.cumsum(mine)
        first = np.flatnonzero(setting.rank == 0)
        before = (total[first] - mine[first])[setting.stretch]
        done = np.where(server == s, total - before, done)
    return done / _TICKS_PER_MIN


def _legs(scene: Scene, team: NDArray[np.int64], visited: Bools) -> Floats:
    """Return metres from the house visited before (or the centre of the place) to each visited house."""
    homes, places = scene.scenario.county.households, scene.scenario.county.places
    route = np.flatnonzero(visited)
    x, y, group = homes.x_m[route], homes.y_m[route], (scene.setting.stretch * (team.max(initial=0) + 1) + team)[route]
    dx, dy = np.empty(len(route)), np.empty(len(route))
    dx[1:], dy[1:] = x[1:] - x[:-1], y[1:] - y[:-1]
    first = np.flatnonzero(np.r_[True, group[1:] != group[:-1]]) if len(route) else route
    centre = homes.place[route[first]]
    dx[first], dy[first] = x[first] - places.x_m[centre], y[first] - places.y_m[centre]
    legs = np.zeros(len(homes))
    legs[route] = np.sqrt(dx * dx + dy * dy)
    return legs


def _tell(scene: Scene, t_min: float, channel: str, act: str) -> None:
    if t_min <= scene.scenario.plan.end_min:
        scene.events.append(Event(float(t_min), "channel", 0, "", -1, channel, act, ""))
