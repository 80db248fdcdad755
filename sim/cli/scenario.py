"""``check``, ``explain``, ``schema``: what a scenario says and may say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from sim.cli.options import lang_option, scenario_argument, set_option
from sim.cli.shell import command, language, load, say, say_who_is_silent, text


@click.command(help=text("检查情景文件，列出全部问题，不推演。", "Check a scenario and list every fault; run nothing."))
@scenario_argument
@set_option
@lang_option
@command
def check(scenario: Path, overrides: tuple[str, ...], lang: str | None) -> None:
    """Load a scenario and say that it is sound."""
    del lang
    loaded = load(scenario, overrides, options=True)
    county, plan = loaded.county, loaded.plan
    acts, targets, calls = len(plan.acts), len(plan.targets), len(plan.call_targets)
    counts = [(len(county.of_level(i)), level) for i, level in enumerate(county.levels) if i]
    zh = "、".join(f"{n}个{level.name}" for n, level in counts)
    en = ", ".join(f"{n} of level {level.id}" for n, level in counts)
    homes = len(county.households)
    say(
        f"没有问题：{county.name}，{zh}，{homes}户，{acts}个环节，{calls}项叫应对象，{targets}项时限要求。",
        f"No faults: {county.name}, {en}, {homes} households, {acts} acts, {calls} call targets, {targets} requirements.",
    )
    say_who_is_silent(loaded)


@click.command(
    help=text(
        "用通常的话说明情景：叫谁、用什么叫、时限多少、依据何在。",
        "Say a scenario in plain words: who is called, how, by when, on what grounds.",
    )
)
@scenario_argument
@set_option
@lang_option
@command
def explain(scenario: Path, overrides: tuple[str, ...], lang: str | None) -> None:
    """Say a scenario in plain words."""
    del lang
    from sim import report

    click.echo(report.explain(load(scenario, overrides), language()))


@click.command(
    help=text(
        "打印情景文件的 JSON Schema，供编辑器补全和检查。",
        "Print the JSON schema, for editors that complete and check.",
    )
)
@click.option(
    "--county", is_flag=True, help=text("county.yaml 的格式（默认为情景文件的格式）", "that of county.yaml instead")
)
@lang_option
@command
def schema(county: bool, lang: str | None) -> None:  # noqa: FBT001 - given by click
    """Print a JSON schema."""
    del lang
    from sim.scenario import county_schema, json_schema

    content: dict[str, Any] = county_schema() if county else json_schema()
    click.echo(json.dumps(content, ensure_ascii=False, indent=2))
