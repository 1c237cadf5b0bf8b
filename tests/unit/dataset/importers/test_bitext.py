"""Bitext: blanks become placeholders of our form, and answers that need the shop's own facts are tagged."""

from pathlib import Path

import pytest

from kitwright.errors import FaultsFound
from unit.dataset.importers.reading import read

HEADER = "flags,instruction,category,intent,response\n"


def test_blanks_become_placeholders(tmp_path: Path) -> None:
    path = tmp_path / "bitext.csv"
    path.write_text(
        HEADER + "B,cancel {{Order Number}} or {{ order number }},ORDER,cancel_order,"
        '"{{Client First Name}} {{Client Last Name}},\n{{Order Number}} is cancelled, says {{1}}."\n'
        "B,cancel {{Order Number}},ORDER,cancel_order,{{Order Number}} is cancelled.\n",
        encoding="utf-8",
    )
    first, second = read(path, "bitext").chats
    assert [said.content for said in first.turns] == [
        "cancel <ORDER_NUMBER_1> or <ORDER_NUMBER_1>",
        "<PERSON_1> <PERSON_2>,\n<ORDER_NUMBER_1> is cancelled, says {{1}}.",
    ]
    assert first.tags == ("order", "cancel_order", "unfilled")
    assert second.tags == ("order", "cancel_order")
    assert second.place.endswith("bitext.csv:4")


def test_faulty_rows_are_told_by_the_line_they_begin_at(tmp_path: Path) -> None:
    path = tmp_path / "bitext.csv"
    path.write_text(HEADER + 'B,"a\nb",C,i,r\nB,,C,i,r\n\nB,a,C,i,\nB,a\n', encoding="utf-8")
    found = read(path, "bitext")
    assert [chat.place.rpartition("/")[2] for chat in found.chats] == ["bitext.csv:2"]
    assert found.problems == [
        "bitext.csv:4 instruction is empty",
        "bitext.csv:6 response is empty",
        "bitext.csv:7 2 columns, the header has 5",
    ]


def test_missing_columns(tmp_path: Path) -> None:
    path = tmp_path / "bitext.csv"
    path.write_text("question;answer\na;b\n", encoding="utf-8")
    with pytest.raises(FaultsFound) as caught:
        read(path, "bitext")
    (fault,) = caught.value.faults
    assert (fault.code, fault.choices) == ("KW106", ("question", "answer"))
    assert "instruction, category, intent, response" in fault.problem
