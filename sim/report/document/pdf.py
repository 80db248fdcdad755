"""The document as PDF, set by Typst: the same on every computer, with the bundled fonts, bookmarks and words for pictures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn as fonts

from sim.errors import Fault, InputError, Language, Text
from sim.report.document.paper import HAIRLINE, INDENTED, RULE, SHADE, SIDES_CM, Layout, Margins, Paper, plain
from sim.units import BEIJING

_FACES = {"body": "Noto Serif SC", "head": "Noto Sans SC"}
_EDGE_CM = 1.3  # of header and footer from the edge of the sheet


def need_pdf() -> None:
    """Raise, before any work is done, if no PDF can be written here.

    Raises
    ------
    InputError
        if the extra ``pdf`` is not installed
    """
    if find_spec("typst") is None:
        problem = Text("写 PDF 用的排版程序没有安装", "what sets a PDF is not installed")
        remedy = Text(
            "运行 python -m pip install typst；或不加 --pdf，用浏览器打开 report.html 打印成 PDF",
            "run python -m pip install typst, or leave --pdf out and print report.html from a browser",
        )
        raise InputError([Fault("--pdf", 0, 0, "", "report.pdf", problem, remedy)])


class PdfPaper(Paper):
    """A document for any reader of PDF: parts are gathered, ``report.typ`` says how each is set."""

    def __init__(self, language: Language, margins: Margins, head: Sequence[str], foot: str) -> None:
        super().__init__(language, margins)
        self._head, self._foot = head, foot
        self._sections: list[dict[str, Any]] = []
        self._images: Path | None = None
        self.turn(margins)

    def say(self, text: str, style: str = "Body Text", *, kept: bool = False) -> None:
        self._add("say", text=plain(text), style=style, kept=kept)

    def turn(self, margins: Margins) -> None:
        self.margins = margins
        sides = asdict(margins)
        self._sections.append({"sheet": sides.pop("sheet"), "margins": sides, "parts": []})

    def _lay(self, table: Layout) -> None:
        self._add(
            "table",
            heads=[plain(column.heading) for column in table.columns],
            rows=[[plain(text) for text in row] for row in table.rows],
            sides=[column.set_as for column in table.columns],
            widths=table.widths,
            size=table.size,
            whole=table.whole,
            marks=table.marks,
        )

    def _show(self, image: Path, alt: str, width_cm: float, caption: str) -> None:
        self._add("figure", **self._image(image, alt, width_cm), caption=plain(caption))

    def beside(self, image: Path, alt: str, width_cm: float, heading: str, points: Sequence[str]) -> None:
        said = [plain(point) for point in points]
        self._add("beside", **self._image(image, alt, width_cm), heading=plain(heading), points=said)

    def save(self, path: Path, title: str, moment: datetime) -> None:
        import typst  # noqa: PLC0415 - an extra of 80 MB, for those who want PDF

        given = {
            "title": plain(title),
            "language": "zh" if self.chinese else "en",
            "edge": _EDGE_CM,
            "gap": SIDES_CM,
            "rule": RULE,
            "hairline": HAIRLINE,
            "shade": SHADE,
            "faces": _FACES,
            "styles": {name: asdict(own) for name, own in self.types.items()},
            "indented": sorted(INDENTED) if self.chinese else [],
            "head": [plain(line) for line in self._head],
            "foot": plain(self._foot),
            "sections": self._sections,
        }
        made = typst.compile(  # type: ignore[misc]  # its stub wants text and folders to be of one type
            files(__package__).joinpath("report.typ").read_bytes(),
            root=str(self._images or path.parent),
            font_paths=[str(fonts.sans_path().parent)],
            ignore_system_fonts=True,
            sys_inputs={"document": json.dumps(given, ensure_ascii=False)},
            timestamp=moment.replace(tzinfo=BEIJING),
        )
        path.write_bytes(made)

    def _add(self, kind: str, **part: Any) -> None:  # noqa: ANN401 - what report.typ takes
        self._sections[-1]["parts"].append({"kind": kind, **part})

    def _image(self, image: Path, alt: str, width_cm: float) -> dict[str, Any]:
        """Return a picture as ``report.typ`` takes it; all of them stand in one folder."""
        self._images = image.parent
        return {"image": f"/{image.name}", "alt": plain(alt), "width": width_cm}
