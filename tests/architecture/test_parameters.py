"""``docs/parameters.md`` is in step with the schema and the shipped files, and leaves nothing unsaid."""

from __future__ import annotations

import pytest

from sim.scenario import county_schema, json_schema
from tests import parameters
from tests.parameters import SHIPPED, SHIPPED_COUNTY


def test_the_page_lists_every_parameter() -> None:
    """Run ``python -m tests.parameters`` after a parameter, a default, a source or a status has changed."""
    assert parameters.PAGE.read_text(encoding="utf-8") == parameters.page()


@pytest.mark.parametrize("schema", [json_schema(), county_schema()], ids=["scenario", "county"])
def test_every_parameter_says_what_it_means(schema: dict[str, object]) -> None:
    """None without a meaning and a unit (or how it is written); no two with one path."""
    every = list(parameters.parameters(schema))
    assert [one.path for one in every if not one.meaning.strip() or not one.written.strip()] == []
    assert len({one.path for one in every}) == len(every)


def test_every_shipped_number_stands_on_the_page() -> None:
    """Each number that a shipped file gives is the value of a parameter that the page lists: nothing is left out by the walk."""
    for schema, names in ((json_schema(), SHIPPED), (county_schema(), (SHIPPED_COUNTY,))):
        paths = [one.path for one in parameters.parameters(schema)]
        for name in names:
            content = parameters.shipped(name)
            listed = sum(_leaves(one.value) for path in paths for one in parameters.values(content, path))
            assert listed == _leaves(content), name


def _leaves(content: object) -> int:
    """Return how many values there are in a part of a file, what says where they come from aside."""
    if isinstance(content, dict):
        return sum(
            _leaves(own) for key, own in content.items() if key not in {"source", "applies_to", "status", "extends"}
        )
    return sum(map(_leaves, content)) if isinstance(content, list) else 1
