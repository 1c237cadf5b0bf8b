"""Results that many ask for are worked out once, and again when they have been good for long enough."""

import threading

import pytest

from kitwright.serve.console.recent import Recent


def test_a_result_is_good_for_some_times_as_long_as_it_took(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    made: list[float] = []

    def make() -> int:
        made.append(now[0])
        now[0] += 2
        return len(made)

    monkeypatch.setattr("kitwright.serve.console.recent.time.monotonic", lambda: now[0])
    recent = Recent(times=4)
    assert recent.get("a", make) == 1
    now[0] = 109.9
    assert recent.get("a", make) == 1
    assert recent.get("b", make) == 2
    now[0] = 112.0
    assert recent.get("a", make) == 3


def test_those_who_ask_meanwhile_wait_for_it() -> None:
    recent, going, go = Recent(times=1e9), threading.Event(), threading.Event()
    made: list[int] = []

    def make() -> str:
        going.set()
        go.wait(20)
        made.append(1)
        return "done"

    results: list[str] = []
    threads = [threading.Thread(target=lambda: results.append(recent.get("a", make))) for _ in range(5)]
    for thread in threads:
        thread.start()
    going.wait(20)
    go.set()
    for thread in threads:
        thread.join(20)
    assert results == ["done"] * 5
    assert made == [1]


def test_a_failure_is_not_kept() -> None:
    recent = Recent()
    with pytest.raises(ZeroDivisionError):
        recent.get("a", lambda: 1 // 0)
    assert recent.get("a", lambda: 1) == 1
