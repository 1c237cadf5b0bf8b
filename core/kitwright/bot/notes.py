"""The retriever of a bot, from its kit's passages and its own limits."""

from functools import partial

from kitwright.bot.once import once
from kitwright.kit import BotFile, Kit
from kitwright.protocols import Encoder
from kitwright.retrieval import PassageIndex, Retriever


def retriever_of(file: BotFile, kit: Kit, encoder: Encoder) -> Retriever:
    """What finds a bot's notes; turns, training examples and eval samples all go through it.

    Args:
        file: says how many notes, and how relevant.
        kit: brings the passages.
        encoder: for their sentences.
    """
    return Retriever(
        index=once(partial(PassageIndex.build, kit.passages, encoder)),
        passages=file.retrieval.passages,
        sentences=file.retrieval.sentences,
        minimum=file.retrieval.minimum,
    )
