"""Scrubbing and restoring as a whole: identity, look-alikes, failing closed, staying offline and bounded."""

import logging
import socket
import time
import traceback
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kitwright.errors import ScrubFailed
from kitwright.privacy import Entities, MemoryVault, PresidioScrubber, PrivacyPolicy, Restorer
from kitwright.types import PLACEHOLDER, RawText, ScrubbedText

SCRUBBER = PresidioScrubber()
SCRUBBER.warm()

FRAGMENTS = [
    "jo@example.com", "JO@EXAMPLE.COM", "jo@exa\u200bmple.com", "07700 900123", "\u202e07700 900123\u202c", "bs6 5qa",
    "<EMAIL_ADDRESS_1>", "<EMAIL_ADDRESS_", "<TEXT_1>", "<", ">", "_1>", "password is ", "my name is ", "14 Park Row",
    "order 1043", "\x00", "\u0430@example.com", "👩\u200d👩\u200d👧", "٠١٢٣", "１２", " ", "\n", "1043", "12/05/2024",
    "FC1234567", "4111 1111 1111 1111", "https://a.example/", "ﬁ", "e\u0301",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=8)), max_size=8).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_restoring_gives_back_every_text_of_a_conversation(texts: list[str]) -> None:
    vault = MemoryVault()
    for text in texts:
        scrubbed = SCRUBBER.scrub(RawText(text), vault)
        assert vault.restore(scrubbed.text) == text


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.lists(st.integers(0, 300), max_size=6))
def test_a_reply_that_repeats_a_message_comes_back_whole_however_it_is_cut(text: str, cuts: list[int]) -> None:
    vault = MemoryVault()
    scrubbed = SCRUBBER.scrub(RawText(text), vault).text
    edges = [0, *sorted(min(cut, len(scrubbed)) for cut in cuts), len(scrubbed)]
    restorer = Restorer(vault)
    shown = "".join(restorer.feed(ScrubbedText(scrubbed[a:b])) for a, b in pairwise(edges))
    assert shown + restorer.flush() == text


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_spans_are_ordered_inside_the_text_and_gone_from_it(text: str) -> None:
    vault = MemoryVault()
    scrubbed = SCRUBBER.scrub(RawText(text), vault)
    edges = [edge for span in scrubbed.spans for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert all(0 <= span.start < span.end <= len(text) for span in scrubbed.spans)
    assert SCRUBBER.find(text) == scrubbed.spans


def test_a_look_alike_never_brings_up_a_value() -> None:
    vault = MemoryVault()
    SCRUBBER.scrub(RawText("jo@example.com"), vault)
    typed = SCRUBBER.scrub(RawText("<EMAIL_ADDRESS_1>"), vault).text
    assert typed == "<TEXT_1>"
    assert vault.restore(typed) == "<EMAIL_ADDRESS_1>"


def test_foreign_text_keeps_placeholders_and_hides_what_is_not_the_owners() -> None:
    vault = MemoryVault()
    SCRUBBER.scrub(RawText("I am Jo@example.com"), vault)
    text = "<EMAIL_ADDRESS_1>, jo@example.com, al@example.com, <PERSON_4>"
    scrubbed = SCRUBBER.scrub_foreign(text, vault, placeholders=True)
    assert scrubbed == "<EMAIL_ADDRESS_1>, <EMAIL_ADDRESS_1>, <EMAIL_ADDRESS_2>, <TEXT_1>"
    assert vault.restore(scrubbed) == "Jo@example.com, Jo@example.com, <EMAIL_ADDRESS_2>, <TEXT_1>"
    assert SCRUBBER.scrub_foreign(scrubbed, vault, placeholders=True) == scrubbed


def test_a_finding_that_reaches_out_of_what_is_kept_is_hidden() -> None:
    scrubber = PresidioScrubber(PrivacyPolicy(keep_patterns={"shop": r"0117 496 0123", "four": r"\d{4}"}))
    assert scrubber.find("0117 496 0123") == ()
    assert [span.label for span in scrubber.find("0117 496 0124")] == ["PHONE_NUMBER"]


def test_a_policy_decides_what_is_replaced() -> None:
    policy = PrivacyPolicy(
        entities=Entities(replace=("DATE_TIME", "URL"), keep=()), replace_patterns={"BADGE": r"B\d+"}
    )
    found = PresidioScrubber(policy).find("B77 jo@example.com 3 May")
    assert [span.label for span in found if span.label != "URL"] == ["BADGE", "DATE_TIME"]


def _recogniser(label: str, error: Exception | None = None) -> Any:
    from presidio_analyzer import LocalRecognizer, RecognizerResult

    class Tagger(LocalRecognizer):  # type: ignore[misc,unused-ignore]
        def load(self) -> None:
            pass

        def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:
            if error is not None:
                raise error
            at = text.find("Zed")
            return [RecognizerResult(label, at, at + 3, 0.8)] if at >= 0 else []

    return Tagger(supported_entities=[label], name="tagger")


def test_a_tagger_is_one_more_recogniser() -> None:
    scrubber = PresidioScrubber(recognisers=[_recogniser("PERSON")])
    assert scrubber.scrub(RawText("ask Zed"), MemoryVault()).text == "ask <PERSON_1>"


def test_any_error_stops_the_text_and_says_nothing_of_it() -> None:
    scrubber = PresidioScrubber(recognisers=[_recogniser("PERSON", ValueError("secret hunter2"))])
    for work in (
        lambda: scrubber.scrub(RawText("hunter2"), MemoryVault()),
        lambda: scrubber.scrub_foreign("hunter2", MemoryVault()),
        lambda: scrubber.find("hunter2"),
    ):
        with pytest.raises(ScrubFailed) as caught:
            work()
        assert caught.value.faults[0].code == "KW202"
        assert caught.value.__cause__ is None
        assert caught.value.__context__ is None
        assert "hunter2" not in "".join(traceback.format_exception_only(caught.value))


def test_a_keep_pattern_out_of_time_stops_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kitwright.privacy.keeping._SECONDS", 0.01)
    scrubber = PresidioScrubber(PrivacyPolicy(keep_patterns={"slow": r"(?:a|aa)+(?:b|bb)+(?:a|aa)+c"}))
    with pytest.raises(ScrubFailed):
        scrubber.find("a" * 60 + "b" * 60 + "a" * 60)


def test_nothing_is_logged_and_no_connection_is_tried(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    with caplog.at_level(logging.DEBUG):
        scrubber = PresidioScrubber()
        scrubber.scrub(RawText("jo@example.co.uk GB82 WEST 1234 5698 7654 3Z https://a.example"), MemoryVault())
    assert [record for record in caplog.records if "presidio" in record.name] == []


UNITS = [
    "hello my order is late ", "a.", "9-", "9 ", "a!", "<A_", "my name is ", "j @ ", "one two ", "1/", "MRN ", "@a",
    "http://", "A1 ",    "\u0430", "a\u0301", "\u200b", "x" * 40 + " ",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_length_only(unit: str) -> None:
    short, long = (unit * (length // len(unit)) for length in (8_000, 64_000))
    quick = min(_seconds(lambda: SCRUBBER.find(short)) for _ in range(3))
    assert _seconds(lambda: SCRUBBER.find(long)) < 4 * len(long) / len(short) * quick + 0.25


def test_a_megabyte_is_scrubbed_whole() -> None:
    sentence = "my order is late and I wait "
    quick = min(_seconds(lambda: SCRUBBER.find(sentence * 360 + "jo@example.com")) for _ in range(3))
    text = sentence * 36_000 + "jo@example.com"
    vault = MemoryVault()
    began = time.process_time()
    scrubbed = SCRUBBER.scrub(RawText(text), vault)
    assert time.process_time() - began < 4 * 100 * quick
    assert scrubbed.text.endswith("<EMAIL_ADDRESS_1>")
    assert vault.restore(scrubbed.text) == text


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def test_a_value_is_found_wherever_a_window_ends() -> None:
    for length in range(1_980, 2_000):
        text = "x" * length + " 07700 900123 " + "y " * 600
        assert [(s.start, s.end) for s in SCRUBBER.find(text)] == [(length + 1, length + 13)]


SAFE = PresidioScrubber(PrivacyPolicy(preset="safe_harbor"))


def test_coarser_values_read_as_what_they_are_and_do_not_come_back() -> None:
    vault = MemoryVault()
    scrubbed = SAFE.scrub(RawText("born 3 March 1980, aged 93, seen on 12 May 2024, zip 94103"), vault)
    assert scrubbed.text == "born a day in 1980, aged 90 or over, seen on a day in 2024, zip the 941 area"
    assert vault.restore(scrubbed.text) == scrubbed.text
    assert [span.label for span in scrubbed.spans] == ["DATE_OF_BIRTH", "AGE", "DATE_TIME", "US_ZIP_CODE"]


def test_what_can_not_be_made_coarser_is_hidden_and_comes_back() -> None:
    vault = MemoryVault()
    scrubbed = SAFE.scrub(RawText("seen on 12 May"), vault).text
    assert scrubbed == "seen on <DATE_TIME_1>"
    assert vault.restore(scrubbed) == "seen on 12 May"


def test_a_blocked_value_is_kept_nowhere() -> None:
    scrubber = PresidioScrubber(PrivacyPolicy(block={"CREDIT_CARD": "utter_no"}))
    vault = MemoryVault()
    for number in (1, 2):
        scrubbed = scrubber.scrub(RawText("card 4111 1111 1111 1111, jo@example.com"), vault).text
        assert scrubbed == f"card <CREDIT_CARD_{number}>, <EMAIL_ADDRESS_1>"
        assert vault.restore(scrubbed) == f"card <CREDIT_CARD_{number}>, jo@example.com"
    assert "4111" not in str([vars(vault), vars(vault._numbers), vault._owned, vault._foreign])


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_with_coarser_values_nothing_becomes_a_placeholder_that_was_not_given(text: str) -> None:
    vault = MemoryVault()
    scrubbed = SAFE.scrub(RawText(text.replace("<EMAIL_ADDRESS_", "<PERSON_12/05/2024")), vault).text
    assert all(vault.gave(token) for token in PLACEHOLDER.findall(scrubbed))


def test_a_tools_look_alike_is_the_owners_only_if_they_typed_it() -> None:
    vault = MemoryVault()
    SCRUBBER.scrub(RawText("jo@example.com <PERSON_7>"), vault)
    scrubbed = SCRUBBER.scrub_foreign("<EMAIL_ADDRESS_1> <PERSON_7> <PERSON_8>", vault)
    assert scrubbed == "<TEXT_2> <TEXT_1> <TEXT_3>"
    assert vault.restore(scrubbed) == "<TEXT_2> <PERSON_7> <TEXT_3>"


@pytest.mark.parametrize(
    "error", [MemoryError("hunter2"), RecursionError("hunter2"), TimeoutError(), KeyError("hunter2")]
)
def test_whatever_fails_the_next_text_is_scrubbed(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr("kitwright.privacy.scrubber._analyse", fail)
        with pytest.raises(ScrubFailed, match=type(error).__name__) as caught:
            SCRUBBER.scrub(RawText("hunter2"), MemoryVault())
    assert "hunter2" not in str(caught.value)
    assert SCRUBBER.scrub(RawText("jo@example.com"), MemoryVault()).text == "<EMAIL_ADDRESS_1>"


def test_a_pattern_out_of_time_stops_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = PresidioScrubber(PrivacyPolicy(replace_patterns={"BADGE": r"(?:a|aa)+(?:b|bb)+(?:a|aa)+c"}))
    slow.warm()
    monkeypatch.setattr("presidio_analyzer.pattern_recognizer.REGEX_TIMEOUT_SECONDS", 0.01)
    with pytest.raises(ScrubFailed, match="TimeoutError"):
        slow.find("a" * 60 + "b" * 60 + "a" * 60)


def test_a_text_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kitwright.privacy.scrubber._SECONDS_AT_LEAST", 0.0)
    monkeypatch.setattr("kitwright.privacy.scrubber._SECONDS_A_CHARACTER", 1e-9)
    with pytest.raises(ScrubFailed, match="TimeoutError"):
        SCRUBBER.find("my order is late " * 1_000)


def test_safe_harbor_leaves_no_year_that_tells_an_age_over_89() -> None:
    scrubbed = SAFE.scrub(RawText("born in 1931, her son in 1939; seen 14/7 at Leeds General Infirmary"), MemoryVault())
    assert scrubbed.text == "born in a day 90 or more years ago, her son in 1939; seen <DATE_TIME_1> at <FACILITY_1>"


def test_a_line_of_a_megabyte_takes_bounded_time() -> None:
    vault = MemoryVault()
    text = "jo@example.com" + "<PERSON_1\u200b" * 80_000 + "x" * 100_000
    began = time.perf_counter()
    scrubbed = SCRUBBER.scrub(RawText(text), vault)
    assert time.perf_counter() - began < 60
    assert vault.restore(scrubbed.text) == text
