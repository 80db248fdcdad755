"""The workers of a cluster that may play: those that give the same bits as this process, which each is asked before it plays.

Nobody is waited for without a limit: the scheduler to answer, workers to say what they are, workers to come back when all have gone.
"""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import Collection, Mapping

from distributed import Client

from sim.errors import Fault, InputError, Text, shown
from sim.study import traits
from sim.study.engines import EngineLost

LOOK_EVERY_S = 5
"""How often it is looked who has come and gone."""
_SCHEDULER_ANSWERS_S = 10
_WORKER_ANSWERS_S = 30
_BACK_WITHIN_S = 60
"""So long workers are waited for where all have gone: one that a nanny starts again needs some seconds."""

_QUESTION = f"(lambda room: exec({inspect.getsource(traits)!r}, room) or room['traits']())({{}})"
"""An expression that any Python can work out: which traits has the process in which it is?"""


class Crew:
    """Who of the workers is ``fit`` to play at an address, with the threads of each; ``here``: the traits of this process, which theirs must be."""

    def __init__(self, client: Client, address: str) -> None:
        self.address = address
        self._client = client
        self.here = traits.traits()
        self.fit: dict[str, int] = {}
        self._unfit: dict[str, list[Fault]] = {}
        self._looked_s = 0.0

    @property
    def threads(self) -> int:
        """How many portions can be played at a time."""
        return sum(self.fit.values())

    def preflight(self) -> None:
        """Look for the first time.

        Raises
        ------
        InputError
            if there is no worker, or with all that makes any of them unfit
        """
        self.muster()
        if self._unfit:
            raise InputError(fault for faults in self._unfit.values() for fault in faults)
        if not self.fit:
            problem = Text("集群里没有工作进程", "the cluster has no workers")
            remedy = Text(
                f"先在各机启动：dask worker {self.address} --nthreads 1",
                f"start some: dask worker {self.address} --nthreads 1",
            )
            raise InputError([Fault("--engine", 0, 0, self.address, "", problem, remedy)])

    def look(self) -> None:
        """Look who has come and gone, unless that was just done."""
        if time.monotonic() - self._looked_s >= LOOK_EVERY_S:
            self.muster()

    def muster(self) -> None:
        """Take out those who have gone; ask those who have come, and take in who is fit."""
        present = self._present()
        self._unfit = {worker: faults for worker, faults in self._unfit.items() if worker in present}
        came = present.keys() - self.fit.keys() - self._unfit.keys()
        for worker, there in self._ask(came).items():
            if faults := _differences(worker, there, self.here):
                self._unfit[worker] = faults
        self.fit = {worker: threads for worker, threads in present.items() if worker not in self._unfit}
        self._looked_s = time.monotonic()

    def muster_anew(self) -> None:
        """Ask everybody again, and wait for somebody fit if there is nobody.

        Raises
        ------
        EngineLost
            if nobody comes in time
        """
        self.fit, self._unfit = {}, {}
        limit = time.monotonic() + _BACK_WITHIN_S
        while True:
            self.muster()
            if self.fit:
                return
            if time.monotonic() > limit:
                raise self._deserted()
            time.sleep(1)

    def _deserted(self) -> EngineLost:
        problem = Text(
            f"工作进程都已离开，{_BACK_WITHIN_S}秒内没有可用的回来",
            f"all workers have gone, and none that is fit came back within {_BACK_WITHIN_S} s",
        )
        return EngineLost(problem, _RESTART, self.address)

    def _present(self) -> Mapping[str, int]:
        """Return the workers that the scheduler knows, with their threads."""
        try:
            present: Mapping[str, int] = self._client.sync(self._client.nthreads, callback_timeout=_SCHEDULER_ANSWERS_S)
        except Exception as error:  # whatever it is, nobody can be reached
            problem = Text("集群的调度进程失去联系", "the scheduler of the cluster cannot be reached any more")
            raise EngineLost(problem, _RESTART, self.address) from error
        return present

    def _ask(self, workers: Collection[str]) -> dict[str, dict[str, str] | None]:
        """Return the traits of workers, all asked at a time; ``None`` of one that does not answer in time."""

        async def one(worker: str) -> dict[str, str] | None:
            try:
                said = await asyncio.wait_for(self._client.run(eval, _QUESTION, workers=[worker]), _WORKER_ANSWERS_S)
            except Exception:  # noqa: BLE001 - it may have died meanwhile, or hang
                return None
            answer: dict[str, str] = said[worker]
            return answer

        async def everyone() -> list[dict[str, str] | None]:
            return await asyncio.gather(*map(one, workers))

        return dict(zip(workers, self._client.sync(everyone), strict=True))


def _differences(worker: str, there: Mapping[str, str] | None, here: Mapping[str, str]) -> list[Fault]:
    """Return a fault for each trait of a worker that is not that of this process."""
    if there is None:
        problem = Text(
            f"没有回答（最多等{_WORKER_ANSWERS_S}秒）", f"it does not answer ({_WORKER_ANSWERS_S} s at most)"
        )
        return [
            Fault("--engine", 0, 0, worker, "", problem, Text("停掉或重启这个工作进程", "stop or restart this worker"))
        ]
    return [
        Fault(
            "--engine",
            0,
            0,
            f"{worker} {name}",
            shown(there[name], 100),
            _differs(mine),
            _remedy(name, there[name], mine),
        )
        for name, mine in here.items()
        if there[name] != mine
    ]


def _differs(mine: str) -> Text:
    return Text(
        f"与这里不同（这里是 {mine}），推演结果可能不一致", f"not what it is here ({mine}): results might differ"
    )


def _remedy(name: str, there: str, mine: str) -> Text:
    if name == traits.SIMD:
        more = " ".join(sorted(set(there.split()) ^ set(mine.split())))
        return Text(
            f"换用同样的处理器，或在有这些指令的一边设环境变量 NPY_DISABLE_CPU_FEATURES='{more}' 后重启",
            f"use the same processors, or set NPY_DISABLE_CPU_FEATURES='{more}' where these are found, and restart",
        )
    if name == "machine":
        return Text("换用同样的系统和处理器", "use the same system and processors")
    what = "jiaoying" if name == traits.PROGRAM else f"{name} {mine}"
    if name == "python":
        return Text(f"在那里换用 {mine}", f"use {mine} there")
    return Text(
        f"在那里装与这里相同的 {what}，再重启这个工作进程",
        f"install the same {what} there as here, and restart this worker",
    )


_RESTART = Text("查看集群是否还在运行，恢复后接着做", "see whether the cluster still runs; go on when it does")
