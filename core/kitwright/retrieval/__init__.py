"""Retrieval: the passages of a kit that answer a question."""

from kitwright.retrieval.index import PassageIndex
from kitwright.retrieval.step import retrieve_step

__all__ = ["PassageIndex", "retrieve_step"]
