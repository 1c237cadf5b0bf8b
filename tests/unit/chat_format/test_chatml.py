"""The chat format: parity with the model's own template, the mask, and control tokens as plain text."""

from collections.abc import Sequence
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kitwright.chat_format import ChatFormat, EncodedChat, chatml
from kitwright.errors import ModelUnavailable
from kitwright.types import Message, Role, ScrubbedText
from unit.generation.tiny import CONTROLS, tiny_tokenizer

TOKENIZER = tiny_tokenizer()
FORMAT = ChatFormat(TOKENIZER)
contents = st.lists(st.sampled_from(CONTROLS) | st.text(max_size=8), max_size=5).map("".join)
chats = st.lists(st.builds(Message, st.sampled_from(get_args(Role)), contents), min_size=1, max_size=5)


def message(role: Role, text: str) -> Message:
    return Message(role, ScrubbedText(text))


def supervised_runs(chat: EncodedChat) -> list[list[int]]:
    runs: list[list[int]] = []
    before = False
    for id_, learnt in zip(chat.ids, chat.mask, strict=True):
        if learnt and not before:
            runs.append([])
        if learnt:
            runs[-1].append(id_)
        before = learnt
    return runs


def test_ids_are_those_of_the_models_template() -> None:
    chat = [message("system", "Be kind."), message("user", "Hi  there\n\nyou"), message("assistant", "Hello — ünï 🙂")]
    for for_answer in (False, True):
        theirs = TOKENIZER.apply_chat_template(
            [{"role": m.role, "content": m.content} for m in chat],
            add_generation_prompt=for_answer,
            return_dict=False,
        )
        assert list(FORMAT.encode(chat, for_answer=for_answer).ids) == theirs


@given(chats, st.booleans())
@settings(deadline=None)
def test_control_ids_come_from_the_format_only(chat: list[Message], for_answer: bool) -> None:
    ids = FORMAT.encode(chat, for_answer=for_answer).ids
    assert ids.count(FORMAT.start_id) == len(chat) + for_answer
    assert ids.count(FORMAT.end_id) == len(chat)
    assert sum(id_ in TOKENIZER.all_special_ids for id_ in ids) == 2 * len(chat) + for_answer


@given(chats)
@settings(deadline=None)
def test_the_mask_covers_assistant_content_and_its_end(chat: list[Message]) -> None:
    runs = supervised_runs(FORMAT.encode(chat, for_answer=True))
    answers = [m.content for m in chat if m.role == "assistant"]
    assert [run[-1] for run in runs] == [FORMAT.end_id] * len(answers)
    assert [TOKENIZER.decode(run[:-1], clean_up_tokenization_spaces=False) for run in runs] == answers


@given(chats, contents)
@settings(deadline=None)
def test_what_is_asked_for_is_a_prefix_of_what_is_trained(chat: list[Message], answer: str) -> None:
    asked = FORMAT.encode(chat, for_answer=True).ids
    trained = FORMAT.encode([*chat, message("assistant", answer)], for_answer=False).ids
    assert trained[: len(asked)] == asked


def test_a_lone_surrogate_is_encoded() -> None:
    assert FORMAT.encode([message("user", "a\ud800b")], for_answer=True).ids


def test_render_reads_as_chatml() -> None:
    assert FORMAT.render([message("tool", "{}")]) == "<|im_start|>tool\n{}<|im_end|>\n"


def test_stop_ids_are_the_control_ids() -> None:
    assert FORMAT.stop_ids == (0, 1, 2)
    assert FORMAT.end_id == 2


@pytest.mark.parametrize("chat", [[], [Message("narrator", ScrubbedText("x"))]])  # type: ignore[arg-type]
def test_a_chat_without_messages_or_with_an_unknown_role_is_refused(chat: Sequence[Message]) -> None:
    with pytest.raises(ValueError, match=r"message|role"):
        FORMAT.encode(chat, for_answer=True)


def test_a_tokenizer_without_the_control_tokens_is_refused() -> None:
    with pytest.raises(ModelUnavailable, match="im_start"):
        ChatFormat(tiny_tokenizer(["<s>", "<pad>", "</s>"]))


def test_the_hash_is_stable_and_follows_tokenizer_and_template(monkeypatch: pytest.MonkeyPatch) -> None:
    same, other = ChatFormat(tiny_tokenizer()), ChatFormat(tiny_tokenizer([*CONTROLS[::-1]]))
    assert same.hash == FORMAT.hash
    assert other.hash != FORMAT.hash
    monkeypatch.setattr(ChatFormat, "_header", lambda self, role: (self.start_id, *self._plain(f"{role}: ")))
    assert ChatFormat(tiny_tokenizer()).hash != FORMAT.hash


def test_the_hash_follows_the_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chatml, "VERSION", "next")
    assert ChatFormat(tiny_tokenizer()).hash != FORMAT.hash
