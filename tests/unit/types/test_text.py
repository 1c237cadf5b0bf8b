"""Raw text does not leak by accident."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitwright.types import RawText, Reply


@given(st.text(min_size=3).filter(lambda text: text not in "RawText(1234567890 characters)"))
def test_raw_text_shows_only_its_length(text: str) -> None:
    raw = RawText(text)
    for shown in (str(raw), repr(raw), f"{raw}", f"{raw!s:>80}", f"{[raw]}"):
        assert text not in shown
    assert len(raw) == len(text)
    assert raw.reveal() == text


def test_raw_text_can_not_be_joined_or_logged(caplog: pytest.LogCaptureFixture) -> None:
    raw = RawText("jo@example.com")
    with pytest.raises(TypeError):
        "a" + raw  # type: ignore[operator]
    with pytest.raises(TypeError):
        " ".join(["a", raw])  # type: ignore[list-item]
    logging.getLogger("test").warning("got %s", raw)
    assert "jo@" not in caplog.text


def test_a_reply_does_not_show_its_text() -> None:
    assert "secret" not in repr(Reply(conversation_id="c", text="secret"))
