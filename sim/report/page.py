"""The page of one night: one file, no script, nothing fetched; opens in any browser and prints on A4."""

from __future__ import annotations

import re
import shlex
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import jinja2
import pandas as pd
from markupsafe import Markup

from sim.errors import Language
from sim.measures import Naming
from sim.records import Night
from sim.report.acts import headline, overview, results
from sim.report.evacuation import moved_account
from sim.report.figures import draw
from sim.report.means import first_told, messages
from sim.report.minutes import about_minutes, reasons, stretches
from sim.report.notices import (
    credits_due,
    missing_note,
    note_on_headline,
    readable_key,
    source_text,
    stamps,
    synthetic_note,
    version,
)
from sim.report.numbers import key_numbers
from sim.report.outages import account
from sim.report.places import place_tables
from sim.report.reported import reports_account
from sim.report.scope import find
from sim.report.sheet import COLOURS, Sheet
from sim.report.sites import key_sites
from sim.report.summary import in_short
from sim.report.verdicts import of_kind, verdicts
from sim.report.words import Words
from sim.scenario import Scenario

_PLAIN = r"[\w·-]+"  # no shell gives these letters a meaning of their own


def write_report(
    folder: Path,
    scenario: Scenario,
    night: Night,
    tables: dict[str, pd.DataFrame],
    names: Naming,
    *,
    language: Language = "zh",
    place: str | None = None,
) -> Path:
    """Write the figures and ``report.html`` of one night into ``folder`` and return the page's path.

    Parameters
    ----------
    place
        a township or village (label, code, or name as far as it may be shown) that the page is about; the county by default

    Raises
    ------
    InputError
        if there is no such place
    """
    words = Words(language)
    scope = find(scenario, names, place)
    folder.mkdir(parents=True, exist_ok=True)
    way = stretches(tables["attribution"], names, scope, words)
    sheet = Sheet(scenario, night, names, scope, words)
    pictures = draw(sheet, way, folder / "figures")
    where = words.label(names.label[scope.place], scenario.county.levels)
    judged = verdicts(scenario, night, words)
    content = _template().render(
        t=words,
        lang="zh-CN" if language == "zh" else "en",
        scenario=scenario,
        title=scenario.plan.title or scenario.plan.name,
        where=where,
        whole=scope.whole,
        stamps=stamps(scenario, names, words),
        in_short=in_short(scenario, night, scope, judged, words),
        facts_of_night=_facts_of_night(scenario, night, words),
        acts=overview(scenario, night, words),
        targets=of_kind(judged, "target"),
        calls=of_kind(judged, "call"),
        numbers=key_numbers(scenario, night, scope, words),
        pictures=[replace(picture, svg=Markup(picture.svg)) for picture in pictures],  # noqa: S704 - drawn by us, names as paths
        minutes_note=about_minutes(night, way, scope, words),
        first_told=first_told(scenario, night, scope, words),
        colours=COLOURS,
        results=results(scenario, night, scope, words),
        reasons=reasons(scenario, night, tables["never"], names, scope, words),
        sites=key_sites(scenario, night, tables["key_sites"], scope, words),
        messages=messages(scenario, night, words),
        evacuation=moved_account(scenario, night, names, scope, words),
        reports=reports_account(scenario, night, scope, words),
        outages=account(scenario, night, names, scope, words),
        missing=missing_note(night, words),
        places=place_tables(scenario, night, tables, names, scope, words),
        assumptions=_assumptions(scenario, words),
        note_on_headline=note_on_headline(scenario, words),
        headline=headline(scenario, words),
        again=_again(night, names, words, place),
        omitted=any(source_text(item.source) != item.source for item in scenario.assumptions),
        synthetic_note=synthetic_note(scenario, names, words),
        quoted=source_text,
        credits=words("list_joint").join(credits_due(scenario, words)),
        version=version(),
    )
    page = folder / "report.html"
    page.write_text(content, encoding="utf-8")
    return page


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(Path(__file__).parent / "templates")
    environment = jinja2.Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    return environment.get_template("report.html.j2")


def _again(night: Night, names: Naming, words: Words, place: str | None) -> str:
    """Return the command that writes this page once more, from inside its folder."""
    command = f"jiaoying run scenario.resolved.yaml --replication {night.replication}"
    if place is not None:
        wanted = place.strip()
        command += f" --place {wanted if re.fullmatch(_PLAIN, wanted) else shlex.quote(wanted)}"
    if names.asked:
        command += " --real-names"
    return command if words.language == "zh" else f"{command} --lang {words.language}"


def _facts_of_night(scenario: Scenario, night: Night, words: Words) -> list[tuple[str, str]]:
    hazard = scenario.plan.hazard
    return [
        (words("head.start"), words.date(night.start)),
        (words("head.end"), words.clock(night.start, night.end_min)),
        (
            words("head.hazard"),
            words("hazard_and_rain", hazard=words(f"hazard.{hazard.kind}"), rain=words(f"rain.{hazard.rain}")),
        ),
        (words("head.platform"), words(f"platform.{scenario.plan.platform.kind}")),
        (words("head.which"), words("which_night", seed=night.seed, n=night.replication)),
    ]


def _assumptions(scenario: Scenario, words: Words) -> list[tuple[str, str, str, str]]:
    """Return what, key, source and status of every assumption."""
    return [
        (
            readable_key(item.key, scenario, words),
            item.key,
            source_text(item.source),
            words(f"status.{item.status}") if item.status else words("status.none"),
        )
        for item in scenario.assumptions
    ]
