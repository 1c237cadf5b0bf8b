"""Reading what a customer looks for: kinds of garment, for whom, up to which price, for what occasion."""

import re
from dataclasses import replace
from decimal import Decimal

from ..shop import ProductQuery
from ..shop.words import (
    CATEGORY_WORDS,
    COLOUR_FAMILIES,
    GARMENT_NAME_WORDS,
    GARMENT_WORDS,
    RANGE_OF,
    STOP_WORDS,
    meant_words,
    plain,
    stem,
    tokens,
)

_CATEGORIES_OF = {
    word: frozenset(name for name, words in CATEGORY_WORDS.items() if word in words) for word in GARMENT_WORDS
}
FABRICS = frozenset(
    "linen cotton wool merino lambswool cashmere silk denim corduroy down viscose tencel polyester leather jersey "
    "flannel "
    "waxed organic recycled satin modal canvas".split()
)
# For an occasion: the categories to look among when no garment is named, and the words to prefer.
OCCASIONS: dict[str, tuple[str, str]] = {
    "wedding": ("dress blouse shirt jacket trousers skirt scarf", "silk linen blazer satin wrap"),
    "party": ("dress blouse shirt skirt", "silk satin pleated wrap"),
    "office": ("shirt blouse trousers skirt jacket knitwear dress", "oxford poplin blazer office tapered wool"),
    "interview": ("shirt blouse trousers skirt jacket", "blazer poplin office tapered wool"),
    "beach": ("swimwear shorts hat dress shirt", "linen sun swimsuit"),
    "holiday": ("swimwear shorts dress shirt hat", "linen sun"),
    "summer": ("shirt blouse dress shorts t_shirt skirt hat trousers", "linen sun sleeveless"),
    "winter": ("coat knitwear jacket scarf gloves hat", "wool cashmere down merino"),
    "warm": ("coat knitwear jacket scarf gloves hat", "wool cashmere down merino lambswool"),
    "rain": ("coat jacket hat", "rain raincoat waxed waterproof"),
    "sport": ("activewear swimwear", "sports running"),
    "night": ("nightwear", "pyjamas"),
    "gift": ("scarf gloves hat socks bag nightwear", "cashmere silk"),
    "school": ("shirt trousers skirt knitwear coat bag", "cardigan rucksack"),
    "walk": ("coat jacket socks hat", "walking waxed wool"),
}
_OCCASION_WORDS = {
    "work": "office",
    "business": "office",
    "smart": "office",
    "formal": "wedding",
    "guest": "wedding",
    "christening": "wedding",
    "swim": "beach",
    "sea": "beach",
    "seaside": "beach",
    "vacation": "holiday",
    "hot": "summer",
    "sunny": "summer",
    "cold": "winter",
    "cosy": "warm",
    "cozy": "warm",
    "snow": "winter",
    "rainy": "rain",
    "wet": "rain",
    "gym": "sport",
    "yoga": "sport",
    "running": "sport",
    "run": "sport",
    "training": "sport",
    "sleep": "night",
    "sleeping": "night",
    "bed": "night",
    "present": "gift",
    "christmas": "gift",
    "birthday": "gift",
    "evening": "party",
    "hiking": "walk",
    "walking": "walk",
    "spring": "summer",
    "raining": "rain",
    "sporty": "sport",
}
_NARROWING = frozenset("sale reduced discounted no then just but only same also same instead one size".split())
_AMOUNT = r"(\d{1,4}(?:[.,]\d{1,2})?)"
_PRICE = re.compile(
    r"(?:under|below|less than|cheaper than|up to|max(?:imum)?(?: of)?|no more than|not more than|within|at most|<)"
    rf"\s*(?:£|gbp)?\s*{_AMOUNT}|(?:£|gbp)?\s*{_AMOUNT}\s*(?:£|pounds?|quid)?\s*(?:or less|max(?:imum)?|tops)\b"
)
_SALE = re.compile(r"\b(?:sale|reduced|discounted|on offer|marked down)\b")
_SIZE = re.compile(
    r"\bsize (\d{1,2}(?:[-/]\d{1,2})?|(?:xx?x?|[23]x)?[sml]|x[sl]+|small|medium|large)\b|\b(xs|[23]xl|xx?l)\b"
)


def read_query(
    text: str, *, colour: str, size: str, fabric: str, vocabulary: frozenset[str], max_price: str = ""
) -> ProductQuery | None:
    """Return what a customer looks for, or None when nothing in it means anything to this shop.

    Args:
        text: The customer's words.
        colour: A colour already understood, or an empty string; one found in `text` counts otherwise.
        size: A size already understood, or an empty string.
        fabric: A fabric already understood, or an empty string.
        vocabulary: Every word that the catalogue knows.
        max_price: A top price already understood, in pounds, or an empty string.
    """
    lowered = plain(text)
    price, found_size = _PRICE.search(lowered), _SIZE.search(lowered)
    most = max_price or ((price[1] or price[2]) if price else "")
    bare = _SIZE.sub(" ", _PRICE.sub(" ", lowered))
    bare, found_colour = _take_colour(bare)
    known = vocabulary | set(OCCASIONS) | set(_OCCASION_WORDS)
    words = meant_words(bare, known)
    query = _by_words(words, frozenset(_fabric_words(fabric)))
    if query is None and (words or not (colour or found_colour or size or fabric or most)):
        return None
    return replace(
        query or ProductQuery(fabrics=frozenset(_fabric_words(fabric))),
        colour=colour or found_colour,
        size=size or (found_size[1] or found_size[2] if found_size else ""),
        max_price=Decimal(most.replace(",", ".")) if most else None,
        reduced_only=bool(_SALE.search(lowered)),
    )


def only_narrows(text: str) -> bool:
    """Return whether text names no garment or occasion, but only a price, colour, size, fabric, wearer or the sale."""
    bare, _ = _take_colour(_SIZE.sub(" ", _PRICE.sub(" ", plain(text))))
    narrowing = {*FABRICS, *RANGE_OF, *STOP_WORDS, *_NARROWING}
    return all(word in narrowing or word.isdigit() for word in tokens(bare))


def _by_words(words: list[str], fabrics: frozenset[str]) -> ProductQuery | None:
    garments = [word for word in words if word in GARMENT_WORDS]
    occasions = [_OCCASION_WORDS.get(word, word) for word in words if _OCCASION_WORDS.get(word, word) in OCCASIONS]
    found = frozenset(word for word in words if word in FABRICS) | fabrics
    ranges = frozenset(RANGE_OF[word] for word in words if word in RANGE_OF)
    sale = any(word in {"sale", "reduced", "discounted"} for word in words)
    if not garments and not (occasions or found or sale) and any(word not in RANGE_OF for word in words):
        return None  # "watches for men" are not everything for men
    if not garments and (not (occasions or found or ranges or sale) or _names_another_thing(words)):
        return None
    prefer = frozenset(word for name in occasions for word in OCCASIONS[name][1].split())
    named = frozenset(word for word in garments if word in GARMENT_NAME_WORDS)
    categories = frozenset[str]().union(*(_CATEGORIES_OF[word] for word in garments if word not in named))
    if not garments and occasions:
        categories = frozenset(name for occasion in occasions for name in OCCASIONS[occasion][0].split())
    return ProductQuery(
        words=named, categories=categories, ranges=ranges, fabrics=found, prefer=prefer | frozenset(words)
    )


def _names_another_thing(words: list[str]) -> bool:
    """Whether the last word is a thing this shop does not know: `leather shoes` are not leather gloves."""
    meant = {*FABRICS, *RANGE_OF, *OCCASIONS, *_OCCASION_WORDS, "sale", "reduced", "discounted"}
    return bool(words) and words[-1] not in meant


def _take_colour(text: str) -> tuple[str, str]:
    """Return text without its first colour, and the colour; the longest name wins (`light blue` before `blue`)."""
    names = {*COLOUR_FAMILIES, *(name for family in COLOUR_FAMILIES.values() for name in family.split("|"))}
    for name in sorted(names, key=len, reverse=True):
        if re.search(rf"\b{re.escape(name)}\b", text):
            return re.sub(rf"\b{re.escape(name)}\b", " ", text, count=1), name
    return text, ""


def _fabric_words(fabric: str) -> list[str]:
    return [stem(word) for word in tokens(fabric) if stem(word) in FABRICS]
