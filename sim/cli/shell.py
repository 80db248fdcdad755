"""What every command needs: the language, words to the terminal, exit codes, files written whole, scenarios loaded."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import wraps
from itertools import count as counting
from itertools import pairwise
from pathlib import Path
from typing import IO, TYPE_CHECKING, ParamSpec, cast

import click

from sim.errors import Fault, InputError, Language, Text

if TYPE_CHECKING:
    from sim.scenario import Scenario

P = ParamSpec("P")
FAILED, AT_FAULT, UNMET, STOPPED = 1, 2, 3, 130
_SHOWN_FAULTS = 500
_TAKEN = (
    Text("那里已有文件", "something stands there already"),
    Text("换一个文件名，或加 --force 覆盖", "choose another name, or replace it with --force"),
)


def language() -> Language:
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


def text(zh: str, en: str) -> str:
    """Return a text in the language of this call."""
    return Text(zh, en).get(language())


def say(zh: str, en: str, *, to: IO[str] | None = None) -> None:
    """Print a text in the language of this call."""
    click.echo(text(zh, en), file=to)


def command(body: Callable[P, int | None]) -> Callable[P, None]:
    """Turn what a command returns or raises into an exit code and words."""

    @wraps(body)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            code = body(*args, **kwargs) or 0
        except InputError as error:
            _tell_faults(error)
            code = AT_FAULT
        except BrokenPipeError:  # whoever reads the output has seen enough of it
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = 0
        except (KeyboardInterrupt, click.Abort):
            say("\n已中断，未写出任何结果。", "\nInterrupted; nothing was written.", to=sys.stderr)
            code = STOPPED
        except Exception:  # noqa: BLE001 - the last resort, told in words and with the trace that its mender needs
            traceback.print_exc()
            say(
                "程序内部出错，请把以上内容发给维护者。",
                "An internal failure: please send the above to the maintainers.",
                to=sys.stderr,
            )
            code = FAILED
        sys.exit(code)

    return run


def _tell_faults(error: InputError) -> None:
    count = len(error.faults)
    for fault in error.faults[:_SHOWN_FAULTS]:
        click.echo(fault.render(language()), err=True)
    rest = count - _SHOWN_FAULTS
    if rest > 0:
        say(f"……另有 {rest} 处，先改以上各处。", f"… and {rest} more; mend these first.", to=sys.stderr)
    say(
        f"\n共 {count} 处问题，未写出任何结果；请改正后再试。",
        f"\n{count} fault(s); nothing was written.",
        to=sys.stderr,
    )


def hand_out(content: bytes, out: Path | None, *, force: bool) -> None:
    """Print a file's bytes, whatever the terminal speaks, or write them where nothing stands yet."""
    if out is None:
        click.echo(content, nl=False)
        return
    put(content, out, force=force)
    say(f"已写入 {out}", f"Written to {out}", to=sys.stderr)


def refuse_unused(options: Mapping[str, object], remedy: Text) -> None:
    """Refuse options that mean nothing in this call; ``None`` is one that was not given."""
    problem = Text("这样写不起作用", "it means nothing here")
    given = {option: value for option, value in options.items() if value is not None}
    if given:
        raise InputError([Fault(option, 0, 0, "", str(value), problem, remedy) for option, value in given.items()])


def free_names(folder: Path, stems: Sequence[str], ending: str) -> list[Path]:
    """Return a path for each stem, no two alike whatever folders the stems come from."""
    paths: list[Path] = []
    for stem in stems:
        names = (folder / f"{stem}{f'-{number}' if number > 1 else ''}{ending}" for number in counting(1))
        paths.append(next(path for path in names if path not in paths))
    return paths


def put(content: bytes, out: Path, *, force: bool) -> None:
    """Write a file; one that was not there before and cannot be written whole is not there after."""
    begun = False
    try:
        with out.open("wb" if force else "xb") as stream:
            begun = not force
            stream.write(content)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        if begun:
            out.unlink(missing_ok=True)
        raise _unwritten(out, error) from error


def put_all(files: Mapping[Path, bytes], *, force: bool) -> None:
    """Write files that belong together, all or none: each under another name first, in its place once all are whole."""
    drafts: dict[Path, Path] = {}
    out = Path()
    try:
        for out, content in files.items():
            if out.exists() and not (force and out.is_file()):
                raise FileExistsError
            drafts[out] = out.with_name(f".{out.name}.part")
            drafts[out].write_bytes(content)
        for out, draft in drafts.items():
            draft.replace(out)
    except (OSError, ValueError) as error:
        raise _unwritten(out, error) from error
    finally:
        for draft in drafts.values():
            with suppress(OSError, ValueError):
                draft.unlink(missing_ok=True)


def workbook_at(out: Path) -> Path:
    """Return where a workbook goes; under another ending than .xlsx no program would open it."""
    if out.suffix.lower() != ".xlsx":
        problem = Text("这里写工作簿的文件名", "this is the name of the workbook")
        remedy = Text("用 .xlsx 结尾", "let it end in .xlsx")
        raise InputError([Fault("--out", 0, 0, "", str(out), problem, remedy)])
    return out


def page_beside(book: Path) -> Path:
    """Return where the page of a workbook goes: beside it, under the same name."""
    return workbook_at(book).with_suffix(".html")


def _unwritten(out: Path, error: OSError | ValueError) -> InputError:
    """Return the fault of a file that could not be written."""
    reason = error.strerror if isinstance(error, OSError) else error
    problem = Text(f"文件无法写入（{reason}）", f"the file cannot be written ({reason})")
    remedy = Text("检查文件夹、权限和磁盘空间", "check folder, permissions and space")
    if isinstance(error, FileExistsError):
        problem, remedy = _TAKEN
    return InputError([Fault("--out", 0, 0, "", str(out), problem, remedy)])


def say_who_is_silent(scenario: Scenario) -> None:
    """Give notice of acts that call nobody and tell nobody: allowed, but seldom meant."""
    for act in scenario.plan.silent:
        say(
            f"注意：环节 {act.id} 没有叫应对象，也不告诉住户；如有遗漏，请在 call_targets 或 means 中补上。",
            f"Notice: the act {act.id} calls nobody and tells no household; if that is not meant, add a call target or means.",
            to=sys.stderr,
        )


def load(path: Path, overrides: tuple[str, ...], *, tonight: bool = True, options: bool = False) -> Scenario:
    """Return the scenario of a file; a roster that is looked at by itself need not be one of its night."""
    from sim.scenario import load_scenario

    return load_scenario(path, overrides, tonight=tonight, options=options)
