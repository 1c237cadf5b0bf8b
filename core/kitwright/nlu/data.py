"""Training data for understanding, read from Rasa 3.1 nlu.yml: examples, synonyms, lookup tables, patterns."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, field
from typing import Any, Final, Literal

from pydantic import Field, model_validator

from kitwright.errors import Fault
from kitwright.files import Faults, Strict, YamlDocument, content_hash, validate_into

_ANNOTATION: Final = re.compile(r"\[(?P<text>[^\[\]]+)\](?:\((?P<name>[^()]*)\)|(?P<long>\{[^{}]*\}))")
_LEFT_OVER: Final = re.compile(r"\]\s*[({]|\]\w+\)")
_NAME: Final = re.compile(r"[A-Za-z_][\w.-]*")
_LONG_KEYS: Final = ("entity", "value", "role")


@dataclass(frozen=True, slots=True)
class ExampleEntity:
    """An annotated stretch of an example.

    Args:
        start: first character in the example's plain text.
        end: one past the last.
        name: entity type.
        value: the value it stands for; the text itself unless the annotation names one.
        role: e.g. `from`, or None.
    """

    start: int
    end: int
    name: str
    value: str
    role: str | None = None


@dataclass(frozen=True, slots=True)
class AnnotatedExample:
    """An utterance with its intent; `place` is the file and line it stands at."""

    intent: str
    text: str
    entities: tuple[ExampleEntity, ...] = ()
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class NluData:
    """Everything that nlu files hold.

    Args:
        examples: utterances in file order.
        synonyms: variant, lower-cased, to the value it stands for.
        lookups: entity or list name to its phrases.
        regexes: entity name to its patterns.
        intents: intent to the place where it is opened.
    """

    examples: tuple[AnnotatedExample, ...] = ()
    synonyms: Mapping[str, str] = field(default_factory=dict)
    lookups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    regexes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    intents: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def hash(self) -> str:
        """Hash of the content; places do not count."""
        examples = [[e.intent, e.text, [astuple(entity) for entity in e.entities]] for e in self.examples]
        tables = [sorted(table.items()) for table in (self.synonyms, self.lookups, self.regexes)]
        return content_hash(json.dumps([examples, tables], ensure_ascii=False))


class _LongExample(Strict):
    text: str
    metadata: dict[str, Any] = {}


class NluItem(Strict):
    """One entry of `nlu:`; exactly one of intent, synonym, lookup, regex, with examples."""

    intent: str | None = Field(default=None, min_length=1)
    synonym: str | None = Field(default=None, min_length=1)
    lookup: str | None = Field(default=None, min_length=1)
    regex: str | None = Field(default=None, min_length=1)
    metadata: dict[str, Any] = {}
    examples: str | tuple[str | _LongExample, ...]

    @model_validator(mode="after")
    def _one_kind(self) -> "NluItem":
        if sum(value is not None for value in (self.intent, self.synonym, self.lookup, self.regex)) != 1:
            raise ValueError("an entry is exactly one of intent, synonym, lookup, regex")
        return self


class NluFile(Strict):
    """The whole of an nlu file."""

    version: Literal["3.1"] = "3.1"
    nlu: tuple[NluItem, ...]


def parse_nlu(document: YamlDocument) -> NluData:
    """Read one nlu file.

    Raises:
        FaultsFound: unknown keys, malformed annotations or patterns, intents opened twice; all at once.
    """
    faults = Faults()
    data = read_nlu(faults, document)
    faults.raise_if_any()
    return data or NluData()


def read_nlu(faults: Faults, document: YamlDocument) -> NluData | None:
    """Read one nlu file with its faults added to `faults`; what is sound is kept, None if the file has no form."""
    file = validate_into(faults, NluFile, document)
    if file is None:
        return None
    reader = _Reader(document, faults)
    for index, item in enumerate(file.nlu):
        reader.take(item, index)
    return reader.data()


def merge(parts: Iterable[NluData]) -> NluData:
    """The parts as one; of a synonym or an intent's place that two parts hold, the first counts."""
    parts = tuple(parts)
    return NluData(
        examples=tuple(example for part in parts for example in part.examples),
        synonyms=_first_wins(part.synonyms for part in parts),
        lookups=_joined(part.lookups for part in parts),
        regexes=_joined(part.regexes for part in parts),
        intents=_first_wins(part.intents for part in parts),
    )


class _Reader:
    """Collects the entries of one file."""

    def __init__(self, document: YamlDocument, faults: Faults) -> None:
        self.document = document
        self.faults = faults
        self.examples: list[AnnotatedExample] = []
        self.synonyms: dict[str, str] = {}
        self.lookups: dict[str, tuple[str, ...]] = {}
        self.regexes: dict[str, tuple[str, ...]] = {}
        self.intents: dict[str, str] = {}

    def data(self) -> NluData:
        return NluData(tuple(self.examples), self.synonyms, self.lookups, self.regexes, self.intents)

    def take(self, item: NluItem, index: int) -> None:
        lines = list(self.lines(item, index))
        if not lines:
            self.wrong("KW103", self.document.place("nlu", index, "examples"), "holds no examples")
        if item.intent is not None:
            self.take_intent(item.intent, index, lines)
        elif item.synonym is not None:
            self.take_synonym(item.synonym, lines)
        elif item.lookup is not None:
            known = self.lookups.get(item.lookup, ())
            self.lookups[item.lookup] = (*known, *(text for text, _ in lines))
        elif item.regex is not None:
            self.take_regex(item.regex, lines)

    def lines(self, item: NluItem, index: int) -> Iterator[tuple[str, str]]:
        """Each example with its place."""
        path = ("nlu", index, "examples")
        if not isinstance(item.examples, str):
            for number, example in enumerate(item.examples):
                text = example if isinstance(example, str) else example.text
                yield text.strip().removeprefix("- "), self.document.place(*path, number)
            return
        first = (self.document.line_of(path) or 0) + 1
        for number, line in enumerate(item.examples.split("\n"), start=first):
            place = f"{self.document.shown}:{number}"
            if line.strip().startswith("- ") and line.strip("- "):
                yield line.strip()[2:].strip(), place
            elif line.strip("- \t"):
                self.wrong("KW106", place, "an example starts with '- '", line.strip())

    def take_intent(self, intent: str, index: int, lines: list[tuple[str, str]]) -> None:
        place = self.document.place("nlu", index, "intent")
        if intent in self.intents:
            self.wrong("KW107", place, f"intent is already opened at {self.intents[intent]}", intent)
        self.intents.setdefault(intent, place)
        for line, line_place in lines:
            self.examples.append(self.example(intent, line, line_place))

    def take_synonym(self, value: str, lines: list[tuple[str, str]]) -> None:
        for variant, place in lines:
            known = self.synonyms.setdefault(variant.lower(), value)
            if known != value:
                self.wrong("KW107", place, f"variant already stands for {known!r}", variant)

    def take_regex(self, name: str, lines: list[tuple[str, str]]) -> None:
        for pattern, place in lines:
            try:
                re.compile(pattern)
            except re.error as error:
                self.wrong("KW106", place, f"not a regular expression: {error}", pattern)
        self.regexes[name] = (*self.regexes.get(name, ()), *(pattern for pattern, _ in lines))

    def example(self, intent: str, line: str, place: str) -> AnnotatedExample:
        entities, plain, position = [], "", 0
        for match in _ANNOTATION.finditer(line):
            plain += line[position : match.start()]
            position = match.end()
            entity = self.entity(match, len(plain), place)
            plain += match["text"]
            entities.extend([entity] if entity else [])
        plain += line[position:]
        if _LEFT_OVER.search(plain) or plain.count("[") != plain.count("]"):
            self.wrong("KW106", place, "malformed annotation", line, 'write [text](entity) or [text]{"entity": "name"}')
        return AnnotatedExample(intent, plain, tuple(entities), place)

    def entity(self, match: re.Match[str], start: int, place: str) -> ExampleEntity | None:
        end, text = start + len(match["text"]), match["text"]
        if not text.strip():
            self.wrong("KW106", place, "an annotation marks no text", match[0])
        if match["long"] is None:
            if not _NAME.fullmatch(match["name"]):
                hint = 'for another value write [text]{"entity": "name", "value": "value"}'
                self.wrong("KW106", place, "malformed entity name", match["name"], hint)
            return ExampleEntity(start, end, match["name"], text)
        long = self.long_form(match["long"], place)
        if long is None:
            return None
        return ExampleEntity(start, end, long["entity"], long.get("value", text), long.get("role"))

    def long_form(self, source: str, place: str) -> dict[str, str] | None:
        try:
            found = json.loads(source)
        except (ValueError, RecursionError):
            self.wrong("KW106", place, "annotation is not JSON", source, 'write {"entity": "name", "role": "from"}')
            return None
        for key in found.keys() - set(_LONG_KEYS):
            fault = Fault(code="KW105", place=place, problem="unknown key in annotation", value=key, choices=_LONG_KEYS)
            self.faults.add(fault)
        if "entity" not in found or not all(isinstance(value, str) and value.strip() for value in found.values()):
            self.wrong(
                "KW106", place, "an annotation needs a text for 'entity', and for 'value' and 'role' if given", source
            )
            return None
        for key in ("entity", "role"):
            if not _NAME.fullmatch(found.get(key, "none")):
                self.wrong("KW106", place, f"malformed {key} name", found[key])
        return dict(found)

    def wrong(self, code: str, place: str, problem: str, value: str | None = None, hint: str | None = None) -> None:
        self.faults.add(Fault(code=code, place=place, problem=problem, value=value, hint=hint))


def _first_wins(tables: Iterable[Mapping[str, str]]) -> dict[str, str]:
    merged: dict[str, str] = {}
    for table in tables:
        merged = {**table, **merged}
    return merged


def _joined(tables: Iterable[Mapping[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    merged: dict[str, tuple[str, ...]] = {}
    for table in tables:
        for name, values in table.items():
            merged[name] = (*merged.get(name, ()), *values)
    return merged
