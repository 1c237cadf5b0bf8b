"""The benchmark of the scrubber: p50 and p95 beside Presidio's analyzer, on messages of 200 characters."""

from kitwright.workshop.bench_scrub import bench_scrub


def test_both_are_measured_on_every_message() -> None:
    ticks: list[None] = []
    figures = bench_scrub(None, messages=40, tick=lambda: ticks.append(None))
    assert len(ticks) == 40
    assert [figure.name for figure in figures] == ["scrub, 200 characters, p50", "scrub, 200 characters, p95"]
    assert all(figure.unit == "ms" and figure.value > 0 and figure.peer_value > 0 for figure in figures)
    assert figures[0].value <= figures[1].value
