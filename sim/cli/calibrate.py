"""``calibrate``: what a log of calls and drills says about the numbers of a scenario."""

from __future__ import annotations

import json
from pathlib import Path

import click

from sim.cli.options import force_option, json_option, lang_option, set_option
from sim.cli.shell import command, language, load, put, put_all, refuse_unused, say, text, workbook_at
from sim.errors import Fault, InputError, Text

_ENDINGS = (".yaml", ".yml")


@click.command(
    "calibrate",
    short_help=text("用叫应日志校准接听概率和用时。", "Learn answers and delays from a log of calls."),
    help=text(
        "用叫应、演练日志校准情景里的接听概率和用时：以情景原来的数为先验，未接的按挂断时截断，写出可用 extends 继承的文件（各项注明来源），"
        "另写一个网页和一个工作簿。数据太少的项目拒绝校准，没有数据的保持原值。空表用 --template 生成。\n\n\b\n"
        "空表：jiaoying calibrate scenarios/yunyang-red-storm-night.yaml --template 叫应日志.xlsx\n"
        "校准：jiaoying calibrate scenarios/yunyang-red-storm-night.yaml 叫应日志.xlsx --out 校准.yaml",
        "Learn chances of answering and lengths of time from a log of calls or drills: the scenario's numbers are the prior, calls that "
        "nobody picked up "
        "are cut off where the caller hung up. It writes a file that a scenario can extend, each number with its source, and a page and a "
        "workbook beside "
        "it. What has too little data is refused, what has none stays. --template writes a blank log.\n\n\b\n"
        "blank:  jiaoying calibrate scenarios/yunyang-red-storm-night.yaml --template log.xlsx\n"
        "learn:  jiaoying calibrate scenarios/yunyang-red-storm-night.yaml log.xlsx --out calibration.yaml",
    ),
)
@click.argument("scenario", metavar=text("[情景文件]", "[SCENARIO]"), required=False, type=click.Path(path_type=Path))
@click.argument("log", metavar=text("[日志]", "[LOG]"), required=False, type=click.Path(path_type=Path))
@click.option(
    "--template",
    metavar=text("文件", "FILE"),
    type=click.Path(path_type=Path),
    help=text(
        "写出空的日志工作簿，不校准；给出情景时可选的岗位、层级按情景",
        "write a blank log and stop; with a scenario its posts and levels can be chosen from",
    ),
)
@click.option(
    "--prior-weight",
    "weight",
    metavar=text("次数", "N"),
    type=click.FloatRange(2, 10_000),
    help=text(
        "情景原来的概率相当于多少次试拨（默认20）；越大越不容易被日志改动",
        "how many tries a probability of the scenario counts for (20); the more, the less the log moves it",
    ),
)
@click.option(
    "--leave-few",
    is_flag=True,
    help=text("数据太少的项目保持原值（默认拒绝）", "leave what has too little data as it is (refused otherwise)"),
)
@set_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help=text(
        "写到哪个文件（默认 calibration.yaml）；网页、工作簿同名，写在旁边",
        "the file to write (calibration.yaml); page and workbook of the same name go beside it",
    ),
)
@force_option
@json_option
@lang_option
@command
def calibrate(
    scenario: Path | None,
    log: Path | None,
    template: Path | None,
    weight: float | None,
    leave_few: bool,  # noqa: FBT001 - given by click
    overrides: tuple[str, ...],
    out: Path | None,
    force: bool,  # noqa: FBT001 - given by click
    as_json: bool,  # noqa: FBT001 - given by click
    lang: str | None,
) -> None:
    """Learn from a log, or write a blank one."""
    del lang
    if template is not None:
        unused = {
            text("日志", "LOG"): log,
            "--prior-weight": weight,
            "--leave-few": leave_few or None,
            "--out": out,
            "--json": as_json or None,
        }
        refuse_unused(unused, Text("写空表时去掉它", "leave it out where a blank log is written"))
        _write_template(scenario, overrides, workbook_at(template), force=force)
        return
    if scenario is None or log is None:
        problem = Text("要写情景文件和日志", "a scenario and a log are needed")
        remedy = Text("没有日志时用 --template 写空表", "--template writes a blank log")
        raise InputError([Fault("calibrate", 0, 0, "", "", problem, remedy)])
    out = out or Path("calibration.yaml")
    if out.suffix.lower() not in _ENDINGS:
        problem = Text("这里写情景片段的文件名", "this is the name of a file that scenarios extend")
        raise InputError([Fault("--out", 0, 0, "", str(out), problem, Text("用 .yaml 结尾", "let it end in .yaml"))])
    page, book = out.with_suffix(".html"), out.with_suffix(".xlsx")
    _spare((scenario, log), (out, page, book))
    loaded = load(scenario, overrides, tonight=False)
    from sim import report
    from sim.exercise.calibrate import calibrate as learn_from
    from sim.exercise.calibrate import overlay_text, read_log
    from sim.exercise.calibrate.fit import PRIOR_WEIGHT

    made = learn_from(
        loaded, read_log(log, loaded), log, PRIOR_WEIGHT if weight is None else weight, leave_few=leave_few
    )
    files = {
        out: overlay_text(made).encode(),
        page: report.calibration_page(made, language()).encode(),
        book: report.calibration_book(made, language()),
    }
    put_all(files, force=force)
    if as_json:
        learnt = [
            {"path": one.path, "before": one.stated, "now": one.value, "low": one.low, "high": one.high, "n": one.count}
            for one in made.learnt
        ]
        unchanged = [{"path": one.path, "reason": one.reason, "n": one.count} for one in made.unchanged]
        told = {"learnt": learnt, "unchanged": unchanged, "overlay": str(out), "page": str(page), "workbook": str(book)}
        click.echo(json.dumps(told, ensure_ascii=False, allow_nan=False))
        return
    click.echo("\n".join(report.calibration_sentences(made, language())))
    say(
        f"\n已写入 {out}；在情景的 extends 最后加上它，就用校准后的数。\n网页（可打印）：{page.absolute()}；工作簿：{book.absolute()}",
        f"\nWritten to {out}: put it last under 'extends' of a scenario to use these numbers.\nPage (prints on A4): {page.absolute()}; "
        f"workbook: {book.absolute()}",
    )


def _spare(read: tuple[Path, ...], written: tuple[Path, ...]) -> None:
    """Refuse to write over what is read, even where files may be replaced: a log is kept nowhere else."""
    for path in written:
        if path.resolve() in [own.resolve() for own in read]:
            problem = Text("会写在读入的文件上", "this would be written over a file that is read")
            remedy = Text("换一个文件名", "choose another name")
            raise InputError([Fault("--out", 0, 0, "", str(path), problem, remedy)])


def _write_template(scenario: Path | None, overrides: tuple[str, ...], out: Path, *, force: bool) -> None:
    """Write a blank log."""
    loaded = load(scenario, overrides, tonight=False) if scenario is not None else None
    from sim import report

    put(report.log_template(loaded, language()), out, force=force)
    say(f"已写入 {out.absolute()}", f"Written to {out.absolute()}")
