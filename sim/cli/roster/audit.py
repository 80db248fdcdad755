"""``roster audit``: what a roster should be asked about."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click

from sim.cli.options import (
    force_option,
    json_option,
    lang_option,
    mapping_option,
    scenario_argument,
    set_option,
    within_option,
    year_option,
)
from sim.cli.shell import command, free_names, language, load, page_beside, put_all, refuse_unused, say, text
from sim.errors import Text


@click.command(
    "audit",
    short_help=text(
        "审查值班表：空缺、一人多岗、休息不足、号码有误、节假日、负担不均等。", "Audit the roster of a month."
    ),
    help=text(
        "审查值班表：空缺、一人多岗、休息不足、号码有误、节假日、负担不均、人装适配、反而拖慢的岗位等，写成工作簿和网页。给出现成的值班表时"
        "审查它们，另写一份标出问题的副本。",
        "Audit the roster: empty posts, people at two places, rest, numbers, holidays, load, sets without trained holders, steps that only cost "
        "time; a workbook and a page. Rosters given as they are are audited in place of the scenario's, and copied with what was found marked.",
    ),
)
@scenario_argument
@click.argument("files", nargs=-1, metavar=text("[值班表…]", "[ROSTER…]"), type=click.Path(path_type=Path))
@year_option
@mapping_option
@click.option("--month", metavar="YYYY-MM", help=text("哪个月（默认情景当月）", "which month (that of the scenario)"))
@within_option
@set_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("audit.xlsx"),
    show_default=True,
    help=text(
        "工作簿写到哪个文件；网页同名（.html），写在旁边",
        "the workbook to write; the page of the same name (.html) goes beside it",
    ),
)
@force_option
@json_option
@lang_option
@command
def roster_audit(
    scenario: Path,
    files: tuple[Path, ...],
    year: int | None,
    mapping: Path | None,
    month: str | None,
    within_min: float,
    overrides: tuple[str, ...],
    out: Path,
    force: bool,  # noqa: FBT001 - given by click
    as_json: bool,  # noqa: FBT001 - given by click
    lang: str | None,
) -> None:
    """Audit the roster of a month."""
    del lang
    if not files:
        remedy = Text("同时写明值班表文件", "name the rosters too")
        refuse_unused({"--year": year, "--mapping": mapping}, remedy)
    loaded = load(scenario, overrides, tonight=False)
    from sim import measures, report
    from sim.roster.audit import audit, ordered, summary
    from sim.roster.importing import duty_tables_of, load_mapping, raw_bytes, read_rosters
    from sim.roster.load import with_tables
    from sim.study.roster.asked import days_asked, days_imported, duty_tables
    from sim.study.roster.harm import harmful_posts

    page = page_beside(out)
    plan, names = loaded.plan.roster, measures.naming(loaded)
    reading, landlines = None, loaded.landlines
    if files:
        stated = load_mapping(mapping) if mapping is not None else None
        reading = read_rosters(files, loaded.county, plan, year=year, mapping=stated)
        imported = reading.imported
        click.echo(report.import_lines(imported, language(), listed=False) + "\n", err=as_json)
        days = days_imported(loaded, month, imported)
        persons, shifts = duty_tables_of(imported)
        landlines = dict(imported.landlines) or None  # of rosters that write none nothing is known
        places: list[str] | list[int] = [", ".join(spot.address for spot in spots) for spots in imported.spots]
        loaded = replace(loaded, roster=with_tables(loaded.roster, loaded.county, persons, shifts))
    else:
        days = days_asked(loaded, month, covered=True)
        persons, shifts = duty_tables(loaded)
        places = shifts.lines
    found = audit(loaded.county, plan, persons, shifts, days[0], days[-1], landlines)
    findings = ordered([*found, *harmful_posts(loaded, days, within_min)])
    made = {
        out: report.audit_book(loaded, names, findings, places, days, language()),
        page: report.audit_page(loaded, names, findings, days, out.name, language()).encode(),
    }
    marked = []
    if reading is not None:
        raw = {number: raw_bytes(book.path) for number, book in reading.books.items()}
        copies = report.marked_books(loaded, names, reading, raw, findings, days, language())
        marked = free_names(out.parent, [reading.books[number].path.stem for number in copies], "-marked.xlsx")
        made |= dict(zip(marked, (copy.content for copy in copies.values()), strict=True))
    put_all(made, force=force)
    if as_json:
        counted = [
            {"severity": severity, "kind": kind, "count": n} for (severity, kind), n in summary(findings).kinds.items()
        ]
        told = {
            "findings": counted,
            "workbook": str(out),
            "page": str(page),
            "marked": [str(path) for path in marked],
        }
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo(report.audit_lines(loaded, names, findings, days, language()))
    say(
        f"\n工作簿：{out.absolute()}；网页（可打印）：{page.absolute()}",
        f"\nWorkbook: {out.absolute()}; page (prints on A4): {page.absolute()}",
    )
    for path, copy in zip(marked, copies.values() if marked else (), strict=True):
        lost = "；".join(text(*one) for one in copy.lost)
        said = text(f"（{lost}）", f" ({lost})") if lost else ""
        say(f"标出问题的副本：{path.absolute()}{said}", f"Copy with marks: {path.absolute()}{said}")
