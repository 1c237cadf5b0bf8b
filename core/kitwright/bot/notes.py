"""The retriever of a bot, from its kit's passages and conversations and its own limits."""

from collections.abc import Sequence

from kitwright.bot.once import once
from kitwright.dataset import asked_questions
from kitwright.kit import BotFile, Kit, all_conversations
from kitwright.protocols import Encoder
from kitwright.retrieval import PassageIndex, Retriever
from kitwright.types import AskedQuestion


def retriever_of(file: BotFile, kit: Kit, encoder: Encoder, asked: Sequence[AskedQuestion] | None = None) -> Retriever:
    """What finds a bot's notes; turns, training examples and eval samples all go through it.

    Args:
        file: says how many notes, and how relevant.
        kit: brings the passages.
        encoder: for their sentences.
        asked: questions that the passages answered before; those of the kit's conversations where left out.
    """

    def index() -> PassageIndex:
        return PassageIndex.build(kit.passages, encoder, questions_of(kit) if asked is None else asked)

    return Retriever(
        index=once(index),
        passages=file.retrieval.passages,
        sentences=file.retrieval.sentences,
        minimum=file.retrieval.minimum,
    )


def questions_of(kit: Kit) -> tuple[AskedQuestion, ...]:
    """The questions of the conversations that the kit's recipes train on; none of a recipe whose data is not there.

    Raises:
        FaultsFound: a file of conversations is malformed.
    """
    return asked_questions(all_conversations(kit), {passage.id: passage for passage in kit.passages})
