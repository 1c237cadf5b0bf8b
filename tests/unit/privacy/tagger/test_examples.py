"""Templates filled: the same for the same seed, every stretch where it says, spelled in different ways."""

import random
from pathlib import Path

from kitwright.privacy.tagger.examples import examples, read_templates, spelled
from kitwright.privacy.tagger.filling import SLOTS, Filler
from kitwright.privacy.tagger.lists import Lists
from kitwright.privacy.tagger.marked import Marked, Stretch

LISTS = Lists(Path(__file__).parents[4] / "training_data" / "privacy" / "lists", seed=1)


def test_every_slot_can_be_filled() -> None:
    filler = Filler(LISTS, random.Random(0))
    for slot in sorted(SLOTS):
        found = filler.fill(f"{{{slot}}}")
        assert found.text.strip()
        assert "{" not in found.text, slot


def test_the_same_number_is_the_same_person() -> None:
    found = Filler(LISTS, random.Random(3)).fill("{first#1} {last#1} or {first#1}")
    first, _, again = (found.text[each.start : each.end] for each in found.stretches)
    assert first == again


def test_examples_are_seeded_and_their_places_hold() -> None:
    templates = ["I am {name} from {city}.", "The rose dress, please.", "Ring {phone} or [Ely](CITY)"]
    first = examples(templates, LISTS, count=60, seed=4)
    assert first == examples(templates, LISTS, count=60, seed=4)
    assert first != examples(templates, LISTS, count=60, seed=5)
    assert all(0 <= each.start < each.end <= len(e.text) for e in first for each in e.stretches)
    assert any(e.text == e.text.lower() for e in first)
    assert any(e.text != e.text.lower() for e in first)


def test_spelling_moves_no_place() -> None:
    marked = Marked("İzmir, Jo.", (Stretch(7, 9, "PERSON"),))
    for seed in range(40):
        found = spelled(marked, random.Random(seed))
        assert found.text[7:9].lower() == "jo"


def test_a_share_of_the_entries_is_held_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("".join(f"entry {n}\n" for n in range(100)))
    found = read_templates(tmp_path, share=0.1)
    assert (len(found.learned), len(found.held_out)) == (90, 10)
    assert not set(found.learned) & set(found.held_out)
