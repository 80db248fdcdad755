"""A kit of an exercise made by hand from a night, with everything that papers must cope with."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np

from sim.errors import Text
from sim.exercise.kit import Choice, Contact, Inject, KeyTime, Kind, Kit, Limit, Role, Route, Schedule
from sim.measures import judge, naming
from sim.report.words.language import Words
from sim.scenario import Scenario
from sim.study.requirements import Requirement
from sim.warning import simulate

START = datetime.fromisoformat("2026-06-10 14:00")
CONDITION = Text("到时仍未报告的", "if nothing was reported by then")


def made_kit(scenario: Scenario, *, place: int = 1, real_names: bool = False, injects: int = 24, **changes: Any) -> Kit:  # noqa: ANN401 - any part of a kit
    """Return a kit of a township: its first villages play, their groups are spoken for; injects at moments of the night.

    Parameters
    ----------
    changes
        parts of the kit that are to be others
    """
    night, names = simulate(scenario), naming(scenario, real_names=real_names)
    roles = _roles(scenario, place, names.code)
    moments = sorted({event.t_min for event in night.events if event.t_min > 0})
    picked = [moments[i] for i in np.linspace(0, len(moments) - 1, injects - 4).astype(int)] if moments else []
    last = max([*picked, 1.0])
    schedule = Schedule(START, 120.0, (0.0, last), (0.0, 110.0))
    made = [_inject(n, "timeline", t_min, schedule, roles) for n, t_min in enumerate(picked, start=1)]
    made += [_inject(n, "conditional", picked[n], schedule, roles) for n in (1, 2)]
    made += [_inject(n, "reserve", None, schedule, roles) for n in (1, 2)]
    parts: dict[str, Any] = {
        "scenario": scenario,
        "night": night,
        "replication": 0,
        "chosen": Choice("typical", 0, 20, Text("20次推演中居中的一次", "the middle one of 20 runs"), "", None),
        "size": "township",
        "place": place,
        "key_site": None,
        "roles": roles,
        "injects": tuple(made),
        "limits": _limits(scenario, night, roles),
        "key_times": (),
        "schedule": schedule,
        "band": None,
        "contacts": tuple(Contact(role.place, names.label[role.place], role.post, role.title, "") for role in roles),
        "routes": _routes(scenario, place, names.label),
        "opening": Text(
            "汛期，县里当晚预报有大雨，各岗位正常值守。", "Rain is forecast tonight; every post is on duty as usual."
        ),
        "handouts": (),
        "double_blind": False,
        "names": names,
    } | changes
    parts["key_times"] = changes.get("key_times", _key_times(parts["limits"], names.code, place))
    return Kit(**parts)


def _roles(scenario: Scenario, place: int, codes: tuple[str, ...]) -> tuple[Role, ...]:
    """Return the county (spoken for), the township and its first villages."""
    county, roster, words = scenario.county, scenario.plan.roster, Words("zh")
    below = np.flatnonzero(county.places.parent == place)[:3].tolist()
    found = []
    for where, played in ((0, False), (place, True), *((own, True) for own in below)):
        level = county.levels[int(county.places.level[where])].id
        ladder = roster.ladders.get(level)
        posts = dict.fromkeys(step.post for step in ladder.steps) if ladder else {next(iter(roster.posts)): None}
        for post in list(posts)[:2]:
            label = words.label(county.places.label[where], county.levels)
            title = Text(f"{label}·{roster.posts[post].title}", f"{codes[where]} {post}")
            found.append(Role(f"{codes[where]}/{post}", title, level, where, post, played))
    return tuple(found)


def _inject(number: int, kind: Kind, t_min: float | None, schedule: Schedule, roles: tuple[Role, ...]) -> Inject:
    to = roles[1 + number % (len(roles) - 1)]
    more = "请按预案处置并报告。" * (1 + number % 4)
    return Inject(
        number=number,
        kind=kind,
        t_min=t_min,
        record="events" if kind == "timeline" else "",
        event=number if kind == "timeline" else None,
        exercise_min=None if t_min is None else schedule.to_exercise(t_min),
        source=roles[0] if number % 3 else None,
        to=(to,),
        means="phone" if number % 2 else "",
        text=Text(
            f"【{kind}{number}】{to.title.zh}：演练。暴雨红色预警已发布，某处出现险情{number}号，{more}",
            f"{kind} {number}: red storm.",
        ),
        expected=Text(f"应答、复述、记录，往下叫应（预期{kind}{number}）。", f"Answer and repeat ({kind} {number})."),
        evaluator=Text(f"看是否复述、是否记时刻（要点{kind}{number}）。", f"Watch ({kind} {number})."),
        responsible=to,
        limit_min=15.0 if number % 2 else None,
        requirement="village-10min" if number % 2 else "",
        limit_source="演示用时限" if number % 2 else "",
        step="ringing",
        condition=CONDITION if kind == "conditional" else None,
        theme="released",
    )


def _limits(scenario: Scenario, night: Any, roles: tuple[Role, ...]) -> tuple[Limit, ...]:  # noqa: ANN401 - a night
    found = []
    for own in judge(scenario, night):
        plan = own.plan
        assert isinstance(plan, Requirement)
        found.append(
            Limit(
                own.id,
                plan.name,
                roles[1],
                own.since,
                own.act or "",
                own.event,
                own.of_whom,
                plan.within_min,
                plan.share,
                plan.source,
                plan.applies_to,
                plan.status,
            )
        )
    return tuple(found)


def _key_times(limits: tuple[Limit, ...], codes: tuple[str, ...], place: int) -> tuple[KeyTime, ...]:
    return tuple(
        KeyTime(
            f"{own.requirement}|{codes[place]}",
            Text(f"{own.name}·完成", f"{own.requirement} done"),
            own.requirement,
            own.event,
            own.act,
            place,
            own.responsible,
            0.0,
            own.within_min,
            None,
        )
        for own in limits
    )


def _routes(scenario: Scenario, place: int, labels: tuple[str, ...]) -> tuple[Route, ...]:
    county = scenario.county
    below = np.flatnonzero(county.places.parent == place)[:3].tolist()
    return tuple(
        Route(f"Z{n}", "地质灾害隐患点", own, labels[own], -1, "", None, 3, 9, 1, 420.0) for n, own in enumerate(below)
    )
