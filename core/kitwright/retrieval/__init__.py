"""Retrieval: the passages of a kit that answer a question, and answers to others like it."""

from kitwright.retrieval.examples import ExampleIndex
from kitwright.retrieval.index import PassageIndex, Query
from kitwright.retrieval.retriever import Retriever, wordings
from kitwright.retrieval.step import retrieve_step

__all__ = ["ExampleIndex", "PassageIndex", "Query", "Retriever", "retrieve_step", "wordings"]
