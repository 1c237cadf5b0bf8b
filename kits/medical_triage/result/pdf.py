"""The clinician summary as a page to print or to show."""

from pathlib import Path
from typing import Final

from fpdf import FPDF

_MARGIN: Final = 20
_LINE: Final = 6


def write_pdf(summary: str, path: Path, *, title: str) -> None:
    """Write a summary of sections, each a heading line with lines under it, as a PDF.

    Raises:
        OSError: the file can not be written.
    """
    page = FPDF(format="A4")
    page.set_margin(_MARGIN)
    page.set_title(title)
    page.add_page()
    page.set_font("Helvetica", style="B", size=15)
    page.multi_cell(0, 10, _printable(title), new_x="LMARGIN", new_y="NEXT")
    for section in summary.split("\n\n"):
        heading, _, body = section.partition("\n")
        page.set_font("Helvetica", style="B", size=11)
        page.multi_cell(0, _LINE + 2, _printable(heading), new_x="LMARGIN", new_y="NEXT")
        page.set_font("Helvetica", size=10)
        page.multi_cell(0, _LINE, _printable(body), new_x="LMARGIN", new_y="NEXT")
        page.ln(2)
    page.output(str(path))


def _printable(text: str) -> str:
    """The text in the characters that the PDF's own fonts have."""
    return text.encode("latin-1", errors="replace").decode("latin-1")
