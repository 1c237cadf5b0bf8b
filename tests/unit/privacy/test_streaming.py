"""The restorer: same text however it is cut, and nothing held back without need."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kitwright.privacy import MemoryVault, Restorer
from kitwright.types import ScrubbedText

PARTS = [
    "<PERSON_1>",
    "<PERSON_12>",
    "<PERSON_1",
    "<PER",
    "<",
    ">",
    "<<PERSON_1>>",
    "<PERSON_99>",
    "1 < 2",
    "_1>",
    "Hi",
]


def _vault() -> MemoryVault:
    vault = MemoryVault()
    for number in range(12):
        vault.hide("PERSON", f"<Jo {number}", owned=True)
    return vault


@given(st.lists(st.sampled_from(PARTS) | st.text(max_size=4), max_size=8).map("".join), st.data())
def test_every_split_gives_the_same_text(text: str, data: st.DataObject) -> None:
    vault = _vault()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=12)))
    edges = [0, *cuts, len(text)]
    restorer = Restorer(vault)
    shown = "".join(restorer.feed(ScrubbedText(text[a:b])) for a, b in pairwise(edges))
    assert shown + restorer.flush() == vault.restore(ScrubbedText(text))


def test_only_a_possible_placeholder_is_held_back() -> None:
    restorer = Restorer(_vault())
    assert restorer.feed(ScrubbedText("1 < 2 and <b")) == "1 < 2 and <b"
    assert restorer.feed(ScrubbedText(" <PERSON_")) == " "
    assert restorer.feed(ScrubbedText("1")) == ""
    assert restorer.feed(ScrubbedText("> is")) == "<Jo 0 is"
    assert restorer.flush() == ""


def test_flush_gives_what_is_left_once() -> None:
    restorer = Restorer(_vault())
    restorer.feed(ScrubbedText("<PERS"))
    assert (restorer.flush(), restorer.flush()) == ("<PERS", "")


TEXT = "Hi <PERSON_1>, is it <PERSON_12> or <PERSON_1B>? <PERSON_99> 1 < 2 <PER"


def _pieces(text: str, *cuts: int) -> tuple[list[str], str]:
    """What is shown after each piece of a text that is cut at these places, and what is left."""
    restorer = Restorer(_vault())
    edges = [0, *cuts, len(text)]
    return [restorer.feed(ScrubbedText(text[a:b])) for a, b in pairwise(edges)], restorer.flush()


def test_every_pair_of_cuts_gives_the_same_text() -> None:
    whole = _vault().restore(ScrubbedText(TEXT))
    for first in range(len(TEXT) + 1):
        for second in range(first, len(TEXT) + 1):
            shown, rest = _pieces(TEXT, first, second)
            assert "".join(shown) + rest == whole


@given(st.lists(st.sampled_from(PARTS) | st.text(max_size=4), max_size=8).map("".join))
def test_letter_by_letter_only_the_beginning_of_a_placeholder_waits(text: str) -> None:
    vault = _vault()
    restorer = Restorer(vault)
    shown = ""
    for end in range(1, len(text) + 1):
        shown += restorer.feed(ScrubbedText(text[end - 1 : end]))
        tails = [text[at:end] for at in range(end) if text[at] == "<"]
        waits = max((t for t in tails if any(token.startswith(t) for token in vault.restorable())), key=len, default="")
        waits = "" if waits in vault.restorable() else waits
        assert shown == vault.restore(ScrubbedText(text[: end - len(waits)]))


def test_a_spelling_waits_for_its_letter() -> None:
    vault = MemoryVault()
    vault.hide("PERSON", "jane", owned=True)
    vault.hide("PERSON", "Jane", owned=True)
    restorer = Restorer(vault)
    assert restorer.feed(ScrubbedText("<PERSON_1")) == ""
    assert restorer.feed(ScrubbedText("B>, <PERSON_1>")) == "Jane, jane"
