"""Data that the page carries for its own scripts."""

from __future__ import annotations

import json
from collections.abc import Mapping

from markupsafe import Markup


def as_json(content: Mapping[str, object]) -> Markup:
    """Return data as JSON that may stand in HTML: nothing in it can end the element that holds it."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c"))  # noqa: S704 - see above
