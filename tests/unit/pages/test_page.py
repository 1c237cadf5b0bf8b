"""Pages hold everything they need, escape what they show, and draw charts into themselves."""

import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jinja2 import UndefinedError

from kitwright.pages import Point, bar_chart, day_chart, line_chart, render_page

TEMPLATE = '{% extends "base.html.j2" %}{% block content %}<p>{{ said }}</p>{{ chart }}{% endblock %}'


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "said.html.j2"
    path.write_text(TEMPLATE, encoding="utf-8")
    return path


def test_a_page_asks_for_nothing_from_elsewhere(template: Path) -> None:
    page = render_page("Runs", template, said="x", chart=bar_chart("c", {"a": 1.0}))
    addresses = set(re.findall(r"https?://[^\"'\s<>)]+", page))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert not re.search(r"<(?:script|link|img|iframe)\b|@import|url\((?!#)", page.replace('url("#', "url(#"))


def test_texts_are_escaped_and_charts_are_not(template: Path) -> None:
    page = render_page("<b>", template, said="<script>", chart=bar_chart("c", {"a": 1.0}))
    assert "<script>" not in page
    assert "<title>&lt;b&gt;</title>" in page
    assert "<svg role" in page


def test_a_value_that_is_not_given_is_an_error(template: Path) -> None:
    with pytest.raises(UndefinedError):
        render_page("Runs", template, said="x")


def test_charts_are_sound_svg_in_the_pages_own_colour() -> None:
    bars = bar_chart('a "b" & <c>', {"cost $1$ <x>": 2.0, "b": 3.0}, errors={"b": (2.5, 4.0)}, unit="points")
    lines = line_chart("loss", {"train": [Point(1, 2.0, 0.1), Point(2, 1.0)], "eval": [Point(1, 2.5)]}, x="step")
    for chart in (bars, lines):
        assert ElementTree.fromstring(chart).attrib["role"] == "img"  # noqa: S314 - drawn by us
        assert "currentColor" in chart
        assert "#010203" not in chart
    assert "cost $1$ &lt;x&gt;" in bars
    assert "points" in bars
    assert "step" in lines


def test_a_chart_is_drawn_the_same_each_time() -> None:
    assert bar_chart("c", {"a": 1.0}) == bar_chart("c", {"a": 1.0})


def test_two_charts_of_a_page_do_not_share_names() -> None:
    one, other = (re.findall(r' id="([^"]+)"', bar_chart(title, {"a": 1.0})) for title in ("one", "other"))
    assert not set(one) & set(other)


def test_charts_need_no_styles_of_their_own() -> None:
    days = {date(2026, 2, day): float(day) for day in range(1, 9)}
    for chart in (bar_chart("Bars", {"a": 1.0}), day_chart("Days", {"all": days, "some": days})):
        assert "style" not in chart
        assert 'fill="currentColor"' in chart
    assert "5 Feb" in day_chart("Days", {"all": days})
