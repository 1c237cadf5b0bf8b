"""Language: texts that are not in the language of the set, told by their stop words and their script."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from kitwright.dataset.finding import Finding, by_role
from kitwright.dataset.material import Material
from kitwright.dataset.wording import words

_STOP_WORDS: Final = {
    "en": "the and you your is are was to of it that this with for have has not what how can my we do does i be will "
    "if on in at from or but there when which would could please an they our it's don't i'm",
    "de": "der das und ist nicht ich sie wir ein eine einen zu den dem mit auf für von im es bitte wie kann mein "
    "meine auch noch wird werden haben hat sind oder aber wenn bei nach uns ihre",
    "fr": "le la les et est pas je vous nous une du dans pour que qui sur avec mon ma votre vos c'est j'ai ce "
    "cette au aux ne peut être avez bonjour merci comment mais ou si il elle sont",
    "es": "el la los las y es yo usted un una del en para que por mi su se lo está puede puedo cómo cuándo "
    "pero hay son tiene gracias quiero más este esta qué",
    "it": "il lo la gli non un una di del della per che mio mia suo si quando posso può ma sono ho "
    "grazie vorrei più questo questa dei nel alla",
    "nl": "de het een en niet ik u wij van voor dat die mijn uw te zijn er aan ook kan hoe wat maar als bij naar "
    "wordt hebben heeft graag",
    "pt": "os e é não eu você um uma da em para que por com meu minha seu se quando posso pode mas são tem "
    "obrigado obrigada mais este está dos na",
}
"""Words that are common in one language and not at the same time in English ("die", "was", "a", "no")."""
_WORDS: Final = {language: frozenset(text.split()) for language, text in _STOP_WORDS.items()}
_FEWEST: Final = 4  # words
_FEWEST_HITS: Final = 3


def languages(material: Material) -> Iterator[Finding]:
    """Messages in another language than the set's."""
    expected = material.domain.language[:2] if material.domain else _usual(material)
    if expected not in _WORDS:
        return
    for sample in material.samples:
        for said in sample.messages:
            other = _other(said.content, expected)
            if other:
                yield by_role("language", said.role, f"reads like {other}, the set is {expected}", sample, said.content)


def _usual(material: Material) -> str:
    counts: Counter[str] = Counter()
    for sample in material.samples:
        counts.update({language: n for language, n in _hits(sample.text).items() if n})
    return counts.most_common(1)[0][0] if counts else "en"


def _hits(text: str) -> dict[str, int]:
    said = {word for word in words(text) if word.isalpha() or "'" in word}
    return {language: len(said & known) for language, known in _WORDS.items()}


def _other(text: str, expected: str) -> str | None:
    letters = [letter for letter in text if letter.isalpha()]
    foreign = sum(ord(letter) > 0x24F for letter in letters)  # behind the Latin blocks
    if len(letters) >= 4 and foreign > len(letters) / 2:
        return "another script"
    if len(words(text)) < _FEWEST:
        return None
    hits = _hits(text)
    best = max(hits, key=lambda language: hits[language])
    is_clear = hits[best] >= _FEWEST_HITS and hits[best] >= 2 * hits[expected] + 1
    return best if best != expected and is_clear else None
