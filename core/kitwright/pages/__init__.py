"""Pages: one self-contained HTML file each, with charts drawn into it; opening one asks the network for nothing."""

from kitwright.pages.charts import Point, bar_chart, day_chart, line_chart
from kitwright.pages.page import STYLE, render_page

__all__ = ["STYLE", "Point", "bar_chart", "day_chart", "line_chart", "render_page"]
