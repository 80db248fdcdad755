"""What is kept of many nights of one scenario, in the order of their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from sim.measures.digest import COUNTY, Measured

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
FORM = 2
"""Of what is kept of a night; the next number where that changes, so that nights of two kinds are never taken together."""


@dataclass(frozen=True, eq=False)
class Column:
    """What one stretch of values is of: a measure, its unit, and the places (indices in the county)."""

    measure: str
    unit: str
    place: Ints


@dataclass(frozen=True, eq=False)
class Nights:
    """What is kept of some nights: ``replications`` their numbers, ``kept`` the values of all columns side by side, shape (nights, values)."""

    replications: tuple[int, ...]
    columns: tuple[Column, ...]
    kept: Floats

    @classmethod
    def of(cls, replications: Sequence[int], digests: Sequence[Sequence[Measured]]) -> Self:
        """Return the digests of some nights as one."""
        columns = tuple(Column(one.measure, one.unit, one.place) for one in digests[0])
        values = np.array([np.concatenate([one.value for one in own]) for own in digests])
        return cls(tuple(replications), columns, values)

    @property
    def starts(self) -> list[int]:
        """Where the stretch of each column begins, and where the last ends."""
        return [0, *np.cumsum([len(column.place) for column in self.columns]).tolist()]

    def of_measure(self, measure: str) -> tuple[Ints, Floats]:
        """Return the places of a measure and its values, shapes (places,) and (nights, places); several stretches side by side."""
        starts = self.starts
        mine = [n for n, column in enumerate(self.columns) if column.measure == measure]
        place = [self.columns[n].place for n in mine]
        values = [self.kept[:, starts[n] : starts[n + 1]] for n in mine]
        return np.concatenate([np.zeros(0, dtype=np.int64), *place]), np.hstack(
            [np.zeros((len(self.kept), 0)), *values]
        )

    def of_county(self, measure: str) -> Floats:
        """Return what a measure was of the whole county, shape (nights,)."""
        place, values = self.of_measure(measure)
        county: Floats = values[:, place == COUNTY][:, 0]
        return county

    @property
    def requirements(self) -> list[str]:
        """The ids of the requirements that were judged, in the order of the judgement."""
        judged = (column.measure for column in self.columns if column.measure.endswith(":met"))
        return [measure.removeprefix("target:").removesuffix(":met") for measure in judged]

    def county(self) -> Nights:
        """Return what is of the whole county only."""
        starts = self.starts
        mine = [n for n, column in enumerate(self.columns) if column.place.tolist() == [COUNTY]]
        return Nights(self.replications, tuple(self.columns[n] for n in mine), self.kept[:, [starts[n] for n in mine]])

    def numbered(self, numbers: Sequence[int]) -> Nights:
        """Return the nights of these numbers, in this order."""
        row_of = {number: row for row, number in enumerate(self.replications)}
        return replace(self, replications=tuple(numbers), kept=self.kept[[row_of[number] for number in numbers]])

    def first(self, count: int) -> Nights:
        """Return the first of the nights."""
        return replace(self, replications=self.replications[:count], kept=self.kept[:count])

    def save(self, path: Path) -> None:
        """Write the nights, whole or not at all."""
        draft = path.with_name(f".{path.name}.part")
        try:
            with draft.open("wb") as stream:
                np.savez_compressed(
                    stream,
                    form=np.array(FORM),
                    replications=np.array(self.replications),
                    measure=np.array([column.measure for column in self.columns]),
                    unit=np.array([column.unit for column in self.columns]),
                    count=np.array([len(column.place) for column in self.columns]),
                    place=np.concatenate([column.place for column in self.columns]),
                    values=self.kept,
                )
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Return the nights of a file.

        Raises
        ------
        OSError, ValueError, KeyError
            where it is none, or not whole
        """
        with np.load(path) as held:
            if int(held["form"]) != FORM:
                message = "kept by another version of the program"
                raise ValueError(message)
            bounds = np.cumsum(held["count"])[:-1]
            places = np.split(held["place"], bounds)
            columns = tuple(
                Column(str(measure), str(unit), place)
                for measure, unit, place in zip(held["measure"], held["unit"], places, strict=True)
            )
            return cls(tuple(held["replications"].tolist()), columns, held["values"])


def joined(some: Sequence[Nights]) -> Nights:
    """Return nights in the order of their numbers."""
    numbers = np.concatenate([one.replications for one in some])
    order = np.argsort(numbers, kind="stable")
    return Nights(tuple(numbers[order].tolist()), some[0].columns, np.concatenate([one.kept for one in some])[order])
