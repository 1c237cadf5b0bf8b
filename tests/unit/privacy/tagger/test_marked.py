"""Marks and slots of sentences."""

from pathlib import Path

import pytest

from kitwright.errors import FaultsFound
from kitwright.privacy.tagger import Marked, Stretch, parse_marked, read_marked


def test_marks_become_stretches_of_the_plain_text() -> None:
    found = parse_marked("Hi [Jo Day](PERSON), order [1043](KEEP)?")
    assert found.text == "Hi Jo Day, order 1043?"
    assert [(found.text[each.start : each.end], each.label) for each in found.stretches] == [
        ("Jo Day", "PERSON"),
        ("1043", "KEEP"),
    ]


def test_slots_are_filled_with_what_they_hold() -> None:
    def fill(slot: str, number: str | None) -> Marked:
        return Marked(f"{slot}{number}", (Stretch(0, len(slot), "CITY"),))

    found = parse_marked("in {city#2}\\nnow", fill)
    assert found == Marked("in city2\nnow", (Stretch(3, 7, "CITY"),))


def test_all_faults_of_a_file_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("# a comment\n[Jo](NAME)\nfine\n[Jo(PERSON)\n")
    with pytest.raises(FaultsFound) as caught:
        read_marked(tmp_path / "a.txt")
    assert [fault.place.rpartition(":")[2] for fault in caught.value.faults] == ["2", "4"]
