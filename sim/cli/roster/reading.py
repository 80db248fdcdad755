"""``roster import``: rosters as counties keep them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sim.cli.options import folder_option, lang_option, mapping_option, scenario_argument, set_option, year_option
from sim.cli.shell import command, language, load, say, text


@click.command(
    "import",
    short_help=text("读入现成的值班表。", "Read rosters as they are."),
    help=text(
        "读入现成的值班表（.xlsx、.xls、CSV），写成程序用的人员表和班次表；没有用上的逐格列出，最要紧的三个问题先问。",
        "Read duty rosters as they are (.xlsx, .xls, CSV) into tables of persons and shifts; what is not used is listed cell by cell, and the three "
        "questions that matter most come first.",
    ),
)
@scenario_argument
@click.argument("files", nargs=-1, required=True, metavar=text("值班表…", "ROSTER…"), type=click.Path(path_type=Path))
@year_option
@mapping_option
@set_option
@folder_option
@lang_option
@command
def roster_import(
    scenario: Path,
    files: tuple[Path, ...],
    year: int | None,
    mapping: Path | None,
    overrides: tuple[str, ...],
    out: Path | None,
    lang: str | None,
) -> None:
    """Read rosters as they are."""
    del lang
    loaded = load(scenario, overrides, tonight=False)
    from sim import report
    from sim.roster.importing import import_roster, load_mapping
    from sim.study import ResultFolder
    from sim.study.roster.imported import mapping_of_all, mappings, require_shifts, tables

    stated = load_mapping(mapping) if mapping is not None else None
    imported = import_roster(files, loaded.county, loaded.plan.roster, year=year, mapping=stated)
    if not imported.shifts:
        click.echo(mapping_of_all(files, loaded.county))
        say(
            "以上是程序对各列的判断；要改就另存为 mapping.yaml，改好用 --mapping 再读。\n",
            "Above is what the columns were taken for; to correct it, save it as mapping.yaml and read again with --mapping.\n",
            to=sys.stderr,
        )
    require_shifts(imported)
    with ResultFolder(
        loaded, "roster", out, sys.argv[1:], {"files": [str(path) for path in files]}, internal=True
    ) as folder:
        for name, content in mappings(files, loaded.county).items():
            (folder.draft / name).write_text(content, encoding="utf-8")
        counts = {"persons": len(imported.persons), "shifts": len(imported.shifts), "notes": len(imported.notes)}
        folder.write(tables(imported, language()), counts | {"result_dir": str(folder.path)})
    click.echo(report.import_lines(imported, language()))
    where = folder.path.absolute()
    if imported.landlines:
        say(
            f"值班电话 {len(imported.landlines)} 个在 landlines.csv，情景中写 roster.landlines 指向它。",
            f"Duty telephones: {len(imported.landlines)} in landlines.csv; let roster.landlines of the scenario name it.",
        )
    say(
        f"\n结果：{where}。在情景中写 roster.persons、roster.shifts 指向这里的 persons.csv、shifts.csv；没用上的格见 notes.csv，"
        "全部问题见 questions.csv；列认错了就改 mapping.yaml 再读一次。",
        f"\nResult: {where}. Let roster.persons and roster.shifts of the scenario name its persons.csv and shifts.csv; notes.csv lists the cells "
        "not used, questions.csv all questions; where a column was taken for another, correct mapping.yaml and read again.",
    )
