"""What a sensitivity analysis found, as tidy tables and as a summary; what there is none of is null."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pandas as pd

from sim.study.sensitivity.curves import ranked
from sim.study.sensitivity.found import Curve, Interaction, Region, Sensitivity

Row = dict[str, Any]


def tables(found: Sensitivity) -> dict[str, pd.DataFrame]:
    """Return ``inputs``, ``outputs``, ``indices``, ``curves``, ``interactions``, ``regions``, ``worth`` and ``points``."""
    rows: dict[str, list[Row]] = {
        "inputs": list(_inputs(found)),
        "outputs": list(_outputs(found)),
        "indices": [_ends(asdict(one)) for one in found.indices],
        "curves": [row for one in found.curves for row in _curve(one)],
        "interactions": [_interaction(one) for one in found.interactions],
        "regions": [row for number, one in enumerate(found.regions) for row in _region(number, one)],
        "worth": [asdict(one) for one in found.worths],
        "points": [
            {"use": one.use, "number": one.number, "runs": one.runs, **one.written, **one.means} for one in found.points
        ],
    }
    return {name: pd.DataFrame(own, columns=None if own else _COLUMNS[name]) for name, own in rows.items()}


_OF_REGION = ("points", "runs", "failed", "ci_low", "ci_high", "coverage", "everywhere", "share", "held")
_COLUMNS = {
    "regions": ["requirement", "region", "path", "title", "low", "high", *_OF_REGION],
    "worth": ["input", "requirement", "flips", "worth", "floor", "heard", "now", "known_low", "known_high"],
}
"""The columns of tables that may be empty."""


def _inputs(found: Sensitivity) -> Iterator[Row]:
    """Yield one row for each path: its input, range and stated value, and where the range comes from."""
    plans = found.scenario.plan.uncertain
    for one in found.inputs:
        for path, (low, high), stated in zip(one.paths, one.ranges, one.stated, strict=True):
            plan = plans[path]
            yield {
                "input": one.key,
                "path": path,
                "title": plan.title,
                "low": low,
                "high": high,
                "stated": stated,
                "source": plan.source,
                "applies_to": plan.applies_to,
                "status": plan.status,
            }


def _outputs(found: Sensitivity) -> Iterator[Row]:
    """Yield one row for each output: its mean as stated, and how far the means of points are known."""
    first = {one.output: one for one in reversed(found.curves)}
    for output in found.outputs:
        curve = first[output.key]
        yield {
            "output": output.key,
            "requirement": output.requirement,
            "name": output.name,
            "unit": output.unit,
            "better": output.better,
            "stated_mean": curve.stated_mean,
            "ci_low": curve.stated_low,
            "ci_high": curve.stated_high,
            "noise": found.noise[output.key],
            "noise_share": found.noise_share[output.key],
        }


def _curve(one: Curve) -> Iterator[Row]:
    """Yield one row for each level of a curve."""
    for at, share in enumerate(one.shares):
        yield {
            "output": one.output,
            "input": one.input,
            "share": share,
            "written": _said(one.written[at]),
            "mean": float(one.means[at]),
            "ci_low": float(one.low[at]),
            "ci_high": float(one.high[at]),
            "difference": float(one.differences[at]),
            "difference_low": float(one.difference_low[at]),
            "difference_high": float(one.difference_high[at]),
            "alike": one.alike[at],
            "effect": one.effect,
        }


def _interaction(one: Interaction) -> Row:
    written = {"first_written": _said(one.first_written), "second_written": _said(one.second_written)}
    return _ends(asdict(one) | written)


def _region(number: int, one: Region) -> Iterator[Row]:
    """Yield one row for each bound of a region."""
    judged = _ends(asdict(one))
    for bound in one.bounds:
        yield {"requirement": one.requirement, "region": number, **asdict(bound)} | {
            key: judged[key] for key in _OF_REGION
        }


def _said(written: tuple[str, ...]) -> str:
    return "; ".join(written)


def _ends(row: Row) -> Row:
    """Return a row with its interval under the names of a table; NaN is null."""
    names = {"low": "ci_low", "high": "ci_high"}
    return {
        names.get(key, key): None if isinstance(value, float) and math.isnan(value) else value
        for key, value in row.items()
    }


def summarise(found: Sensitivity) -> dict[str, Any]:
    """Return the summary that ``sensitivity --json`` prints."""
    return {
        "scenario": found.scenario.plan.name,
        "seed": found.scenario.plan.seed,
        "design": asdict(found.design),
        "runs": found.runs,
        "inputs": list(_inputs(found)),
        "outputs": list(_outputs(found)),
        "left_out": [one.key for one in found.left_out],
        "ranking": {output.key: ranked(found.indices, output.key) for output in found.outputs},
        "indices": [_ends(asdict(one)) for one in found.indices],
        "ends": [row for one in found.curves for row in _curve(one) if row["share"] in {0.0, 1.0}],
        "interactions": [_interaction(one) for one in found.interactions if one.matters],
        "regions": [_ends(asdict(one)) for one in found.regions],
        "worth": [asdict(one) for one in found.worths],
    }
