"""Bad input: exit code 2, every fault at once with file, line, key, value and remedy in both languages, and nothing written.

``Case`` is one way of going wrong with the line it must be found on. The enumerations at the end replace every value of a good
scenario, county and roster by nonsense: whatever is not a fault there is named, with the reason why it may be.
"""

from __future__ import annotations

import copy
import csv
import io
import json
import math
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pydantic import ValidationError

from sim.cli import cli
from sim.county import County
from sim.errors import Fault, InputError
from sim.scenario import load_scenario, rules
from sim.scenario.documents import Document, read_document
from sim.scenario.schema import ScenarioPlan
from tests.strategies import Small, call_target, full_night, small

ROOT = Path(__file__).resolve().parents[2]
DRILL = ROOT / "scenarios" / "village-drill.yaml"
DRILL_COUNTY = ROOT / "configs" / "counties" / "drill-village"
Key = tuple[str | int, ...]
Plain = Any  # YAML data


# --- YAML whose every key has a line of its own -----------------------------------------------------------------------


def emitted(data: dict[str, Any]) -> tuple[str, dict[Key, int]]:
    """Return YAML text with one key or item a line, and the line of each."""
    lines: list[str] = []
    where: dict[Key, int] = {}

    def block(node: Plain, indent: int, key: Key) -> None:
        pairs = node.items() if isinstance(node, dict) else enumerate(node)
        for name, value in pairs:
            head = f"{json.dumps(name, ensure_ascii=False)}:" if isinstance(node, dict) else "-"
            inner = isinstance(value, dict | list) and len(value) > 0
            lines.append(" " * indent + head + ("" if inner else f" {scalar(value)}"))
            where[*key, name] = len(lines)
            if inner:
                block(value, indent + 2, (*key, name))

    block(data, 0, ())
    return "\n".join(lines) + "\n", where


def scalar(value: Plain) -> str:
    """Return a value as YAML writes it on one line."""
    return ".nan" if isinstance(value, float) and math.isnan(value) else json.dumps(value, ensure_ascii=False)


def changed(data: Plain, key: Key, value: Plain) -> Plain:
    """Return a copy of ``data`` with another value at ``key``."""
    data = copy.deepcopy(data)
    at(data, key[:-1])[key[-1]] = value
    return data


def at(data: Plain, key: Key) -> Plain:
    """Return what stands at ``key``."""
    for name in key:
        data = data[name]
    return data


def leaves(node: Plain, key: Key = ()) -> Iterator[Key]:
    """Yield the key of every single value; of a list of hours only the first and the last."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield from leaves(value, (*key, name))
    elif isinstance(node, list):
        for i in range(len(node)) if len(node) != 24 else (0, 23):
            yield from leaves(node[i], (*key, i))
    else:
        yield key


def mappings(node: Plain, key: Key = ()) -> Iterator[Key]:
    """Yield the key of every mapping, the whole included."""
    if isinstance(node, dict):
        yield key
    if isinstance(node, dict | list):
        for name, value in node.items() if isinstance(node, dict) else enumerate(node):
            yield from mappings(value, (*key, name))


# --- what every refusal owes its reader -------------------------------------------------------------------------------


def faults_of(path: Path, *overrides: str) -> tuple[Fault, ...]:
    """Return the faults with which a scenario is refused."""
    with pytest.raises(InputError) as caught:
        load_scenario(path, overrides)
    for fault in caught.value.faults:
        assert_helpful(fault)
    return caught.value.faults


def assert_helpful(fault: Fault) -> None:
    """A fault says where, what and what to do, in each language in its own words and on one line each."""
    assert fault.file
    for text in (fault.problem, fault.remedy):
        assert any("\u4e00" <= letter <= "\u9fff" for letter in text.zh), text
        assert any("a" <= letter <= "z" for letter in text.en), text
        assert text.zh != text.en
        assert text.zh.isprintable()
        assert text.en.isprintable()
    assert fault.value.isprintable()
    assert len(fault.value) <= 60
    assert fault.render("zh") != fault.render("en")


def run(path: Path, *options: str) -> Result:
    """Call ``jiaoying run`` in process."""
    return CliRunner().invoke(cli, ["run", str(path), *options])


def assert_refused(result: Result, where: str) -> None:
    """Exit code 2, the place named on standard error, nothing on standard output, no traceback."""
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert where in result.stderr
    assert "Traceback" not in result.output


def snapshot(folder: Path) -> dict[str, bytes | None]:
    """Return every file below a folder with its content, hidden ones too."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


# --- one case each ----------------------------------------------------------------------------------------------------


@dataclass
class Case:
    """A way of going wrong: how a good small night is spoilt, and where that must be found.

    ``file`` is relative to the folder of the scenario; ``line`` is a number (0 for the whole file, −1 for its last line), the
    text with which the line begins, or a key of the scenario (``FIRST``: whatever stands first in a block). ``says`` stands in the
    English message. ``count`` faults are found, if given.
    """

    name: str
    spoil: Callable[[Small], object] | None = None
    files: dict[str, str | bytes | Callable[[str], str]] | None = None
    overrides: tuple[str, ...] = ()
    file: str = "night.yaml"
    line: int | str | Key = 0
    says: str = ""
    count: int | None = 1


def to(*path: str | int, value: Plain) -> Callable[[Small], None]:
    """Return a change of one value of the scenario, or of the county where the path begins with 0."""

    def spoil(night: Small) -> None:
        data: Any = night.county if path[0] == 0 else night.scenario
        keys = path[1:] if path[0] == 0 else path
        for name in keys[:-1]:
            data = data[name]
        data[keys[-1]] = value

    return spoil


def cell(table: str, row: int, column: str, value: str) -> Callable[[Small], None]:
    """Return a change of one cell."""

    def spoil(night: Small) -> None:
        night.tables[table][row][column] = value

    return spoil


def rows(table: str, *given: dict[str, str]) -> Callable[[Small], None]:
    """Return the addition of a table to the county folder."""

    def spoil(night: Small) -> None:
        night.tables[table] = list(given)

    return spoil


def roster(persons: str, shifts: str) -> dict[str, str | bytes | Callable[[str], str]]:
    """Return the two duty tables as files."""
    return {"persons.csv": persons, "shifts.csv": shifts}


def with_roster(night: Small) -> None:
    """Let the scenario name both duty tables."""
    night.scenario["roster"] |= {"persons": "persons.csv", "shifts": "shifts.csv"}


def target(**other: str) -> dict[str, Any]:
    """Return a sound target, but for what is given."""
    return {
        "id": "t",
        "name": "全部住户",
        "since": "release",
        "event": "warned",
        "of_whom": "household",
        "share": "90 %",
        "within": "30 min",
        "probability": "90 %",
        "applies_to": "演练",
        "source": "演示",
        "status": "演示",
        **other,
    }


def law(**laws: dict[str, Any]) -> Callable[[Small], None]:
    """Return a law for the sign-off, which must end."""
    return to("warnings", 0, "sign_off", value=laws)


def both(*spoils: Callable[[Small], object]) -> Callable[[Small], None]:
    """Return several changes in turn."""

    def spoil(night: Small) -> None:
        for one in spoils:
            one(night)

    return spoil


def later(**own: Plain) -> dict[str, Any]:
    """Return an act of the common part only, and what is given."""
    return {"consultation": "0 min", "sign_off": "0 min", "signed_by": "desk", "release": "0 min"} | own


def act(**own: Plain) -> Callable[[Small], None]:
    """Return the addition of a second warning, sound but for what is given."""
    return lambda night: night.scenario["warnings"].append(later(id="w2", level="red", means=["sms"]) | own)


def local(**own: Plain) -> Callable[[Small], None]:
    """Return the addition of warnings that start below; ``sightings`` lays over sound ones."""
    if "sightings" in own:
        own["sightings"] = {"share": 0.1, "at": "1 h", "acts_at_once": 0.5} | own["sightings"]
    return to("local", value={"means": ["phone"]} | own)


def register(**own: Plain) -> Callable[[Small], None]:
    """Return the addition of a register of responsible persons."""
    return to("roster", "responsible", value={"roles": {}, "steps": [{"ring": "30 s"}]} | own)


def steps(*given: dict[str, Any]) -> Callable[[Small], None]:
    """Return another ladder of the villages."""
    return to("roster", "ladders", "village", "steps", value=list(given))


def ladder(**own: Plain) -> Callable[[Small], None]:
    """Return something more in the ladder of the villages."""
    return lambda night: night.scenario["roster"]["ladders"]["village"].update(own)


def with_key_site(night: Small) -> None:
    """Let a school be called by its township, by no ladder yet."""
    night.tables["key_sites.csv"] = [{"code": "K", "kind": "学校", "place": "T000V000", "persons": 9}]
    night.scenario["roster"]["key_sites_called_by"] = "township"
    night.scenario["call_targets"].append(call_target(id="sites", whom="key_sites"))


CALLED = [call_target(), call_target(id="c", to="street")]
LADDER = {"steps": [{"post": "officer", "ring": "30 s"}]}
KNOWING_COUNTY = to("roster", "ladders", "county", value=LADDER)
"""A way to tell the county of what starts below."""
KING = {"steps": [{"post": "king", "ring": "30 s"}]}
STEP_A = {"id": "a", "post": "officer", "ring": "30 s"}
AGAIN = {"rounds": 1, "gap": "1 min"}
BY_APP = {"channel": "work_app", "wait": "1 min"}
SIGHTED = {"place": "T000", "at": "1 h", "acts_at_once": True}
NEIGHBOUR = {"id": "N", "title": "邻县", "at": "1 h", "callers": 1, "calls": ["T000"]}
DEPARTMENT = {"id": "water", "title": "水利", "callers": 1, "relay": "0 min", "calls": ["village", "street"]}
FIRST = "*"
VILLAGE = ("roster", "ladders", "village")
WARNING = ("warnings", 0)
STEP = ("roster", "ladders", "village", "steps", 0)
PERSONS = "person,name,phone\nP1,甲,\n"
BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 12)
)
NIGHT = "name: small\nseed: 7\n"  # for faults of YAML itself, which are found before anything is missing

CASES = [
    # keys and values
    Case("unknown key", to("chanels", value=1), line='"chanels"', says="did you mean 'channels'?"),
    Case("unknown key inside", to("channels", "sms", "rte", value=1), line='"rte"', says="did you mean 'rate'?"),
    Case("wrong unit", to("channels", "phone", "talk", value="5 kg"), line='"talk"', says="unit 'kg'"),
    Case("missing unit", to("end", value=10), line='"end"', says="the unit is missing"),
    Case("negative time", to("channels", "phone", "talk", value="-1 min"), line='"talk"', says="cannot be negative"),
    Case("endless time", to("end", value="1e400 h"), line='"end"', says="too large"),
    Case("time beyond sense", to(*WARNING, "release", value="1e9 h"), line='"release"', says="cannot exceed"),
    Case("probability 1.2", to("channels", "sms", "off", value=1.2), line='"off"', says="cannot exceed 1"),
    Case("NaN", to("channels", "walking", "detour", value=float("nan")), line='"detour"', says="finite"),
    Case(
        "infinite",
        files={"night.yaml": lambda t: t.replace('"detour": 1.0', '"detour": .inf')},
        line='"detour"',
        says="finite",
    ),
    Case("number beyond sense", to("channels", "door", "teams", value=10**30), line='"teams"', says="too large"),
    Case("unknown means", to(*WARNING, "means", value=["phone", "pigeon"]), line='- "pigeon"', says="use one of"),
    Case("means not described", lambda n: n.scenario["channels"].pop("phone"), line='- "phone"', count=None),
    Case("repeated means", to(*WARNING, "means", value=["phone", "phone"]), line=(*WARNING, "id"), says="repeats"),
    Case("ladder by pigeon", lambda n: at(n.scenario, STEP).update(channel="pigeon", wait="1 min"), line='"channel"'),
    Case("unknown post", to(*STEP, "post", value="king"), line='"post": "king"', says="use one of: officer"),
    Case("no ring", lambda n: at(n.scenario, STEP).pop("ring"), line=(*STEP, "post"), says="needs ring"),
    Case("bool for a number", to("channels", "door", "teams", value=True), line='"teams"', says="whole number"),
    Case("text for a number", to("channels", "walking", "detour", value="1.5"), line='"detour"', says="number"),
    Case("number for a word", to("hazard", "rain", value=5), line='"rain"', says="allowed values"),
    Case("number against a pattern", to("name", value=1.5), line=("name",), says="not allowed"),
    Case("list for a mapping", to("hazard", value=["rainstorm"]), line='- "rainstorm"', says="key: value"),
    Case("mapping for a list", to("warnings", value={"id": "w"}), line='"id": "w"', says="list"),
    Case("long name", to("name", value="a" * 10_000), line=("name",), says="too long"),
    Case("seed -1", to("seed", value=-1), line='"seed"', says="too small"),
    Case("seed 2**64", to("seed", value=2**64), line='"seed"', says="too large"),
    Case("end at once", to("end", value="0 min"), line='"end"', says="above zero"),
    Case("end next year", to("end", value="400 d"), line='"end"', says="too long"),
    Case("start without time", to("start", value="2025-07-11"), line='"start"', says="date and time"),
    Case("start with zone", to("start", value="2025-07-11 01:20+08:00"), line='"start"', says="no zone"),
    Case("start as number", to("start", value=20250711), line='"start"', says="date and time"),
    Case("start on no day", to("start", value="2025-02-30 01:20"), line='"start"', says="date and time"),
    Case("start at the end of time", to("start", value="9999-12-31 23:59"), line='"start"', says="year"),
    Case("no warning", to("warnings", value=[]), line='"warnings"', says="too few"),
    # laws
    Case("p90 below median", law(lognormal={"median": "3 min", "p90": "2 min"}), line='"lognormal"', says="p90"),
    Case(
        "two laws",
        law(fixed="1 min", exponential={"mean": "1 min"}),
        line='"fixed"',
        says="exactly one law is expected",
    ),
    Case("no law", law(), line='"sign_off"', says="exactly one law is expected"),
    Case(
        "a law that never ends",
        law(empirical={"minutes": ["0 min", "1 min"], "shares": [0.5, 0.9]}),
        line='"empirical"',
        says="must end",
    ),
    Case("text for a shape", law(weibull={"scale": "1 min", "shape": "2"}), line='"shape"', says="number"),
    # targets
    Case("target of nobody", to("targets", value=[target(of_whom="street")]), line='"of_whom"', says="no such group"),
    Case("target by night", to("targets", value=[target(event="acknowledged")]), line='"event"', says="is warned"),
    Case("same target", to("targets", value=[target(), target()]), line=("targets", 1, "id"), says="twice"),
    Case("target of no act", to("targets", value=[target(act="x")]), line='"act": "x"', says="no such act"),
    Case(
        "call target named as a target",
        to("targets", value=[target(id="desks")]),
        line=("call_targets", 0, "id"),
        says="twice",
    ),
    Case("call target to nowhere", to("call_targets", value=CALLED), line='"to": "street"', says="no such level"),
    # acts
    Case("two acts of one name", act(id="w"), line=("warnings", 1, "id"), says="twice"),
    Case("act by the name of another thing", act(id="local"), line=("warnings", 1, "id"), says="something else"),
    Case("after nothing", act(after="x"), line=("warnings", 1, "after"), says="no such act"),
    Case("after itself", act(after="w2"), line=("warnings", 1, "after"), says="never begin"),
    Case(
        "waiting in a circle",
        both(act(after="w"), to("warnings", 0, "after", value="w2")),
        line=("warnings", 0, "after"),
        says="never begin",
        count=2,
    ),
    Case("after no sighting", act(after="sighting"), line=("warnings", 1, "after"), says="nobody sights"),
    Case("rolling without a clock", act(consult="rolling"), line=("warnings", 1, "consult"), says="rolling_every"),
    Case("act for nowhere", act(area=["T000", "X"]), line=("warnings", 1, "area", 1), says="no such place"),
    Case("act by a means not described", act(means=["gong"]), line=("warnings", 1, "means", 0), says="gong"),
    Case(
        "level by a means not described",
        to("means_by_level", value={"red": ["tv"]}),
        line=("means_by_level", "red", 0),
        says="does not describe tv",
    ),
    Case(
        "order that no desk is called to pass on",
        to("orders", value=[later(id="o", stage="move", means=["sms", "phone"])]),
        line=("orders", 0, "means", FIRST),
        says="it uses phone",
    ),
    Case(
        "order that is passed on half way",
        both(
            to("orders", value=[later(id="o", stage="move", means=["phone"])]),
            lambda n: n.scenario["call_targets"].append(call_target(id="c", act="order", to="township")),
        ),
        line=("orders", 0, "means", FIRST),
        says="no call target has them called",
    ),
    # warnings that start below
    Case("warning from below by nothing", local(means=[]), line='"means": []', says="too few"),
    Case(
        "warning from below by a means not described",
        both(local(means=["tv"]), KNOWING_COUNTY),
        line=("local", "means", 0),
        says="tv",
        count=2,
    ),
    Case(
        "warning from below by the platform",
        both(local(means=["sms"]), KNOWING_COUNTY),
        line=("local", "means", 0),
        says="cannot use sms",
    ),
    Case("warning from below told to nobody above", local(), line=("roster", "ladders", FIRST), says="level 'county'"),
    Case(
        "sighting in a township",
        both(local(sightings={"stated": [SIGHTED]}), KNOWING_COUNTY),
        line='"place"',
        says="not a place of the lowest level",
    ),
    Case(
        "neighbours who find no means",
        to("roster", "neighbour_counties", value=[NEIGHBOUR]),
        line=("roster", "neighbour_counties", FIRST),
        says="means of warnings that start below",
    ),
    Case(
        "neighbours who call nowhere",
        both(local(), KNOWING_COUNTY, to("roster", "neighbour_counties", value=[NEIGHBOUR | {"calls": ["X"]}])),
        line=("roster", "neighbour_counties", 0, "calls", 0),
        says="no such place",
    ),
    # who must answer to what
    Case(
        "a level of another kind of act",
        lambda n: n.scenario["call_targets"].append(call_target(id="o", act="order", levels=["red"])),
        line=("call_targets", 1, "levels", 0),
        says="has no such level",
    ),
    Case(
        "lead times of an order",
        lambda n: n.scenario["call_targets"].append(call_target(id="o", act="order", leads=["2 h"])),
        line=("call_targets", 1, "leads", 0),
        says="only warnings",
    ),
    Case(
        "responsible persons whom nobody calls",
        both(
            register(roles={"village": ["officer"]}), lambda n: n.scenario["call_targets"][0].update(whom="responsible")
        ),
        line=("call_targets", 0, "whom"),
        says="no desk called",
        count=None,
    ),
    # what channels share
    Case(
        "no sound",
        lambda n: n.scenario["channels"].pop("sound"),
        line=("channels", "broadcast", FIRST),
        says="needs channels.sound",
    ),
    Case(
        "no walking",
        lambda n: n.scenario["channels"].pop("walking"),
        line=("channels", "door", FIRST),
        says="needs channels.walking",
    ),
    # ladders, desks, the register
    Case(
        "level that nobody calls",
        lambda n: n.scenario["roster"]["ladders"].pop("village"),
        line=("roster", "ladders", FIRST),
        says="no ladder calls the level 'village'",
    ),
    Case(
        "level without a desk",
        lambda n: n.scenario["roster"]["desks"].pop("village"),
        line=("roster", "desks", FIRST),
        says="'village' has no desk",
    ),
    Case("no ladder for key sites", with_key_site, line=("roster", "ladders", FIRST), says="level 'key_site'"),
    Case(
        "key sites called by nobody",
        both(
            with_key_site,
            to("roster", "ladders", "key_site", value=LADDER),
            lambda n: n.scenario["roster"].pop("key_sites_called_by"),
        ),
        line=("roster", FIRST),
        says="which level calls the key sites",
    ),
    Case(
        "key sites called by a street",
        to("roster", "key_sites_called_by", value="street"),
        line='"key_sites_called_by"',
        says="no such level",
    ),
    Case(
        "department that calls a street",
        to("roster", "departments", value=[DEPARTMENT]),
        line=("roster", "departments", 0, "calls", 1),
        says="no such level",
    ),
    Case(
        "route over centres that are not described",
        to("roster", "routes", value=["governance"]),
        line=("roster", "routes", FIRST),
        says="governance centres",
    ),
    Case(
        "centres of a street",
        to("roster", "governance", value={"callers": 1, "relay": "0 min", "level": "street", "ladder": LADDER}),
        line='"level": "street"',
        says="no such level",
    ),
    Case(
        "centres that call the king",
        to("roster", "governance", value={"callers": 1, "relay": "0 min", "level": "village", "ladder": KING}),
        line='"post": "king"',
        says="use one of: officer",
    ),
    Case("role of no post", register(roles={"village": ["officer", "king"]}), line='- "king"', says="officer"),
    Case("register by a channel not described", register(steps=[BY_APP]), line='"channel"', says="use one of: phone"),
    Case(
        "ladder by a channel not described",
        to("roster", "ladders", "village", "steps", value=[{"post": "officer"} | BY_APP]),
        line='"channel"',
        says="cannot be used to call",
    ),
    Case(
        "message without a wait",
        steps({"post": "officer", "channel": "sms"}),
        line=(*VILLAGE, "steps", 0, FIRST),
        says="needs wait",
    ),
    Case("steps of one name", steps(STEP_A, STEP_A), line=(*VILLAGE, FIRST), says="repeat an id"),
    Case("jump to nowhere", steps(STEP_A | {"then": "x"}), line=(*VILLAGE, FIRST), says="x is not a later step"),
    Case(
        "jump back", steps(STEP_A, STEP_A | {"id": "b", "then": "a"}), line=(*VILLAGE, FIRST), says="a is not a later"
    ),
    Case(
        "again from nowhere",
        ladder(repeat={"rounds": 1, "from": "x", "gap": "1 min"}),
        line=(*VILLAGE, FIRST),
        says="no step x",
    ),
    Case(
        "all must answer, and one is jumped",
        both(steps(STEP_A | {"then": "b"}, STEP_A | {"id": "b"}), ladder(need="all")),
        line=(*VILLAGE, FIRST),
        says="no step can be jumped",
    ),
    Case(
        "all at once, and again",
        ladder(order="at_once", repeat=AGAIN),
        line=(*VILLAGE, FIRST),
        says="neither then nor repeat",
    ),
    Case(
        "all at once, and a jump",
        both(steps(STEP_A | {"then": "b"}, STEP_A | {"id": "b"}), ladder(order="at_once")),
        line=(*VILLAGE, FIRST),
        says="neither then nor repeat",
    ),
    Case(
        "responsible for nowhere",
        register(table="register.csv"),
        {"register.csv": "place,post,person\nT000,officer,P1\nX,officer,P1\n"},
        file="register.csv",
        line=3,
        says="no such place",
    ),
    Case(
        "responsible in no post",
        register(table="register.csv"),
        {"register.csv": "place,post,person\nT000,king,P1\n"},
        file="register.csv",
        line=2,
        says="posts: officer",
    ),
    Case(
        "responsible twice",
        register(table="register.csv"),
        {"register.csv": "place,post,person\nT000,officer,P1\nT000,officer,P1\n"},
        file="register.csv",
        line=3,
        says="repeats line 2",
    ),
    Case("no such register", register(table="no.csv"), line='"table"', says="no such file"),
    # extends
    Case("extends itself", to("extends", value="night.yaml"), line='"extends"', says="loop"),
    Case(
        "extends in a ring",
        to("extends", value="a.yaml"),
        {"a.yaml": "extends: b.yaml\n", "b.yaml": "seed: 1\nextends: [night.yaml]\n"},
        file="b.yaml",
        line=2,
        says="night.yaml → a.yaml → b.yaml → night.yaml",
    ),
    Case("extends nothing", to("extends", value=["nowhere.yaml"]), line='- "nowhere', says="does not exist"),
    Case("extends a long name", to("extends", value="n" * 5000), line='"extends"', says="does not exist"),
    Case("extends a number", to("extends", value=5), line='"extends"', says="file name"),
    # paths
    Case("no such county", to("county", value="nowhere"), line=("county",), says="no such county folder"),
    Case("county of a long name", to("county", value="n" * 5000), line=("county",), says="no such county folder"),
    Case("county without folder", to("county", value={"seed": 1}), line=("county",), says="missing"),
    Case("no such persons", to("roster", "persons", value="no.csv"), line='"persons"', says="no such file"),
    Case("persons by number", to("roster", "persons", value=2025), line='"persons"', says="no such file"),
    Case("persons in a folder", to("roster", "persons", value="county"), line='"persons"', says="a folder"),
    Case("persons of no name", to("roster", "persons", value="a\0b"), line='"persons"', says="no such file"),
    Case(
        "shifts alone", to("roster", "shifts", value="shifts.csv"), roster("", "desk,post,person\n"), file="shifts.csv"
    ),
    Case(
        "no such level table",
        to(0, "levels", 1, "table", value="no.csv"),
        file="county/county.yaml",
        line='"table": "no.csv"',
        says="no such file",
    ),
    # YAML itself
    Case(
        "python tag", files={"night.yaml": NIGHT + "x: !!python/object:os.system a\n"}, line=3, says="tags", count=None
    ),
    Case(
        "own tag", files={"night.yaml": lambda t: t.replace('"seed": 7', '"seed": !seed 7')}, line='"seed"', says="tag"
    ),
    Case("set", files={"night.yaml": lambda t: t.replace('"seed": 7', '"seed": !!set {a}')}, line='"seed"', says="tag"),
    Case("billion laughs", files={"night.yaml": BOMB}, line=1, says="too many"),
    Case("alias of itself", files={"night.yaml": "a: &a [*a]\n"}, line=1, says="too deeply"),
    Case("10 000 brackets", files={"night.yaml": "a: " + "[" * 10_000 + "]" * 10_000}, line=1, says="too deeply"),
    Case("10 000 braces", files={"night.yaml": "a: " + "{a: " * 10_000 + "}" * 10_000}, says="too deeply"),
    Case("10 000 dashes", files={"night.yaml": "- " * 10_000 + "a"}, says="too deeply"),
    Case("repeated anchors", files={"night.yaml": "a: &a 1\nb: &a 2\n"}, count=None, says="unknown key", line=1),
    Case("empty file", files={"night.yaml": ""}, says="empty"),
    Case("comments only", files={"night.yaml": "# nothing\n"}, says="nothing but comments"),
    Case("a list", files={"night.yaml": "- a\n"}, line=1, says="key: value"),
    Case("repeated key", files={"night.yaml": lambda t: t + "\nseed: 8\n"}, line=-1, says="stands on line"),
    Case(
        "repeated key inside", files={"night.yaml": "a: 1\nb:\n  c: 1\n  c: 2\n"}, line=4, says="on line 3", count=None
    ),
    Case("wide colon", files={"night.yaml": "name: a\nseed：7\n"}, line=2, says="full-width colon"),
    Case("wide comma", to("hazard", "rain", value="heavy，"), line='"rain"', says="allowed values"),
    Case("wide quotes", to("roster", "handover", value="“08:30”"), line='"handover"', says="time of day"),
    Case("wide digits", files={"night.yaml": lambda t: t.replace(": 7", ": ７")}, line='"seed"', says="whole number"),
    Case("tab", files={"night.yaml": "hazard:\n\train: dry\n"}, line=2, says="indent with spaces"),
    Case("open bracket", files={"night.yaml": "name: a\nend: [1\n"}, line=3, says="brackets"),
    Case("open quote", files={"night.yaml": 'name: a\ntitle: "b\n'}, line=3, says="quotes"),
    Case("half a character", files={"night.yaml": lambda t: t + '\n"title": "\\ud800"\n'}, line=-1, says="half"),
    Case("control character", files={"night.yaml": "name: a\nend: \a\n"}, line=2, says="control character"),
    Case("GB18030", files={"night.yaml": "name: a\ntitle: 云阳\n".encode("gb18030")}, line=2, says="GB18030"),
    Case("UTF-16", files={"night.yaml": "name: 云阳\n".encode("utf-16")}, line=1, says="not a text file"),
    Case("noise", files={"night.yaml": bytes(range(256)) * 9}, line=2, says="not a text file"),
    Case("a book", files={"night.yaml": b"#" * (2**20 + 1)}, says="exceeds 1 MiB"),
    Case("broken county", files={"county/county.yaml": "name: [\n"}, file="county/county.yaml", line=2, says="YAML"),
    # places
    Case(
        "place nobody calls",
        rows("links.csv", {"caller": "C", "callee": "T000", "act": "remove"}),
        file="county/links.csv",
        says="nobody calls",
    ),
    Case(
        "link to nowhere",
        rows("links.csv", {"caller": "C", "callee": "X", "act": "add"}),
        file="county/links.csv",
        line=2,
        says="no such place",
    ),
    Case(
        "household of nowhere",
        cell("households.csv", 1, "place", "X"),
        file="county/households.csv",
        line=3,
        says="no such place",
    ),
    Case(
        "household of a township",
        cell("households.csv", 0, "place", "T000"),
        file="county/households.csv",
        line=2,
        says="lowest level",
    ),
    Case(
        "zone of nowhere",
        rows("zones.csv", {"code": "Z", "kind": "滑坡", "place": "X"}),
        file="county/zones.csv",
        line=2,
        says="no such place",
    ),
    Case(
        "loudspeaker by pigeon",
        rows("loudspeakers.csv", {"code": "L", "place": "T000V000", "kind": "pigeon"}),
        file="county/loudspeakers.csv",
        line=2,
        says="use one of: ip",
    ),
    Case(
        "terminal of nowhere",
        rows("area_terminals.csv", {"code": "A", "place": "X"}),
        file="county/area_terminals.csv",
        line=2,
        says="no such place",
    ),
    Case(
        "two terminals of one code",
        rows("area_terminals.csv", *({"code": "A", "place": f"T000V00{n}"} for n in range(2))),
        file="county/area_terminals.csv",
        line=3,
        says="repeats line 2",
    ),
    Case(
        "gong of nowhere",
        rows("devices.csv", {"place": "X", "device": "锣"}),
        file="county/devices.csv",
        line=2,
        says="no such place",
    ),
    Case(
        "trumpet",
        rows("devices.csv", {"place": "T000V000", "device": "trumpet"}),
        file="county/devices.csv",
        line=2,
        says="use one of: gong",
    ),
    Case(
        "the same gong in two languages",
        rows("devices.csv", {"place": "T000V000", "device": "锣"}, {"place": "T000V000", "device": "gong"}),
        file="county/devices.csv",
        line=3,
        says="repeats line 2",
    ),
    Case(
        "a car in a hamlet",
        rows("devices.csv", {"place": "T000V000", "device": "patrol_car"}, {"place": "T000", "device": "gong"}),
        file="county/devices.csv",
        line=2,
        says="at this level",
        count=2,
    ),
    Case(
        "fewer than no staff",
        rows("key_sites.csv", {"code": "K", "kind": "学校", "place": "T000V000", "persons": "9", "staff": "-1"}),
        file="county/key_sites.csv",
        line=2,
        says="whole number",
    ),
    Case(
        "river from nowhere",
        rows("rivers.csv", {"upstream": "X", "downstream": "T000V000"}),
        file="county/rivers.csv",
        line=2,
        says="no such place",
    ),
    Case(
        "river into itself",
        rows("rivers.csv", {"upstream": "T000", "downstream": "T000"}),
        file="county/rivers.csv",
        line=2,
        says="T000 → T000",
    ),
    Case(
        "river in a ring",
        rows(
            "rivers.csv",
            {"upstream": "T000V000", "downstream": "T000V001"},
            {"upstream": "T000V001", "downstream": "T000"},
            {"upstream": "T000", "downstream": "T000V000"},
            {"upstream": "T000", "downstream": "C"},
        ),
        file="county/rivers.csv",
        line=4,
        says="T000 → T000V000",
    ),
    Case(
        "the same river twice",
        rows("rivers.csv", *[{"upstream": "T000V000", "downstream": "T000V001"}] * 2),
        file="county/rivers.csv",
        line=3,
        says="repeats line 2",
    ),
    Case("village of nowhere", cell("villages.csv", 1, "parent", "X"), file="county/villages.csv", line=3, count=None),
    Case("county of another code", to(0, "code", value="X"), file="county/townships.csv", line=2, says="parent"),
    # cells
    Case(
        "missing column",
        lambda n: [r.pop("parent") for r in n.tables["villages.csv"]],
        None,
        (),
        "county/villages.csv",
        1,
    ),
    Case("unknown column", cell("villages.csv", 0, "nmae", "x"), file="county/villages.csv", line=1, says="'name'"),
    Case("repeated code", cell("villages.csv", 1, "code", "T000V000"), file="county/villages.csv", line=3, count=None),
    Case(
        "NaN cell", cell("households.csv", 0, "persons", "nan"), file="county/households.csv", line=2, says="no value"
    ),
    Case("empty cell", cell("villages.csv", 0, "name", ""), file="county/villages.csv", line=2, says="empty"),
    Case("number with text", cell("households.csv", 0, "persons", "3人"), file="county/households.csv", line=2),
    Case("huge number", cell("households.csv", 0, "persons", "9" * 400), file="county/households.csv", line=2),
    Case("far away", cell("households.csv", 0, "x_m", "1e300"), file="county/households.csv", line=2, says="number"),
    Case(
        "code as Excel has it",
        cell("townships.csv", 0, "code", "500235.0"),
        file="county/townships.csv",
        line=2,
        says="valid code",
    ),
    Case(
        "too many cells",
        files={"county/households.csv": lambda t: t.rstrip() + ",extra\n"},
        file="county/households.csv",
        line=5,
        says="comma too many",
    ),
    Case(
        "unpaired quote",
        files={"county/households.csv": lambda t: t + '"H9,T000V000\n'},
        file="county/households.csv",
        line=6,
        says="paired",
    ),
    Case(
        "GB18030 table",
        files={"county/villages.csv": "code,name,parent\nV,村,T000\n".encode("gb18030")},
        file="county/villages.csv",
        line=2,
        says="CSV UTF-8",
    ),
    Case("commas only", files={"county/villages.csv": ",,\n"}, file="county/villages.csv", line=1, count=3),
    Case("empty table", files={"county/villages.csv": ""}, file="county/villages.csv", says="empty"),
    # the roster
    Case(
        "roster names no one",
        with_roster,
        roster(PERSONS, "desk,post,person\nT000,officer,P1\nT000,officer,P9\n"),
        file="shifts.csv",
        line=3,
        says="not in the table of persons",
    ),
    Case(
        "roster of a strange desk",
        with_roster,
        roster(PERSONS, "desk,post,person\nX,officer,P1\n"),
        file="shifts.csv",
        line=2,
        says="no such desk",
    ),
    Case(
        "roster of a strange post",
        with_roster,
        roster(PERSONS, "desk,post,person\n" + "T000,king,P1\n" * 300),
        file="shifts.csv",
        line=2,
        says="300 rows",
    ),
    Case(
        "roster without persons",
        with_roster,
        roster("person,name\nP1\nP1\n", "desk,post,person\n" + "T000,officer,P1\n" * 300),
        file="persons.csv",
        line=3,
        says="repeats line 2",
    ),
    Case(
        "roster of another month",
        with_roster,
        roster(
            PERSONS,
            "desk,post,person,from,to\n"
            + "".join(
                f"T000V00{v},officer,P1,2025/6/{d} 8:30,2025/6/{d + 1} 8:30\n" for d in range(1, 29) for v in (0, 1)
            ),
        ),
        file="shifts.csv",
        line=2,
        says="2 desks have nobody",
    ),
    Case(
        "shift that ends before it begins",
        with_roster,
        roster(PERSONS, "desk,post,person,from,to\nT000,officer,P1,2025-07-11 08:30,2025-07-10 08:30\n"),
        file="shifts.csv",
        line=2,
        says="ends before",
    ),
    Case(
        "shift without a time",
        with_roster,
        roster(PERSONS, "desk,post,person,from,to\nT000,officer,P1,2025-07-11,\n"),
        file="shifts.csv",
        line=2,
        says="date and time",
    ),
    # --set
    Case("set nothing", overrides=("seed",), file="--set seed", says="cannot be read"),
    Case("set no path", overrides=("=5",), file="--set =5", says="cannot be read"),
    Case("set a gap", overrides=("channels..sms=5",), file="--set channels..sms=5", says="cannot be read"),
    Case(
        "set an unknown key", overrides=("channels.fax.rate=1",), file="--set channels.fax.rate=1", says="unknown key"
    ),
    Case("set below a value", overrides=("seed.x=1",), file="--set seed.x=1", says="nothing stands below"),
    Case("set a bad index", overrides=("warnings.7.level=red",), file="--set warnings.7.level=red", says="no item '7'"),
    Case("set an odd index", overrides=("warnings.²=red",), file="--set warnings.²=red", says="no item"),
    Case("set a bad value", overrides=("seed=soon",), file="--set seed=soon", says="whole number"),
    Case("set half a list", overrides=("end=[",), file="--set end=[", says="not valid YAML"),
    Case("set deep nonsense", overrides=("end=" + "[" * 999,), file="--set end=" + "[" * 999, says="not valid YAML"),
    Case("set another county", overrides=("county=nowhere",), file="--set county=nowhere", says="no such county"),
    Case("set another folder", overrides=("county.folder=7",), file="--set county.folder=7", says="no such county"),
]


def prepared(case: Case, folder: Path) -> tuple[Path, str, int]:
    """Write the spoilt night and return the scenario with the file and the line on which the fault stands."""
    night = small(1, 2, 2)
    if case.spoil is not None:
        case.spoil(night)
    path = night.write(folder)
    text, where = emitted(night.scenario)
    path.write_text(text, encoding="utf-8")
    (folder / "county" / "county.yaml").write_text(emitted(night.county)[0], encoding="utf-8")
    for name, content in (case.files or {}).items():
        given = content((folder / name).read_text("utf-8-sig")) if callable(content) else content
        (folder / name).write_bytes(given if isinstance(given, bytes) else given.encode())
    if case.overrides:
        return path, case.file, 0
    if isinstance(case.line, tuple):
        *block, last = case.line
        inside = [line for key, line in where.items() if key[:-1][: len(block)] == tuple(block)]
        return path, str(path), min(inside) if last == FIRST else where[case.line]
    if isinstance(case.line, int) and case.line >= 0:
        return path, str(folder / case.file), case.line
    lines = (folder / case.file).read_text("utf-8").splitlines()
    if isinstance(case.line, int):
        return path, str(folder / case.file), len(lines)
    line = max(n for n, text in enumerate(lines, start=1) if text.lstrip().startswith(case.line))
    return path, str(folder / case.file), line


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_fault_is_told_where_it_stands(case: Case, tmp_path: Path) -> None:
    """File, line, problem and remedy in both languages; one slip is one fault."""
    path, file, line = prepared(case, tmp_path)
    faults = faults_of(path, *case.overrides)
    here = [fault for fault in faults if fault.file == file and fault.line == line]
    told = "\n".join(fault.render("en") for fault in faults)
    assert here, told
    assert any(case.says in fault.render("en") for fault in here), told
    assert case.count is None or len(faults) == case.count, told


@pytest.mark.parametrize("case", CASES[:: max(1, len(CASES) // 24)], ids=lambda case: case.name)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_refused_run_writes_nothing(
    case: Case, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2, the fault in the language asked for, no result, no draft, no traceback."""
    path, file, line = prepared(case, tmp_path / "in")
    monkeypatch.chdir(tmp_path)
    before = snapshot(tmp_path)
    options = [part for setting in case.overrides for part in ("--set", setting)]
    result = run(path, *options, "--lang", language)
    assert_refused(result, f"{file}:{line}" if line else file)
    assert ("remedy: " in result.stderr) == (language == "en")
    assert ("修改办法：" in result.stderr) == (language == "zh")
    assert snapshot(tmp_path) == before


def test_an_alias_bomb_takes_no_time(tmp_path: Path) -> None:
    """Nine to the eleventh entries are refused before they are made: far within two seconds of processor time."""
    path, _, _ = prepared(next(case for case in CASES if case.name == "billion laughs"), tmp_path)
    began = time.process_time()
    faults_of(path)
    assert time.process_time() - began < 2


def test_faults_of_three_files_are_told_together(tmp_path: Path) -> None:
    """The scenario, the county and two tables each have a slip; all four are in one answer."""
    night = small(1, 2, 2)
    night.scenario["roster"] |= {"persons": "persons.csv", "shifts": "shifts.csv"}
    night.scenario["hazard"]["rain"] = "cats"
    night.tables["households.csv"][0]["persons"] = "many"
    night.tables["villages.csv"][1]["x_m"] = "east"
    night.tables["zones.csv"] = [{"code": "Z", "kind": "", "place": "T000V000"}]
    path = night.write(tmp_path)
    (tmp_path / "persons.csv").write_text("person,name\n,甲\n", encoding="utf-8")
    (tmp_path / "shifts.csv").write_text("desk,post,person\nT000,officer,\n", encoding="utf-8")
    found = {(Path(fault.file).name, fault.line) for fault in faults_of(path)}
    assert {name for name, _ in found} == {
        "night.yaml",
        "households.csv",
        "villages.csv",
        "zones.csv",
        "persons.csv",
        "shifts.csv",
    }
    assert {("households.csv", 2), ("villages.csv", 3), ("zones.csv", 2), ("persons.csv", 2)} <= found


def test_a_faulty_table_does_not_damn_the_tables_below(tmp_path: Path) -> None:
    """One bad cell of a township is one fault, not one for each village and household."""
    night = small(4, 10, 4)
    night.tables["townships.csv"][2]["x_m"] = "east"
    (fault,) = faults_of(night.write(tmp_path))
    assert (Path(fault.file).name, fault.line, fault.key) == ("townships.csv", 4, "x_m")


def test_many_villages_below_one_wrong_township_are_one_fault(tmp_path: Path) -> None:
    """A township code that is not there is told once, not once for each of its villages."""
    night = small(2, 10, 1)
    for row in night.tables["villages.csv"][10:]:
        row["parent"] = "T999"
    (fault,) = faults_of(night.write(tmp_path))
    assert (Path(fault.file).name, fault.line, fault.value) == ("villages.csv", 12, "T999")


def test_of_a_branch_cut_off_only_the_first_place_is_told(tmp_path: Path) -> None:
    """Ten villages under a township nobody calls are no faults of their own."""
    night = small(2, 10, 1)
    night.tables["links.csv"] = [{"caller": "C", "callee": "T001", "act": "remove"}]
    (fault,) = faults_of(night.write(tmp_path))
    assert fault.value == "T001"


def test_excel_dates_are_understood(tmp_path: Path) -> None:
    """WPS and Excel turn 2025-07-11 08:30 into 2025/7/11 8:30, and nobody should have to turn it back."""
    night = small(1, 1, 1)
    with_roster(night)
    path = night.write(tmp_path)
    (tmp_path / "persons.csv").write_text(PERSONS, encoding="utf-8")
    texts = "desk,post,person,from,to\nT000,officer,P1,2025/7/10 8:30,2025-07-11T08:30:00\n"
    (tmp_path / "shifts.csv").write_text(texts, encoding="utf-8")
    (shift,) = load_scenario(path).roster.shifts["T000", "officer"]
    assert (shift.from_min, shift.to_min) == (-(16 * 60 + 50), 7 * 60 + 10)


def test_no_telephone_is_a_value(tmp_path: Path) -> None:
    """``none`` is a missing value everywhere but in the column of telephones, where it means that there is none."""
    night = small(1, 1, 3)
    for row, word in zip(night.tables["households.csv"], ("none", "无", "smart"), strict=True):
        row["phone"] = word
    assert sorted(night.load(tmp_path).county.households.phone.tolist()) == [0, 0, 2]


@pytest.mark.parametrize("kind", ["folder", "absent"])
def test_a_scenario_must_be_a_file(kind: str, tmp_path: Path) -> None:
    """A folder, or nothing at all, where the scenario should be."""
    path = tmp_path / "night.yaml"
    if kind == "folder":
        path.mkdir()
    (fault,) = faults_of(path)
    assert fault.file == str(path)
    assert_refused(run(path), str(path))


@pytest.mark.parametrize("path", ["n" * 5000, "a\0b", ""])
def test_a_scenario_of_an_impossible_name_is_refused(path: str) -> None:
    """A name that no file can have is a fault, not a crash."""
    faults_of(Path(path))


@pytest.mark.parametrize("kind", ["file", "folder", "inside a file"])
def test_what_is_not_ours_is_never_replaced(kind: str, tmp_path: Path) -> None:
    """``--out`` onto a file, a folder with something in it, or below a file: refused, nothing touched."""
    path = small(1, 1, 1).write(tmp_path / "in")
    out = tmp_path / "out"
    if kind == "folder":
        out.mkdir()
        (out / "thesis.txt").write_text("years of work", encoding="utf-8")
    else:
        out.write_text("years of work", encoding="utf-8")
    before = snapshot(tmp_path)
    target_path = out / "below" if kind == "inside a file" else out
    assert_refused(run(path, "--out", str(target_path)), "--out")
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize(
    ("setting", "language"), [("C.UTF-8", "zh"), ("C.UTF-8", "en"), ("C", "zh")], ids=["zh", "en", "ascii"]
)
def test_the_real_program_refuses_too(setting: str, language: str, tmp_path: Path) -> None:
    """A process of its own: exit code 2, both standard streams clean, the language from JIAOYING_LANG."""
    path = small(1, 1, 1).write(tmp_path / "in")
    path.write_text("name：a\nx: 1\n", encoding="utf-8")
    environment = {**os.environ, "LC_ALL": setting, "JIAOYING_LANG": language, "PYTHONPATH": str(ROOT)}
    if setting == "C":
        environment |= {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    else:
        environment |= {"PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-m", "sim", "run", str(path)], cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    said = done.stderr.decode("utf-8", errors="replace")
    assert done.returncode == 2
    assert done.stdout == b""
    assert f"{path}:1:" in said
    assert "Traceback" not in said
    assert setting == "C" or ("remedy:" if language == "en" else "修改办法") in said
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in"]


# --- every value of a good scenario, spoilt ---------------------------------------------------------------------------

BREAKERS: dict[str, Any] = {
    "nonsense": "%%%",
    "mapping": {"x": 1},
    "list": ["%%%"],
    "negative": -1,
    "unit": "5 kg",
    "nan": float("nan"),
    "truth": True,
    "null": None,
    "empty": "",
}
SCALARS = frozenset({"nonsense", "negative", "unit", "nan", "empty"})
PLAIN = frozenset({"negative", "nan"})  # "-1" and "nan" are letters, digits and dashes

FREE_TEXT = {"title", "signed_by", "applies_to", "short"}
"""Shown to people and never looked up: a number is as good a text as another."""


def allowed(key: Key, breaker: str) -> bool:
    """Tell whether a scenario may hold this breaker at this key, and so need not be refused."""
    last = key[-1]
    if last in FREE_TEXT or (last == "name" and len(key) > 1) or last == "source":
        unsaid = last == "source" or (last == "applies_to" and key[0] not in {"targets", "call_targets"})
        return breaker in SCALARS or (unsaid and breaker == "null")
    match last:
        case "status" | "shifts":
            return breaker == "null"  # nothing is said of the numbers; synthetic holders instead of a table
        case "id" if key[0] in {"warnings", "targets", "call_targets"}:
            return breaker in PLAIN
        case "id" if key[:2] == ("habits", "patterns"):
            return breaker in SCALARS  # a name that households.csv may use
        case "name":
            return breaker in PLAIN
        case "coded" | "acknowledges":
            return breaker == "truth"
        case "rate":
            return breaker == "null"  # all messages leave at once
    return False


COUNTY_NAME: Key = ("name",)  # of a county.yaml: shown, not a folder's name

ELSEWHERE: tuple[tuple[Callable[[Key], bool], str], ...] = (
    # sound by themselves, they leave another file without its counterpart, and the fault is told there
    (lambda key: key == ("code",), "*.csv"),
    (lambda key: key[:2] == ("habits", "patterns") and key[-1] == "id", "households.csv"),
    (lambda key: key[0] == "levels" and key[-1] == "id", "*.yaml"),  # "nan" as an id has no desk and no ladder
    (lambda key: key == ("roster", "persons"), "shifts.csv"),
    # a rule between neighbours is told at the block that holds them, or at its file
    (lambda key: key[-1] == "ring", "*.yaml"),
    (lambda key: key[0] == "levels" and key[-1] == "table", "county.yaml"),
)


def pointed_at(faults: tuple[Fault, ...], file: Path, key: Key, where: dict[Key, int]) -> bool:
    """Tell whether a fault stands at the line of ``key`` or at one below it, or where ``ELSEWHERE`` says."""
    inside = {line for place, line in where.items() if place[: len(key)] == key}
    if any(fault.file == str(file) and fault.line in inside for fault in faults):
        return True
    patterns = [pattern for applies, pattern in ELSEWHERE if applies(key)]
    return any(Path(fault.file).match(pattern) for fault in faults for pattern in patterns)


@pytest.fixture(scope="module", params=["small", "drill"])
def good(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a good scenario and its county.yaml, both with a line for each key."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "small":
        night = small(1, 1, 2)
        night.scenario["targets"] = [target()]
        night.scenario["warnings"][0]["sign_off"] = {"lognormal": {"median": "1 min", "p90": "2 min"}}
        night.scenario["warnings"][0]["release"] = {"empirical": {"minutes": ["1 min", "2 min"], "shares": [0.2, 1.0]}}
        night.scenario["roster"]["posts"]["officer"]["answer"] = {"day": 1.0, "night": 0.5}
        path, home = night.write(folder), folder / "county"
    else:
        path, home = folder / "scenarios" / DRILL.name, folder / "configs" / "counties" / DRILL_COUNTY.name
        path.parent.mkdir()
        shutil.copy(DRILL, path)
        shutil.copytree(DRILL_COUNTY, home)
    for file in (path, home / "county.yaml"):
        file.write_text(emitted(read_document(file, []).data)[0], encoding="utf-8")
    load_scenario(path)
    return path, home / "county.yaml"


def spoilt(path: Path, file: Path, text: str) -> tuple[Fault, ...] | None:
    """Return the faults of the scenario at ``path`` with another text in ``file``, ``None`` if it has none."""
    whole = file.read_text("utf-8")
    file.write_text(text, encoding="utf-8")
    try:
        load_scenario(path)
    except InputError as error:
        for fault in error.faults:
            assert_helpful(fault)
        return error.faults
    finally:
        file.write_text(whole, encoding="utf-8")
    return None


@pytest.mark.slow
@pytest.mark.parametrize("breaker", BREAKERS)
@pytest.mark.parametrize("which", ["scenario", "county"])
def test_no_value_can_be_nonsense_unseen(good: tuple[Path, Path], which: str, breaker: str) -> None:
    """Every value, replaced: a fault at its line, or one of the few places where such a value is sound.

    Of the long scenario each value is replaced in three of the nine ways, of the short one in every second, others for its neighbours.
    """
    file = good[0] if which == "scenario" else good[1]
    data = read_document(file, []).data
    wrong = []
    turn, of = list(BREAKERS).index(breaker), 1 if which == "county" else 3 if good[0].name == DRILL.name else 2
    for key in (key for number, key in enumerate(leaves(data)) if (number + turn) % of == 0):
        text, where = emitted(changed(data, key, BREAKERS[breaker]))
        faults = spoilt(good[0], file, text)
        sound = allowed(key, breaker) or (which == "county" and key == COUNTY_NAME and breaker in SCALARS)
        if faults is None and not sound:
            wrong.append(f"{key}: taken")
        elif faults is not None and not pointed_at(faults, file, key, where):
            wrong.append(f"{key}: {[fault.render('en') for fault in faults]}")
    assert not wrong, "\n".join(wrong)


READ_LATER = {("roster", "persons"), ("roster", "shifts"), ("roster", "responsible", "table")}
"""Paths: any text is one, and whether a table stands there is seen when it is read."""


def allowed_in_full(key: Key, breaker: str) -> bool:
    """Tell whether the full night may hold this breaker at this key: what may be left out, ids of its own, switches."""
    match key[-1]:
        case "id":
            return breaker in PLAIN or (breaker == "null" and "steps" in key)
        case "to" | "headline_level" | "from" | "then" | "lead" | "over_closed":
            return breaker == "null"
        case "acts_at_once" | "joint_duty" | "door_teams":
            return breaker == "truth"
    return key in READ_LATER or allowed(key, breaker)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plain, County, Document]:
    """Return the full night as data, its county, and its document."""
    night = full_night(1, 2, 2)
    folder = tmp_path_factory.mktemp("full")
    path = night.write(folder)
    county = load_scenario(path).county
    return (
        night.scenario | {"county": night.county | {"folder": str(folder / "county")}},
        county,
        read_document(path, []),
    )


@pytest.mark.slow
@pytest.mark.parametrize("breaker", BREAKERS)
def test_no_value_of_a_full_night_can_be_nonsense_unseen(full: tuple[Plain, County, Document], breaker: str) -> None:
    """Every value of every block there is, replaced: the block or a rule refuses it, or such a value is sound there."""
    data, county, document = full
    taken = []
    for key in leaves({name: block for name, block in data.items() if name != "county"}):
        try:
            plan = ScenarioPlan.model_validate(changed(data, key, BREAKERS[breaker]))
        except ValidationError:
            continue
        faults = rules.check(plan, county, document)
        for fault in faults:
            assert_helpful(fault)
        if not faults and not allowed_in_full(key, breaker):
            taken.append(key)
    assert not taken


FREE_KEYS = {("roster", name) for name in ("posts", "desks", "ladders")}
"""Their keys are the planner's own words; what stands below must still be a block."""


@pytest.mark.slow
@pytest.mark.parametrize("which", ["scenario", "county"])
def test_an_unknown_key_is_seen_in_every_block(good: tuple[Path, Path], which: str) -> None:
    """One more key in each mapping: a fault at its line."""
    file = good[0] if which == "scenario" else good[1]
    data = read_document(file, []).data
    for key in mappings(data):
        text, where = emitted(changed(data, (*key, "unheard_of"), 1))
        faults = spoilt(good[0], file, text)
        assert faults is not None, key
        (fault,) = faults
        assert (fault.file, fault.line) == (str(file), where[*key, "unheard_of"])
        assert (fault.problem.en == "unknown key") != (key in FREE_KEYS)


OPTIONAL = {
    "title",
    "changes",
    "targets",
    "source",
    "status",
    "applies_to",
    "kind",
    "coded",
    "gap",
    "tries",
    "channel",
    "rotates",
} | {
    "persons",
    "shifts",
    "duty",
    "households",
    "rate",
    "means",
}
"""Keys with a meaning when left out: no text, no target, no table, one try by telephone, no such message."""


@pytest.mark.slow
@pytest.mark.parametrize("which", ["scenario", "county"])
def test_a_missing_key_is_named(good: tuple[Path, Path], which: str) -> None:
    """Without any one required key (of the long scenario every second): a fault that names it, or what needed it."""
    file = good[0] if which == "scenario" else good[1]
    data = read_document(file, []).data
    keys = [(*block, name) for block in mappings(data) for name in at(data, block)]
    for key in keys[:: 2 if good[0].name == DRILL.name and which == "scenario" else 1]:
        without = copy.deepcopy(data)
        del at(without, key[:-1])[key[-1]]
        faults = spoilt(good[0], file, emitted(without)[0])
        name = str(key[-1])
        free = key[:-1] in FREE_KEYS or key[:-1] == ("channels",)
        if faults is None:
            assert name in OPTIONAL or free, key
            continue
        if name == "persons":
            continue  # told by the shifts that need it
        told = "\n".join(fault.render("en") for fault in faults)
        if "sign_off" in key or "release" in key or name == "table":
            continue  # a law without its key is no law, a level without table needs rules: told at the block
        assert name in told, (key, told)
        assert len(faults) == 1 or free, told


# --- every cell of the village drill, spoilt --------------------------------------------------------------------------

TABLES = sorted(str(path.relative_to(DRILL_COUNTY)) for path in DRILL_COUNTY.rglob("*.csv"))
CELLS = ["", "nan", "%%%", "-5"]
WHOLE_ROWS = 8
MAY_BE_EMPTY = {"x_m", "y_m", "elderly", "phone", "pattern", "zone", "from", "to"}
MAY_BE_ANYTHING = {"name", "kind"}
MAY_BE_NEGATIVE = {"x_m", "y_m"}
DANGLING = {"code", "person"}  # "-5" is a code, but then others name a place, zone or person that is not there


def cell_allowed(table: str, column: str, value: str) -> bool:
    """Tell whether a cell may hold this value."""
    if value == "":
        return column in MAY_BE_EMPTY or (table.endswith("persons.csv") and column != "person")
    if value == "nan":
        return False
    if column in MAY_BE_ANYTHING or (table.endswith("persons.csv") and column == "phone"):
        return True
    return value == "-5" and (column in MAY_BE_NEGATIVE or column == "household" or table == "loudspeakers.csv")


@pytest.mark.slow
@pytest.mark.parametrize("table", TABLES)
def test_no_cell_can_be_nonsense_unseen(table: str, tmp_path: Path) -> None:
    """Every cell, replaced: a fault at its row, or a value that the column may hold; below the first rows in one of four ways each."""
    path = tmp_path / "scenarios" / DRILL.name
    path.parent.mkdir()
    shutil.copy(DRILL, path)
    home = tmp_path / "configs" / "counties" / DRILL_COUNTY.name
    shutil.copytree(DRILL_COUNTY, home)
    good_rows = list(csv.reader(io.StringIO((home / table).read_text("utf-8-sig"))))
    for row in range(1, len(good_rows)):
        for number, column in enumerate(good_rows[0]):
            for value in CELLS if row <= WHOLE_ROWS else [CELLS[(row + number) % len(CELLS)]]:
                spoilt_rows = copy.deepcopy(good_rows)
                spoilt_rows[row][number] = value
                text = io.StringIO()
                csv.writer(text).writerows(spoilt_rows)
                faults = spoilt(path, home / table, text.getvalue())
                place = (table, row + 1, column, value)
                if faults is None:
                    assert cell_allowed(table, column, value), place
                    continue
                here = any(fault.file == str(home / table) and fault.line == row + 1 for fault in faults)
                assert here or (column in DANGLING and value == "-5"), place
