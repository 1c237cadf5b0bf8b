"""Marks: signs that a text was not written for this set: control tokens, broken encoding, boilerplate."""

import re
from collections.abc import Iterator
from typing import Final

from kitwright.dataset.finding import Finding, by_role
from kitwright.dataset.material import Material

_CONTROL: Final = re.compile(
    r"<\|[a-z_]{2,20}\|>|\[/?INST\]|<</?SYS>>|</?s>|<(?:start|end)_of_turn>|<(?:bos|eos|pad|unk)>"
    r"|^#{2,3} ?(?:Instruction|Response|Input):|^(?:Human|Assistant|User): ",
    re.MULTILINE | re.IGNORECASE,
)
_ENCODING: Final = {
    "a sign that could not be decoded": re.compile("\ufffd"),
    "UTF-8 read as Latin-1": re.compile(
        "[\u00c3\u00c2\u00c5\u00c4][\u0080-\u00bf]|\u00e2\u20ac.|\u00e2\u201a\u00ac|\u00f0\u0178"
    ),
    "an invisible sign": re.compile(r"[\u200b\u200c\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]|(?<=\w)\u200d(?=\w)"),
    "a control character": re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"),
    "half a sign": re.compile(r"[\ud800-\udfff]"),
    "an HTML entity": re.compile(
        r"&(?:amp|lt|gt|quot|apos|nbsp|[rl][sd]quo|hellip|pound|euro|#\d{2,5}|#x[\da-f]{2,5});", re.IGNORECASE
    ),
    "an HTML tag": re.compile(r"</?(?:br|p|div|span|b|i|strong|em|ul|li|a)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE),
    "an escape that was not read": re.compile(r"\\u[\da-f]{4}|(?<=[\w.!?])\\n", re.IGNORECASE),
}
_BOILERPLATE: Final = {
    "speaks of being a language model": re.compile(
        r"\bas an? (?:ai|artificial intelligence|(?:large )?language model)\b"
        r"|\b(?:i am|i'm) (?:just |only )?an? (?:ai|large) (?:language )?model\b"
        r"|\bmy (?:training data|knowledge cut-?off)\b"
        r"|\b(?:trained|developed|created) by (?:openai|anthropic|google|meta|mistral)\b",
        re.IGNORECASE,
    ),
    "speaks of browsing": re.compile(
        r"\b(?:cannot|can't|can not|unable to) (?:browse|access (?:the internet|real-time))\b", re.IGNORECASE
    ),
    "filler text": re.compile(r"\blorem ipsum\b|\bdolor sit amet\b", re.IGNORECASE),
    "a note to the writer": re.compile(r"\b(?:TODO|FIXME|TBD|XXX+)\b"),
    "a hole to fill": re.compile(
        r"\[(?:insert|your|enter|add|name|customer|company|date|order|link|product|brand)\b[^\]]{0,40}\]"
        r"|\{\{[^{}]{1,60}\}\}|\{%[^{}]{1,60}%\}|\{[a-z][a-z0-9_. ]{0,40}\}|\$\{[^{}]{1,40}\}|%\([a-z_]+\)s"
        r"|<(?:insert|your|name|customer)[ _a-z]{0,30}>",
        re.IGNORECASE,
    ),
    "an opening about the task": re.compile(
        r"^(?:sure|certainly|of course)[,!]? here(?: is|'s| are)\b"
        r"|^here(?: is|'s) (?:a|the) (?:response|answer|reply)\b",
        re.IGNORECASE,
    ),
}


def control_tokens(material: Material) -> Iterator[Finding]:
    """Signs of a chat format in a text."""
    return _marked(material, "control_tokens", {"a sign of a chat format": _CONTROL})


def encoding(material: Material) -> Iterator[Finding]:
    """Text that was decoded wrongly, escaped twice, or holds signs that nobody sees."""
    return _marked(material, "encoding", _ENCODING)


def boilerplate(material: Material) -> Iterator[Finding]:
    """Phrases of other assistants, filler, and templates that were not filled in."""
    return _marked(material, "boilerplate", _BOILERPLATE)


def _marked(material: Material, kind: str, patterns: dict[str, re.Pattern[str]]) -> Iterator[Finding]:
    for sample in material.samples:
        for said in sample.messages:
            # System messages are written by the author of a bot; holes in them are filled when they are rendered.
            if kind == "boilerplate" and said.role == "system":
                continue
            for what, pattern in patterns.items():
                if pattern.search(said.content):
                    yield by_role(kind, said.role, what, sample, said.content)
                    break
