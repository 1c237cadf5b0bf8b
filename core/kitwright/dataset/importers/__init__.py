"""Importers: each reads one published form of dataset, as it was published, into drafts of records."""

from typing import Final

from kitwright.dataset.importers import abcd, any_csv, banking77, bitext, chat, clinc150, ddxplus, medquad
from kitwright.dataset.importers.any_csv import FIELDS, with_columns
from kitwright.dataset.importers.draft import ChatDraft, Draft, Importer, Outcome, Personal, Skip, TextDraft
from kitwright.dataset.importers.recognise import recognise

IMPORTERS: Final[dict[str, Importer]] = {
    "abcd": Importer(abcd.read, ("abcd*.json", "abcd*.json.gz")),
    "bitext": Importer(bitext.read, ("*.csv",)),
    "banking77": Importer(banking77.read, ("*.csv",)),
    "clinc150": Importer(clinc150.read, ("data_full.json",)),
    "medquad": Importer(medquad.read, ("*.xml",)),
    "ddxplus": Importer(ddxplus.read, ("*.csv", "*.zip", "release_*_patients")),
    "chat": Importer(chat.read, ("*.json", "*.jsonl", "*.jsonl.gz")),
    "csv": Importer(any_csv.read, ("*.csv", "*.tsv")),
}
"""Format to its importer; the workshop adds `rasa`, whose files the nlu room reads."""

__all__ = [
    "FIELDS",
    "IMPORTERS",
    "ChatDraft",
    "Draft",
    "Importer",
    "Outcome",
    "Personal",
    "Skip",
    "TextDraft",
    "recognise",
    "with_columns",
]
