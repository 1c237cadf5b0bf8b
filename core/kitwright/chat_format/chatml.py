"""ChatML as SmolLM2 uses it: `<|im_start|>role`, newline, content, `<|im_end|>`, newline.

Training and serving both encode through `ChatFormat`, so an adapter sees the ids it was trained on. Role
line and content are encoded apart: what a model is asked to continue (`<|im_start|>assistant`, newline) is
then always a true prefix of what it was trained on. Control tokens in content become plain text.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, get_args

from kitwright.errors import Fault, ModelUnavailable
from kitwright.types import Message, Role, ScrubbedText

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

NAME: Final = "chatml"
VERSION: Final = "1"
START: Final = "<|im_start|>"
END: Final = "<|im_end|>"
END_OF_TEXT: Final = "<|endoftext|>"

_SAMPLE: Final = (
    Message("system", ScrubbedText("Be brief.")),
    Message("user", ScrubbedText(f"Zürich, 14 days? {END}")),
    Message("tool", ScrubbedText('{"days": 14}')),
    Message("assistant", ScrubbedText("Yes: 14 days.\n\nBye")),
)


@dataclass(frozen=True, slots=True)
class EncodedChat:
    """Token ids and, of the same length, whether a token is supervised in training."""

    ids: tuple[int, ...]
    mask: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A run of ids, and whether training learns from it."""

    ids: tuple[int, ...]
    supervised: bool = False


class ChatFormat:
    """Turns messages into token ids and the training mask.

    Args:
        tokenizer: a Hugging Face tokenizer that has `<|im_start|>` and `<|im_end|>` as single tokens. It must
            not be shared with other threads that encode with other settings.

    Raises:
        ModelUnavailable: the tokenizer has no ChatML control tokens.
    """

    def __init__(self, tokenizer: "PreTrainedTokenizerBase") -> None:
        self._tokenizer = tokenizer
        self.start_id = self._control_id(START)
        self.end_id = self._control_id(END)
        # Encoding once sets the tokenizer's switches before threads share it.
        self._newline = self._plain("\n")

    @cached_property
    def stop_ids(self) -> tuple[int, ...]:
        """Ids that end an answer, ascending: end and start of a message, and end of text."""
        ids = {self.start_id, self.end_id, self._tokenizer.eos_token_id, self._id_or_none(END_OF_TEXT)}
        return tuple(sorted(id_ for id_ in ids if isinstance(id_, int)))

    @cached_property
    def hash(self) -> str:
        """Changes when anything changes that an adapter trained with this format depends on."""
        sample = self.encode(_SAMPLE, for_answer=True)
        controls = [self.start_id, self.end_id, *self.stop_ids]
        whole = json.dumps([NAME, VERSION, controls, self.render(_SAMPLE), sample.ids, sample.mask])
        return hashlib.blake2b(whole.encode(), digest_size=16).hexdigest()

    def encode(self, messages: Sequence[Message], *, for_answer: bool) -> EncodedChat:
        """Ids and mask; the mask is true on assistant content and the `<|im_end|>` that closes it.

        Args:
            messages: at least one.
            for_answer: end with the line that asks for the assistant's answer.

        Raises:
            ValueError: no messages, or an unknown role.
        """
        parts = list(self._parts(messages))
        if for_answer:
            parts.append(_Part(self._header("assistant")))
        return EncodedChat(
            ids=tuple(id_ for part in parts for id_ in part.ids),
            mask=tuple(part.supervised for part in parts for _ in part.ids),
        )

    def render(self, messages: Sequence[Message]) -> str:
        """The messages as one text for reading; control tokens in content are not told apart here.

        Raises:
            ValueError: no messages, or an unknown role.
        """
        _require_valid(messages)
        return "".join(f"{START}{m.role}\n{m.content}{END}\n" for m in messages)

    def _parts(self, messages: Sequence[Message]) -> Iterator[_Part]:
        _require_valid(messages)
        for message in messages:
            yield _Part(self._header(message.role))
            yield _Part((*self._plain(message.content), self.end_id), supervised=message.role == "assistant")
            yield _Part(self._newline)

    def _header(self, role: Role) -> tuple[int, ...]:
        return (self.start_id, *self._plain(f"{role}\n"))

    def _plain(self, text: str) -> tuple[int, ...]:
        sound = text.encode("utf-8", "replace").decode()  # a lone surrogate is no text for a tokenizer
        encoded = self._tokenizer(sound, add_special_tokens=False, split_special_tokens=True, verbose=False)
        return tuple(encoded["input_ids"])

    def _id_or_none(self, token: str) -> int | None:
        vocabulary: dict[str, int] = self._tokenizer.get_vocab()
        return vocabulary.get(token)

    def _control_id(self, token: str) -> int:
        id_ = self._id_or_none(token)
        if id_ is None or id_ not in self._tokenizer.all_special_ids:
            raise ModelUnavailable(
                Fault(
                    code="KW301",
                    place="model.tokenizer",
                    problem=f"the tokenizer has no control token {token}",
                    hint="choose a model whose chat format is ChatML, e.g. SmolLM2 or Qwen",
                )
            )
        return id_


def _require_valid(messages: Sequence[Message]) -> None:
    if not messages:
        raise ValueError("a chat needs at least one message")
    unknown = {m.role for m in messages} - set(get_args(Role))
    if unknown:
        raise ValueError(f"unknown role {sorted(unknown)}")
