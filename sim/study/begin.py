"""A study begun or gone on with, as the command line asks for it."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

from sim.errors import Fault, InputError, Text
from sim.scenario import Scenario, load_scenario
from sim.study.engines import Engine, Local
from sim.study.folder import Asked, StudyFolder
from sim.study.store import INTERNAL
from sim.study.study import Wishes, extended
from sim.units import BEIJING

_NIGHTS, _MOST_NIGHTS = 100, 10_000
"""How many nights a study has by default, and at most where it stops by precision."""
_WITH_RESUME = Text(
    "只写 --resume，可加 -n、--suggest-limits、--decisive、--draws",
    "give --resume only, with -n, --suggest-limits, --decisive, --draws",
)


def folder_of(
    scenario: Path | None,
    overrides: tuple[str, ...],
    out: Path | None,
    resume: Path | None,
    precision_points: float | None,
    wishes: Wishes,
    *,
    real_names: bool,
) -> tuple[StudyFolder, Scenario]:
    """Return the folder of a study, a new one or one to go on with, and its scenario.

    Raises
    ------
    InputError
        with every fault of the scenario; or what is asked contradicts itself
    """
    if resume is None:
        if scenario is None:
            problem = Text("没有写情景文件", "no scenario is named")
            remedy = Text("写明情景文件，或用 --resume 接着做", "name one, or go on with --resume")
            raise InputError([Fault("", 0, 0, "", "", problem, remedy)])
        loaded = load_scenario(scenario, overrides)
        label = f"{datetime.now(BEIJING):%Y%m%d-%H%M%S}-study{INTERNAL if real_names else ''}"
        place = out or Path("results") / loaded.plan.name / label
        precision = None if precision_points is None else precision_points / 100
        count = wishes.nights or (_NIGHTS if precision is None else _MOST_NIGHTS)
        need_ranges(loaded, wishes.draws)
        asked = Asked(
            str(scenario.resolve()),
            overrides,
            loaded.hash,
            loaded.plan.seed,
            count,
            precision,
            limits_share=wishes.limits_share,
            decisive=wishes.decisive,
            draws=wishes.draws or 0,
            real_names=real_names,
        )
        return StudyFolder.begin(place, asked), loaded
    given = {
        "SCENARIO": scenario,
        "--set": overrides or None,
        "--out": out,
        "--precision": precision_points,
        "--real-names": real_names or None,
    }
    for option, value in given.items():
        if value is not None:
            problem = Text("接着做时不能再写", "it cannot be given when a study goes on")
            raise _refusal(option, str(value), problem, _WITH_RESUME)
    folder = StudyFolder.resume(resume)
    loaded = load_scenario(folder.asked.scenario, folder.asked.overrides)
    folder.check(loaded)
    need_ranges(loaded, wishes.draws)
    return extended(folder, wishes), loaded


def need_ranges(scenario: Scenario, draws: int | None) -> None:
    """Refuse draws of what is not known where the scenario says nothing of that.

    Raises
    ------
    InputError
        if it does not
    """
    if draws and not scenario.plan.uncertain:
        problem = Text("情景里没有说不准的数（uncertain）", "the scenario names nothing that is not known (uncertain)")
        remedy = Text(
            "写明哪些数说不准、在什么范围，例如继承 configs/uncertain/defaults.yaml",
            "say which numbers are not known, and their ranges, such as by extending configs/uncertain/defaults.yaml",
        )
        raise InputError([Fault("--draws", 0, 0, "", str(draws), problem, remedy)])


def engine_at(address: str, workers: int) -> AbstractContextManager[Engine]:
    """Return who plays the nights: the cluster at an address, so many processes of this machine if there is none.

    Raises
    ------
    InputError
        if a cluster is asked for and what speaks to one is not installed
    """
    if not address:
        return nullcontext(Local(workers))
    if find_spec("distributed") is None:
        problem = Text("连接集群用的 distributed 没有安装", "distributed, which speaks to a cluster, is not installed")
        remedy = Text(
            "运行 python -m pip install distributed；或不加 --engine，在本机推演",
            "run python -m pip install distributed, or leave --engine out and play on this machine",
        )
        raise InputError([Fault("--engine", 0, 0, address, "", problem, remedy)])
    from sim.study.cluster import cluster  # noqa: PLC0415 - an extra, for those who have a cluster

    return cluster(address)


def _refusal(option: str, value: str, problem: Text, remedy: Text) -> InputError:
    return InputError([Fault(option, 0, 0, "", value, problem, remedy)])
