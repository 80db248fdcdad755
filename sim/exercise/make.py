"""From a night that was chosen and played again to a kit.

1. the place that takes part, and who sits there   2. what happened, and which of it is told   3. the clock
4. requirements, moments to write down, contacts, routes, papers
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from sim.errors import Fault, InputError, Text, shown
from sim.exercise.annex import contacts, routes
from sim.exercise.choose import chosen
from sim.exercise.drill import Drill
from sim.exercise.injects.acts import of_acts
from sim.exercise.injects.calls import of_calls
from sim.exercise.injects.conditional import conditional
from sim.exercise.injects.outages import of_outages
from sim.exercise.injects.people import of_people
from sim.exercise.injects.reports import of_reports
from sim.exercise.injects.reserve import reserve
from sim.exercise.injects.selection import MOST, selected
from sim.exercise.injects.timeline import timeline
from sim.exercise.kit import MINUTES, Choice, Handout, How, Kit, Size, When
from sim.exercise.limits import key_times, limits
from sim.exercise.schedule import most_injects, schedule_of
from sim.exercise.seats import Seats, busiest, key_sites_in
from sim.exercise.wording import fill, term
from sim.measures import Naming
from sim.records import Night
from sim.scenario import Scenario
from sim.study.band import Band
from sim.warning import simulate


@dataclass(frozen=True)
class Wanted:
    """What is asked of a kit: ``place`` its index in the county (``None``: where most is going on), ``minutes`` how long it lasts.

    ``replication``: the night to take; ``None``: choose it by ``how``.
    """

    size: Size
    start: datetime
    how: How = "typical"
    replication: int | None = None
    place: int | None = None
    minutes: float | None = None
    double_blind: bool = False

    @property
    def length_min(self) -> float:
        """How long the exercise lasts."""
        return self.minutes or MINUTES[self.size]


def make_kit(scenario: Scenario, band: Band, wanted: Wanted, names: Naming) -> Kit:
    """Return the kit of the night that is chosen among some runs of a scenario, played again.

    Raises
    ------
    InputError
        as ``kit_of``
    """
    choice = chosen(scenario, band, wanted.how, wanted.replication)
    return kit_of(scenario, simulate(scenario, choice.replication), choice, band, wanted, names)


def kit_of(scenario: Scenario, night: Night, choice: Choice, band: Band, wanted: Wanted, names: Naming) -> Kit:
    """Return the kit of a night, the one that was chosen among the runs of ``band``.

    Raises
    ------
    InputError
        if the county has no such place, or nothing for the players happens in the night
    """
    place, key_site = whereabouts(scenario, night, wanted)
    drill = Drill(
        scenario,
        night,
        names,
        wanted.size,
        place,
        key_site,
        Seats(scenario, night, names, wanted.size, place, key_site),
    )
    told = list(chain(of_acts(drill), of_calls(drill), of_outages(drill), of_people(drill), of_reports(drill)))
    most = min(MOST[wanted.size], most_injects(wanted.size, wanted.length_min))
    told = selected(drill, told, most)
    if not told:
        raise InputError([_nothing(wanted, names.label[place])])
    schedule = schedule_of(
        wanted.start, wanted.length_min, wanted.size, night.end_min, [(one.t_min, (one.to.id,)) for one in told]
    )
    given = [*timeline(drill, schedule, told), *conditional(drill, schedule)]
    injects = tuple(replace(one, number=n) for n, one in enumerate([*given, *reserve(drill, len(given))], start=1))
    own = limits(drill)
    released = {one.story for one in told if one.theme in ("released", "lifted")}
    named = [role for one in injects for role in (*one.to, one.source, one.responsible) if role is not None]
    named += [limit.responsible for limit in own if limit.responsible is not None]
    seats = list(dict.fromkeys(role for role in (*drill.seats.roles, *named) if role.played or role in named))
    return Kit(
        scenario=scenario,
        night=night,
        replication=night.replication,
        chosen=choice,
        size=wanted.size,
        place=place,
        key_site=key_site,
        roles=tuple(seats),
        injects=injects,
        limits=own,
        key_times=key_times(drill, released),
        schedule=schedule,
        band=band,
        contacts=contacts(drill),
        routes=routes(drill),
        opening=_opening(drill, wanted),
        handouts=handouts(double_blind=wanted.double_blind),
        double_blind=wanted.double_blind,
        names=names,
    )


def size_of(scenario: Scenario, place: int | None) -> Size:
    """Return the size that a place calls for: a village, or else a township."""
    county = scenario.county
    return "village" if place is not None and county.places.level[place] == county.reporting_level > 1 else "township"


def whereabouts(scenario: Scenario, night: Night, wanted: Wanted) -> tuple[int, int | None]:
    """Return the place that takes part, and the row of its key site if it is one.

    Raises
    ------
    InputError
        if the county has no place of the size that is asked for, or the one that is asked for is none
    """
    county = scenario.county
    level = {"county": 0, "township": 1, "village": county.reporting_level}.get(wanted.size, len(county.levels) - 1)
    if wanted.size == "enterprise":
        sites = key_sites_in(scenario, wanted.place or 0)
        if not sites:
            raise InputError([_unfit(wanted, Text("那里没有重点单位", "there is no key site there"), _OTHER_PLACE)])
        return int(county.key_site_place[sites[0]]), sites[0]
    if wanted.place is not None and county.places.level[wanted.place] != level:
        name = Text(county.levels[level].name, term(f"level.{county.levels[level].id}").en)
        problem = fill(Text("这个规模的演练要写一个{name}", "an exercise of this size is of one {name}"), name=name)
        raise InputError([_unfit(wanted, problem, _OTHER_SIZE)])
    if level >= len(county.levels):
        raise InputError([_unfit(wanted, Text("这个县没有这一层级", "this county has no such level"), _OTHER_SIZE)])
    return (wanted.place if wanted.place is not None else busiest(scenario, night, county.of_level(level))[0]), None


_OTHER_PLACE = Text("用 --place 写一个有重点单位的地方", "name a place that has one with --place")
_OTHER_SIZE = Text("换一个规模（--size）或地方（--place）", "choose another size (--size) or place (--place)")


def _unfit(wanted: Wanted, problem: Text, remedy: Text) -> Fault:
    return Fault("--size", 0, 0, wanted.size, "", problem, remedy)


def _nothing(wanted: Wanted, label: str) -> Fault:
    problem = Text(f"{shown(label)} 在这一次推演中没有可演练的事件", f"nothing happens in {shown(label)} in this run")
    remedy = Text(
        "换一个地方（--place）、规模（--size）或一次推演（--replication）", "choose another place, size or run"
    )
    return Fault("--place", 0, 0, wanted.size, "", problem, remedy)


# --- papers -----------------------------------------------------------------------------------------------------------


def _opening(drill: Drill, wanted: Wanted) -> Text:
    """Return what the players are told as it starts: what anybody knew at T0, and what they have to do."""
    hazard = drill.scenario.plan.hazard
    return fill(
        _OPENING,
        place=drill.label(drill.place) if drill.key_site is None else drill.seats.site_title(drill.key_site),
        date=_date(drill.night.start),
        hazard=term(f"hazard.{hazard.kind}"),
        rain=term(f"rain.{hazard.rain}"),
        exercise=_date(wanted.start),
        minutes=f"{wanted.length_min:.0f}",
    )


def _date(moment: datetime) -> Text:
    return Text(f"{moment:%Y}年{moment.month}月{moment.day}日{moment:%H:%M}", f"{moment:%Y-%m-%d %H:%M}")


_OPENING = Text(
    "演练时间{exercise}，共{minutes}分钟。假定此刻为{date}，{place}，{hazard}天气过程，当前{rain}。你处正常值班，按本单位值班表和叫应递补顺序处置，"
    "所有情况由导调员给出，动作由本岗位人员口头或书面完成，时刻由评估员记录。",
    "The exercise begins at {exercise} and takes {minutes} minutes. Suppose it is {date} at {place}: {hazard}, {rain} now. Your desk is "
    "manned as its roster says. Everything that happens is told by the controllers; what you do, you say or write; the evaluators note the times.",
)


def handouts(*, double_blind: bool) -> tuple[Handout, ...]:
    """Return which paper goes out when; in a double-blind exercise the players have nothing before it starts."""
    players: When = "at_start" if double_blind else "before"
    return (
        Handout("handbook", "before", players=False),
        Handout("inject_list", "before", players=False),
        Handout("evaluation", "before", players=False),
        Handout("evaluation_book", "before", players=False),
        Handout("actual_times", "before", players=False),
        Handout("task_sheets", players, players=True),
        Handout("call_cards", players, players=True),
        Handout("annex", players, players=True),
        Handout("map", players, players=True),
        Handout("sign_in", "at_start", players=True),
        Handout("console", "at_start", players=False),
        Handout("inject_cards", "during", players=True),
    )
