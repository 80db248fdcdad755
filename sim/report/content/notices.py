"""What every page must own up to: stamps, made-up data, credits, sources as quoted, the version of the program."""

from __future__ import annotations

from importlib import metadata

from sim.measures import Naming
from sim.measures.outages import something_failed
from sim.records import Night
from sim.report.content.acts import has_several_warnings, headline
from sim.report.words.language import Words
from sim.scenario import Scenario

_BLAME = "脱岗"  # a word of one source; of a person in a simulation it must not be said
_CREDITS = {"places": "GeoNames", "codes": "区划代码"}  # each due if the county's own source speaks of it


def stamps(scenario: Scenario, names: Naming, words: Words) -> list[str]:
    """Return what stands on every sheet, picture and summary: what the night is, and who may not see it."""
    status = scenario.plan.status
    keys = ["stamp" if scenario.synthetic else "stamp.demo" if status == "演示" else "stamp.real"]
    if names.asked and scenario.synthetic:
        keys.append("stamp.internal")
    return [words(key) for key in keys]


def synthetic_parts(scenario: Scenario, words: Words) -> str:
    """Return which data were made by seed, as a list in words; empty if none."""
    made = [words(f"table_of.{name}") for name in scenario.county.synthetic]
    return words("list_joint").join(made + ([words("table_of.roster")] if scenario.roster.synthetic else []))


def synthetic_note(scenario: Scenario, names: Naming, words: Words) -> str:
    """Return what made-up data mean for the names shown; empty if nothing is made up."""
    made = synthetic_parts(scenario, words)
    return words("note.synthetic_real" if names.real else "note.synthetic", made=made) if made else ""


def missing_note(night: Night, words: Words) -> str:
    """Return what the scenario does not simulate, and whether anything failed in this run."""
    outages = words("note.something_failed" if something_failed(night) else "note.nothing_failed")
    records = {"head.evacuation": night.evacuation, "head.reports": night.reports}
    what = words.listed(words(key) for key, own in records.items() if own is None)
    exposed = words("note.not_computed") if night.evacuation is None else ""
    return words("note.missing", what=what, exposed=exposed, outages=outages) if what else outages


def credits_due(scenario: Scenario, words: Words, *kinds: str) -> list[str]:
    """Return the credits of ``kinds`` (all by default) that the county's own source calls for."""
    source = scenario.plan.county.source or ""
    return [words(f"credit.{kind}") for kind in kinds or _CREDITS if _CREDITS[kind] in source]


def source_text(source: str, words: Words) -> str:
    """Return a source as written, less a word that would blame somebody; English has words for what the shipped files often say."""
    written = source.replace(_BLAME, "〔…〕")
    return written if words.language == "zh" else words.or_else(f"source.{written}", written)


def is_cut(source: str) -> bool:
    """Return whether a source is quoted without a word."""
    return _BLAME in source


def note_on_headline(scenario: Scenario, words: Words) -> str:
    """Return which of several warnings is meant where none is named; empty where there is one alone."""
    if not has_several_warnings(scenario):
        return ""
    local = words("note.with_local") if scenario.plan.local is not None else ""
    return words("note.headline", warning=headline(scenario, words), local=local)


def version() -> str:
    """Return the version of the program; a dash where it is not installed."""
    try:
        return metadata.version("jiaoying")
    except metadata.PackageNotFoundError:
        return "—"
