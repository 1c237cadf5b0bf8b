"""Paths that climb out of the folder of the page: nothing but the page's own files is given out."""

import pytest

from unit.serve.hostile.conftest import Live, status_of

PATHS = [
    "/page/../app.py",
    "/page/../../cli/main.py",
    "/page/%2e%2e/app.py",
    "/page/%2e%2e%2fapp.py",
    "/page/..%5capp.py",
    "/page/....//app.py",
    "/page/%252e%252e/app.py",
    "/page//etc/passwd",
    "/page/%2fetc%2fpasswd",
    "/page/../../../../../../../../etc/passwd",
    "/page/page.js%00.html",
    "/page/\\..\\app.py",
    "/page/.",
    "/page/",
    "/page/%c0%ae%c0%ae/app.py",
    "//etc/passwd",
    "/../../../etc/passwd",
]


@pytest.mark.parametrize("path", PATHS)
def test_nothing_but_the_page_is_given_out(live: Live, path: str) -> None:
    answer = live.exchange(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode("latin-1"))
    assert status_of(answer) in (400, 404, 405)
    assert b"root:" not in answer
    assert b"import " not in answer
