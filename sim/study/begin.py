"""A study begun or gone on with, as the command line asks for it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sim.errors import Fault, InputError, Text
from sim.scenario import Scenario, load_scenario
from sim.study.folder import StudyFolder
from sim.study.store import INTERNAL
from sim.study.study import begun, extended
from sim.units import BEIJING

_NIGHTS, _MOST_NIGHTS = 100, 10_000
"""How many nights a study has by default, and at most where it stops by precision."""
_WITH_RESUME = Text("只写 --resume，可加 -n 和 --suggest-limits", "give --resume only, with -n and --suggest-limits")


def folder_of(
    scenario: Path | None,
    overrides: tuple[str, ...],
    out: Path | None,
    resume: Path | None,
    nights: int | None,
    precision_points: float | None,
    limits_share: float | None,
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
        place = (
            out
            or Path("results")
            / loaded.plan.name
            / f"{datetime.now(BEIJING):%Y%m%d-%H%M%S}-study{INTERNAL if real_names else ''}"
        )
        precision = None if precision_points is None else precision_points / 100
        count = nights or (_NIGHTS if precision is None else _MOST_NIGHTS)
        folder = begun(
            loaded,
            scenario,
            overrides,
            place,
            count,
            precision=precision,
            limits_share=limits_share,
            real_names=real_names,
        )
        return folder, loaded
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
    return extended(folder, nights, limits_share), loaded


def _refusal(option: str, value: str, problem: Text, remedy: Text) -> InputError:
    return InputError([Fault(option, 0, 0, "", value, problem, remedy)])
