"""Who plays the nights: the workers of a Dask cluster that runs already, on other machines or this one.

Workers need the package, but no files: the scenario is handed to them whole. None plays before it was found to give the bits of this process. A
worker that dies takes only what it was playing with it: Dask lets others play that. Where all have gone, what is left is handed out anew to
those who come.

Dask itself notices a machine that falls silent without closing its connections after five minutes (its ``worker-ttl``).
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import pickle
import sys
import warnings
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import methodcaller
from pathlib import Path
from typing import Self

import dask
from distributed import Client, Future, KilledWorker, Security
from distributed.client import ClosedClientError
from distributed.comm import connect
from distributed.versions import VersionMismatchWarning

from sim.errors import Fault, InputError, Text
from sim.scenario import Scenario
from sim.study.crew import LOOK_EVERY_S, Crew
from sim.study.engines import AGAIN_AND_AGAIN, EngineLost, Job, Portion, Variant, play_of
from sim.study.nights import Nights
from sim.study.traits import traits

_CONNECT_WITHIN_S = 10
_IN_FLIGHT = 2
"""So many portions are handed out for each thread, so that it need not wait for its next."""
_MOST_IN_VAIN = 3
"""So often portions are handed out anew without any coming back."""


def _digest() -> str:
    """Return a digest of the sources of the package, the same however a checkout ends its lines."""
    room, found = Path(__file__).parents[1], hashlib.sha256()
    for path in sorted(room.rglob("*.py")):
        found.update(path.relative_to(room).as_posix().encode() + b"\0")
        found.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return found.hexdigest()[:12]


SOURCE = _digest()
"""The digest of the package as this process read it; files may change under a worker that runs for weeks."""


@contextmanager
def cluster(address: str) -> Iterator[Cluster]:
    """Hold the connection to a cluster whose workers were all found fit.

    Raises
    ------
    InputError
        if nothing answers, there is no worker, or with all that makes any of them unfit
    """
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # what disturbs is told in words
    client = _connected(address)
    try:
        crew = Crew(client, address)
        crew.preflight()
        yield Cluster(client, crew)
    finally:
        client.close()


def _connected(address: str) -> Client:
    try:
        asyncio.run(_greeted(address))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", VersionMismatchWarning)  # the preflight says which, and what to do
            return Client(address, timeout=_CONNECT_WITHIN_S, set_as_default=False)
    except Exception as error:  # what another program answers at that address may be anything
        reason = str(error) or type(error).__name__
        problem = Text(f"连不上集群（{reason}）", f"the cluster cannot be reached ({reason})")
        remedy = Text(
            "核对地址，确认 dask scheduler 在运行、网络可达",
            "check the address, the network, and that dask scheduler runs there",
        )
        raise InputError([Fault("--engine", 0, 0, address, "", problem, remedy)]) from error


async def _greeted(address: str) -> None:
    """See whether what listens at an address speaks as Dask does: a client waits for its first word without a limit."""
    async with asyncio.timeout(_CONNECT_WITHIN_S):
        comm = await connect(address, timeout=_CONNECT_WITHIN_S, **Security().get_connection_args("client"))
        await comm.close()


class _DisturbedError(Exception):
    """What was handed out does not come back: it must be handed out anew."""


class Cluster:
    """The fit workers of a cluster."""

    def __init__(self, client: Client, crew: Crew) -> None:
        self._client, self._crew = client, crew
        self._handed: _HandedOut | None = None

    def play(self, jobs: Sequence[Job]) -> Iterator[Nights]:
        """Yield the nights of each job.

        Raises
        ------
        EngineLost
            if all workers have gone, the scheduler is silent, or workers die again and again
        """
        left, in_vain = list(jobs), 0
        while left:
            try:
                for nights in self._once(left):
                    left, in_vain = left[1:], 0
                    yield nights
            except (_DisturbedError, CancelledError, ClosedClientError, OSError) as error:
                in_vain += 1
                if in_vain > _MOST_IN_VAIN:
                    raise EngineLost(*AGAIN_AND_AGAIN, self._crew.address) from error
                self._handed = None
                self._crew.muster_anew()

    def _once(self, jobs: Sequence[Job]) -> Iterator[Nights]:
        """Yield nights as long as nothing is lost that Dask cannot make good."""
        crew, flight = self._crew, deque[tuple[Future[Nights], _HandedOut]]()
        for variant, portion in jobs:
            while flight and len(flight) >= _IN_FLIGHT * crew.threads:
                yield self._result(*flight.popleft())
            crew.look()
            handed = self._handed_out(variant)
            self._check(handed)
            play = methodcaller("play", portion, crew.here)
            playing = self._client.submit(play, handed.parcel, workers=sorted(crew.fit), pure=False)
            flight.append((playing, handed))
        while flight:
            yield self._result(*flight.popleft())

    def _handed_out(self, variant: Variant) -> _HandedOut:
        """Return the scenario as it is handed out: to a worker by the scheduler, to the others by those who have it.

        The scheduler keeps it, so that it is not lost with a worker, and cannot look into it, so that it needs nothing of this package.
        """
        if self._handed is None or self._handed.variant != variant:
            self._handed = None
            packed, workers = pickle.dumps(Parcel.of(variant.load())), frozenset(self._crew.fit)
            with dask.config.set({"distributed.admin.large-graph-warning-threshold": sys.maxsize}):
                parcel = self._client.submit(pickle.loads, packed, workers=sorted(workers), pure=False)
            self._handed = _HandedOut(variant, parcel, workers)
        return self._handed

    def _check(self, handed: _HandedOut) -> None:
        """See that somebody is there of those to whom the scenario was handed out: to others Dask would not hand it again."""
        if not handed.workers & self._crew.fit.keys():
            raise _DisturbedError

    def _result(self, future: Future[Nights], handed: _HandedOut) -> Nights:
        """Return nights, however long they take as long as somebody is there to play them."""
        while True:
            try:
                nights: Nights = future.result(timeout=LOOK_EVERY_S)
            except TimeoutError:
                self._crew.muster()
                self._check(handed)
            except KilledWorker as error:
                raise EngineLost(*AGAIN_AND_AGAIN, self._crew.address) from error
            else:
                return nights


@dataclass(frozen=True, eq=False)
class _HandedOut:
    """A variant, its ``parcel`` on the cluster, and the ``workers`` it may be handed to by the scheduler."""

    variant: Variant
    parcel: Future[Parcel]
    workers: frozenset[str]


@dataclass(frozen=True, eq=False)
class Parcel:
    """A scenario on its way, which each process opens once: in it arrays stand as loading left them, not as the network did."""

    packed: bytes

    @classmethod
    def of(cls, scenario: Scenario) -> Self:
        """Return a scenario packed."""
        return cls(pickle.dumps(scenario, protocol=pickle.HIGHEST_PROTOCOL))

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario."""
        scenario: Scenario = pickle.loads(self.packed)  # noqa: S301 - packed by this program
        return scenario

    def play(self, portion: Portion, asked: dict[str, str]) -> Nights:
        """Return some nights, in a worker that has the traits asked; another process may have come up at the address of one that had."""
        if _own_traits() != asked:
            raise _DisturbedError
        return play_of(self.scenario, portion)

    def __reduce__(self) -> tuple[type[Self], tuple[bytes]]:
        return type(self), (self.packed,)


@lru_cache(maxsize=1)
def _own_traits() -> dict[str, str]:
    return traits()
