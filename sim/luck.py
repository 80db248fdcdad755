"""Luck: whose luck it is, by purpose and entity.

Every draw belongs to a purpose ("person/reachable") and an entity (a person, a household, a call attempt), never to a
position in a shared stream. It is a counter-based hash: the SplitMix64 finaliser (Steele, Lea & Flood 2014, with
Stafford's variant-13 constants) applied twice, keyed by (seed, replication, purpose). Permuting rows, adding a channel or
running in another process therefore changes nothing, and two plans meet the same county on the same night.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

_MASK = (1 << 64) - 1
_M1, _M2 = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_ROUNDS = ((np.uint64(30), np.uint64(_M1)), (np.uint64(27), np.uint64(_M2)))
_LAST_SHIFT, _TO_52_BITS = np.uint64(31), np.uint64(12)
_GOLDEN = 0x9E3779B97F4A7C15
_BLOCK = 1 << 15  # elements per pass: 256 KiB stays in the second-level cache
_TO_UNIT = 2.0**-52


def _mix(x: int) -> int:
    x = (x ^ (x >> 30)) * _M1 & _MASK
    x = (x ^ (x >> 27)) * _M2 & _MASK
    return x ^ (x >> 31)


def _mix_in_place(x: NDArray[np.uint64], spare: NDArray[np.uint64]) -> None:
    for shift, factor in _ROUNDS:
        np.right_shift(x, shift, out=spare)
        np.bitwise_xor(x, spare, out=x)
        np.multiply(x, factor, out=x)
    np.right_shift(x, _LAST_SHIFT, out=spare)
    np.bitwise_xor(x, spare, out=x)


def entity_id(*parts: object) -> int:
    """Return a stable 64-bit id for an entity named by text, such as a place code or a person id."""
    text = "\x1f".join(str(part) for part in parts)
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def child_id(parent: int, number: int) -> int:
    """Return the 64-bit id of child ``number`` of an entity."""
    return _mix((_mix(int(parent)) + _GOLDEN * (int(number) + 1)) & _MASK)


def child_ids(parents: ArrayLike, numbers: ArrayLike) -> NDArray[np.uint64]:
    """Return ``child_id`` for arrays of equal length."""
    x = np.array(parents, dtype=np.uint64, ndmin=1)
    spare = np.empty_like(x)
    _mix_in_place(x, spare)
    x += (np.asarray(numbers, dtype=np.uint64) + np.uint64(1)) * np.uint64(_GOLDEN)
    _mix_in_place(x, spare)
    return x


def entity_ids(names: Iterable[str]) -> NDArray[np.uint64]:
    """Return ``entity_id`` of each name."""
    return np.array([entity_id(name) for name in names], dtype=np.uint64)


@lru_cache(maxsize=4096)
def _keys(seed: int, replication: int, purpose: str) -> tuple[int, int]:
    if not (0 <= seed <= _MASK and 0 <= replication <= _MASK):
        message = f"seed and replication are whole numbers of 0 … 2⁶⁴−1, not {seed} and {replication}"
        raise ValueError(message)
    seed, replication = int(seed), int(replication)
    first = _mix((_mix(_mix((seed + _GOLDEN) & _MASK) ^ replication) + entity_id(purpose)) & _MASK)
    return first, _mix((first + _GOLDEN) & _MASK)


def uniform(seed: int, replication: int, purpose: str, entity_ids: ArrayLike) -> NDArray[np.float64]:
    """Return one number of the open interval (0, 1) per entity.

    Parameters
    ----------
    seed, replication
        whole numbers of 0 … 2⁶⁴−1
    purpose
        what the draw decides, such as ``"household/asleep"``
    entity_ids : array of uint64, shape (n,)
        whose draw it is

    Returns
    -------
    array of float64, shape (n,)

    Raises
    ------
    ValueError
        if seed or replication are out of range
    """
    ids = np.asarray(entity_ids, dtype=np.uint64)
    first, second = (np.uint64(key) for key in _keys(seed, replication, purpose))
    out = np.empty(ids.shape, dtype=np.float64)
    spare = np.empty(min(ids.size, _BLOCK), dtype=np.uint64)
    for begin in range(0, ids.size, _BLOCK):
        x = ids[begin : begin + _BLOCK] + first
        room = spare[: x.size]
        _mix_in_place(x, room)
        np.bitwise_xor(x, second, out=x)
        _mix_in_place(x, room)
        np.right_shift(x, _TO_52_BITS, out=x)
        block = out[begin : begin + _BLOCK]
        np.add(x, 0.5, out=block)
        np.multiply(block, _TO_UNIT, out=block)
    return out


def uniform_one(seed: int, replication: int, purpose: str, entity: int) -> float:
    """Return the number that ``uniform`` gives for one entity; for the event loop, where arrays would be slow."""
    first, second = _keys(seed, replication, purpose)
    return ((_mix(_mix((int(entity) + first) & _MASK) ^ second) >> 12) + 0.5) * _TO_UNIT


@dataclass(frozen=True)
class Luck:
    """The luck of one night: ``uniform`` and ``uniform_one`` with seed and replication filled in.

    ``about``: what of the night it is the luck of, such as one act; each has its own.
    """

    seed: int
    replication: int
    about: str = ""

    def of(self, about: str) -> Luck:
        """Return the luck of one part of the night: other numbers for the same purposes."""
        return Luck(self.seed, self.replication, f"@{about}")

    def uniform(self, purpose: str, entity_ids: ArrayLike) -> NDArray[np.float64]:
        """Return one number of (0, 1) per entity."""
        return uniform(self.seed, self.replication, purpose + self.about, entity_ids)

    def one(self, purpose: str, entity: int) -> float:
        """Return the number of one entity."""
        return uniform_one(self.seed, self.replication, purpose + self.about, entity)
