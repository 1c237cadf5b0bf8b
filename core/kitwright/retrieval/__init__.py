"""Retrieval: the passages of a kit that answer a question."""

from kitwright.retrieval.index import PassageIndex, Query
from kitwright.retrieval.retriever import Retriever, wordings
from kitwright.retrieval.step import retrieve_step

__all__ = ["PassageIndex", "Query", "Retriever", "retrieve_step", "wordings"]
