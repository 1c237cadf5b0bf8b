"""Streaming text: whole characters only, and nothing lost."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kitwright.generation.detokeniser import Detokeniser
from unit.generation.tiny import tiny_tokenizer

TOKENIZER = tiny_tokenizer()


def pieces_of(ids: list[int]) -> list[str]:
    text = Detokeniser(lambda some: TOKENIZER.decode(some, clean_up_tokenization_spaces=False))
    return [*(text.feed(id_) for id_ in ids), text.flush()]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffd"), max_size=30))
@settings(deadline=None)
def test_the_pieces_make_the_text_and_hold_no_half_character(text: str) -> None:
    pieces = pieces_of(TOKENIZER(text, add_special_tokens=False).input_ids)
    assert "".join(pieces) == text
    assert all("\ufffd" not in piece for piece in pieces)


def test_an_unfinished_last_character_is_left_out() -> None:
    ids = TOKENIZER("ok 🙂", add_special_tokens=False).input_ids
    assert "".join(pieces_of(ids[:-1])) == "ok "
