"""A few conversations of an invented museum, rendered with a tiny tokenizer."""

from kitwright.chat_format import ChatFormat
from kitwright.dataset import ChatMessage, SftRecord
from kitwright.prompting import Budget, PromptBook, PromptWriter
from kitwright.training import Renderer
from kitwright.types import Passage
from unit.generation.tiny import tiny_tokenizer

FORMAT = ChatFormat(tiny_tokenizer())
PASSAGES = {
    "hours": Passage(id="hours", title="Hours", text="The museum is open from 10:00 to 17:00.", source="guide"),
    "tickets": Passage(id="tickets", title="Tickets", text="A ticket costs £8.", source="guide"),
}
BOOK = PromptBook(
    {
        "base": {"plain": "Answer from the notes."},
        "persona": {"plain": "You are {{ bot }}."},
        "style": {"plain": "Be brief."},
        "task": {
            "plain": "{% for p in passages %}{{ p.title }}: {{ p.text }}\n{% endfor %}"
            "{% for f in facts %}{{ f }}\n{% endfor %}{{ question }}"
        },
    }
)
WRITER = PromptWriter(
    book=BOOK,
    variants=dict.fromkeys(("base", "persona", "style", "task"), "plain"),
    bot="Ada",
    language="en",
    budget=Budget(900, 60),
    count=lambda messages: len(FORMAT.encode(messages, for_answer=True).ids),
)


def record(
    *contents: str, id_: str = "r-1", passages: tuple[str, ...] = ("hours",), tags: tuple[str, ...] = ("visit",)
) -> SftRecord:
    """A record whose messages are said in turn by a visitor and the assistant."""
    said = [
        ChatMessage(role="user" if place % 2 == 0 else "assistant", content=content)
        for place, content in enumerate(contents)
    ]
    return SftRecord(id=id_, messages=tuple(said), passages=passages, tags=tags)


def renderer(max_length: int = 4000) -> Renderer:
    return Renderer(writer=WRITER, chat_format=FORMAT, passages=PASSAGES, max_length=max_length)
