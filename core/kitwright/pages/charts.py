"""Charts as inline SVG: drawn by matplotlib, in the page's own text colour, so that they read on light and dark."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from markupsafe import Markup

_INK: Final = "#010203"  # stands for the page's text colour until the drawing is done
_SERIES: Final = ("#2a8f6d", "#c9711f", "#4a78c2", "#a3508f", "#8a8f3a", "#c2453d")
_PROLOG: Final = re.compile(r"^.*?(?=<svg)", re.DOTALL)
_METADATA: Final = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_ID: Final = re.compile(r' id="([^"]+)"')
_STYLE: Final = re.compile(r' style="([^"]*)"')
_STYLES: Final = re.compile(r"<style.*?</style>", re.DOTALL)
_SIZE: Final = re.compile(
    r'(<svg[^>]*?) width="[^"]*"([^>]*?) height="[^"]*"|(<svg[^>]*?) height="[^"]*"([^>]*?) width="[^"]*"'
)


class Point(NamedTuple):
    """A point of a line; `error` is half the length of its error bar."""

    x: float
    y: float
    error: float = 0.0


def bar_chart(
    title: str, values: Mapping[str, float], *, errors: Mapping[str, tuple[float, float]] | None = None, unit: str = ""
) -> "Markup":
    """Horizontal bars, one for each name, in the order given.

    Args:
        title: said to people who can not see the chart.
        values: name to length of its bar.
        errors: name to the ends of its error bar.
        unit: label of the axis.
    """
    figure, axes = _canvas(height=0.9 + 0.3 * max(len(values), 1))
    names = list(values)
    ends = [(errors or {}).get(name, (values[name], values[name])) for name in names]
    spread = [
        [values[name] - low for name, (low, _) in zip(names, ends, strict=True)],
        [high - values[name] for name, (_, high) in zip(names, ends, strict=True)],
    ]
    places = range(len(names))
    axes.barh(places, [values[name] for name in names], color=_SERIES[0], height=0.7)
    if errors:
        axes.errorbar([values[n] for n in names], places, xerr=spread, fmt="none", ecolor=_INK, capsize=3)
    axes.set_yticks(places, [_short(name) for name in names])
    axes.margins(y=0.02)
    axes.invert_yaxis()
    axes.set_xlabel(unit)
    axes.grid(axis="x", color=_INK, alpha=0.15)
    return _svg(figure, title)


def line_chart(title: str, lines: Mapping[str, Sequence[Point]], *, x: str = "", y: str = "") -> "Markup":
    """Lines over one pair of axes, with error bars where points have them.

    Args:
        title: said to people who can not see the chart.
        lines: name to its points.
        x: label of the axis.
        y: label of the axis.
    """
    figure, axes = _canvas(height=3.4)
    for number, (name, points) in enumerate(lines.items()):
        spread = [point.error for point in points]
        axes.errorbar(
            [point.x for point in points],
            [point.y for point in points],
            yerr=spread if any(spread) else None,
            label=_short(name),
            color=_SERIES[number % len(_SERIES)],
            marker="o" if len(points) <= 30 else None,
            markersize=4,
            capsize=3,
        )
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.grid(color=_INK, alpha=0.15)
    if len(lines) > 1:
        axes.legend(frameon=False, labelcolor=_INK)
    return _svg(figure, title)


def day_chart(title: str, lines: Mapping[str, Mapping[date, float]], *, whole: bool = True) -> "Markup":
    """Lines over days.

    Args:
        title: said to people who can not see the chart.
        lines: name to the value of each day.
        whole: the values are counts.
    """
    from matplotlib.dates import AutoDateLocator, DateFormatter, date2num
    from matplotlib.ticker import MaxNLocator

    figure, axes = _canvas(height=2.6)
    for number, (name, values) in enumerate(lines.items()):
        days = [float(date2num(day)) for day in values]
        marker = "o" if len(days) <= 40 else None
        color = _SERIES[number % len(_SERIES)]
        axes.plot(days, list(values.values()), label=_short(name), color=color, marker=marker, markersize=4)
    axes.xaxis_date()
    axes.xaxis.set_major_locator(AutoDateLocator(minticks=2, maxticks=8))
    axes.xaxis.set_major_formatter(DateFormatter("%-d %b"))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=whole))
    axes.set_ylim(bottom=0)
    axes.grid(axis="y", color=_INK, alpha=0.15)
    if len(lines) > 1:
        axes.legend(frameon=False, labelcolor=_INK, loc="lower right", bbox_to_anchor=(1, 1), ncols=len(lines))
    return _svg(figure, title)


def _canvas(*, height: float) -> tuple[Any, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(5.2, height), layout="constrained")
    figure.patch.set_alpha(0)
    axes = figure.add_subplot()
    axes.patch.set_alpha(0)
    axes.set_axisbelow(True)
    axes.tick_params(colors=_INK, labelsize=10, length=0)
    for label in (axes.xaxis.label, axes.yaxis.label):
        label.set_color(_INK)
    for side, spine in axes.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set_color(_INK)
        spine.set_alpha(0.4)
    return figure, axes


def _svg(figure: Any, title: str) -> "Markup":
    """The drawing without what only a file of its own needs; names inside it are unique by its title."""
    import matplotlib
    from markupsafe import Markup, escape
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    out = StringIO()
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": title, "font.family": "sans-serif"}):
        FigureCanvasSVG(figure).print_svg(out, metadata={"Date": None})
    drawing = _METADATA.sub("", _PROLOG.sub("", out.getvalue()))
    drawing = _ID.sub(lambda m: m.group() if f"#{m[1]}" in drawing else "", drawing)
    drawing = drawing.replace(_INK, "currentColor")
    drawing = _STYLE.sub(_as_attributes, _STYLES.sub("", drawing))
    drawing = _SIZE.sub(lambda m: "".join(part for part in m.groups() if part), drawing, count=1)
    return Markup(drawing.replace("<svg", f'<svg role="img" aria-label="{escape(title)}"', 1))  # noqa: S704 - drawn here


def _as_attributes(found: re.Match[str]) -> str:
    """A style as attributes, which pages may have whose policy forbids styles in the text."""
    pairs = (part.partition(":")[::2] for part in found[1].split(";") if part.strip())
    return "".join(f' {name.strip()}="{value.strip()}"' for name, value in pairs)


def _short(name: str, limit: int = 28) -> str:
    """A label that fits; `$` would start a formula."""
    cut = name if len(name) <= limit else name[: limit - 1] + "…"
    return cut.replace("$", r"\$")
