"""Write the report of one night in all its forms."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sim.errors import Language
from sim.measures import Naming
from sim.records import Night
from sim.report.document.write import write_document
from sim.report.figures.draw import draw
from sim.report.gather import gather
from sim.report.page.write import write_page
from sim.report.words.language import Words
from sim.report.workbook.write import write_workbook
from sim.scenario import Scenario
from sim.study.band import Band


def write_report(  # noqa: PLR0913 - what it is of, and what is asked of it
    folder: Path,
    scenario: Scenario,
    night: Night,
    tables: dict[str, pd.DataFrame],
    names: Naming,
    *,
    language: Language = "zh",
    place: str | None = None,
    pdf: bool = False,
    band: Band | None = None,
) -> Path:
    """Write the figures, ``report.html``, ``report.docx`` and ``report.xlsx`` of one night into ``folder``; return the page's path.

    Parameters
    ----------
    place
        a township or village (label, code, or name as far as it may be shown) that the report is about; the county by default
    pdf
        whether to write the document as ``report.pdf`` too (see ``need_pdf``)
    band
        the runs of which the night is the typical one, if there are several

    Raises
    ------
    InputError
        if there is no such place
    """
    content = gather(scenario, night, tables, names, Words(language), place, band)
    folder.mkdir(parents=True, exist_ok=True)
    pictures = draw(content.sheet, content.way, folder / "figures")
    page = folder / "report.html"
    write_page(content, pictures, page)
    for ending in ("docx", *(["pdf"] if pdf else [])):
        write_document(content, pictures, folder / "figures", folder / f"report.{ending}")
    write_workbook(content, tables, folder / "report.xlsx")
    return page
