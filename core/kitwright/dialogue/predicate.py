"""Conditions of flows: `slots.state is "shipped" and not slots.late`, parsed and evaluated safely.

Grammar: or, and, not, parentheses; comparisons `is`, `=`, `==`, `is not`, `!=`, `<`, `<=`, `>`, `>=`,
`contains`, `matches` (a quoted regular expression, any case); values are `slots.name`, `context.message` (the words
that ask for a flow), quoted text, numbers, true, false, null. A bare value holds when it is neither null, false, empty
nor zero.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

Value = object
_Evaluate = Callable[[Mapping[str, object]], Value]

_TOKEN: Final = re.compile(
    r"""\s*(?:(?P<text>"[^"]*"|'[^']*')|(?P<number>-?\d+(?:\.\d+)?)|(?P<op><=|>=|!=|==|=|<|>|\(|\))|(?P<word>[A-Za-z_][\w.]*))"""
)
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")
MAX_DEPTH: Final = 20
MESSAGE: Final = "context.message"
_CONSTANTS: Final[dict[str, Value]] = {"true": True, "false": False, "null": None, "none": None}


@dataclass(frozen=True, slots=True)
class Predicate:
    """A parsed condition.

    Args:
        source: as written.
        slots: names of the slots it looks at.

    Example:
        >>> parse_predicate("slots.size is 'M' or slots.any_size").holds({"size": "M"})
        True
    """

    source: str
    slots: frozenset[str]
    _evaluate: _Evaluate

    def holds(self, slots: Mapping[str, object]) -> bool:
        """Whether the condition is true for these slot values."""
        return bool(self._evaluate(slots))


def parse_predicate(source: str) -> Predicate:
    """Parse a condition.

    Raises:
        ValueError: it is not in the grammar; the message says where.
    """
    parser = _Parser(source)
    evaluate = parser.either()
    parser.expect_end()
    return Predicate(source, frozenset(parser.slots), evaluate)


class _Parser:
    """Recursive descent over the tokens of one condition; only parentheses recurse."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens = _tokens(source)
        self.position = 0
        self.depth = 0
        self.slots: set[str] = set()

    def either(self) -> _Evaluate:
        terms = [self.both()]
        while self.take("or"):
            terms.append(self.both())
        return terms[0] if len(terms) == 1 else lambda slots: any(term(slots) for term in terms)

    def both(self) -> _Evaluate:
        terms = [self.negated()]
        while self.take("and"):
            terms.append(self.negated())
        return terms[0] if len(terms) == 1 else lambda slots: all(term(slots) for term in terms)

    def negated(self) -> _Evaluate:
        denials = 0
        while self.take("not"):
            denials += 1
        inner = self.comparison()
        if denials == 0:
            return inner
        wanted = denials % 2 == 0
        return lambda slots: bool(inner(slots)) is wanted

    def comparison(self) -> _Evaluate:
        if self.take("("):
            return self.group()
        left = self.value()
        compare = self.operator()
        if compare is None:
            return left
        right = self.value()
        if compare is _matches:
            self.check_pattern()
        return lambda slots: compare(left(slots), right(slots))

    def check_pattern(self) -> None:
        kind, token = self.tokens[self.position - 1]
        if kind != "text":
            raise ValueError(f"a quoted pattern is expected behind 'matches', not {token!r}")
        try:
            re.compile(token[1:-1])
        except re.error as error:
            raise ValueError(f"{token} is no regular expression ({error})") from None

    def group(self) -> _Evaluate:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ValueError(f"more than {MAX_DEPTH} parentheses inside one another")
        inner = self.either()
        if not self.take(")"):
            raise ValueError(f"missing ')' in {self.source!r}")
        self.depth -= 1
        return inner

    def operator(self) -> Callable[[Value, Value], bool] | None:
        if self.take("is"):
            return _differs if self.take("not") else _equals
        for symbol, compare in _COMPARISONS.items():
            if self.take(symbol):
                return compare
        return None

    def value(self) -> _Evaluate:
        kind, token = self.advance()
        if kind == "text":
            return lambda _slots: token[1:-1]
        if kind == "number":
            return lambda _slots: float(token)
        if kind == "word" and token.lower() in _CONSTANTS:
            return lambda _slots: _CONSTANTS[token.lower()]
        if token == MESSAGE:
            return lambda slots: slots.get(MESSAGE)
        name = token.removeprefix("slots.")
        if kind == "word" and token.startswith("slots.") and name and "." not in name:
            self.slots.add(name)
            return lambda slots: slots.get(name)
        raise ValueError(
            f"{token!r} is neither slots.NAME, context.message, quoted text, a number, true, false nor null"
        )

    def take(self, token: str) -> bool:
        if self.position < len(self.tokens):
            kind, found = self.tokens[self.position]
            if kind in ("op", "word") and found.lower() == token:
                self.position += 1
                return True
        return False

    def advance(self) -> tuple[str, str]:
        if self.position >= len(self.tokens):
            raise ValueError(f"a value is missing at the end of {self.source!r}")
        self.position += 1
        return self.tokens[self.position - 1]

    def expect_end(self) -> None:
        if self.position < len(self.tokens):
            raise ValueError(f"unexpected {self.tokens[self.position][1]!r} in {self.source!r}")


def _tokens(source: str) -> list[tuple[str, str]]:
    found, position = [], 0
    stripped = source.rstrip()
    while position < len(stripped):
        match = _TOKEN.match(stripped, position)
        if match is None:
            raise ValueError(f"can not read {stripped[position:].strip()!r}")
        found.append((str(match.lastgroup), match.group(str(match.lastgroup))))
        position = match.end()
    return found


def _plain(value: Value) -> Value:
    """Numbers, written as text too, as float and text lower-cased, so that `is` does what people mean."""
    if isinstance(value, bool) or value is None:
        return value
    text = str(value).casefold()
    return float(text) if _NUMBER.fullmatch(text) else text


def _equals(left: Value, right: Value) -> bool:
    return _plain(left) == _plain(right)


def _differs(left: Value, right: Value) -> bool:
    return not _equals(left, right)


def _ordered(compare: Callable[[float, float], bool]) -> Callable[[Value, Value], bool]:
    def holds(left: Value, right: Value) -> bool:
        try:
            return compare(float(str(left)), float(str(right)))
        except ValueError:
            return False  # no order between what is not a number

    return holds


def _contains(left: Value, right: Value) -> bool:
    if isinstance(left, list | tuple):
        return any(_equals(item, right) for item in left)
    return left is not None and right is not None and str(right).casefold() in str(left).casefold()


def _matches(left: Value, right: Value) -> bool:
    return left is not None and re.search(str(right), str(left), re.IGNORECASE) is not None


_COMPARISONS: Final[dict[str, Callable[[Value, Value], bool]]] = {
    "==": _equals,
    "=": _equals,
    "!=": _differs,
    "<=": _ordered(lambda a, b: a <= b),
    ">=": _ordered(lambda a, b: a >= b),
    "<": _ordered(lambda a, b: a < b),
    ">": _ordered(lambda a, b: a > b),
    "contains": _contains,
    "matches": _matches,
}
