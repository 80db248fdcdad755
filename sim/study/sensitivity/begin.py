"""A sensitivity analysis begun or gone on with, as the command line asks for it: everything is checked before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sim.errors import Fault, InputError, Text, gathered
from sim.scenario import Scenario, load_scenario
from sim.study.folder import Asked
from sim.study.sensitivity.folder import SensitivityFolder
from sim.study.sensitivity.found import Design, Method
from sim.study.sensitivity.inputs import Inputs
from sim.study.sensitivity.planned import Planned
from sim.units import BEIJING

_METHODS: tuple[Method, ...] = ("morris", "sobol", "pawn")
_TRAJECTORIES, _RUNS, _CURVE_RUNS = 8, 6, 20
_POINTS, _POINTS_OF_SOBOL = 100, 64
_ONLY_RESUME = Text(
    "只写 --resume，可加 --method 增加方法；其余一开始就定死",
    "give --resume only, with --method to add one; all else is fixed at the beginning",
)


@dataclass(frozen=True)
class Wishes:
    """How an analysis shall be made: see ``Design``; ``None``, or no method: as is usual."""

    methods: tuple[Method, ...] = ()
    trajectories: int | None = None
    points: int | None = None
    runs: int | None = None

    @property
    def design(self) -> Design:
        """The design that fulfils them; an input moved alone is played oftener than a point of a design, which borrows strength from the others."""
        methods = tuple(method for method in _METHODS if method in (self.methods or _METHODS[:1]))
        usual = _POINTS_OF_SOBOL if "sobol" in methods else _POINTS
        runs = self.runs or _RUNS
        return Design(methods, self.trajectories or _TRAJECTORIES, self.points or usual, runs, max(runs, _CURVE_RUNS))

    def faults(self) -> Iterator[Fault]:
        """Yield what of them makes no sense together."""
        methods = self.design.methods
        yield from _of_points(self.design, self.points)
        if self.trajectories is not None and "morris" not in methods:
            yield _unused("--trajectories", self.trajectories, Text("加 --method morris", "add --method morris"))
        if self.points is not None and methods == ("morris",):
            remedy = Text("加 --method pawn 或 --method sobol", "add --method pawn or --method sobol")
            yield _unused("--points", self.points, remedy)


def _of_points(design: Design, given: int | None) -> Iterator[Fault]:
    """Yield a fault where a method takes a number of points that is not the design's; ``given``: what was asked."""
    if "sobol" in design.methods and design.points & (design.points - 1):
        below = 1 << (design.points.bit_length() - 1)
        problem = Text("sobol 的点数应为2的幂", "the number of points of sobol is a power of two")
        remedy = Text(f"写 {below} 或 {2 * below}", f"give {below} or {2 * below}")
        if given is None:
            remedy = Text("另做一项分析，用 --method sobol", "make another analysis, with --method sobol")
        yield Fault("--points", 0, 0, "", str(design.points), problem, remedy)


def _unused(option: str, value: int, remedy: Text) -> Fault:
    problem = Text("所选方法用不上它", "no method that was chosen uses it")
    return Fault(option, 0, 0, "", str(value), problem, remedy)


@dataclass(frozen=True, eq=False)
class Begun:
    """A scenario that was found fit, what of it will be played, and what was asked."""

    scenario: Scenario
    asked: Asked
    planned: Planned

    def folder(self, out: Path | None) -> SensitivityFolder:
        """Return the folder of a new analysis, by default one named by the time.

        Raises
        ------
        InputError
            if something stands there, or the folder cannot be made
        """
        name = f"{datetime.now(BEIJING):%Y%m%d-%H%M%S}-sensitivity"
        place = out or Path("results") / self.scenario.plan.name / name
        return SensitivityFolder.begin(place, self.asked, self.planned.design)


def begun(path: Path | None, overrides: tuple[str, ...], wishes: Wishes) -> Begun:
    """Return a new analysis, of which nothing is written yet.

    Raises
    ------
    InputError
        with every fault of the scenario and of what is asked
    """
    faults = list(wishes.faults())
    if path is None:
        problem = Text("没有写情景文件", "no scenario is named")
        remedy = Text("写明情景文件，或用 --resume 接着做", "name one, or go on with --resume")
        raise InputError([Fault("", 0, 0, "", "", problem, remedy), *faults])
    with gathered(faults):
        scenario = load_scenario(path, overrides)
        _need_ranges(scenario, path)
    if faults:
        raise InputError(faults)
    design, seed = wishes.design, scenario.plan.seed
    asked = Asked(str(path.resolve()), overrides, scenario.hash, seed, design.curve_runs)
    return Begun(scenario, asked, Planned.of(Inputs.of(scenario), design, seed))


def gone_on_with(path: Path, wishes: Wishes, given: Mapping[str, object]) -> tuple[SensitivityFolder, Begun]:
    """Return an analysis that was begun, with more methods if some are wished, and its scenario as it was.

    ``given``: other options, which must be ``None``.

    Raises
    ------
    InputError
        if anything else is asked, the scenario is at fault or has changed, or there is no analysis
    """
    problem = Text("接着做时不能再写", "it cannot be given when an analysis goes on")
    faults = [
        Fault(option, 0, 0, "", str(value), problem, _ONLY_RESUME)
        for option, value in given.items()
        if value is not None
    ]
    if faults:
        raise InputError(faults)
    folder = SensitivityFolder.resume(path)
    asked = folder.study.asked
    scenario = load_scenario(asked.scenario, asked.overrides)
    folder.study.check(scenario)
    wider = _with_methods(folder.design, wishes)
    if wider != folder.design:
        folder.ask(wider)
    return folder, Begun(scenario, asked, Planned.of(Inputs.of(scenario), folder.design, asked.seed))


def _with_methods(design: Design, wishes: Wishes) -> Design:
    """Return a design with more methods; how many points they take is free as long as no method before took any.

    Raises
    ------
    InputError
        if the number of points is fixed, or not one that the new methods can take
    """
    methods = {*design.methods, *wishes.methods}
    free = design.methods == ("morris",) and len(methods) > 1
    if wishes.points is not None and not free:
        problem = Text("点数一开始就定死", "the number of points is fixed at the beginning")
        raise InputError([Fault("--points", 0, 0, "", str(wishes.points), problem, _ONLY_RESUME)])
    points = wishes.points if free else design.points
    wider = Wishes(tuple(methods), design.trajectories, points, design.runs).design
    if faults := list(_of_points(wider, wishes.points)):
        raise InputError(faults)
    return replace(wider, curve_runs=design.curve_runs)


def _need_ranges(scenario: Scenario, path: Path) -> None:
    """Refuse a scenario in which not two things can move apart from each other.

    Raises
    ------
    InputError
        if there are fewer
    """
    count = len(Inputs.of(scenario).blocks)
    if count < 2:
        problem = Text(
            f"说不准的数（uncertain）能各自变动的只有{count}组，至少要两组才能比较哪个要紧",
            f"of what is not known (uncertain) only {count} can move by itself; it takes two to say which matters more",
        )
        remedy = Text(
            "在情景里写明哪些数说不准、在什么范围，例如继承 configs/uncertain/defaults.yaml；同组、相关的算一组",
            "say in the scenario which numbers are not known, and their ranges, such as by extending configs/uncertain/defaults.yaml; "
            "what is of one group, or correlated, counts once",
        )
        raise InputError([Fault(str(path), 0, 0, "uncertain", str(count), problem, remedy)])
