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
