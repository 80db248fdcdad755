"""Counties of other sizes, cut out of 云阳 or laid side by side: for measuring how time and memory grow."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
YUNYANG = ROOT / "configs" / "counties" / "yunyang"
TOWNSHIPS = 42
_CALLED = "500235116"
"""The township that the neighbouring county calls: every size has it."""
_GROWING = (
    ("residents",),
    ("synthesis", "layout", "area_km2"),
    ("synthesis", "zones", "points"),
    ("synthesis", "zones", "residents"),
    ("synthesis", "area_terminals", "count"),
)
"""Numbers of the county that grow with it; all others are per township, village, person or house."""


def scenario_of(townships: int, night: str, folder: Path) -> Path:
    """Write a county of so many townships, each as in 云阳 (copies beyond 42), and return one of the shipped nights in it."""
    rows = _rows("townships.csv")
    rows.sort(key=lambda row: row["code"] != _CALLED)
    chosen = [(rows[number % TOWNSHIPS], number // TOWNSHIPS) for number in range(townships)]
    villages: dict[str, list[dict[str, str]]] = {}
    for row in _rows("villages.csv"):
        villages.setdefault(row["parent"], []).append(row)
    county = folder / "county"
    shutil.rmtree(county, ignore_errors=True)
    county.mkdir(parents=True)
    _write(county / "townships.csv", [_copy(row, copy) for row, copy in chosen])
    _write(
        county / "villages.csv",
        [
            _copy(village, copy) | {"parent": _code(row["code"], copy)}
            for row, copy in chosen
            for village in villages[row["code"]]
        ],
    )
    yaml = YAML()
    plan = yaml.load(YUNYANG / "county.yaml")
    for *path, name in _GROWING:
        block: Any = plan
        for key in path:
            block = block[key]
        block[name] = max(round(block[name] * townships / TOWNSHIPS), 1)
    yaml.dump(plan, county / "county.yaml")
    path = folder / "night.yaml"
    yaml.dump(
        {
            "name": "size",
            "start": "2025-07-11 01:20",
            "county": str(county),
            "extends": str(ROOT / "scenarios" / f"{night}.yaml"),
            "roster": {"persons": None, "shifts": None},  # people by seed: the shipped roster is that of 云阳
        },
        path,
    )
    return path


def _rows(name: str) -> list[dict[str, str]]:
    with (YUNYANG / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _code(code: str, copy: int) -> str:
    return f"{code}c{copy}" if copy else code


def _copy(row: dict[str, str], copy: int) -> dict[str, str]:
    """Return a row of the county, or the same place once more in a copy of the county beside it."""
    if not copy:
        return row
    east = {"lon": str(float(row["lon"]) + copy)} if row.get("lon") else {}
    return row | {"code": _code(row["code"], copy)} | east


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
