"""``load_scenario``: from a path to a scenario that can be played, or to every fault that keeps it from being one.

1. read the file and all that it extends   2. splice in the county's own file   3. lay the overrides over it
4. resolve paths from the file that names them   5. validate   6. load the county and the roster   7. check the rules between blocks
"""

from __future__ import annotations

import copy
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from sim.blocks import Minutes, Moment
from sim.county import County, CountyPlan, equipped, load_county
from sim.errors import Fault, InputError, Text, shown
from sim.roster import Roster, RosterPlan, load_landlines, load_roster
from sim.roster.load import read_duty_tables
from sim.scenario import rules, rules_options, rules_uncertain
from sim.scenario.documents import Document, merge, override, portable, read_document, real, resolve
from sim.scenario.faults import MISSING, at_mark, translate
from sim.scenario.provenance import Assumption, assumptions
from sim.scenario.reading import Key, Mark, yaml_text
from sim.scenario.schema import ScenarioPlan

_Plan = TypeVar("_Plan", bound=BaseModel)
_PATHS: tuple[Key, ...] = (
    ("roster", "persons"),
    ("roster", "shifts"),
    ("roster", "changes"),
    ("roster", "landlines"),
    ("roster", "responsible", "table"),
)


@dataclass(frozen=True, eq=False)
class Scenario:
    """A night that can be played: what the planner wrote, the county and the roster it names.

    ``landlines`` are the duty telephones by desk code, ``None`` where nothing is known of them.
    ``written`` is the whole scenario as plain data, ``hash`` identifies its content (paths and options excluded, tables included).
    """

    plan: ScenarioPlan
    county: County
    roster: Roster
    landlines: Mapping[str, str] | None
    written: Mapping[str, Any]
    hash: str

    @cached_property
    def resolved(self) -> str:
        """The whole scenario as YAML text that loads again."""
        return yaml_text(self.written)

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """Every block that states a source; not the ranges of what is not known, nor the options: a run uses neither."""
        return tuple(one for one in assumptions(self.plan) if not one.key.startswith(("uncertain.", "options.")))

    @property
    def synthetic(self) -> bool:
        """Whether anything shown of a village rests on made-up data."""
        return bool(self.county.synthetic) or self.roster.synthetic


def load_scenario(
    path: str | Path,
    overrides: Sequence[str] = (),
    *,
    tonight: bool = True,
    like: Scenario | None = None,
    options: bool = False,
) -> Scenario:
    """Return the scenario at ``path``.

    Parameters
    ----------
    path
        a YAML file
    overrides
        settings ``path=value`` laid over the file, as by ``--set``
    tonight
        whether the roster must have somebody on duty during the run; a roster that is looked at by itself need not
    like
        a scenario loaded before from the same files, whose county and roster stand where nothing of them is changed
    options
        whether the options are looked at too: each alone must make a scenario

    Raises
    ------
    InputError
        with every fault found, in the file, in those it extends, and in the tables it names
    """
    faults: list[Fault] = []
    document = read_document(Path(path), faults)
    if faults and not document.data:
        raise InputError(faults)
    which_county = [
        setting for setting in overrides if setting.partition("=")[0].strip() in ("county", "county.folder")
    ]
    _county_as_block(document)
    for setting in which_county:
        override(document, setting, faults)
        _county_as_block(document)
    county_is_there = _splice_county(document, faults)
    for setting in overrides:
        if setting not in which_county:
            override(document, setting, faults)
    _resolve_paths(document)
    found: list[Fault] = []
    plan = _validate(ScenarioPlan, document, (), found)
    told = {(fault.file, fault.line, fault.column) for fault in faults if fault.line}
    faults += [
        fault
        for fault in found  # not again what is wrong for a reason already told
        if (fault.file, fault.line, fault.column) not in told
        and (county_is_there or fault.problem != MISSING or not _in_county_file(fault.key))
    ]
    county, roster, landlines = _stand_still(plan, document, faults, like, tonight=tonight)
    if plan is not None and county is not None:
        faults.extend(rules.check(plan, county, document) or rules_uncertain.check(plan, document))
    if faults or plan is None or county is None or roster is None:
        raise InputError(faults)
    made = Scenario(plan, county, roster, landlines, _passed_on(document.data), _digest(document.data))
    if options and (wrong := rules_options.check(plan, county, document, partial(_tried, made, tonight=tonight))):
        raise InputError(wrong)
    return made


def _tried(like: Scenario, document: Document, *, tonight: bool) -> list[Fault]:
    """Return the faults of a scenario that is like a sound one, but for some settings."""
    faults: list[Fault] = []
    _resolve_paths(document)
    plan = _validate(ScenarioPlan, document, (), faults)
    county, _, _ = _stand_still(plan, document, faults, like, tonight=tonight)
    if plan is not None and county is not None:
        faults.extend(rules.check(plan, county, document))
    return faults


def _in_county_file(key: str) -> bool:
    return key.startswith("county.") and key != "county.folder"


def _county_as_block(document: Document) -> None:
    """Turn ``county: path`` into the block that it is short for, and a folder named by a number into text."""
    written = document.data.get("county")
    if isinstance(written, int | float | str) and not isinstance(written, bool):
        written = document.data["county"] = {"folder": written}
        document.marks[("county", "folder")] = document.marks[("county",)]
    if isinstance(written, dict) and isinstance(written.get("folder"), int | float):
        written["folder"] = str(written["folder"])


def _splice_county(document: Document, faults: list[Fault]) -> bool:
    """Lay what the scenario says of its county over the county's own ``county.yaml``; tell whether that is there."""
    written = document.data.get("county")
    if not isinstance(written, dict) or not isinstance(written.get("folder"), str):
        return False
    folder = written["folder"]
    mark = document.marks[("county", "folder")]
    target = resolve(folder, _base(mark))
    file = target / "county.yaml"
    if not os.path.isfile(file):  # noqa: PTH113 - never raises, whatever the name
        problem = Text(
            "县文件夹不存在，或其中没有 county.yaml", "there is no such county folder, or no county.yaml in it"
        )
        remedy = Text("路径从写它的文件算起", "paths count from the file that names them")
        faults.append(at_mark(document, ("county", "folder"), shown(folder), problem, remedy))
        return False
    own = read_document(file, faults)
    is_there = bool(own.data)
    below = Document({"county": own.data}, {("county", *key): mark for key, mark in own.marks.items()})
    above = Document({"county": written}, {k: m for k, m in document.marks.items() if k[:1] == ("county",)})
    merge(below, above)
    document.data["county"] = below.data["county"]
    document.marks.update(below.marks)
    document.marks[("county",)] = own.marks[()]  # what the block lacks is missing from its own file
    document.data["county"]["folder"] = str(real(target))
    return is_there


def _resolve_paths(document: Document) -> None:
    for key in _PATHS:
        here = _at(document.data, key[:-1])
        if isinstance(here, dict) and isinstance(here.get(key[-1]), int | float | str):
            here[key[-1]] = str(real(resolve(str(here[key[-1]]), _base(document.marks[key]))))
    for key in _PATHS:  # as an option sets them
        for name in _at(document.data, ("options",)) or ():
            at = ("options", name, "set", ".".join(map(str, key)))
            if isinstance(written := _at(document.data, at), str):
                _at(document.data, at[:-1])[at[-1]] = str(real(resolve(written, _base(document.marks[at]))))


def _base(mark: Mark) -> Path:
    """Return the folder from which a path counts: that of the file, or the present one for an option."""
    return Path(mark.file).parent if mark.line else Path()


def _validate(model: type[_Plan], document: Document, at: Key, faults: list[Fault]) -> _Plan | None:
    here: Any = document.data
    for name in at:
        here = here.get(name) if isinstance(here, dict) else None
    try:
        return model.model_validate(here)
    except ValidationError as error:
        faults.extend(translate(error, document, model, at))
        return None


def _stand_still(
    plan: ScenarioPlan | None, document: Document, faults: list[Fault], like: Scenario | None, *, tonight: bool
) -> tuple[County | None, Roster | None, Mapping[str, str] | None]:
    """Load county, roster and duty telephones, also where other blocks are at fault, so that their faults are told in the same breath.

    What stands in a scenario ``like`` it is not loaded again.
    """
    unheard: list[Fault] = []  # already told by the validation of the whole
    county_plan = plan.county if plan else _validate(CountyPlan, document, ("county",), unheard)
    roster_plan = plan.roster if plan else _validate(RosterPlan, document, ("roster",), unheard)
    try:
        start = TypeAdapter(Moment).validate_python(document.data.get("start"))
        end_min = TypeAdapter(Minutes).validate_python(document.data.get("end"))
    except ValidationError:
        start, end_min = None, 0.0
    county = roster = landlines = None
    found: list[Fault] = []
    try:
        if like is not None and like.plan.county == county_plan:
            county = like.county
        elif county_plan is not None:
            county = equipped(_bare(county_plan, like), county_plan.additions, county_plan.seed)
    except InputError as error:
        found.extend(error.faults)
    same_county = like is not None and county is not None and county.without_additions is like.county.without_additions
    if plan is not None and like is not None and same_county and _same_duty(plan, like.plan):
        return county, like.roster, like.landlines
    if roster_plan is not None and county is not None:
        landlines = load_landlines(roster_plan, county, found)
    try:
        if roster_plan is not None and county is not None and start is not None:
            roster = load_roster(roster_plan, county, start, end_min if tonight else None)
        elif roster_plan is not None:
            read_duty_tables(roster_plan, found)
    except InputError as error:
        found.extend(error.faults)
    faults.extend(_where_named(fault, document) for fault in found)
    return county, roster, landlines


def _bare(plan: CountyPlan, like: Scenario | None) -> County:
    """Return the county without its additions: that of a scenario like it where only these differ."""
    if like is not None and like.plan.county.model_copy(update={"additions": plan.additions}) == plan:
        return like.county.without_additions
    return load_county(plan)


def _same_duty(one: ScenarioPlan, other: ScenarioPlan) -> bool:
    """Tell whether the rosters of two scenarios are those of the same people at the same hours."""
    return (one.roster, one.start, one.end_min) == (other.roster, other.start, other.end_min)


def _where_named(fault: Fault, document: Document) -> Fault:
    """Return a fault of a file that is not there at the place that names the file."""
    if fault.line or os.path.isfile(fault.file):  # noqa: PTH113 - never raises, whatever the name
        return fault
    county = document.data.get("county")
    levels = county.get("levels") if isinstance(county, dict) else None
    places: list[Key] = (
        [("county", "levels", i, "table") for i in range(len(levels))] if isinstance(levels, list) else []
    )
    for key in (*_PATHS, *places):
        written = _at(document.data, key)
        path = Path(county["folder"]) / str(written) if key in places and isinstance(county, dict) else str(written)
        if written is not None and str(path) == fault.file:
            return at_mark(document, key, shown(written), fault.problem, fault.remedy)
    return fault


def _at(data: Any, key: Key) -> Any:  # noqa: ANN401 - plain YAML data
    """Return what stands at ``key``, or ``None`` if nothing does."""
    for name in key:
        sound = name in data if isinstance(data, dict) else isinstance(data, list) and isinstance(name, int)
        if not sound:
            return None
        data = data[name]
    return data


def _passed_on(data: dict[str, Any]) -> dict[str, Any]:
    """Return the data of a scenario as it may be passed on: carried configs by their short names."""
    data = copy.deepcopy(data)
    for key in (*_PATHS, ("county", "folder")):
        if written := _at(data, key):
            _at(data, key[:-1])[key[-1]] = portable(Path(written))
    return data


def _digest(data: dict[str, Any]) -> str:
    """Return a SHA-256 of the scenario and the tables it names, the same on every machine; options change no run and are left out."""
    content = copy.deepcopy(data)
    content.pop("options", None)
    folder = Path(content["county"].pop("folder"))
    digest = hashlib.sha256()
    tables = sorted(folder.glob("*.csv"))
    tables += [Path(_at(content, key[:-1]).pop(key[-1])) for key in _PATHS if _at(content, key)]
    digest.update(json.dumps(content, sort_keys=True, ensure_ascii=False).encode())
    for table in tables:
        digest.update(table.name.encode() + b"\0" + table.read_bytes())
    return digest.hexdigest()
