"""Logs of calls as people keep them, written for tests: by rows, as a workbook or CSV in any encoding."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import xlsxwriter

from sim.exercise.calibrate.answers import Course, Kind, course_of
from sim.exercise.calibrate.columns import CALLS, TIMES
from sim.scenario import Scenario
from tests.strategies import small

Row = Mapping[str, Any]
CALL: Row = {"date": "2026-06-10", "at": "02:10", "post": "村支书", "person": "甲", "number": 1, "answered": "接听"}
"""A sound row, to change what a test is about."""


def scenario(folder: Path, **changes: Any) -> Scenario:  # noqa: ANN401 - plain YAML data
    """Return a small scenario with village secretaries whose numbers are no settings; ``changes`` go over its file."""
    night = small(1, 2, 1)
    posts = night.scenario["roster"]["posts"]
    posts["secretary"] = {"title": "村支书", "reachable": "94 %", "answer": {"day": "92 %", "night": "70 %"}}
    posts["grid_worker"] = {"title": "网格员", "reachable": "90 %", "answer": "60 %"}
    night.scenario["channels"]["phone"] |= {
        "pickup": {"lognormal": {"median": "10 s", "p90": "20 s"}},
        "talk": {"triangular": {"low": "40 s", "mode": "55 s", "high": "90 s"}},
    }
    night.scenario["roster"]["desks"]["township"]["relay"] = {
        "triangular": {"low": "1 min", "mode": "2 min", "high": "5 min"}
    }
    night.scenario |= changes
    return night.load(folder)


def csv_of(rows: Sequence[Row], encoding: str = "utf-8-sig", columns: Sequence[Any] = CALLS) -> bytes:
    """Return rows as a CSV file under Chinese headings."""
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow([column.heading.zh for column in columns])
    writer.writerows([[row.get(column.key, "") for column in columns] for row in rows])
    return made.getvalue().encode(encoding)


def xlsx_of(rows: Sequence[Row], times: Sequence[Row] = ()) -> bytes:
    """Return rows as a workbook: calls, and lengths of time on a sheet of their own."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        for name, columns, lines in (("叫应记录", CALLS, rows), ("用时记录", TIMES, times)):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, [column.heading.zh for column in columns])
            for number, row in enumerate(lines, start=1):
                sheet.write_row(number, 0, [row.get(column.key, "") for column in columns])
    return made.getvalue()


def courses(
    rng: np.random.Generator, persons: int, reachable: float, answer: float, tries: int, period: int = 0
) -> list[Course]:
    """Draw the courses of so many persons by the law of the simulator: reachable once, answering at each of so many tries."""
    found = []
    for _ in range(persons):
        there, made = rng.random() < reachable, []
        for _ in range(tries):
            made.append((Kind(period), bool(there and rng.random() < answer)))
            if made[-1][1]:
                break
        found.append(course_of(made))
    return found


def drawn_rows(
    rng: np.random.Generator, post: str, persons: int, reachable: float, answer: float, tries: int, clock: str = "02"
) -> list[dict[str, Any]]:
    """Draw rows of a log by the law of the simulator, one night for each ten persons."""
    rows: list[dict[str, Any]] = []
    for person in range(persons):
        there = rng.random() < reachable
        for number in range(1, tries + 1):
            answered = there and rng.random() < answer
            rows.append(
                {
                    "date": f"2026-06-{1 + person // 10:02d}",
                    "at": f"{clock}:{number:02d}",
                    "post": post,
                    "person": f"{post}{person}",
                    "number": number,
                    "answered": "接听" if answered else "未接",
                    "ring_s": round(float(np.exp(rng.normal(np.log(9), 0.5))), 1) if answered else 30,
                    "talk_s": round(float(rng.triangular(35, 50, 90)), 0) if answered else "",
                }
            )
            if answered:
                break
    return rows
