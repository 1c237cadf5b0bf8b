"""What is remembered: the results asked for last."""

from kitwright.encoder import Remembered


def test_the_results_asked_for_last_are_kept() -> None:
    kept = Remembered[str, int](2)
    kept.keep("a", 1)
    kept.keep("b", 2)
    assert kept.get("a") == 1
    kept.keep("c", 3)
    assert [kept.get(name) for name in "abc"] == [1, None, 3]
