"""A real browser for the tests of pages."""

import os
import shutil
from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")


def _chromium() -> str | None:
    wanted = os.environ.get("KITWRIGHT_CHROMIUM")
    return wanted or next((found for name in NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium of the system; without one the tests are skipped, and fail where KITWRIGHT_TEST_ALL is set.

    It ends with its module, since the loop of its driver lets no other run in this thread.
    """
    program = _chromium()
    if program is None:
        if os.environ.get("KITWRIGHT_TEST_ALL"):
            pytest.fail("no Chromium: install Debian's package `chromium`, or set KITWRIGHT_CHROMIUM")
        pytest.skip("no Chromium: install Debian's package `chromium`, or set KITWRIGHT_CHROMIUM")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield running
        running.close()
