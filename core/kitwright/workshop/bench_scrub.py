"""How fast a message is scrubbed: all recognisers beside Presidio's analyzer with its own, on the same messages.

The two take turns, message by message, so that a busy moment of the machine falls on both.
"""

import logging
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from kitwright.kit import load_kit
from kitwright.privacy import MemoryVault, PresidioScrubber, PrivacyPolicy, import_presidio, taggers
from kitwright.types import RawText
from kitwright.workshop.bench import Figure

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine

LENGTH: Final = 200
PEER: Final = "Presidio's analyzer, its pattern recognisers"
# Ordinary messages with and without personal data; each is cut or said again until it has 200 characters.
_MESSAGES: Final = (
    "Hi, I ordered a navy jumper in size M last Tuesday and it has not arrived. My e-mail is jo.park@example.com. ",
    "My father is 84, takes metformin 500 mg twice a day and has chest pain since this morning. What should we do? ",
    "How long do I have to send back a dress that does not fit, and do I pay for the postage? It was on sale. ",
    "Patient Jo Park, MRN 00482913, born 3 April 1956, seen on 12 May 2024 for her Crohn's disease. ",
    "Please ring me on 07700 900123 after six, or write to 14 Elm Road, Leeds LS1 4AB. My order is 1043. ",
    "I think my card 4111 1111 1111 1111 was charged twice for the same thing, can you check? Thanks a lot! ",
    "the sleeves are too long and one button is missing, i want a smaller one in green instead if you have it. ",
    "BP was 142/88 and HbA1c 7.4% last month, no fever, no cough, but she is tired all the time and sleeps badly. ",
)


def bench_scrub(kit: str | None, *, messages: int, tick: Callable[[], None]) -> list[Figure]:
    """Milliseconds for a message of 200 characters.

    Args:
        kit: whose privacy.yaml holds; None for the defaults.
        messages: how many to scrub.
        tick: called after each.

    Raises:
        UsageError: there is no such kit.
        FaultsFound: what is wrong with its files.
    """
    scrubber = PresidioScrubber(load_kit(kit).privacy if kit else PrivacyPolicy(), recognisers=taggers())
    analyzer = _analyzer()
    ours: list[float] = []
    theirs: list[float] = []
    for text in map(_message, range(-len(_MESSAGES), 0)):
        scrubber.scrub(RawText(text), MemoryVault())
        analyzer.analyze(text, "en")
    for text in map(_message, range(messages)):
        ours.append(_milliseconds(partial(scrubber.scrub, RawText(text), MemoryVault())))
        theirs.append(_milliseconds(partial(analyzer.analyze, text, "en")))
        tick()
    return [
        Figure(f"scrub, {LENGTH} characters, {name}", of(ours), "ms", PEER, of(theirs))
        for name, of in (("p50", statistics.median), ("p95", _p95))
    ]


def _message(number: int) -> str:
    """One that was not there before: what was read once is remembered."""
    return f"{number % 1000} times: {_MESSAGES[number % len(_MESSAGES)] * LENGTH}"[:LENGTH]


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def _analyzer() -> "AnalyzerEngine":
    """Presidio as it comes, with every recogniser it loads by itself, but without a language model."""
    import_presidio()
    logging.getLogger("tldextract").setLevel(logging.CRITICAL)  # it says at length that it is offline
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NoOpNlpEngine

    engine = NoOpNlpEngine(models=[{"lang_code": "en", "model_name": "none"}])
    engine.load()
    registry = RecognizerRegistry(supported_languages=["en"])
    registry.load_predefined_recognizers(languages=["en"], nlp_engine=engine)
    return AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["en"])
