"""MedQuAD: one XML document a page of questions and answers, in a folder for each source (Ben Abacha, CC BY 4.0).

Three of its sources had their answers removed for copyright; those questions are left out and counted.
"""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, ParseError, XMLParser

from kitwright.dataset.importers.conversation import conversation
from kitwright.dataset.importers.draft import ChatDraft, Outcome, Skip, Unfit, attempt
from kitwright.dataset.importers.opening import opened, wrong_file
from kitwright.dataset.sample import Said

_REMOVED: Final = Skip("the answer was removed for copyright")
_NO_QUESTIONS: Final = Skip("the document has no questions")


def read(path: Path) -> Iterator[Outcome]:
    """Questions with their answers, tagged with the kind of question, the source and its address.

    Raises:
        FaultsFound: the file is not of this form.
    """
    document = _document(path)
    pairs = list(document.iter("QAPair"))
    if not pairs:
        yield _NO_QUESTIONS
    for number, pair in enumerate(pairs, start=1):
        answer = _text(pair.find("Answer"))
        place = f"{path} pair {pair.get('pid') or number}"
        yield attempt(place, partial(_draft, document, pair, answer, place)) if answer else _REMOVED


def _document(path: Path) -> Element:
    with opened(path) as text:
        source = text.read()
    if "<!DOCTYPE" in source:  # which could name entities that grow without bound, or other files
        raise wrong_file(path, "declares a document type")
    parser = XMLParser()  # noqa: S314
    try:
        parser.feed(source.encode("utf-8", "surrogateescape"))
        document: Element = parser.close()
    except ParseError as error:
        raise wrong_file(f"{path}:{error.position[0]}", "not XML") from None
    if document.tag != "Document" and document.find("QAPairs") is None:  # one file is called otherwise
        raise wrong_file(path, "is not MedQuAD: it is no Document and has no QAPairs")
    return document


def _draft(document: Element, pair: Element, answer: str, place: str) -> ChatDraft:
    question = pair.find("Question")
    asked = _text(question)
    if question is None or not asked:
        raise Unfit("has no question")
    source, url = document.get("source"), document.get("url")
    tags = (question.get("qtype"), source, f"source:{url}" if url else None)
    turns = conversation((Said("user", asked), Said("assistant", answer)))
    return ChatDraft(place=place, turns=turns, tags=tuple(tag for tag in tags if tag))


def _text(element: Element | None) -> str:
    """The element's text with single spaces, and paragraphs parted by one empty line."""
    if element is None:
        return ""
    paragraphs = re.split(r"\n\s*\n", "".join(element.itertext()))
    lines = ("\n".join(" ".join(line.split()) for line in part.strip().split("\n")) for part in paragraphs)
    return "\n\n".join(line for line in lines if line)
