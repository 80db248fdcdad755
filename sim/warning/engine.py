"""What the processes of sweeps A and C stand on: waits, errands, callers given out in turn, and garbage collection that rests."""

from __future__ import annotations

import gc
import math
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import contextmanager

import simpy

from sim.errors import ModelError
from sim.records import EventLog

Process = Generator[simpy.Event, object, None]
A_NANOMINUTE = 1e-9
"""What the rounding of sums of minutes may come to."""


def pause(env: simpy.Environment, minutes: float) -> simpy.Timeout:
    """Return a wait of ``minutes``; the one door through which durations enter the event loop.

    Raises
    ------
    ModelError
        if the duration is negative, NaN or infinite, which simpy would take and go on with
    """
    if not 0 <= minutes < math.inf:
        message = f"a wait of {minutes} minutes"
        raise ModelError(message)
    return env.timeout(minutes)


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Put off the search for reference cycles: thousands of live processes and events make it cost a third of the night."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Errand:
    """A process that nobody waits for: it begins at once and ends without a word.

    A ``simpy.Process`` without the two events it schedules for its beginning and its end; there are thousands a night. While it goes on
    it is one of those ``under_way``.
    """

    __slots__ = ("_steps", "_under_way")

    def __init__(self, steps: Process, under_way: set[Errand]) -> None:
        self._steps, self._under_way = steps, under_way
        under_way.add(self)
        self(None)

    def __call__(self, _: simpy.Event | None) -> None:
        """Go on to the next wait."""
        for event in self._steps:
            event.callbacks.append(self)
            return
        self._under_way.remove(self)

    def call_off(self) -> None:
        """End it where it waits; without that, it and all it refers to would be left to the search for reference cycles."""
        self._steps.close()


class Sweep:
    """Processes that go on side by side from T0 to the end of the night, and what they note."""

    def __init__(self, end_min: float) -> None:
        self.env, self.log = simpy.Environment(), EventLog()
        self._end_min = end_min
        self._under_way: set[Errand] = set()

    def send(self, steps: Process) -> None:
        """Let somebody begin what nobody waits for."""
        Errand(steps, self._under_way)

    def play_out(self) -> None:
        """Go on to the end, whose last minute belongs to the night, and call off what is still under way."""
        with no_garbage_collection():
            self.env.run(until=math.nextafter(self._end_min, math.inf))
            for errand in self._under_way:
                errand.call_off()
            self._under_way.clear()


class Callers:
    """The people of a desk who can hold a telephone, given out first come, first served.

    A ``simpy.Resource`` without priorities and without the two events it schedules for a caller who is free at once.
    """

    def __init__(self, env: simpy.Environment, count: int) -> None:
        self._env, self._free = env, count
        self._queue: deque[simpy.Event] = deque()

    def ask(self) -> simpy.Event | None:
        """Take a caller; return ``None`` if one was free, else the event of getting one."""
        if self._free:
            self._free -= 1
            return None
        turn = self._env.event()
        self._queue.append(turn)
        return turn

    def take(self) -> bool:
        """Take a caller if one is free; return whether one was."""
        if self._free:
            self._free -= 1
            return True
        return False

    @property
    def waiting(self) -> bool:
        """Whether anybody waits for one."""
        return bool(self._queue)

    def join(self, count: int) -> None:
        """Let more people come to the desk, for good."""
        for _ in range(count):
            self.give_back()

    def give_back(self) -> None:
        """Let the caller go to whoever has waited longest."""
        if self._queue:
            self._queue.popleft().succeed()
        else:
            self._free += 1
