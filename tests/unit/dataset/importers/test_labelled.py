"""BANKING77, CLINC150 and any CSV: texts with labels, and prompts with completions."""

import csv
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitwright.dataset.importers import with_columns
from kitwright.dataset.sample import Said
from kitwright.errors import FaultsFound
from unit.dataset.importers.reading import read


def test_banking77(tmp_path: Path) -> None:
    path = tmp_path / "test.csv"
    path.write_text("text,category\r\n Where is my card? ,card_arrival\r\n", encoding="utf-8")
    (draft,) = read(path, "banking77").texts
    assert (draft.text, draft.label, draft.split) == ("Where is my card?", "card_arrival", "test")


def test_clinc150(tmp_path: Path) -> None:
    path = tmp_path / "data_full.json"
    data = {"oos_val": [["what is love", "oos"]], "train": [["book a flight", "book_flight"], ["x"], ["", "y"]]}
    path.write_text(json.dumps(data), encoding="utf-8")
    found = read(path, "clinc150")
    assert [(d.text, d.label, d.split) for d in found.texts] == [
        ("what is love", "oos", "oos_val"),
        ("book a flight", "book_flight", "train"),
    ]
    assert found.problems == [
        "data_full.json train[1] is not a pair of text and label",
        "data_full.json train[2] text or label is empty",
    ]


def test_clinc150_is_an_object_of_lists(tmp_path: Path) -> None:
    path = tmp_path / "data_full.json"
    path.write_text('{"train": {}}', encoding="utf-8")
    with pytest.raises(FaultsFound, match="is not CLINC150"):
        read(path, "clinc150")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_by_the_columns(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "any.csv"
    path.write_text(f'\ufeff"Frage, kurz"{delimiter}Thema\n"a,b;c"{delimiter}t\n', encoding="utf-8")
    (draft,) = read(path, with_columns({"text": "Frage, kurz", "label": "Thema"})).texts
    assert (draft.text, draft.label) == ("a,b;c", "t")


def test_columns_called_as_the_fields_need_no_names(tmp_path: Path) -> None:
    path = tmp_path / "any.tsv"
    path.write_text("completion\tnote\tprompt\nYes.\t-\tOpen?\n", encoding="utf-8")
    (draft,) = read(path, "csv").chats
    assert draft.turns == (Said("user", "Open?"), Said("assistant", "Yes."))


def test_a_quote_that_is_never_closed_is_one_fault(tmp_path: Path) -> None:
    path = tmp_path / "any.csv"
    path.write_text('text,label\na,b\n"' + "x\n" * 100_000 + 'c,"d"\ne,f\n', encoding="utf-8")
    found = read(path, "csv")
    assert found.texts[0].text == "a"
    assert found.texts[-1].text == "e"
    assert found.problems[0].startswith("any.csv:3 not CSV")


TEXTS = st.text(min_size=1).filter(str.strip)


@given(rows=st.lists(st.tuples(TEXTS, TEXTS), min_size=1), delimiter=st.sampled_from(",;\t|"))
def test_any_table_comes_back(rows: list[tuple[str, str]], delimiter: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "any.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=delimiter)
            writer.writerows([("text", "label"), *rows])
        found = read(path, "csv")
    assert not found.faults
    assert [(draft.text, draft.label) for draft in found.texts] == [(a.strip(), b.strip()) for a, b in rows]
