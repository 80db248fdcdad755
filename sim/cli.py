"""``jiaoying``: arguments in, exit code out. Rooms are opened only by the command that needs them.

Exit codes: 0 done, 1 internal failure, 2 the input is at fault, 3 with ``--strict`` when a target is not met, 130 interrupted.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from itertools import pairwise
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, ParamSpec, cast

import click

from sim.errors import Fault, InputError, Language, Text

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.scenario.cap import Status

P = ParamSpec("P")
_FAILED, _AT_FAULT, _UNMET, _STOPPED = 1, 2, 3, 130
_SHOWN_FAULTS = 500


def _language() -> Language:
    """Return the language of this call: ``--lang`` wherever it stands, else JIAOYING_LANG, else Chinese."""
    words = sys.argv[1:]
    context = click.get_current_context(silent=True)
    while context is not None:
        if context.params.get("lang"):
            return cast("Language", context.params["lang"])
        context = context.parent
    named = [b for a, b in pairwise(words) if a == "--lang"]
    named += [word.removeprefix("--lang=") for word in words if word.startswith("--lang=")]
    chosen = named[-1] if named else os.environ.get("JIAOYING_LANG", "zh")
    return "en" if chosen == "en" else "zh"


def _text(zh: str, en: str) -> str:
    return Text(zh, en).get(_language())


def _say(zh: str, en: str, *, to: IO[str] | None = None) -> None:
    click.echo(_text(zh, en), file=to)


_lang_option = click.option("--lang", type=click.Choice(["zh", "en"]), help="语言 / language")
_set_option = click.option(
    "--set",
    "overrides",
    multiple=True,
    metavar=_text("路径=值", "PATH=VALUE"),
    help=_text(
        "改动情景中的一项，可多次；例如 --set end='4 h'", "change one thing, may be repeated; such as --set end='4 h'"
    ),
)
_folder_option = click.option(
    "--out",
    type=click.Path(path_type=Path),
    help=_text("结果文件夹（默认 results/<情景>/<时间>）", "result folder (default results/<scenario>/<time>)"),
)
_json_option = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help=_text("在标准输出只打印 JSON 摘要", "print the summary as JSON and nothing else"),
)
_scenario_argument = click.argument("scenario", metavar=_text("情景文件", "SCENARIO"), type=click.Path(path_type=Path))


def _command(body: Callable[P, int | None]) -> Callable[P, None]:
    """Turn what a command returns or raises into an exit code and words."""

    @wraps(body)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            code = body(*args, **kwargs) or 0
        except InputError as error:
            _tell_faults(error)
            code = _AT_FAULT
        except BrokenPipeError:  # whoever reads the output has seen enough of it
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = 0
        except (KeyboardInterrupt, click.Abort):
            _say("\n已中断，未写出任何结果。", "\nInterrupted; nothing was written.", to=sys.stderr)
            code = _STOPPED
        except Exception:  # noqa: BLE001 - the last resort, told in words and with the trace that its mender needs
            traceback.print_exc()
            _say(
                "程序内部出错，请把以上内容发给维护者。",
                "An internal failure: please send the above to the maintainers.",
                to=sys.stderr,
            )
            code = _FAILED
        sys.exit(code)

    return run


def _tell_faults(error: InputError) -> None:
    count = len(error.faults)
    for fault in error.faults[:_SHOWN_FAULTS]:
        click.echo(fault.render(_language()), err=True)
    rest = count - _SHOWN_FAULTS
    if rest > 0:
        _say(f"……另有 {rest} 处，先改以上各处。", f"… and {rest} more; mend these first.", to=sys.stderr)
    _say(
        f"\n共 {count} 处问题，未写出任何结果；请改正后再试。",
        f"\n{count} fault(s); nothing was written.",
        to=sys.stderr,
    )


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_text(
        "叫应：预警叫应推演。从县值班室到每一户，推演谁何时收到预警、谁何时应答。\n\n\b\n"
        "先看：jiaoying explain scenarios/yunyang-red-storm-night.yaml\n"
        "再跑：jiaoying run scenarios/yunyang-red-storm-night.yaml",
        "jiaoying plays out a disaster warning: from the county duty room to every household, who is told and who "
        "answers when.\n\n\b\n"
        "read first:  jiaoying explain scenarios/yunyang-red-storm-night.yaml --lang en\n"
        "then run:    jiaoying run scenarios/yunyang-red-storm-night.yaml --lang en",
    ),
)
@click.version_option(package_name="jiaoying", prog_name="jiaoying", message="%(prog)s %(version)s")
@_lang_option
def cli(lang: str | None) -> None:
    """Hold the commands together; the language is found by ``_language``."""
    del lang


@cli.command(help=_text("推演一次，写出结果文件夹和报告。", "Make one run; write the result folder and its report."))
@_scenario_argument
@click.option(
    "--seed",
    type=click.IntRange(0, 2**64 - 1),
    help=_text("换随机种子（默认用情景中的 seed）", "another seed than the scenario's"),
)
@click.option(
    "--replication",
    type=click.IntRange(0, 2**32),
    default=0,
    show_default=True,
    help=_text("推演编号", "number of the run"),
)
@_set_option
@_folder_option
@click.option(
    "--place", help=_text("报告只写一个乡镇或村，例如 江口镇", "let the report be about one township or village")
)
@click.option(
    "--pdf", is_flag=True, help=_text("另写 report.pdf（须先安装 typst）", "write report.pdf too (needs typst)")
)
@click.option(
    "--real-names",
    is_flag=True,
    help=_text(
        "显示村的真实名称（工作稿，内部使用、用后收回）", "show real village names (a working copy, for internal use)"
    ),
)
@_json_option
@click.option(
    "--strict",
    is_flag=True,
    help=_text("有时限要求或两叫应本次未按时，退出码为 3", "exit with 3 if a requirement or call target is not met"),
)
@_lang_option
@_command
def run(
    scenario: Path,
    seed: int | None,
    replication: int,
    overrides: tuple[str, ...],
    out: Path | None,
    place: str | None,
    pdf: bool,  # noqa: FBT001 - given by click
    real_names: bool,  # noqa: FBT001 - given by click
    as_json: bool,  # noqa: FBT001 - given by click
    strict: bool,  # noqa: FBT001 - given by click
    lang: str | None,
) -> int:
    """Make one run and write its result folder."""
    del lang
    _say("读取情景和县情……", "Reading the scenario and the county …", to=sys.stderr)
    if seed is not None:
        overrides = (*overrides, f"seed={seed}")
    loaded = _load(scenario, overrides)
    from sim import measures, report
    from sim.study import ResultFolder
    from sim.warning import simulate

    if pdf:
        report.need_pdf()
    names = measures.naming(loaded, real_names=real_names)
    report.find_place(loaded, names, place)
    label, about = f"seed{loaded.plan.seed}-night{replication}", {"replications": [replication]}
    with ResultFolder(loaded, label, out, sys.argv[1:], about, internal=real_names) as folder:
        _say("推演……", "Running …", to=sys.stderr)
        night = simulate(loaded, replication)
        tables = measures.tabulate(loaded, night, names)
        summary = measures.summarise(loaded, night) | {"result_dir": str(folder.path)}
        _say("写报告……", "Writing the report …", to=sys.stderr)
        folder.write(tables, summary)
        report.write_report(folder.draft, loaded, night, tables, names, language=_language(), place=place, pdf=pdf)
    if as_json:
        click.echo(json.dumps(summary, ensure_ascii=False, allow_nan=False))
    else:
        click.echo(report.terminal_summary(loaded, night, _language(), place, names))
        page = (folder.path / "report.html").absolute()
        _say(f"\n报告：{page}", f"\nReport: {page}")
        _say(
            "用浏览器打开，先看首屏各项要求和可播放的示意图。同一文件夹中：report.docx 首页是领导一页纸，report.xlsx 是报告和各图的数字。",
            "Open it in a browser; begin with the requirements and the map that plays. Beside it: report.docx, whose first page is for "
            "leaders, and report.xlsx with the numbers behind report and figures.",
        )
        if folder.replaces:
            _say("（这个文件夹里原有的结果已被替换。）", "(The earlier result in this folder was replaced.)")
    _say_who_is_silent(loaded)
    return _UNMET if strict and not all(target["met"] for target in summary["targets"]) else 0


@cli.command(help=_text("检查情景文件，列出全部问题，不推演。", "Check a scenario and list every fault; run nothing."))
@_scenario_argument
@_set_option
@_lang_option
@_command
def check(scenario: Path, overrides: tuple[str, ...], lang: str | None) -> None:
    """Load a scenario and say that it is sound."""
    del lang
    loaded = _load(scenario, overrides)
    county, plan = loaded.county, loaded.plan
    acts, targets, calls = len(plan.acts), len(plan.targets), len(plan.call_targets)
    counts = [(len(county.of_level(i)), level) for i, level in enumerate(county.levels) if i]
    zh = "、".join(f"{n}个{level.name}" for n, level in counts)
    en = ", ".join(f"{n} of level {level.id}" for n, level in counts)
    homes = len(county.households)
    _say(
        f"没有问题：{county.name}，{zh}，{homes}户，{acts}个环节，{calls}项叫应对象，{targets}项时限要求。",
        f"No faults: {county.name}, {en}, {homes} households, {acts} acts, {calls} call targets, {targets} requirements.",
    )
    _say_who_is_silent(loaded)


@cli.command(
    help=_text(
        "用通常的话说明情景：叫谁、用什么叫、时限多少、依据何在。",
        "Say a scenario in plain words: who is called, how, by when, on what grounds.",
    )
)
@_scenario_argument
@_set_option
@_lang_option
@_command
def explain(scenario: Path, overrides: tuple[str, ...], lang: str | None) -> None:
    """Say a scenario in plain words."""
    del lang
    from sim import report

    click.echo(report.explain(_load(scenario, overrides), _language()))


@cli.command(
    help=_text(
        "打印情景文件的 JSON Schema，供编辑器补全和检查。",
        "Print the JSON schema, for editors that complete and check.",
    )
)
@click.option(
    "--county", is_flag=True, help=_text("county.yaml 的格式（默认为情景文件的格式）", "that of county.yaml instead")
)
@_lang_option
@_command
def schema(county: bool, lang: str | None) -> None:  # noqa: FBT001 - given by click
    """Print a JSON schema."""
    del lang
    from sim.scenario import county_schema, json_schema

    content: dict[str, Any] = county_schema() if county else json_schema()
    click.echo(json.dumps(content, ensure_ascii=False, indent=2))


@cli.group(
    help=_text(
        "通用预警协议（CAP 1.2）：读入一条预警，或写出情景中的预警。",
        "Common Alerting Protocol (CAP 1.2): read a warning in, or write one of a scenario.",
    )
)
@_lang_option
def cap(lang: str | None) -> None:
    """Hold the two directions together."""
    del lang


_file_option = click.option(
    "--out",
    type=click.Path(path_type=Path),
    help=_text("写到哪个文件（默认打印）", "the file to write (printed by default)"),
)
_force_option = click.option("--force", is_flag=True, help=_text("文件已有时覆盖", "replace the file if there is one"))


@cap.command(
    "import",
    help=_text(
        "把一条 CAP 1.2 预警变成情景片段（YAML），供情景文件用 extends 继承。",
        "Turn a CAP 1.2 alert into a piece of a scenario (YAML), for a scenario file to extend.",
    ),
)
@click.argument("alert", metavar=_text("CAP文件", "ALERT"), type=click.Path(path_type=Path))
@_file_option
@_force_option
@_lang_option
@_command
def cap_import(alert: Path, out: Path | None, force: bool, lang: str | None) -> None:  # noqa: FBT001 - given by click
    """Read a CAP alert into a piece of a scenario."""
    del lang
    from sim.scenario.cap import read_alert, snippet

    _hand_out(snippet(read_alert(alert), _language()).encode(), out, force=force)


@cap.command(
    "export",
    help=_text("把情景中的预警写成 CAP 1.2 消息。", "Write a warning of a scenario as a CAP 1.2 message."),
)
@_scenario_argument
@click.option(
    "--warning", "warning_id", metavar="ID", help=_text("哪个预警（默认第一个）", "which warning (the first)")
)
@click.option(
    "--status",
    type=click.Choice(["Exercise", "Test", "Actual"]),
    default="Exercise",
    show_default=True,
    help=_text("演练、测试、实际；Actual 须由发布单位核对", "Actual must be checked by the issuing body"),
)
@click.option(
    "--sent",
    type=click.DateTime(["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]),
    metavar=_text("时刻", "TIME"),
    help=_text(
        "发出时刻，北京时间，例如 '2025-07-11 01:35'（默认按情景中会商、签发、发布各用时的中位数推算）",
        "when it is sent, Beijing time, such as '2025-07-11 01:35' (by default as the scenario's median durations have it)",
    ),
)
@_set_option
@_file_option
@_force_option
@_lang_option
@_command
def cap_export(
    scenario: Path,
    warning_id: str | None,
    status: Status,
    sent: datetime | None,
    overrides: tuple[str, ...],
    out: Path | None,
    force: bool,  # noqa: FBT001 - given by click
    lang: str | None,
) -> None:
    """Write a warning of a scenario as a CAP message."""
    del lang
    from sim.scenario.cap import write_alert

    _hand_out(write_alert(_load(scenario, overrides), warning_id, status, sent).encode(), out, force=force)


_at_option = click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%d %H:%M"]),
    metavar="'YYYY-MM-DD HH:MM'",
    help=_text("什么时刻，北京时间（默认情景的起算时刻）", "at what moment, Beijing time (that of the scenario)"),
)


@cli.group(
    help=_text(
        "值班表：抽查一个月的每一时刻，纸上走一遍叫应顺序。",
        "Duty rosters: drill every hour of a month; walk a ladder on paper.",
    )
)
@_lang_option
def roster(lang: str | None) -> None:
    """Hold what is done with rosters together."""
    del lang


@roster.command(
    "import",
    help=_text(
        "读入现成的值班表（.xlsx、.xls、CSV），写成程序用的人员表和班次表；没有用上的逐格列出，最要紧的三个问题先问。",
        "Read duty rosters as they are (.xlsx, .xls, CSV) into tables of persons and shifts; what is not used is listed cell by cell, and the three "
        "questions that matter most come first.",
    ),
)
@_scenario_argument
@click.argument("files", nargs=-1, required=True, metavar=_text("值班表…", "ROSTER…"), type=click.Path(path_type=Path))
@click.option(
    "--year",
    type=click.IntRange(2000, 2100),
    help=_text("表里没写年份时用哪一年", "the year, where the tables say none"),
)
@click.option(
    "--mapping",
    type=click.Path(path_type=Path),
    help=_text(
        "表的格式说明（上次写出、改好的 mapping.yaml）",
        "what the columns mean (the mapping.yaml of an earlier import, as you corrected it)",
    ),
)
@_set_option
@_folder_option
@_lang_option
@_command
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
    loaded = _load(scenario, overrides)
    from sim import report
    from sim.roster.importing import import_roster, load_mapping
    from sim.study import ResultFolder
    from sim.study.roster_import import mappings, tables

    stated = load_mapping(mapping) if mapping is not None else None
    imported = import_roster(files, loaded.county, loaded.plan.roster, year=year, mapping=stated)
    with ResultFolder(
        loaded, "roster", out, sys.argv[1:], {"files": [str(path) for path in files]}, internal=True
    ) as folder:
        for name, text in mappings(files, loaded.county).items():
            (folder.draft / name).write_text(text, encoding="utf-8")
        counts = {"persons": len(imported.persons), "shifts": len(imported.shifts), "notes": len(imported.notes)}
        folder.write(tables(imported, _language()), counts | {"result_dir": str(folder.path)})
    click.echo(report.import_lines(imported, _language()))
    where = folder.path.absolute()
    _say(
        f"\n结果：{where}。在情景中写 roster.persons、roster.shifts 指向这里的 persons.csv、shifts.csv；没用上的格见 notes.csv；"
        "列认错了就改 mapping.yaml 再读一次。",
        f"\nResult: {where}. Let roster.persons and roster.shifts of the scenario name its persons.csv and shifts.csv; notes.csv lists the cells "
        "not used; where a column was taken for another, correct mapping.yaml and read again.",
    )


@roster.command(
    "audit",
    help=_text(
        "审查值班表：空缺、一人多岗、休息不足、号码有误、节假日、负担不均、人装适配等，写成工作簿。",
        "Audit the roster: empty posts, people at two places, rest, numbers, holidays, load, sets without trained holders; a workbook.",
    ),
)
@_scenario_argument
@click.option("--month", metavar="YYYY-MM", help=_text("哪个月（默认情景当月）", "which month (that of the scenario)"))
@_set_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("audit.xlsx"),
    show_default=True,
    help=_text("写到哪个文件", "the file to write"),
)
@_force_option
@_json_option
@_lang_option
@_command
def roster_audit(
    scenario: Path,
    month: str | None,
    overrides: tuple[str, ...],
    out: Path,
    force: bool,  # noqa: FBT001 - given by click
    as_json: bool,  # noqa: FBT001 - given by click
    lang: str | None,
) -> None:
    """Audit the roster of a month."""
    del lang
    loaded = _load(scenario, overrides)
    from sim import measures, report
    from sim.roster.audit import audit, summary
    from sim.study.asked import days_asked, duty_tables

    days = days_asked(loaded, month, covered=True)
    persons, shifts = duty_tables(loaded)
    findings = audit(loaded.county, loaded.plan.roster, persons, shifts, days[0], days[-1])
    names = measures.naming(loaded)
    _put(report.audit_book(loaded, names, findings, shifts.lines, days, _language()), out, force=force)
    if as_json:
        counted = [
            {"severity": severity, "kind": kind, "count": n} for (severity, kind), n in summary(findings).kinds.items()
        ]
        click.echo(json.dumps({"findings": counted, "workbook": str(out)}, ensure_ascii=False))
        return
    click.echo(report.audit_lines(loaded, names, findings, days, _language()))
    _say(f"\n工作簿：{out.absolute()}", f"\nWorkbook: {out.absolute()}")


@roster.command(
    "drill",
    help=_text(
        "抽查：逐日逐时由县里向下叫应一次，推演多夜，看哪个时刻、哪个值班室最弱。",
        "Drill: call the desks at every hour of a month, in many nights; which hour and which desk is weakest.",
    ),
)
@_scenario_argument
@click.option("--month", metavar="YYYY-MM", help=_text("哪个月（默认情景当月）", "which month (that of the scenario)"))
@click.option(
    "--hours",
    metavar="H,H,…",
    help=_text("只在这些钟点，例如 2,14（默认每小时）", "only at these hours, such as 2,14 (every one)"),
)
@click.option(
    "--nights",
    "-n",
    type=click.IntRange(2, 10_000),
    default=50,
    show_default=True,
    help=_text("每个时刻推演几夜", "nights at each hour"),
)
@click.option(
    "--within",
    multiple=True,
    metavar=_text("层级=时长", "LEVEL=TIME"),
    default=("township=15 min", "village=30 min"),
    show_default=True,
    help=_text(
        "各层级多久内全部应答（规划假设，以本县规定为准）；叫到其中最低的层级",
        "within what time all of a level must answer (a planning assumption: the county's own limits go first); the lowest of them is the "
        "deepest called",
    ),
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=2,
    show_default=True,
    help=_text("同时用几个进程", "processes at a time"),
)
@_set_option
@_folder_option
@_json_option
@_lang_option
@_command
def roster_drill(
    scenario: Path,
    month: str | None,
    hours: str | None,
    nights: int,
    within: tuple[str, ...],
    workers: int,
    overrides: tuple[str, ...],
    out: Path | None,
    as_json: bool,  # noqa: FBT001 - given by click
    lang: str | None,
) -> None:
    """Drill the roster of a month."""
    del lang
    _say("读取情景和县情……", "Reading the scenario and the county …", to=sys.stderr)
    loaded = _load(scenario, overrides)
    from sim import measures, report
    from sim.study import ResultFolder
    from sim.study.asked import drill_plan
    from sim.study.drill import drill, together
    from sim.study.drill_tables import summarise, tables

    plan = drill_plan(loaded, month, hours, nights, within)
    names = measures.naming(loaded)
    label, about = f"drill-{plan.days[0]:%Y-%m}", {"nights": nights, "hours": len(plan.starts)}
    with ResultFolder(loaded, label, out, sys.argv[1:], about) as folder:
        played = drill(str(scenario), overrides, plan, min(workers, len(plan.days)))
        with click.progressbar(played, len(plan.days), _text("抽查各天", "days"), file=sys.stderr) as days:
            whole = together(plan, list(days))
        made = tables(whole, loaded, names)
        summary = summarise(whole, made, loaded) | {"result_dir": str(folder.path)}
        folder.write(made, summary)
        report.write_drill(folder.draft, loaded, whole, made, names, language=_language())
    if as_json:
        click.echo(json.dumps(summary, ensure_ascii=False, allow_nan=False))
        return
    click.echo("\n".join(report.drill_sentences(loaded, whole, made, _language())))
    book = (folder.path / "drill.xlsx").absolute()
    _say(
        f"\n结果：{book}；同一文件夹中 drill.png 是逐时的图。", f"\nResult: {book}; beside it drill.png, hour by hour."
    )


@roster.command(
    "ladder",
    help=_text(
        "纸上走一遍：某一时刻叫应某个值班室，先叫谁、用什么、何时叫到下一个、叫不到的可能有多大。",
        "Walk one ladder on paper: who is called first at a moment, by what, when the next, and how likely nobody answers.",
    ),
)
@_scenario_argument
@click.argument("desk", metavar=_text("值班室编码", "DESK"))
@click.option(
    "--within",
    "within_min",
    type=click.FloatRange(0, min_open=True),
    default=15.0,
    show_default=True,
    help=_text(
        "时限（分钟，规划假设），看哪个岗位反而拖慢",
        "limit (min, a planning assumption), to see which post slows it down",
    ),
)
@_at_option
@_set_option
@_lang_option
@_command
def roster_ladder(
    scenario: Path, desk: str, within_min: float, at: datetime | None, overrides: tuple[str, ...], lang: str | None
) -> None:
    """Walk one ladder on paper."""
    del lang
    loaded = _load(scenario, overrides)
    from sim import report
    from sim.study.asked import moment_asked
    from sim.study.dry_run import dry_run, harmful

    when = moment_asked(loaded, at)
    run, harm = dry_run(loaded, desk, when), harmful(loaded, desk, when, within_min)
    click.echo(report.ladder_on_paper(loaded, run, harm, within_min, _language()))


@roster.command(
    "callsheet",
    help=_text(
        "叫应单：某一时刻县里和各乡镇先打谁、再打谁，A4 打印，留有拨打、接听人、应答时刻、签名的空格。",
        "Call sheets: whom the county and each township call at a moment, in order; A4, with blanks to fill in.",
    ),
)
@_scenario_argument
@_at_option
@click.option(
    "--to", "deepest", default="village", show_default=True, help=_text("叫到哪一层级", "down to which level")
)
@_set_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("callsheet.xlsx"),
    show_default=True,
    help=_text("写到哪个文件", "the file to write"),
)
@_force_option
@click.option(
    "--real-names",
    is_flag=True,
    help=_text(
        "写明姓名和电话（工作稿，内部使用、用后收回）",
        "with names and telephone numbers (a working copy, for internal use)",
    ),
)
@_lang_option
@_command
def roster_callsheet(
    scenario: Path,
    at: datetime | None,
    deepest: str,
    overrides: tuple[str, ...],
    out: Path,
    force: bool,  # noqa: FBT001 - given by click
    real_names: bool,  # noqa: FBT001 - given by click
    lang: str | None,
) -> None:
    """Write tonight's call sheets."""
    del lang
    loaded = _load(scenario, overrides)
    from sim import measures, report
    from sim.study.asked import level_to_call, moment_asked
    from sim.study.call_sheet import call_sheets

    when = moment_asked(loaded, at)
    sheets = call_sheets(loaded, when, level_to_call(loaded, deepest))
    names = measures.naming(loaded, real_names=real_names)
    _put(report.call_sheets_book(loaded, when, sheets, names, _language()), out, force=force)
    _say(
        f"{when:%Y-%m-%d %H:%M} 叫应单 {len(sheets)} 张（往下叫应的值班室各一张）：{out.absolute()}",
        f"Call sheets for {when:%Y-%m-%d %H:%M}: {len(sheets)}, one for each desk that calls others: {out.absolute()}",
    )


@roster.command(
    "plan",
    help=_text(
        "排班：用现有值班表上的人排另一个月，保证休息、请假、负担均衡；排不出的写明原因。",
        "Plan another month with the people of the roster: rest, leave, an even load; what cannot be filled is explained.",
    ),
)
@_scenario_argument
@click.option("--month", metavar="YYYY-MM", required=True, help=_text("排哪个月", "which month to plan"))
@click.option(
    "--level", default="township", show_default=True, help=_text("哪一层级的值班室", "the duty rooms of which level")
)
@click.option(
    "--leave",
    type=click.Path(path_type=Path),
    help=_text("请假表 CSV：person,from,to（日期，含首尾）", "a CSV of leave: person,from,to (days, both included)"),
)
@click.option(
    "--rest-days",
    type=click.IntRange(0, 14),
    default=2,
    show_default=True,
    help=_text("值班一天后至少休息几天（规划假设）", "days of rest after a day on duty (a planning assumption)"),
)
@_set_option
@_folder_option
@_lang_option
@_command
def roster_plan(
    scenario: Path,
    month: str,
    level: str,
    leave: Path | None,
    rest_days: int,
    overrides: tuple[str, ...],
    out: Path | None,
    lang: str | None,
) -> None:
    """Plan a month."""
    del lang
    loaded = _load(scenario, overrides)
    from sim import measures, report
    from sim.roster.monthly import demands
    from sim.roster.planning import plan_desk
    from sim.study import ResultFolder
    from sim.study.asked import days_asked, desks_to_plan, duty_tables, leave_table, level_to_call
    from sim.study.roster_plan import tables

    days = days_asked(loaded, month, covered=False)
    persons, shifts = duty_tables(loaded)
    away = leave_table(leave, persons) if leave is not None else {}
    chosen = level_to_call(loaded, level, "--level")
    asked = desks_to_plan(demands(loaded.county, shifts, days, chosen, away, rest_days), chosen)
    names = measures.naming(
        loaded, real_names=True
    )  # a roster without names is none: the papers say that they are internal
    with ResultFolder(loaded, f"plan-{month}", out, sys.argv[1:], {"rest_days": rest_days}, internal=True) as folder:
        with click.progressbar(
            map(plan_desk, asked), len(asked), _text("排班", "planning"), file=sys.stderr
        ) as planned:
            plans = list(planned)
        made = tables(loaded, persons, plans)
        folder.write(
            made,
            {"desks": len(plans), "empty": sum(len(plan.clashes) for plan in plans), "result_dir": str(folder.path)},
        )
        report.write_plan(folder.draft, loaded, plans, persons, names, language=_language())
    click.echo(report.plan_lines(loaded, plans, persons, names, _language()))
    _say(f"\n结果：{(folder.path / 'plan.xlsx').absolute()}", f"\nResult: {(folder.path / 'plan.xlsx').absolute()}")


@roster.command(
    "ical",
    help=_text(
        "为值班表上的每个人各写一份日历（.ics），可导入手机和办公软件。",
        "Write a calendar (.ics) for each person on the roster, for telephones and office programs.",
    ),
)
@_scenario_argument
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("calendars"),
    show_default=True,
    help=_text("写到哪个文件夹（新的或空的）", "the folder to write to (new or empty)"),
)
@_set_option
@_lang_option
@_command
def roster_ical(scenario: Path, out: Path, overrides: tuple[str, ...], lang: str | None) -> None:
    """Write everybody's calendar."""
    del lang
    loaded = _load(scenario, overrides)
    from sim.roster.ical import calendars

    made = calendars(loaded.roster, loaded.county, _text("值班：", "Duty: "))
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        problem = Text("那里已有别的内容", "something else stands there already")
        remedy = Text("换一个新的或空的文件夹", "choose a folder that is new or empty")
        raise InputError([Fault("--out", 0, 0, "", str(out), problem, remedy)])
    out.mkdir(parents=True, exist_ok=True)
    for who, content in made.items():
        _put(content, out / f"{who}.ics", force=False)
    _say(
        f"写好 {len(made)} 人的日历，文件名是人员表中的编号：{out.absolute()}；长期担任岗位、没有逐日班次的人没有日历。",
        f"Calendars of {len(made)} persons, named by the ids of the table of persons: {out.absolute()}; who holds a post for good has none.",
    )


def _hand_out(content: bytes, out: Path | None, *, force: bool) -> None:
    """Print a file's bytes, whatever the terminal speaks, or write them where nothing stands yet."""
    if out is None:
        click.echo(content, nl=False)
        return
    _put(content, out, force=force)
    _say(f"已写入 {out}", f"Written to {out}", to=sys.stderr)


def _put(content: bytes, out: Path, *, force: bool) -> None:
    """Write a file; one that was not there before and cannot be written whole is not there after."""
    begun = False
    try:
        with out.open("wb" if force else "xb") as stream:
            begun = not force
            stream.write(content)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        if begun:
            out.unlink(missing_ok=True)
        reason = error.strerror if isinstance(error, OSError) else error
        problem = Text(f"文件无法写入（{reason}）", f"the file cannot be written ({reason})")
        remedy = Text("检查文件夹、权限和磁盘空间", "check folder, permissions and space")
        if isinstance(error, FileExistsError):
            problem = Text("那里已有文件", "something stands there already")
            remedy = Text("换一个文件名，或加 --force 覆盖", "choose another name, or replace it with --force")
        raise InputError([Fault("--out", 0, 0, "", str(out), problem, remedy)]) from error


def _say_who_is_silent(scenario: Scenario) -> None:
    """Give notice of acts that call nobody and tell nobody: allowed, but seldom meant."""
    for act in scenario.plan.silent:
        _say(
            f"注意：环节 {act.id} 没有叫应对象，也不告诉住户；如有遗漏，请在 call_targets 或 means 中补上。",
            f"Notice: the act {act.id} calls nobody and tells no household; if that is not meant, add a call target or means.",
            to=sys.stderr,
        )


def _load(path: Path, overrides: tuple[str, ...]) -> Scenario:
    from sim.scenario import load_scenario

    return load_scenario(path, overrides)


def main() -> None:
    """Run the command line; text that the terminal cannot show is replaced, never a crash."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    try:
        sys.exit(cli.main(prog_name="jiaoying", standalone_mode=False))
    except click.UsageError as error:
        _say(f"命令写得不对：{_chinese(error)}", f"Usage: {error.format_message()}", to=sys.stderr)
        asked = error.ctx.command_path if error.ctx else "jiaoying"
        _say(f"用法见：{asked} --help", f"See: {asked} --help", to=sys.stderr)
        sys.exit(_AT_FAULT)
    except click.Abort:
        sys.exit(_STOPPED)


def _chinese(error: click.UsageError) -> str:
    """Return what is wrong with the command line; click itself speaks English only."""
    near = ""
    if isinstance(error, click.NoSuchOption):
        if error.possibilities:
            near = f"；是否想写 {'、'.join(error.possibilities)}？"
        return f"没有选项 {error.option_name}{near}"
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return f"缺少{error.param.make_metavar(error.ctx or click.Context(cli))}"
    if isinstance(error, click.BadParameter) and error.param is not None:
        return f"{'/'.join(error.param.opts)} 的值不对：{_wanted(error.param.type) or error.message}"
    if "No such command" in error.format_message():
        group = error.ctx.command if error.ctx else cli
        return f"没有这个命令；可用：{'、'.join(getattr(group, 'commands', cli.commands))}"
    return error.format_message()


def _wanted(kind: click.ParamType[Any]) -> str:
    """Return in Chinese what an option takes; empty where click's own words must do."""
    if isinstance(kind, click.IntRange):
        return "应为非负整数"
    if isinstance(kind, click.Choice):
        return f"可用：{'、'.join(kind.choices)}"
    return "应为北京时间，写成 '2025-07-11 01:35'" if isinstance(kind, click.DateTime) else ""
