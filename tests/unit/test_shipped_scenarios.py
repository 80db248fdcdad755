"""What the shipped scenarios use, clause by clause: a clause that no night plays is a clause that nobody sees."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from sim.cli import cli
from sim.roster import LadderPlan, RosterPlan
from sim.scenario import Scenario, described, load_scenario
from sim.scenario.acts import (
    ActPlan,
    OrderPlan,
    PlatformPlan,
    ResponseChange,
    ResponsePlan,
    WarningChange,
    WarningPlan,
)
from sim.scenario.channels import Means
from tests.strategies import small

ROOT = Path(__file__).parents[2]
PATHS = sorted((ROOT / "scenarios").glob("*.yaml"))
MAIN = "yunyang-red-storm-night"
READINGS = frozenset(path.stem for path in (ROOT / "configs" / "call-targets").glob("*.yaml"))
OFF_BY_DEFAULT = {"cell_broadcast"}
"""No public warning uses it in China; it stands in ``channels`` for experiments alone."""


def choices(block: Any, field: str) -> tuple[str, ...]:  # noqa: ANN401 - a block of the schema
    """Return the words that a field of the schema allows."""
    return get_args(block.model_fields[field].annotation)


CLAUSES: dict[str, frozenset[str]] = {
    "act": frozenset({"warning", "response", "order"}),
    "warning": frozenset(get_args(WarningChange)),
    "response": frozenset(get_args(ResponseChange)),
    "order": frozenset(choices(OrderPlan, "stage")),
    "consult": frozenset(choices(ActPlan, "consult")),
    "after": frozenset({"t0", "act", "sighting"}),
    "area": frozenset({"county", "listed"}),
    "ladder": frozenset(
        {
            "then",
            "repeat from a step",
            *choices(LadderPlan, "order"),
            *(f"need {one}" for one in choices(LadderPlan, "need")),
        }
    ),
    "route": frozenset(get_args(get_args(RosterPlan.model_fields["routes"].annotation)[0])),
    "duty": frozenset({"joint", "separate"}),
    "platform": frozenset(choices(PlatformPlan, "kind")),
    "reading": READINGS,
    "means": frozenset(get_args(Means)) - OFF_BY_DEFAULT,
    "from below": frozenset({"sightings", "neighbour county", "lateral"}),
}
"""The clauses of the first two parts of issue 3, as the schema words them."""

OF_THE_MAIN: dict[str, frozenset[str]] = {
    **CLAUSES,
    "warning": frozenset({"issue", "downgrade"}),  # one night of six hours: nothing to upgrade from, too early to lift
    "response": frozenset({"activate", "raise", "lower"}),
    "ladder": CLAUSES["ladder"] - {"need all"},
    "duty": frozenset({"joint"}),  # its counterpart, orange-day, has the other of each pair
    "platform": frozenset({"fused"}),
    "reading": frozenset({"by-target"}),
}


def clauses(scenario: Scenario, path: Path) -> Iterator[tuple[str, str]]:
    """Yield every clause that a scenario uses, as (group, clause)."""
    plan, roster = scenario.plan, scenario.plan.roster
    for act in plan.acts:
        kind, level, _ = described(act)
        yield "act", kind
        yield kind, act.change if isinstance(act, WarningPlan | ResponsePlan) else level
        yield "consult", act.consult
        yield "after", act.after if act.after in ("t0", "sighting") else "act"
        yield "area", act.area if isinstance(act.area, str) else "places"
        yield from (("means", means) for means in plan.means_of(act))
    for ladder in roster.ladders.values():
        yield "ladder", ladder.order
        yield "ladder", f"need {ladder.need}"
        if ladder.repeat is not None:
            yield "ladder", "repeat from a step" if ladder.repeat.from_step else "repeat"
        if any(step.then for step in ladder.steps):
            yield "ladder", "then"
    yield from (("route", route) for route in roster.routes)
    yield "duty", "joint" if roster.joint_duty else "separate"
    yield "platform", plan.platform.kind
    extended = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")).get("extends", ())
    yield from (("reading", Path(file).stem) for file in extended if "call-targets" in file)
    if plan.local is not None:
        yield from (("means", means) for means in plan.local.means)
        if plan.local.sightings is not None and plan.local.sightings.share > 0:
            yield "from below", "sightings"
    if roster.neighbour_counties:
        yield "from below", "neighbour county"
    if roster.lateral is not None:
        yield "from below", "lateral"


@pytest.fixture(scope="module")
def shipped() -> dict[str, tuple[Scenario, set[tuple[str, str]]]]:
    """Return every shipped scenario with what it uses."""
    loaded = {path.stem: (load_scenario(path), path) for path in PATHS}
    return {name: (scenario, set(clauses(scenario, path))) for name, (scenario, path) in loaded.items()}


@pytest.mark.parametrize("group", CLAUSES)
def test_every_clause_is_used_by_some_shipped_scenario(group: str, shipped: dict[str, Any]) -> None:
    """The union over the shipped scenarios covers what the schema offers."""
    used = {clause for _, found in shipped.values() for kind, clause in found if kind == group}
    assert used >= CLAUSES[group]


@pytest.mark.parametrize("group", CLAUSES)
def test_the_main_scenario_uses_all_that_one_red_night_plausibly_has(group: str, shipped: dict[str, Any]) -> None:
    """The stated list; the rest belongs to the day, which has separate duty and platform, and to the progressive night."""
    assert {clause for kind, clause in shipped[MAIN][1] if kind == group} >= OF_THE_MAIN[group]


def test_every_act_of_every_shipped_scenario_calls_or_tells_somebody(shipped: dict[str, Any]) -> None:
    """No act is played in vain."""
    assert {name: [act.id for act in scenario.plan.silent] for name, (scenario, _) in shipped.items()} == {
        name: [] for name in shipped
    }


def test_preparing_comes_before_moving(shipped: dict[str, Any]) -> None:
    """In the main night listed households are told to prepare as soon as the red warning is out, and to move once a sighting is reported."""
    orders = {order.stage: order for order in shipped[MAIN][0].plan.orders}
    assert (orders["prepare"].after, orders["move"].after) == ("red-rainstorm", "sighting")


def test_an_act_that_calls_and_tells_nobody_is_noticed() -> None:
    """Allowed, but said."""
    path = ROOT / "scenarios" / f"{MAIN}.yaml"
    plan = load_scenario(path, ["call_targets.response-desks.levels=[IV]"]).plan
    assert [act.id for act in plan.silent] == ["response-3", "response-2"]


@pytest.mark.parametrize("command", [["check"], ["run", "--out"]])
def test_check_and_run_give_notice_of_it(command: list[str], tmp_path: Path) -> None:
    """On standard error, with exit code 0; nothing is said where everybody is called."""
    night = small(1, 1, 1)
    if "--out" in command:
        command = [*command, str(tmp_path / "night")]
    arguments = [*command, str(night.write(tmp_path)), "--lang", "en"]
    called = CliRunner().invoke(cli, arguments)
    assert (called.exit_code, "Notice" in called.stderr) == (0, False)
    steps = {"consultation": "0 min", "sign_off": "0 min", "signed_by": "desk", "release": "0 min"}
    night.scenario["response"] = [{"id": "unheard", "level": "II", "means": [], **steps}]
    night.write(tmp_path)
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 0
    assert "the act unheard calls nobody" in done.stderr


@pytest.mark.parametrize("path", sorted((ROOT / "scenarios" / "validation").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_documented_night_has_a_hazard_and_an_evacuation(path: Path) -> None:
    """The nights to compare with strike stated zones at stated minutes, or all in an interval that is said to be assumed; somebody must leave."""
    plan = load_scenario(path).plan
    assert plan.hazard.onset is not None
    assert plan.hazard.onset.stated or plan.hazard.onset.laws
    assert plan.hazard.onset.source
    assert plan.hazard.onset.status in {"文件", "规划假设"}
    assert plan.evacuation is not None


def test_every_evacuation_config_can_be_laid_over_the_main_scenario(tmp_path: Path) -> None:
    """All of them together, 五必撤 and 三个紧急撤离 too: nothing that they name is missing, and each keeps its triggers."""
    files = [ROOT / "scenarios" / f"{MAIN}.yaml", *sorted((ROOT / "configs" / "evacuation").glob("*.yaml"))]
    path = tmp_path / "all.yaml"
    path.write_text("extends:\n" + "".join(f"  - {file.as_posix()}\n" for file in files), encoding="utf-8")
    plan = load_scenario(path).plan
    assert plan.evacuation is not None
    assert len(plan.evacuation.triggers) == 9
    assert plan.hazard.onset is not None
    assert plan.local is not None
    assert set(plan.local.alarms) == {"rain_alarm", "cannot_judge"}
