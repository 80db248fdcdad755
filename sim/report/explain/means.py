"""The means of a scenario in plain words: how fast each is, and whom it reaches in this weather."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch

from sim.records import CHANNELS
from sim.report.words.durations import in_words
from sim.report.words.language import Words
from sim.scenario import Scenario
from sim.scenario.channels import (
    AreaTerminalPlan,
    AutoCallPlan,
    BroadcastPlan,
    ChannelPlan,
    DoorPlan,
    MessagePlan,
    NeighbourPlan,
    PatrolCarPlan,
    PhonePlan,
    SoundPatrolPlan,
    TenHouseholdPlan,
    TvPlan,
)

_KMH = 0.06  # metres per minute to kilometres per hour


def means(scenario: Scenario, words: Words) -> Iterator[str]:
    """Yield a sentence for each means that some act uses, then what several share: sound and walking."""
    plan = scenario.plan
    used = {name for act in plan.acts for name in plan.means_of(act)} | set(plan.local.means if plan.local else ())
    for name in CHANNELS:
        if name in used:
            channel = getattr(plan.channels, name)
            said = words("channel_says", name=words(f"channel.{name}"), text=_said(channel, scenario, words))
            confirms = words("channel_confirms") if channel.acknowledges else ""
            yield said + confirms + words("channel_needs", needs=words.needs(channel.needs))
    if (sound := plan.channels.sound) and used & {"broadcast", "area_terminal", *_BY_HAND, "patrol_car"}:
        rain = plan.hazard.rain
        yield words(
            "explain.sound",
            rain=words(f"rain.{rain}"),
            awake=f"{getattr(sound.awake, rain):g}",
            asleep=f"{getattr(sound.asleep, rain):g}",
            listen=in_words(sound.listen, words),
        )
    if plan.channels.walking and used & {"door", *_BY_HAND}:
        yield _walking(scenario, words)


_BY_HAND = ("gong", "whistle", "hand_siren", "megaphone")


@singledispatch
def _said(channel: ChannelPlan, scenario: Scenario, words: Words) -> str:
    """Return how one means works; what it needs is said elsewhere. Those without words of their own tell no households."""
    del channel, scenario
    return words("means.none")


@_said.register
def _phone(channel: PhonePlan, scenario: Scenario, words: Words) -> str:
    del scenario
    calls = channel.households
    if calls is None:
        return words("means.none")
    return words(
        "means.phone",
        callers=words.count("person", calls.callers),
        setup=in_words(calls.setup, words),
        awake=words.exact_percent(calls.answered_awake),
        asleep=words.exact_percent(calls.answered_asleep),
        talk=in_words(calls.talk, words),
        ring=words.length(calls.ring_min),
    )


@_said.register
def _auto_call(channel: AutoCallPlan, scenario: Scenario, words: Words) -> str:
    del scenario
    return words(
        "means.auto_call",
        setup=in_words(channel.setup, words),
        lines=channel.lines,
        whom=words(f"auto_call.{channel.whom}"),
        reachable=words.exact_percent(channel.reachable),
        awake=words.exact_percent(channel.answered_awake),
        asleep=words.exact_percent(channel.answered_asleep),
        talk=in_words(channel.talk, words),
        ring=words.length(channel.ring_min),
        tries=words.count("try", channel.tries),
        gap=words.length(channel.gap_min),
    )


@_said.register
def _broadcast(channel: BroadcastPlan, scenario: Scenario, words: Words) -> str:
    del scenario
    kinds = channel.terminals
    online = sorted((kinds.ip.online, kinds.fm.online, kinds.satellite.online))
    ends = dict.fromkeys(words.exact_percent(share) for share in (online[0], online[-1]))
    setup, level = in_words(channel.setup, words), f"{channel.source_level_db:g}"
    return words("means.broadcast", setup=setup, online=words("dash").join(ends), level=level)


@_said.register
def _area_terminal(channel: AreaTerminalPlan, scenario: Scenario, words: Words) -> str:
    del scenario
    setup, level = in_words(channel.setup, words), f"{channel.source_level_db:g}"
    return words("means.area_terminal", setup=setup, online=words.exact_percent(channel.online), level=level)


@_said.register
def _tv(channel: TvPlan, scenario: Scenario, words: Words) -> str:
    watching = words.exact_percent(channel.watching[scenario.plan.start.hour])
    setup, notice = in_words(channel.setup, words), in_words(channel.notice, words)
    return words("means.tv", setup=setup, hour=scenario.plan.start.hour, watching=watching, notice=notice)


@_said.register
def _sound_patrol(channel: SoundPatrolPlan, scenario: Scenario, words: Words) -> str:
    del scenario
    level, passing = f"{channel.source_level_db:g}", f"{channel.passing_m:g}"
    return words("means.patrol", fetch=in_words(channel.fetch, words), level=level, passing=passing)


@_said.register
def _patrol_car(channel: PatrolCarPlan, scenario: Scenario, words: Words) -> str:
    del scenario
    return words(
        "means.patrol_car",
        fetch=in_words(channel.fetch, words),
        speed=f"{channel.speed_m_per_min * _KMH:.3g}",
        sounds=words.length(channel.sounds_min),
        level=f"{channel.source_level_db:g}",
    )


@_said.register
def _door(channel: DoorPlan, scenario: Scenario, words: Words) -> str:
    del scenario
    return words(
        "means.door",
        teams=words.count("team", channel.teams),
        assemble=in_words(channel.assemble, words),
        house=in_words(channel.per_house, words),
        answered=words.exact_percent(channel.answered),
        absent=words.length(channel.absent_min),
    )


@_said.register
def _ten_household(channel: TenHouseholdPlan, scenario: Scenario, words: Words) -> str:
    del scenario
    return words(
        "means.ten_household",
        goes=words.exact_percent(channel.goes),
        ready=in_words(channel.ready, words),
        house=in_words(channel.per_house, words),
        answered=words.exact_percent(channel.answered),
    )


@_said.register
def _neighbour(channel: NeighbourPlan, scenario: Scenario, words: Words) -> str:
    del scenario
    return words(
        "means.neighbour",
        contacts=channel.contacts,
        within=f"{channel.within_m:g}",
        tells=words.exact_percent(channel.tells),
        night=words.exact_percent(channel.tells * channel.night),
        delay=in_words(channel.delay, words),
    )


@_said.register
def _message(channel: MessagePlan, scenario: Scenario, words: Words) -> str:
    del scenario
    share = words.exact_percent
    rate = channel.rate_per_min
    return words(
        "means.message",
        begin=words(f"sent_by.{channel.sent_by}"),
        setup=in_words(channel.setup, words),
        rate=words("means.at_once") if rate is None else words("means.rate", n=words.number(rate / 60)),
        order=words(f"message_order.{channel.order}"),
        smart=share(channel.smartphone * (1 - channel.off)),
        feature=share(channel.feature_phone * (1 - channel.off)),
        validity=words.length(channel.validity_min),
        latency=in_words(channel.latency, words),
        awake=share(channel.noticed_awake),
        asleep=share(channel.noticed_asleep),
        read=in_words(channel.read_delay, words),
    )


def _walking(scenario: Scenario, words: Words) -> str:
    """Return how fast people walk, and what makes the way longer than a straight line in good weather by day."""
    walking, rain = scenario.plan.channels.walking, scenario.plan.hazard.rain
    assert walking is not None  # noqa: S101 - asked before
    pace = getattr(walking.pace, rain)
    slower = [
        words("walking.pace", rain=words(f"rain.{rain}"), pace=f"{pace:g}") if pace != 1 else "",
        words("walking.night", factor=f"{walking.night:g}") if walking.night != 1 else "",
        words("walking.detour", detour=f"{walking.detour:g}") if walking.detour != 1 else "",
    ]
    return words("explain.walking", speed=f"{walking.speed_m_per_min * _KMH:.3g}", slower="".join(slower))
