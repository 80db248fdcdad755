"""Pages by template: one file with its style, nothing fetched; opens in any browser and prints on A4."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import jinja2

from sim.report.words.language import Words


def render(template: str, words: Words, stamps: Sequence[str], **content: object) -> str:
    """Return a page; whatever stands in ``content`` is escaped unless it is ``Markup``."""
    lang = "zh-CN" if words.language == "zh" else "en"
    return _environment().get_template(template).render(t=words, lang=lang, stamps=stamps, **content)


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
