"""A conversation that can be learned from: roles in turn, opened by a question, ended by an answer."""

from collections.abc import Iterable

from kitwright.dataset.importers.draft import Unfit
from kitwright.dataset.sample import Said


def conversation(turns: Iterable[Said]) -> tuple[Said, ...]:
    r"""The turns with those of one role joined by a line break, without an opening greeting and a last word.

    Nothing can be learned from what the assistant says before a question, nor from what nobody answers.

    Args:
        turns: of system, user and assistant; empty ones are passed over.

    Raises:
        Unfit: no question is answered, or a system message is not the first.

    Example:
        >>> turns = [Said("assistant", "Hello"), Said("user", "Hi"), Said("user", "Open?"), Said("assistant", "Yes")]
        >>> [said.content for said in conversation(turns)]
        ['Hi\nOpen?', 'Yes']
    """
    joined = _joined(turns)
    opening = 1 if joined and joined[0].role == "system" else 0
    system, talk = joined[:opening], joined[opening:]
    if any(said.role == "system" for said in talk):
        raise Unfit("a system message is not the first")
    if talk and talk[0].role == "assistant":
        talk = talk[1:]
    if talk and talk[-1].role == "user":
        talk = talk[:-1]
    if not talk:
        raise Unfit("no question is answered")
    return (*system, *talk)


def _joined(turns: Iterable[Said]) -> list[Said]:
    joined: list[Said] = []
    for role, content in turns:
        text = content.strip()
        if text and joined and joined[-1].role == role:
            joined[-1] = Said(role, f"{joined[-1].content}\n{text}")
        elif text:
            joined.append(Said(role, text))
    return joined
