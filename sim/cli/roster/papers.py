"""``roster callsheet`` and ``roster ical``: what people hold in their hands."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from sim.cli.options import at_option, force_option, lang_option, scenario_argument, set_option
from sim.cli.shell import command, language, load, page_beside, put, put_all, say, text
from sim.errors import Fault, InputError, Text


@click.command(
    "callsheet",
    short_help=text("打印某一时刻的叫应单。", "Print call sheets for a moment."),
    help=text(
        "叫应单：某一时刻县里和各乡镇先打谁、再打谁，A4 打印，留有拨打、接听人、应答时刻、签名的空格。",
        "Call sheets: whom the county and each township call at a moment, in order; A4, with blanks to fill in.",
    ),
)
@scenario_argument
@at_option
@click.option("--to", "deepest", default="village", show_default=True, help=text("叫到哪一层级", "down to which level"))
@click.option(
    "--desk",
    metavar=text("值班室", "DESK"),
    help=text("只要一个值班室的叫应单，例如 江口镇", "the sheet of one desk only, such as 江口镇"),
)
@set_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("callsheet.xlsx"),
    show_default=True,
    help=text(
        "工作簿写到哪个文件；网页同名（.html），写在旁边",
        "the workbook to write; the page of the same name (.html) goes beside it",
    ),
)
@force_option
@click.option(
    "--real-names",
    is_flag=True,
    help=text(
        "写明姓名和电话（工作稿，内部使用、用后收回）",
        "with names and telephone numbers (a working copy, for internal use)",
    ),
)
@lang_option
@command
def roster_callsheet(
    scenario: Path,
    at: datetime | None,
    deepest: str,
    desk: str | None,
    overrides: tuple[str, ...],
    out: Path,
    force: bool,  # noqa: FBT001 - given by click
    real_names: bool,  # noqa: FBT001 - given by click
    lang: str | None,
) -> None:
    """Write tonight's call sheets."""
    del lang
    loaded = load(scenario, overrides, tonight=False)
    from sim import measures, report
    from sim.study.roster.asked import level_to_call, moment_asked, sheets_of
    from sim.study.roster.call_sheet import call_sheets

    when = moment_asked(loaded, at)
    sheets = sheets_of(call_sheets(loaded, when, level_to_call(loaded, deepest)), loaded, desk)
    names = measures.naming(loaded, real_names=real_names)
    page = page_beside(out)
    book = report.call_sheets_book(loaded, when, sheets, names, language())
    read = report.call_sheets_page(loaded, when, sheets, names, language())
    put_all({out: book, page: read.encode()}, force=force)
    where = out.absolute(), page.absolute()
    say(
        f"{when:%Y-%m-%d %H:%M} 叫应单 {len(sheets)} 张（往下叫应的值班室各一张）：{where[0]}；网页（可打印）：{where[1]}",
        f"Call sheets for {when:%Y-%m-%d %H:%M}: {len(sheets)}, one for each desk that calls others: {where[0]}; page (prints on A4): {where[1]}",
    )


@click.command(
    "ical",
    short_help=text("为每个人写一份日历。", "Write a calendar for each person."),
    help=text(
        "为值班表上的每个人各写一份日历（.ics），可导入手机和办公软件。",
        "Write a calendar (.ics) for each person on the roster, for telephones and office programs.",
    ),
)
@scenario_argument
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("calendars"),
    show_default=True,
    help=text("写到哪个文件夹（新的或空的）", "the folder to write to (new or empty)"),
)
@set_option
@lang_option
@command
def roster_ical(scenario: Path, out: Path, overrides: tuple[str, ...], lang: str | None) -> None:
    """Write everybody's calendar."""
    del lang
    loaded = load(scenario, overrides, tonight=False)
    from sim.roster.ical import calendars

    made = calendars(loaded.roster, loaded.county, text("值班：", "Duty: "))
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        problem = Text("那里已有别的内容", "something else stands there already")
        remedy = Text("换一个新的或空的文件夹", "choose a folder that is new or empty")
        raise InputError([Fault("--out", 0, 0, "", str(out), problem, remedy)])
    out.mkdir(parents=True, exist_ok=True)
    for who, content in made.items():
        put(content, out / f"{who}.ics", force=False)
    say(
        f"写好 {len(made)} 人的日历，文件名是人员表中的编号：{out.absolute()}；长期担任岗位、没有逐日班次的人没有日历。",
        f"Calendars of {len(made)} persons, named by the ids of the table of persons: {out.absolute()}; who holds a post for good has none.",
    )
