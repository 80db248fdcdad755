"""Sensitivity indices against functions whose indices are known, through the analysis as it is: design, settings, points on disk, indices.

V27 of the collection of validation cases (Ishigami & Homma 1990), and the G function (Saltelli & Sobol' 1995) with its closed form.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.study.sensitivity import designs, indices
from sim.study.sensitivity.found import Design
from tests.formulas import NUMBER, Formulas, analysed, unknown
from tests.proof import compared

Floats = NDArray[np.float64]
pytestmark = pytest.mark.validation
S1, ST = (0.313905, 0.442411, 0.0), (0.557589, 0.442411, 0.243684)
G = np.array([0.0, 1.0, 4.5, 9.0, 99.0])
"""The less, the more an input of the G function matters."""


def ishigami(shares: Floats) -> Floats:
    """Return the function of Ishigami of shares of [0, 1], a = 7 and b = 0.1, of the last axis."""
    x = (2 * shares - 1) * np.pi
    value: Floats = np.sin(x[..., 0]) + 7 * np.sin(x[..., 1]) ** 2 + 0.1 * x[..., 2] ** 4 * np.sin(x[..., 0])
    return value


def g(shares: Floats) -> Floats:
    """Return the G function of shares of [0, 1], of the last axis."""
    value: Floats = ((np.abs(4 * shares - 2) + G) / (1 + G)).prod(axis=-1)
    return value


@pytest.mark.slow
@pytest.mark.parametrize("case", ["ishigami", "g"])
def test_the_analysis_finds_the_indices_that_are_known(case: str, tmp_path: Path) -> None:
    """V27, and the G function: first and total indices lie within what their bootstrap intervals say; V27 has an input that does nothing besides."""
    variances = 1 / (3 * (1 + G) ** 2)
    whole = float((1 + variances).prod() - 1)
    function, first, total = {
        "ishigami": (ishigami, (*S1, 0.0), (*ST, 0.0)),
        "g": (g, variances / whole, variances * (1 + whole) / (1 + variances) / whole),
    }[case]
    scenario = unknown(len(first)).load(tmp_path / "night")
    engine = Formulas(scenario, lambda shares, runs: np.full(len(runs), function(shares)))
    found = analysed(tmp_path / "out", engine, Design(("sobol",), 2, 64, 6, 6))
    own = [one for one in found.indices if one.output == NUMBER]
    for kind, exact in (("S1", first), ("ST", total)):
        for one, known in zip([one for one in own if one.kind == kind], exact, strict=True):
            compared(one.value, float(known), (one.high - one.low) / (2 * 1.96) + 1e-9)
    nothing = {one.kind: one for one in own if one.input == found.inputs[-1].key}
    if case == "ishigami":
        assert (nothing["ST"].value, nothing["ST"].floor, nothing["ST"].heard, nothing["S1"].heard) == (
            0,
            0,
            False,
            False,
        )
    assert max(found.noise[NUMBER], found.noise_share[NUMBER]) < 1e-12


def test_indices_come_nearer_to_those_known_the_more_points_there_are() -> None:
    """V27: the interval is about half as long with four times as many points, and the index within it."""
    blocks, halves = [[0], [1], [2]], []
    for count in (64, 256, 1024, 4096):
        values = ishigami(designs.saltelli(blocks, count, seed=5))[:, None] + np.zeros(2)
        own = {(one.kind, one.block): one for one in indices.sobol(values, blocks, seed=5)}
        for kind, exact in (("S1", S1), ("ST", ST)):
            for block, known in enumerate(exact):
                one = own[kind, block]
                compared(one.value, known, (one.high - one.low) / (2 * 1.96))
        halves.append(own["ST", 0].high - own["ST", 0].value)
    ratios = np.array(halves[:-1]) / np.array(halves[1:])
    assert ((1.3 < ratios) & (ratios < 3.1)).all()
