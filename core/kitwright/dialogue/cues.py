"""Cues: small words that say what a message means for the question it answers, whatever its intent looks like.

A classifier reads "yes please cancel it" as a new request and "not sure" as a no; beside a question, the words decide.
"""

import re
from collections.abc import Iterable
from typing import Final

from kitwright.types import Entity

_LEAD: Final = (
    r"^\W*(?:(?:ok|okay|of course|all ?right|oh|ah|well|then|so|right|er|erm|um|and|but|also|plus|sorry|please|hi|hello"
    r"|hey|hm+)\b\W*)*"
)
_YES: Final = re.compile(_LEAD + r"(?:yes|yeah|yea|yep|yup|yess+|aye|sure|absolutely|go ahead|do it|please do)\b", re.I)
_NO: Final = re.compile(_LEAD + r"(?:no(?! (?:longer|more)\b)|nope|nah|don['’]?t|do not|rather not)\b", re.I)
_TAKEN_BACK: Final = re.compile(
    r"\b(?:nope|nah|(?<!why )not(?! a problem\b)|no(?! (?:problem|worries|need to ask)\b)"
    r"|(?<!the )(?<!can['’]t )wait|actually|don['’]?t)\b",
    re.I,
)
_MEANT: Final = re.compile(r"\b(?:i|did|do|actually|really) (?:mean|meant)\b\W*(?:to say |a |the )*(yes|no)\b", re.I)
_LACKS: Final = re.compile(
    r"\b(?:(?:do|have|ca|did)n['’]?t|do not|have not|cannot) (?:really )?(?:know|have|got|find|remember|see)\b"
    r"|\b(?:not (?:really )?sure|dunno|no (?:idea|clue)|unsure|rather not|lost (?:it|the|my))\b"
    r"|\bskip (?:it|that|this)\b|^\W*(?:skip|pass|next(?: one| question)?)\W*$",
    re.I,
)
_QUESTION_WORD: Final = r"(?:how|what|what['’]?s|when|where|where['’]?s|which|who|why)\b"
_ASKS: Final = re.compile(r"\?|" + _LEAD + rf"(?:{_QUESTION_WORD}|(?:can|could|do|does|is|are)\b)", re.I)
_WONDERS: Final = re.compile(_LEAD + rf"{_QUESTION_WORD}(?! about\b)", re.I)
_WISHES: Final = re.compile(
    r"\b(?:i|we)(?:['’]?d| would| really)? (?:rather|want|wanna|need|like|wish)\b|\bplease\b",
    re.I,
)
_TELLS: Final = re.compile(
    _LEAD + r"(?:i|we|you|he|she|it|they|my|our|the|a|an|this|that|these|those|there|its|his|her|their|some|one|no|yes"
    r"|not|in|for|from|because|since|thanks?|thx|cheers|ta|bye|got|ordered|bought|received"
    r"|should|would|might|must|maybe|perhaps|probably|try|use|typo|only|just)(?:['’]\w+)?\b",
    re.I,
)
_INSTEAD: Final = re.compile(
    r"\b(?:actually|instead|rather|scrap (?:that|it)|forget (?:that|it)|changed my mind|second thoughts?)\b", re.I
)
_REFUSES: Final = re.compile(
    _LEAD + r"(?:no (?:thanks|thank you|thx|ta)|not (?:that|this|it)\b(?! (?:i|we)\b)"
    r"|(?:no )?(?:that|this)(?: is|['’]?s) (?:not (?:it\b|what i (?:asked|meant|said|want)\b)))",
    re.I,
)
_CORRECTS: Final = re.compile(
    _LEAD + r"(?:no|nope|wait|actually|correction|oops)\b|\b(?:i|actually) (?:mean|meant)\b|\bnot the\b"
    r"|\b(?:instead|rather|sorry)\b",
    re.I,
)
_CONTINUES: Final = re.compile(r"^\W*(?:and|also|plus|(?:what|how) about)\b", re.I)
_WAITING: Final = (
    r"(?:wait(?: up)?|hold on|hang on|hold up|bear with me|brb|be right back|back in (?:a|an|\d+)"
    r"|(?:just |give me |gimme |i need )*(?:a |an |one |two |half a )?(?:couple of |few )?"
    r"(?:sec(?:ond)?s?|moments?|min(?:ute)?s?|mo|ticks?|jiffy)"
    r"|(?:let me|lemme|i(?:['’]ll| will| need to|['’]m going to| have to|['’]ve got to)|need to|going to|gonna|will)"
    r" (?:just |quickly |go |go and |have to )*(?:find|look|check|get|fetch|dig|search|see|grab|have a look|open|ask)\b"
    r"(?:\W+\w+){0,8}|(?:i['’]?m |am |just |still )*(?:looking|checking|searching|digging|getting it)\b(?:\W+\w+){0,6})"
)
_WAITS: Final = re.compile(
    _LEAD + rf"{_WAITING}(?:\W+(?:{_WAITING}|please|pls|thanks|i|am|im|i['’]m|looking|for|it|still|now|ok|then))*\W*$",
    re.I,
)
_OWN: Final = re.compile(
    r"\b(?:i|im|ive|we|me|my|mine|us|our|ours|it|its|this|that|the|he|she|his|her|they|their)\b", re.I
)
_ANY: Final = re.compile(
    r"\b(?:an?|any|if)\b|\b(?:do|are|can|will|would|could|should|about) (?:\w+ )?\w+s\b|\b(?:is|does) \w+ing\b", re.I
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_FILLING: Final = frozenset(
    (
        "a about above actually ah also am an and any anything at be believe below but by course d er erm for from "
        "guess hello here hi i im in is it its just ll m maybe me mean meant mine mistake mistyped must my no not of "
        "oh ok okay old on one ones oops or our over perhaps please plus probably re read right s should so some "
        "something sorry suppose than thank thanks that the them then there these think this those to too try typo "
        "um under up use used ve wait was we well were with would wrong yes you your"
    ).split()
)
_WHICH: Final = frozenset("which what either neither any anymore more now used with had".split())
SHORT: Final = 10  # words; a longer message says more than that
BRIEF: Final = 4  # words; "and for 1095?" looks like any question


def yes_or_no(text: str) -> bool | None:
    """What the first words answer to a question for yes or no; a yes that is taken back is no answer.

    Example:
        >>> [yes_or_no(text) for text in ("ok then yes, cancel it", "nah leave it", "not sure", "order 1043")]
        [True, False, None, None]
    """
    if _YES.search(text):
        return None if doubts(text) else True
    return False if _NO.search(text) and not lacks(text) else None


def meant(text: str) -> bool | None:
    """The yes or no that somebody says to have meant.

    Example:
        >>> [meant(text) for text in ("sorry, I meant yes", "no wait, i did mean no", "yes")]
        [True, False, None]
    """
    found = _MEANT.search(text)
    return found[1].casefold() == "yes" if found else None


def lacks(text: str) -> bool:
    """Whether a short message says that its writer does not know, have, or want to say what was asked for.

    Example:
        >>> [lacks(text) for text in ("I havent got it", "can I skip that?", "I don't like it", "1043")]
        [True, True, False, False]
    """
    return bool(_LACKS.search(text)) and len(text.split()) <= SHORT


def lacks_only(text: str, known: frozenset[str]) -> bool:
    """Whether it is one of the things named by `known` words that a message says it lacks, and nothing is asked.

    Example:
        >>> [lacks_only(text, frozenset({"number"})) for text in ("I don't have the number", "I can't find the chart")]
        [True, False]
    """
    words = {word.casefold() for word in _WORD.findall(_LACKS.sub(" ", text))}
    return lacks(text) and not asks(text) and words <= _FILLING | known | _WHICH


def waits(text: str) -> bool:
    """Whether a message asks for nothing but time.

    Example:
        >>> [waits(text) for text in ("one sec", "hold on, let me find it", "wait, where is my order?")]
        [True, True, False]
    """
    return bool(_WAITS.search(text)) and "?" not in text


def asks(text: str) -> bool:
    """Whether a message is a question, with its mark or without."""
    return bool(_ASKS.search(text))


def wonders(text: str) -> bool:
    """Whether a message opens as a question that no yes or no answers; "what about blue" is a proposal."""
    return bool(_WONDERS.search(text))


def in_general(text: str) -> bool:
    """Whether a question is about how things are done, and not about the writer's own case.

    Example:
        >>> [in_general(text) for text in ("do refunds take long", "is swapping free?", "does my refund take long")]
        [True, True, False]
    """
    return bool(asks(text) and _ANY.search(text)) and not _OWN.search(text)


def wishes(text: str) -> bool:
    """Whether a message says in so many words that its writer asks or wishes for something."""
    return asks(text) or bool(_WISHES.search(text))


def requests(text: str) -> bool:
    """Whether a message is phrased as a question, a wish or a command, and does not only tell something.

    Example:
        >>> [requests(text) for text in ("cancel 1043", "I'd like to exchange it", "it is too small")]
        [True, True, False]
    """
    return wishes(text) or not _TELLS.search(text)


def replaces(text: str) -> bool:
    """Whether a message puts another wish in the place of the one before, and not on top of it."""
    return bool(_INSTEAD.search(text))


def refuses(text: str) -> bool:
    """Whether a message turns down the whole question, and not only gives the answer no.

    Example:
        >>> [refuses(text) for text in ("not that. my parcel is late", "no thanks, track it", "no", "not as expected")]
        [True, True, False, False]
    """
    return bool(_REFUSES.search(text))


def doubts(text: str) -> bool:
    """Whether a message that sounds like a yes has a no, or a second thought, in it.

    Example:
        >>> [doubts(text) for text in ("fine. nah, I'll keep it", "perfect, no problem", "go on")]
        [True, False, False]
    """
    return bool(_TAKEN_BACK.search(text))


def corrects(text: str) -> bool:
    """Whether a message takes back something that was said."""
    return bool(_CORRECTS.search(text))


def continues(text: str) -> bool:
    """Whether a message goes on with the request before it: "and in blue?", "what about 1044"."""
    return bool(_CONTINUES.search(text))


def only_names(text: str, entities: Iterable[Entity], known: frozenset[str]) -> bool:
    """Whether a message holds entities, words that are `known` to name them, and little words: it wishes for nothing.

    Example:
        >>> only_names("the number is 1043", [Entity("order", "1043", 14, 18)], frozenset({"number"}))
        True
    """
    goes_on = _CONTINUES.match(text)
    spans = [(entity.start, entity.end) for entity in entities]
    left_out = [*spans, *([goes_on.span()] if goes_on else [])]
    rest = "".join(" " if any(a <= at < b for a, b in left_out) else letter for at, letter in enumerate(text))
    return bool(spans) and {word.casefold() for word in _WORD.findall(rest)} <= _FILLING | known
