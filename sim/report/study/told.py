"""How many households are told within how many minutes, in bands over the runs; and how many persons are in danger when it strikes."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sim.report.content.grid import Column, Grid
from sim.report.study.about import About
from sim.report.study.section import Section
from sim.report.workbook.spreadsheet import Kind, SheetOfTables
from sim.study.intervals import ONE_IN_TWENTY, quantile, upper_quantile
from sim.study.study_tables import BANDS

_TABLE_MIN = (15, 30, 60, 90, 120, 180, 360)
"""Minutes that page and document show; the workbook has all."""
_SAID_MIN = (30, 60, 120)


def told(about: About) -> Iterator[Section]:
    """Yield the bands of the share told, and the persons exposed where evacuation is simulated."""
    words, bands = about.words, about.tables["bands"]
    if len(bands):
        heading = words("study.head.bands")
        runs = {f"{name}_run": int(bands[f"{name}_run"].iloc[0]) for name in ("best", "worst")}
        note = words("study.note.bands", best=runs["best_run"], worst=runs["worst_run"])
        said = _said(about, bands)
        quantiles: tuple[tuple[str, Kind], ...] = tuple((f"p{100 * share:.0f}", "share") for share in BANDS)
        columns: tuple[tuple[str, Kind], ...] = (
            ("minutes", "number"),
            *quantiles,
            ("best", "share"),
            ("worst", "share"),
        )
        headings = {
            "minutes": words("study.col.minute"),
            "best": words("study.fig.best", run=runs["best_run"]),
            "worst": words("study.fig.worst", run=runs["worst_run"]),
        }
        sheet = SheetOfTables(
            words("study.tab.bands"),
            heading,
            (about.numbers(bands, columns, **headings),),
            notes=(note, words("study.note.told")),
        )
        notes = (note, words("study.note.told"))
        yield Section("bands", heading, (said,), notes, said, (_bands(about, bands),), (sheet,))
    if about.has("exposed_at_onset_persons"):
        yield _exposed(about)


def _said(about: About, bands: pd.DataFrame) -> str:
    """Return the bands at a few minutes in a sentence."""
    words, last = about.words, bands["minutes"].max()
    rows = bands[bands["minutes"].isin([*_SAID_MIN, *([last] if last < _SAID_MIN[0] else [])])]
    each = [
        words(
            "study.bands.at",
            minutes=words.length(row["minutes"]),
            median=words.percent(row["p50"]),
            low=words.percent(row["p5"]),
            high=words.percent(row["p95"]),
        )
        for row in rows.to_dict("records")
    ]
    return words("study.bands.said", each=words("study.bands.joint").join(each))


def _bands(about: About, bands: pd.DataFrame) -> Grid:
    words = about.words
    keys = ("minute", "p50", "half", "ninety", "best", "worst_run")
    columns = tuple(Column(key, "n", words(f"study.col.{key}")) for key in keys)
    rows = []
    for row in bands[bands["minutes"].isin(_TABLE_MIN)].to_dict("records"):
        share = {name: words.percent(row[name]) for name in ("p5", "p25", "p50", "p75", "p95", "best", "worst")}
        half = words("study.cell.range", low=share["p25"], high=share["p75"])
        ninety = words("study.cell.range", low=share["p5"], high=share["p95"])
        rows.append((f"{row['minutes']}", share["p50"], half, ninety, share["best"], share["worst"]))
    return Grid("", (), columns, tuple(rows))


def _exposed(about: About) -> Section:
    words, exposed = about.words, about.study.nights.of_county("exposed_at_onset_persons")
    heading, number = words("study.head.exposed"), words.number
    said = words(
        "study.exposed.said",
        n=about.study.count,
        least=number(exposed.min()),
        middle=number(quantile(exposed, 0.5)[0]),
        bad=number(upper_quantile(exposed, ONE_IN_TWENTY)[0]),
        most=number(exposed.max()),
    )
    frame = pd.DataFrame({"run": about.study.nights.replications, "persons": exposed}).sort_values(
        ["persons", "run"], ascending=[False, True]
    )
    numbers = about.numbers(frame, (("run", "number"), ("persons", "number")))
    sheet = SheetOfTables(words("study.tab.exposed"), heading, (numbers,), said=(said,))
    return Section("exposed", heading, (said,), (), f"{heading}{words('dash')}{said}", (), (sheet,))
