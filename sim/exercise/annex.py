"""The annex of an exercise: whom to call (通讯录) and which way out (撤离路线)."""

from __future__ import annotations

import numpy as np

from sim.errors import Text
from sim.exercise.drill import Drill
from sim.exercise.kit import Contact, Route
from sim.exercise.wording import post_title, term
from sim.roster.audit.numbers import masked

_LANDLINE = Text("值班电话", "duty telephone")


def contacts(drill: Drill) -> tuple[Contact, ...]:
    """Return the contact list: the duty telephone and the posts of the place that takes part, of those above it, and of those below with a seat.

    Numbers are shown in full in a working copy, else masked; a name is never there.
    """
    county, found = drill.scenario.county, []
    above = [int(one) for one in county.ancestors[:, drill.place] if one >= 0 and one != drill.place]
    for place in dict.fromkeys([*above, drill.place, *drill.seats.places]):
        code, label = county.places.code[place], drill.names.label[place]
        line = (drill.scenario.landlines or {}).get(code, "")
        if line:
            found.append(Contact(place, label, "", _LANDLINE, _shown(drill, line)))
        for post in drill.seats.posts(place):
            held = drill.scenario.roster.on_duty(code, post, 0.0) if code in drill.scenario.roster.named else None
            phone = held.phone if held is not None else ""
            found.append(Contact(place, label, post, post_title(drill.scenario, post), _shown(drill, phone)))
    for row in drill.seats.sites:
        place = int(county.key_site_place[row])
        phone = str(county.key_sites["duty_phone"].iloc[row])
        label = f"{drill.names.label[place]}·{drill.site_kind(row).zh}"
        found.append(Contact(place, label, "", _LANDLINE, _shown(drill, phone)))
    return tuple(found)


def _shown(drill: Drill, phone: str) -> str:
    return phone if drill.names.asked or not phone else masked(phone)


def routes(drill: Drill) -> tuple[Route, ...]:
    """Return the ways out of each danger zone of the exercise in which somebody lives who is listed, the zones with most persons first.

    Who lives in danger that nobody has registered is not known before the night.
    People go to the shelter that the transfer list names for most of them, else to the nearest opened one as the crow flies.
    """
    county, homes = drill.scenario.county, drill.scenario.county.households
    if drill.size == "county":
        below = [place for place in drill.seats.places if place != drill.place]
        mine = county.below(np.array(below or [drill.place]))
    else:
        mine = drill.inside
    zone = np.where(mine[homes.place] & homes.listed, homes.zone, -1)
    found = []
    for row in np.unique(zone[zone >= 0]).tolist():
        if drill.key_site is not None and row != int(county.key_sites["zone"].iloc[drill.key_site]):
            continue
        who = np.flatnonzero(zone == row)
        place, kind = int(county.zone_place[row]), str(county.zones["kind"].iloc[row])
        x_m, y_m = float(homes.x_m[who].mean()), float(homes.y_m[who].mean())
        shelter = _shelter(drill, who, x_m, y_m)
        at = int(county.shelter_place[shelter]) if shelter >= 0 else -1
        found.append(
            Route(
                zone=str(county.zones["code"].iloc[row]) if drill.names.real else f"{drill.names.code[place]}/{row}",
                kind=term(f"zone.{kind}", kind).zh,
                place=place,
                label=drill.names.label[place],
                shelter=shelter,
                shelter_label=drill.names.label[at] if at >= 0 else "",
                capacity=int(county.shelters["capacity"].iloc[shelter]) if shelter >= 0 else None,
                households=len(who),
                persons=int(homes.persons[who].sum()),
                needs_help=int(homes.needs_help[who].sum()),
                way_m=_way_m(drill, shelter, x_m, y_m),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.persons, one.zone)))


def _shelter(drill: Drill, who: np.ndarray, x_m: float, y_m: float) -> int:
    """Return the shelter of a zone: what the transfer list says for most of its households, else the nearest that is opened."""
    county, plan = drill.scenario.county, drill.scenario.plan.evacuation
    listed = county.transfer[county.transfer["row"].isin(who.tolist())]
    named = listed["shelter"][listed["shelter"] >= 0].to_numpy(dtype=np.int64)
    if named.size:
        return int(np.bincount(named).argmax())
    kinds = plan.shelters.kinds if plan is not None else ("emergency", "short", "long")
    opened = np.flatnonzero(county.shelters["kind"].isin(kinds))
    if not opened.size:
        return -1
    away = np.hypot(county.shelters["x_m"].to_numpy()[opened] - x_m, county.shelters["y_m"].to_numpy()[opened] - y_m)
    return int(opened[away.argmin()])


def _way_m(drill: Drill, shelter: int, x_m: float, y_m: float) -> float | None:
    if shelter < 0:
        plan = drill.scenario.plan.evacuation
        return plan.shelters.to_safety_m if plan is not None else None
    shelters = drill.scenario.county.shelters
    return float(np.hypot(shelters["x_m"].iloc[shelter] - x_m, shelters["y_m"].iloc[shelter] - y_m))
