"""What stays: terms of the lists in all spellings, in context where they are names too, and what a kit adds."""

from importlib.resources import files
from typing import Any

import pytest

from kitwright.privacy import PresidioScrubber, PrivacyPolicy, read_terms


def _everything() -> Any:
    """A tagger that takes every word for a person."""
    import re

    from presidio_analyzer import LocalRecognizer, RecognizerResult

    class Everything(LocalRecognizer):  # type: ignore[misc,unused-ignore]
        def load(self) -> None:
            pass

        def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:
            return [RecognizerResult("PERSON", *word.span(), 0.99) for word in re.finditer(r"[\w'.-]*\w['s]*", text)]

    return Everything(supported_entities=["PERSON"], name="everything")


TAGGER = _everything()
SCRUBBER = PresidioScrubber(recognisers=[TAGGER])


def stays(part: str, text: str, scrubber: PresidioScrubber = SCRUBBER) -> bool:
    start = text.index(part)
    end = start + len(part)
    return not any(span.start < end and start < span.end for span in scrubber.find(text))


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("Crohn's", "she has Crohn's"),
        ("crohns disease", "my crohns disease is back"),
        ("Crohn\u2019s disease", "Crohn\u2019s disease"),
        ("Murphy sign", "a positive Murphy sign"),
        ("Hodgkin", "Hodgkin lymphoma"),
        ("Guillain-Barre", "after Guillain-Barre she"),
        ("METFORMIN", "takes METFORMIN daily"),
        ("St John's wort", "on St John's wort"),
        ("Levi's", "my Levi's are torn"),
        ("Dr. Martens", "new Dr. Martens please"),
        ("Calvin Klein", "the Calvin Klein one"),
        ("Marc Jacobs", "a Marc Jacobs bag"),
        ("Paul Smith", "a Paul Smith shirt"),
        ("BRCA1", "BRCA1 positive"),
        ("brca1", "brca1 carrier"),
        ("ANA", "ANA was positive"),
        ("500 mg", "take 500 mg twice"),
        ("120/80", "BP 120/80"),
        ("SpO2 98%", "SpO2 98% on air"),
        ("HR 72", "HR 72 regular"),
        ("HbA1c 7.4", "HbA1c 7.4 now"),
        ("GCS 15", "GCS 15 on arrival"),
        ("Apgar", "Apgar score 9 and 10"),
        ("E11.9", "coded E11.9"),
        ("CPT 99213", "billed CPT 99213"),
        ("Mayo Clinic", "the Mayo Clinic guidelines say"),
        ("Mayo Clinic", "according to the Mayo Clinic"),
        ("size 12", "a size 12 in blue"),
        ("49.99", "paid £49.99 for it"),
        ("May", "back in May it was"),
        ("Friday", "due on Friday"),
        ("45 year old", "a 45 year old with"),
        ("2019", "since 2019 it"),
    ],
)
def test_it_stays_though_a_tagger_takes_it_for_a_person(part: str, text: str) -> None:
    assert stays(part, text)


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("Murphy", "ask Murphy about it"),
        ("Paul Smith", "ask for Paul Smith at the desk"),
        ("Mayo Clinic", "she was seen at Mayo Clinic"),
        ("May", "my daughter May is ill"),
        ("Parkinson", "Dr Parkinson said so"),
        ("Lee", "tell Lee that I called"),
        ("Hashimoto", "I saw Dr Hashimoto"),
        ("Ana", "give it to Ana please"),
    ],
)
def test_names_and_places_of_care_go(part: str, text: str) -> None:
    assert not stays(part, text)


def test_a_kit_adds_terms_and_takes_kinds_away() -> None:
    policy = PrivacyPolicy(keep_terms=("Fern Green", "the Alma"), keep_patterns={"eponyms": "", "dose": ""})
    scrubber = PresidioScrubber(policy, recognisers=[TAGGER])
    assert stays("fern green", "in fern green please", scrubber)
    assert not stays("Crohn's", "she has Crohn's", scrubber)
    assert not stays("500 mg", "take 500 mg twice", scrubber)
    assert stays("metformin", "takes metformin daily", scrubber)


@pytest.mark.parametrize(("name", "least"), [("eponyms", 250), ("drugs", 700), ("brands", 200), ("genes", 100)])
def test_the_lists_are_long_and_hold_nothing_twice(name: str, least: int) -> None:
    terms = [
        term.lower() for term in read_terms((files("kitwright.privacy") / "lists" / f"{name}.txt").read_text("utf-8"))
    ]
    assert len(set(terms)) >= least
    assert sorted(terms) == sorted(set(terms))
