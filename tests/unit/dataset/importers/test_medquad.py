"""MedQuAD: questions with answers and their source; answers removed for copyright are skipped."""

from pathlib import Path

import pytest

from kitwright.dataset.sample import Said
from kitwright.errors import FaultsFound
from unit.dataset.importers.reading import read

PAIR = '<QAPair pid="{0}"><Question qid="1-{0}" qtype="treatment">{1}</Question><Answer>{2}</Answer></QAPair>'
PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<Document id="0000001" source="NIDDK" url="https://health.example/page">
<Focus>Hiccups</Focus>
<QAPairs>{}</QAPairs>
</Document>
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "0000001.xml"
    path.write_text(text, encoding="utf-8")
    return path


def test_pairs(tmp_path: Path) -> None:
    pairs = (
        PAIR.format(1, "How are hiccups  treated ?", "\n  Hold your\n breath. &lt;5 s\n \n\nOr wait."),
        PAIR.format(2, "Who gets hiccups ?", " "),
        PAIR.format(3, "", "Everyone."),
    )
    found = read(write(tmp_path, PAGE.format("\n".join(pairs))), "medquad")
    (chat,) = found.chats
    answer = "Hold your\nbreath. <5 s\n\nOr wait."
    assert chat.turns == (Said("user", "How are hiccups treated ?"), Said("assistant", answer))
    assert chat.tags == ("treatment", "NIDDK", "source:https://health.example/page")
    assert found.skips == ["the answer was removed for copyright"]
    assert found.problems == ["0000001.xml pair 3 has no question"]


def test_a_page_without_questions_is_skipped(tmp_path: Path) -> None:
    assert read(write(tmp_path, PAGE.format("")), "medquad").skips == ["the document has no questions"]


def test_the_one_page_whose_element_is_called_otherwise(tmp_path: Path) -> None:
    page = PAGE.replace("Document", "DiseaseFile").format(PAIR.format(1, "Why ?", "So."))
    assert len(read(write(tmp_path, page), "medquad").chats) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<Document>\n<a>", "0000001.xml:2: not XML"),
        ("<html/>", "is not MedQuAD"),
        ('<!DOCTYPE d [<!ENTITY a "aaaa">]><Document>&a;</Document>', "declares a document type"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(FaultsFound, match=says):
        read(write(tmp_path, text), "medquad")
