"""``kit.json``: what the console and the debrief need of a kit, and what it takes to make the same kit again."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from sim.errors import Fault, InputError, Text
from sim.exercise.kit import Inject, Kit, Limit, Role
from sim.exercise.make import Wanted, make_kit
from sim.measures import naming
from sim.scenario import load_scenario
from sim.study.band import Band
from sim.study.nights import Nights

KIT, SCENARIO, NIGHTS = "kit.json", "scenario.resolved.yaml", "nights.npz"
_FORM = 1
"""Of the file; the next number where it changes."""


def content_of(kit: Kit) -> dict[str, Any]:
    """Return what the file says of a kit; seats stand in ``roles`` and are named by their ids."""
    plan, schedule = kit.scenario.plan, kit.schedule
    return {
        "tool": "jiaoying",
        "form": _FORM,
        "version": _version(),
        "scenario": plan.name,
        "scenario_file": SCENARIO,
        "scenario_hash": kit.scenario.hash,
        "seed": plan.seed,
        "replication": kit.replication,
        "night_start": kit.night.start.isoformat(timespec="minutes"),
        "choice": asdict(kit.chosen) | {"reason": _text(kit.chosen.reason)},
        "size": kit.size,
        "place": kit.names.code[kit.place],
        "label": kit.names.label[kit.place],
        "key_site": kit.key_site,
        "real_names": kit.names.asked,
        "double_blind": kit.double_blind,
        "start": schedule.start.isoformat(timespec="minutes"),
        "minutes": schedule.minutes,
        "schedule": {"night_min": schedule.night_min, "exercise_min": schedule.exercise_min},
        "opening": _text(kit.opening),
        "roles": [asdict(role) | {"title": _text(role.title)} for role in kit.roles],
        "injects": [_inject(inject) for inject in kit.injects],
        "limits": [_limit(limit) for limit in kit.limits],
        "key_times": [
            asdict(one) | {"name": _text(one.name), "responsible": _id(one.responsible)} for one in kit.key_times
        ],
        "handouts": [asdict(one) for one in kit.handouts],
    }


def _inject(inject: Inject) -> dict[str, Any]:
    return asdict(inject) | {
        "id": inject.id,
        "source": _id(inject.source),
        "to": [role.id for role in inject.to],
        "responsible": inject.responsible.id,
        "text": _text(inject.text),
        "expected": _text(inject.expected),
        "evaluator": _text(inject.evaluator),
        "condition": None if inject.condition is None else _text(inject.condition),
    }


def _limit(limit: Limit) -> dict[str, Any]:
    return asdict(limit) | {"responsible": _id(limit.responsible)}


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _id(role: Role | None) -> str | None:
    return None if role is None else role.id


def keep(kit: Kit, folder: Path) -> None:
    """Write the file into a folder, and beside it the scenario and the runs that the kit was chosen from."""
    content = json.dumps(content_of(kit), ensure_ascii=False, indent=2, allow_nan=False)
    (folder / KIT).write_text(content + "\n", encoding="utf-8")
    (folder / SCENARIO).write_text(kit.scenario.resolved, encoding="utf-8")
    kit.band.nights.save(folder / NIGHTS)


def kept_kit(folder: Path) -> Kit:
    """Return the kit of a folder, made again of the scenario and the runs beside it.

    Raises
    ------
    InputError
        if there is none, or it cannot be made the same again
    """
    try:
        said = json.loads((folder / KIT).read_text(encoding="utf-8"))
        same_form = said["form"] == _FORM
        nights = Nights.load(folder / NIGHTS)
    except (OSError, ValueError, KeyError, TypeError) as error:
        problem = Text("这里没有完整的演练材料", "there is no whole exercise kit here")
        raise InputError([_fault(folder, problem, _OWN_FOLDER)]) from error
    scenario = load_scenario(folder / SCENARIO)
    if not same_form or scenario.hash != said["scenario_hash"]:
        raise InputError([_fault(folder, _CHANGED, _AGAIN)])
    names = naming(scenario, real_names=said["real_names"])
    wanted = Wanted(
        size=said["size"],
        start=datetime.fromisoformat(said["start"]),
        how=said["choice"]["how"],
        replication=said["replication"] if said["choice"]["how"] == "asked" else None,
        place=names.code.index(said["place"]),
        minutes=said["minutes"],
        double_blind=said["double_blind"],
    )
    kit = make_kit(scenario, Band.of(scenario, nights), wanted, names)
    if [(one.id, one.t_min) for one in kit.injects] != [(one["id"], one["t_min"]) for one in said["injects"]]:
        raise InputError([_fault(folder, _CHANGED, _AGAIN)])
    return kit


_OWN_FOLDER = Text("写明 jiaoying exercise 写出的文件夹", "name a folder that jiaoying exercise has written")
_CHANGED = Text(
    "用现在的程序和县里的表，做不出同一份演练材料（程序、情景或表改动过）",
    "the program and the tables as they are do not make this kit again (something has changed since)",
)
_AGAIN = Text("改回原样，或重新制作演练材料", "change it back, or make the kit again")


def _fault(folder: Path, problem: Text, remedy: Text) -> Fault:
    return Fault("KIT", 0, 0, "", str(folder), problem, remedy)


def _version() -> str | None:
    try:
        return metadata.version("jiaoying")
    except metadata.PackageNotFoundError:
        return None
