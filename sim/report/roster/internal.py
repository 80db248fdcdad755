"""What stands on papers with names and telephone numbers."""

from __future__ import annotations

from sim.measures.naming import Naming
from sim.report.content.notices import stamps
from sim.report.words.language import Words
from sim.scenario import Scenario


def stamps_of(scenario: Scenario, names: Naming, words: Words, *, internal: bool) -> tuple[str, ...]:
    """Return the stamps of a paper; one with names of persons is internal, whatever the data of the county."""
    return tuple(dict.fromkeys([*stamps(scenario, names, words), *([words("stamp.internal")] if internal else [])]))
