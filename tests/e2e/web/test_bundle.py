"""The widget's types hold, and the bundle that is served is what its sources make."""

import pytest

from e2e.web import tools

pytestmark = pytest.mark.skipif(
    tools.are_missed(), reason="Node's tools are not installed: python tests/e2e/web/tools.py install"
)


def test_the_types_of_the_widget_hold() -> None:
    tools.check_types()


def test_the_bundle_is_fresh() -> None:
    assert tools.is_fresh(), "make widget"
