"""Pages: one self-contained HTML file each, with charts drawn into it; opening one asks the network for nothing."""

from kitwright.pages.charts import Point, bar_chart, line_chart
from kitwright.pages.page import render_page

__all__ = ["Point", "bar_chart", "line_chart", "render_page"]
