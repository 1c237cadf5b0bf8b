"""The mask audit: counts what is learned, and refuses examples that teach nothing or never teach to stop."""

from dataclasses import replace

import pytest

from kitwright.errors import FaultsFound
from kitwright.training import Example, audit

STOP = 9
SOUND = Example("sound", "", (1, 2, 3, 4, STOP, 5), (False, False, True, True, True, False))


def test_a_sound_set_is_counted() -> None:
    report = audit([SOUND, replace(SOUND, id="other")], stop_id=STOP)
    assert report.as_dict() == {
        "examples": 2, "tokens": 12, "supervised": 6, "share": 0.5, "shortest": 3, "median": 3.0
    }  # fmt: skip


@pytest.mark.parametrize(
    ("mask", "problem"),
    [
        ((False,) * 6, "no token would be learned"),
        ((False, False, True, True, False, False), "ends the answer"),
        ((False, False, False, False, True, False), "only the end"),
        ((True, False, True, True, True, False), "not one stretch"),
        ((True,), "a mask of 1"),
    ],
)
def test_an_example_that_teaches_nothing_or_the_wrong_thing_is_refused(mask: tuple[bool, ...], problem: str) -> None:
    with pytest.raises(FaultsFound, match=problem) as caught:
        audit([SOUND, replace(SOUND, id="bad", mask=mask)], stop_id=STOP)
    assert [(fault.code, fault.place) for fault in caught.value.faults] == [("KW305", "bad")]


def test_an_empty_set_is_refused() -> None:
    with pytest.raises(FaultsFound, match="no examples"):
        audit([], stop_id=STOP)
