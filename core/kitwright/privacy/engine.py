"""Presidio, assembled for this room: no language model, no network, no log, only the recognisers asked for."""

import logging
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from kitwright.privacy.light_import import import_presidio
from kitwright.privacy.patterns import SHAPES
from kitwright.privacy.policy import PrivacyPolicy

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine, EntityRecognizer

LANGUAGE: Final = "en"
# One region for North America; the United Kingdom and Ireland have a shape of their own here, which also
# finds numbers that are reserved or mistyped. Every region more makes this slowest recogniser slower.
_PHONE_REGIONS: Final = {"au": "AU", "ca": "US", "de": "DE", "fr": "FR", "us": "US"}
_PHONE_DIGITS: Final = 7
_SECONDS: Final = 5  # for one pattern on one stretch of text


def build_engine(policy: PrivacyPolicy, more: Sequence["EntityRecognizer"] = ()) -> "AnalyzerEngine":
    """An analyzer with the recognisers that `policy` asks for, and `more`."""
    import_presidio()
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry, pattern_recognizer
    from presidio_analyzer.nlp_engine import NoOpNlpEngine

    # Presidio writes values that fail its IBAN check into its log.
    logging.getLogger("presidio-analyzer").addFilter(_nothing)
    pattern_recognizer.REGEX_TIMEOUT_SECONDS = _SECONDS
    nlp_engine = NoOpNlpEngine(models=[{"lang_code": LANGUAGE, "model_name": "none"}])
    nlp_engine.load()
    wanted = policy.wanted
    recognisers = [r for r in (*_own(policy), *_presidio(policy)) if wanted & set(r.supported_entities)]
    registry = RecognizerRegistry(recognizers=[*recognisers, *_of_kit(policy), *more], supported_languages=[LANGUAGE])
    return AnalyzerEngine(registry=registry, nlp_engine=nlp_engine, supported_languages=[LANGUAGE])


def _nothing(record: logging.LogRecord) -> bool:
    """Nothing is logged; a pattern out of time, which Presidio would only log and leave out, stops the text.

    Raises:
        TimeoutError: a pattern took too long.
    """
    if record.levelno >= logging.WARNING and "timed out" in str(record.msg):
        raise TimeoutError("a pattern took too long")
    return False


def _own(policy: PrivacyPolicy) -> Iterable["EntityRecognizer"]:
    shapes = [shape for shape in SHAPES if shape.country is None or shape.country in policy.countries]
    for label in sorted({shape.label for shape in shapes}):
        yield _recogniser(label, [(s.name, s.regex, s.score) for s in shapes if s.label == label])


def _of_kit(policy: PrivacyPolicy) -> Iterable["EntityRecognizer"]:
    for label, regex in policy.replace_patterns.items():
        yield _recogniser(label, [("of the kit", regex, 1.0)])


def _recogniser(label: str, patterns: Iterable[tuple[str, str, float]]) -> "EntityRecognizer":
    from presidio_analyzer import Pattern, PatternRecognizer

    return PatternRecognizer(
        supported_entity=label,
        name=f"Kitwright {label}",
        patterns=[Pattern(name, regex, score) for name, regex, score in patterns],
        supported_language=LANGUAGE,
    )


def _presidio(policy: PrivacyPolicy) -> Iterable["EntityRecognizer"]:
    from presidio_analyzer import predefined_recognizers as theirs

    yield from (theirs.CreditCardRecognizer(), theirs.IbanRecognizer(), theirs.IpRecognizer())
    yield from (theirs.MacAddressRecognizer(), theirs.DateRecognizer())
    if "uk" in policy.countries:
        yield from (theirs.NhsRecognizer(), theirs.UkNinoRecognizer())
    if "us" in policy.countries:
        yield from (theirs.UsSsnRecognizer(), theirs.MedicalLicenseRecognizer())
    regions = {_PHONE_REGIONS[country] for country in policy.countries if country in _PHONE_REGIONS}
    yield _phones(tuple(sorted(regions)))


def _phones(regions: tuple[str, ...]) -> "EntityRecognizer":
    from presidio_analyzer import RecognizerResult
    from presidio_analyzer.predefined_recognizers import PhoneRecognizer

    class Phones(PhoneRecognizer):  # type: ignore[misc,unused-ignore]
        """Presidio's, less the short numbers of some countries: "(1043" is an order in brackets."""

        def analyze(self, text: str, *args: Any, **kwargs: Any) -> list[RecognizerResult]:
            found = super().analyze(text, *args, **kwargs)
            return [r for r in found if sum(map(str.isdigit, text[r.start : r.end])) >= _PHONE_DIGITS]

    return Phones(supported_regions=regions)
