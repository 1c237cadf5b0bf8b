"""The gate: what was shown while streaming is what is kept, whatever the pieces; and unsound sentences stop it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitwright.guard import OutputRule, OutputRules, SentenceGate, excerpt, gather, review
from kitwright.guard.gate import MAX_SENTENCES
from kitwright.types import FoundPassage, Passage, ScrubbedText

FREE = "Returns of clothes are free for members."
PASSAGE = (
    f"{FREE} Swimwear can not be returned to shops. Delivery to homes costs £3.95 and takes 2-4 working days. "
    "Returned parcels arrive within 30 days. The shops are at 1 Mill Lane in York and 9 Quay Street in Leeds."
)
RULES = OutputRules(support=0.5, forbidden=(OutputRule(id="doctor", patterns=("you have cancer",)),))


def gate(*, passage: str = PASSAGE, rules: OutputRules = RULES) -> SentenceGate:
    return SentenceGate(gather([passage], ["Can I return it?"], rules), rules)


PIECES = st.sampled_from(
    [
        "Returns of clothes are free",
        " for members",
        " for 31 days",
        ".",
        "!",
        " ",
        "  ",
        "\n",
        "\n\n",
        "Delivery to homes costs £3.95",
        "1.",
        "e.g.",
        '"',
        ":",
        "Yes",
    ]
)


@given(st.lists(PIECES, max_size=25), st.lists(st.integers(0, 400), max_size=12))
def test_any_split_of_a_draft_passes_the_same_text(parts: list[str], cuts: list[int]) -> None:
    draft = "".join(parts)
    edges = [0, *sorted(cut for cut in cuts if cut < len(draft)), len(draft)]
    open_gate = gate()
    shown: list[str] = []
    for start, end in pairwise(edges):
        shown += open_gate.feed(ScrubbedText(draft[start:end]))
    shown += open_gate.finish()
    whole = gate()
    assert "".join(shown) == review(draft, whole)
    assert (open_gate.stopped, open_gate.finding) == (whole.stopped, whole.finding)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_what_passes_is_the_beginning_of_the_draft(draft: str) -> None:
    passed = review(draft, gate())
    assert draft.lstrip().startswith(passed)
    assert passed == passed.strip()


@pytest.mark.parametrize(
    ("draft", "passed", "why"),
    [
        (FREE, FREE, None),
        (f"{FREE} They take 31 days.", FREE, "number not in the sources"),
        ("Delivery to homes costs £4.95.", "", "price not in the sources"),
        ("Delivery to homes costs twenty pounds.", "", "price not in the sources"),
        ("Delivery to homes takes 4 days.", "", "number not in the sources"),
        (f"{FREE} Elephants dance gracefully tonight.", FREE, "no source says it"),
        (f"{FREE} You have cancer.", FREE, "rule doctor"),
        ("Swimwear can be returned to shops.", "", "says the opposite of a source"),
        ("Returns of clothes are not free for members.", "", "says the opposite of a source"),
        ("Swimwear can't be returned to shops.", "Swimwear can't be returned to shops.", None),
        ("No, swimwear can't be returned to shops.", "No, swimwear can't be returned to shops.", None),
        (f"Yes, {FREE}", f"Yes, {FREE}", None),
        (f"Yes, {FREE.replace('are', 'are not')}", "", "says the opposite of a source"),
        ("Yes, swimwear can't be returned to shops.", "Swimwear can't be returned to shops.", None),
        ("Returns of clothes to Kenya are free for members.", "", "no source says it"),
        ("Delivery to homes takes 2-4 working days and costs £3.95.",
         "Delivery to homes takes 2-4 working days and costs £3.95.", None),
        ("The Leeds shop is at 1 Mill Lane.", "", "joins names and figures that no source joins"),
        ("Returned parcels arrive.", "", "leaves out a condition of its source"),
        ("Free returns.", "", "says too little to be checked"),
        ("A: 3.95.", "", "says too little to be checked"),
        (f"{FREE} {FREE.upper()} Delivery to homes costs £3.95.", FREE, None),
        (f"Yes, {FREE} {FREE}", f"Yes, {FREE}", None),
        (f"{FREE} Delivery to homes costs", FREE, None),
        (f"{FREE} You can return:", FREE, None),
        ("", "", None),
    ],
)  # fmt: skip
def test_what_is_let_through(draft: str, passed: str, why: str | None) -> None:
    open_gate = gate()
    assert review(draft, open_gate) == passed
    assert (open_gate.finding.why if open_gate.finding else None) == why


@pytest.mark.parametrize(("fits", "passed"), [(False, "I don't know about this."), (True, "")])
def test_what_a_passage_answers_is_not_called_unknown(fits: bool, passed: str) -> None:
    rules = RULES.model_copy(update={"denial": ("i don't know about .*",)})
    assert (
        review("I don't know about this.", SentenceGate(gather([PASSAGE], ["Why?"], rules, fits=fits), rules)) == passed
    )


def test_nothing_passes_after_a_stop() -> None:
    open_gate = gate()
    assert open_gate.feed(ScrubbedText("It takes 31 days. ")) == []
    assert open_gate.stopped
    assert open_gate.feed(ScrubbedText(f"{FREE} ")) == []
    assert open_gate.finish() == []


def test_a_reply_has_a_limit() -> None:
    goods = ("coats", "hats", "scarves", "gloves", "belts", "socks", "shirts", "skirts", "jumpers", "bags")
    passage = " ".join(f"Returns of {each} are free for members." for each in goods)
    assert review(passage, gate(passage=passage)).count("Returns") == MAX_SENTENCES


def test_white_space_goes_out_with_the_sentence_behind_it() -> None:
    open_gate = gate()
    costs = "Delivery to homes costs £3.95."
    assert open_gate.feed(ScrubbedText(f" \n{FREE}\n\n")) == [FREE]
    assert open_gate.feed(ScrubbedText(f"\n{costs} Returns")) == [f"\n\n\n{costs}"]


def test_other_scripts_are_checked_too() -> None:
    assert review("Возврат одежды всегда бесплатный.", gate()) == ""
    passage = "Возврат одежды всегда бесплатный."
    assert review(passage, gate(passage=passage)) == passage


def found(text: str) -> FoundPassage:
    return FoundPassage(Passage(id="a", title="A", text=text, source="s"), 1.0)


def test_an_excerpt_is_as_many_whole_sentences_as_fit() -> None:
    text = "One two three. Four five six.\n\nSeven eight."
    assert excerpt(found(text), words=6) == "One two three. Four five six."
    assert excerpt(found(text), words=2) == "One two three."
    assert excerpt(found(text)) == text
