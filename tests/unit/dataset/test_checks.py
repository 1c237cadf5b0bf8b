"""Checks, each on a few records with a fake encoder: what they name and what they leave alone."""

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from kitwright.dataset import Domain, Finding, Material, Sample, check_dataset
from kitwright.dataset.checks.contradictions import contradictions
from kitwright.dataset.checks.duplicates import duplicates, eval_leaks
from kitwright.dataset.checks.language import languages
from kitwright.dataset.checks.marks import boilerplate, control_tokens, encoding
from kitwright.dataset.checks.prose import loops, truncated
from kitwright.dataset.sample_reading import _sample
from kitwright.encoder import HashingEncoder
from kitwright.workshop.data import probes_of


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KITWRIGHT_CACHE", str(tmp_path_factory.mktemp("cache")))


def chat(question: str, answer: str, **more: object) -> Sample:
    messages = [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
    return _sample(json.dumps({"messages": messages, **more}), "f.jsonl", 1, None)


def material(*samples: Sample, evals: Sequence[Sample] = (), domain: Domain | None = None) -> Material:
    numbered = tuple(replace(sample, line=n, id=f"r{n}") for n, sample in enumerate(samples))
    return Material(samples=numbered, probes=probes_of(HashingEncoder()), evals=tuple(evals), domain=domain)


def kinds(findings: Sequence[Finding]) -> list[str]:
    return [finding.kind for finding in findings]


@pytest.mark.parametrize(
    "answer",
    ["That costs 3 and", "Please send it to the", "We can do that,", "It comes by post and you will..."],
)
def test_answers_that_stop_in_mid_sentence(answer: str) -> None:
    assert kinds(list(truncated(material(chat("q", answer))))) == ["truncated"]


@pytest.mark.parametrize(
    "answer",
    [
        "Yes.",
        "It comes by post. 😀",
        "No, you may not",
        "Write to help@shop.example",
        "- one\n- two items here",
        "40 °C",
    ],
)
def test_answers_that_end(answer: str) -> None:
    assert list(truncated(material(chat("q", answer)))) == []


def test_answers_that_go_round() -> None:
    assert kinds(list(loops(material(chat("q", "I can help you. " * 3))))) == ["repetition"]
    assert kinds(list(loops(material(chat("q", "and then we go " * 4))))) == ["repetition"]
    assert list(loops(material(chat("q", "S, M, L or XL; S, M and L are in stock, XL is not.")))) == []


@pytest.mark.parametrize("text", ["cafÃ© au lait", "donâ€™t", "a \ufffd b", "a\u200bb", "Tom &amp; Jo", "one<br>two"])
def test_broken_encoding(text: str) -> None:
    assert kinds(list(encoding(material(chat("q", text))))) == ["encoding"]


@pytest.mark.parametrize("text", ["café à la Société", "40 °C for £3, “naïve”", "👩‍👧 and Ângela", "a < b > c", "R&D"])
def test_sound_encoding(text: str) -> None:
    assert list(encoding(material(chat("q", text)))) == []


def test_marks_weigh_more_in_what_is_learned() -> None:
    said = list(control_tokens(material(chat("<|im_end|> do it", "No."), chat("q", "No.<|im_end|>"))))
    assert [finding.severity for finding in said] == ["warning", "error"]


@pytest.mark.parametrize(
    "text", ["As an AI language model, I", "Dear [insert name]", "Hi {{name}}", "TODO", "See {order}"]
)
def test_boilerplate(text: str) -> None:
    assert kinds(list(boilerplate(material(chat("q", text))))) == ["boilerplate"]


def test_placeholders_of_the_scrubber_are_no_boilerplate() -> None:
    assert (
        list(boilerplate(material(chat("I am <PERSON_1>", "Thank you, [see the page]. My to-do list is short.")))) == []
    )


def test_another_language_is_told_by_its_small_words_and_script() -> None:
    english = [chat("Can I have this in blue and is it the same?", "Yes, you can have it in the shop.")] * 4
    german = chat("q", "Das ist nicht im Laden und wir haben auch keine mehr.")
    found = list(languages(material(*english, german, chat("Можно вернуть платье?", "Yes."))))
    assert [(f.ids, f.severity) for f in found] == [(("r4",), "error"), (("r5",), "warning")]


def test_contradictions_need_the_same_question_and_notes() -> None:
    question = "How long does standard delivery take?"
    three, five = chat(question, "It takes 3 days."), chat(question, "It takes 5 days.")
    weeks, fortnight = chat(question, "It takes 2 weeks."), chat(question, "It takes 14 days.")
    assert kinds(list(contradictions(material(three, five)))) == ["contradiction"]
    assert list(contradictions(material(weeks, fortnight))) == []
    assert list(contradictions(material(replace(three, passages=("uk",)), replace(five, passages=("eu",))))) == []
    assert list(contradictions(material(three, chat(question + " To Peru?", "It takes 5 days.")))) == []


def test_yes_here_and_no_there_contradict() -> None:
    question = "Are worn socks returnable?"
    assert kinds(list(contradictions(material(chat(question, "Yes, they are."), chat(question, "No."))))) == [
        "contradiction"
    ]
    denied = chat(question, "Worn socks cannot be returned."), chat(question, "Worn socks can be returned.")
    assert kinds(list(contradictions(material(*denied)))) == ["contradiction"]


def test_the_same_record_in_two_splits_is_leakage() -> None:
    one = chat("How long does standard delivery take?", "Three days.")
    train, test = replace(one, split="train"), replace(one, split="test")
    assert kinds(list(duplicates(material(train, test)))) == ["leakage"]
    assert kinds(list(duplicates(material(train, train)))) == ["exact_duplicate"]
    other = chat("how long will standard delivery take", "Soon.")
    assert kinds(list(duplicates(material(train, replace(other, split="test"))))) == ["leakage"]


def test_what_tools_said_makes_records_differ() -> None:
    sold, there = (chat("Is the Alder shirt in stock?", "Let me see.", facts={"stock": n}) for n in (0, 5))
    assert list(duplicates(material(sold, there))) == []


def test_short_common_words_are_no_leak() -> None:
    evals = [chat("thanks", "-"), chat("How do I wash my merino jumper?", "-")]
    found = eval_leaks(
        material(chat("Thanks!", "Bye."), chat("how do i wash my merino jumper", "By hand."), evals=evals)
    )
    assert [finding.ids[0] for finding in found] == ["r1"]


def test_facts_need_a_source_and_ranges_name_their_unit_once() -> None:
    domain = Domain(passages={"sizes": "M: chest 96-102 cm. Returns are free twice."}, utterances=(), language="en")
    sound = chat("Which size?", "M is for 96-102 cm.", passages=["sizes"])
    loose = chat("Which size?", "M is for 99 cm and costs £18.", passages=["sizes"])
    lost = chat("Which size?", "M.", passages=["nowhere"])
    report = check_dataset(material(sound, loose, lost, domain=domain))
    found = {(f.kind, f.ids) for f in report.findings}
    assert ("ungrounded", ("r1",)) in found
    assert ("unknown_reference", ("r2",)) in found
    assert not any(kind == "ungrounded" and ids == ("r0",) for kind, ids in found)


def test_personal_data_are_masked_in_every_finding() -> None:
    one = chat("I am on jo.bloggs@example.com, call me", "I am on jo.bloggs@example.com, call me")
    report = check_dataset(material(one, one))
    assert {"personal_data", "same_prompt_and_completion", "exact_duplicate"} <= set(report.by_kind)
    assert "jo.bloggs" not in json.dumps(report.as_dict())
    assert report.errors


def test_personal_data_in_what_a_tool_gave_are_found() -> None:
    one = chat("Where is my order?", "On its way.", facts={"sent_to": "jo.bloggs@example.com"})
    found = [finding for finding in check_dataset(material(one)).findings if finding.kind == "personal_data"]
    assert [(finding.severity, finding.what) for finding in found] == [("error", "facts: EMAIL_ADDRESS")]


def test_no_record_at_all() -> None:
    report = check_dataset(material())
    assert (report.records, report.findings) == (0, ())
