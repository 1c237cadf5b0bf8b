"""The report of a checked dataset as one HTML page."""

from pathlib import Path
from typing import Final

from kitwright.dataset.checking import DatasetReport
from kitwright.dataset.material import Material
from kitwright.pages import bar_chart, render_page

TEMPLATE: Final = Path(__file__).with_name("report.html.j2")
_BARS: Final = 14  # of a spread of lengths
_CLASSES: Final = 40


def report_page(title: str, report: DatasetReport, material: Material) -> str:
    """A page with the findings by kind, texts side by side, charts and figures."""
    stats = report.stats
    lengths = [sum(material.probes.count(said.content) for said in sample.messages) for sample in material.samples]
    charts = [("Length of records", bar_chart("Length of records", spread(lengths), unit="records, by tokens"))]
    if stats.classes:
        most = dict(list(stats.classes.items())[:_CLASSES])
        charts.append(("Classes", bar_chart("Records by class", most, unit="records")))
    kinds = [
        (kind, count, any(f.kind == kind and f.severity == "error" for f in report.findings))
        for kind, count in report.by_kind.items()
    ]
    return render_page(title, TEMPLATE, report=report, stats=stats, charts=charts, kinds=kinds)


def spread(lengths: list[int]) -> dict[str, int]:
    """Lengths in steps of one width: a step's name to how many lie in it; the last step takes what is far longer.

    Example:
        >>> spread([1, 2, 30])
        {'0-9': 2, '10-19': 0, '20-29': 0, '30-39': 1}
    """
    if not lengths:
        return {}
    widths = (10, 20, 25, 50, 100, 200, 250, 500, 1000)
    longest = sorted(lengths)[round(0.99 * (len(lengths) - 1))]
    width = next((width for width in widths if longest / width < _BARS), widths[-1])
    last = min(longest // width, _BARS - 1)
    counts = [0] * (last + 1)
    for length in lengths:
        counts[min(length // width, last)] += 1
    names = [f"{step * width}-{step * width + width - 1}" for step in range(last + 1)]
    if max(lengths) >= (last + 1) * width:
        names[-1] = f"{last * width} and more"
    return dict(zip(names, counts, strict=True))
