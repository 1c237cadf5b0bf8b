"""Customers' words and the shop's: garments, ranges, colours, sizes, and typing mistakes forgiven."""

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable

MAX_CHARACTERS = 300

RANGES = {
    "women": "women woman womens lady ladies female her wife mum mother girlfriend she mom sister",
    "men": "men man mens gent gents gentlemen male him husband dad father boyfriend guy he brother",
    "children": "children childrens child kid kids boy boys girl girls son daughter toddler junior teen",
}
RANGE_OF = {word: name for name, words in RANGES.items() for word in words.split()}
SYNONYMS = {
    word: meant
    for meant, words in {
        "tshirt": "tee",
        "jumper": "sweater pullover",
        "hoodie": "hoody",
        "trouser": "pant slack",
        "raincoat": "mac anorak",
        "rain": "waterproof",
        "pyjamas": "pyjama pajama pajamas pjs pj",
        "beanie": "beany",
        "roll": "rollneck",
        "corduroy": "cord",
        "tencel": "lyocell",
        "rucksack": "backpack",
        "bag": "purse handbag",
        "gown": "bathrobe robe",
        "swimsuit": "bather costume",
        "nightdress": "nightie",
    }.items()
    for word in words.split()
}
# Words of garments per category, as customers say them; a product also answers to the words of its own name.
CATEGORY_WORDS = {
    name: tuple(words.split())
    for name, words in {
        "shirt": "shirt",
        "t_shirt": "tshirt top",
        "blouse": "blouse top",
        "knitwear": "knitwear knit woolly",
        "sweatshirt": "sweatshirt sweat",
        "dress": "dress frock",
        "skirt": "skirt",
        "trousers": "trouser bottom",
        "jeans": "jean",
        "shorts": "shorts",
        "jacket": "jacket blazer",
        "coat": "coat outerwear",
        "swimwear": "swimwear swim swimming",
        "underwear": "underwear undies lingerie",
        "socks": "sock",
        "nightwear": "nightwear sleepwear",
        "activewear": "activewear sportswear",
        "hat": "hat headwear",
        "scarf": "scarf",
        "gloves": "glove",
        "belt": "belt",
        "bag": "bag",
    }.items()
}
GARMENT_NAME_WORDS = frozenset(
    "jumper cardigan vest hoodie henley grandad oxford pinafore chino parka raincoat duffle swimsuit bikini trunk "
    "boxer brief bralette legging pyjamas nightdress gown beanie cap snood mitten tote satchel rucksack crossbody "
    "thermal john".split()
)
GARMENT_WORDS = GARMENT_NAME_WORDS | {word for words in CATEGORY_WORDS.values() for word in words}
STOP_WORDS = frozenset(
    (
        "a an the my your our this that these those some any one ones in of for with to and or on at from please is "
        "are do does you have i me we it its new old size colour color can want need looking look show find something "
        "anything nice good best like buy get what which sell stock there under below over up than less more max "
        "maximum cheaper cost costing pounds pound gbp january february march april may june july august september "
        "october november december weekend thing stuff piece item idea quid around about not too very really im after "
        "love would got who has clothes clothing outfit wear wearing"
    ).split()
)
COLOUR_FAMILIES = {
    "blue": "navy|sky blue|light blue|mid blue|faded blue|indigo|dark indigo|midnight|bluebell|dusk blue|ink|petrol",
    "light blue": "sky blue|faded blue|pale blue stripe|dusk blue|bluebell",
    "navy": "midnight|ink|dark indigo",
    "green": "sage|forest|olive|moss|bottle green|khaki|washed green|frog green|seafoam|petrol",
    "forest green": "forest|bottle green|moss",
    "olive": "khaki|moss",
    "khaki": "olive",
    "sage": "seafoam|moss",
    "mint": "seafoam",
    "grey": "grey marl|light grey|charcoal|slate|heather",
    "charcoal": "slate|washed black",
    "black": "washed black|faded black",
    "cream": "ecru|ivory|oat|oatmeal|natural",
    "white": "ivory|ecru",
    "beige": "oatmeal|sand|stone|oat|natural|camel|ecru",
    "stone": "sand|oat|natural",
    "brown": "tan|dark brown|camel|tobacco|cognac|brown herringbone|bronze",
    "camel": "tan|camel check|cognac",
    "tan": "camel|cognac",
    "red": "burgundy|faded red|brick|berry|rust",
    "burgundy": "berry|plum|burgundy stripe",
    "rust": "terracotta|brick|clay|rust check",
    "orange": "rust|terracotta|marigold",
    "mustard": "marigold|buttercup|yellow|mustard stripe",
    "yellow": "mustard|buttercup|marigold",
    "pink": "rose|blush|dusty rose|pale pink|coral",
    "coral": "terracotta",
    "purple": "plum|lavender|heather|berry",
    "plum": "berry|burgundy",
    "lilac": "lavender|heather",
    "teal": "petrol",
    "multicoloured": "rainbow|mixed|mixed pastels|stripes",
}
_COLOUR_TYPOS = {
    "gray": "grey",
    "colored": "coloured",
    "off white": "cream",
    "dark blue": "navy",
    "khaki green": "khaki",
}
_LETTERS = {
    "extra small": "XS",
    "xsmall": "XS",
    "small": "S",
    "medium": "M",
    "med": "M",
    "large": "L",
    "extra large": "XL",
    "xlarge": "XL",
    "xxl": "2XL",
    "double xl": "2XL",
    "xxxl": "3XL",
    "triple xl": "3XL",
}


def plain(text: str) -> str:
    """Return text in lower case, without accents, apostrophes and surplus spaces, cut to a sane length."""
    folded = unicodedata.normalize("NFKD", text[:MAX_CHARACTERS]).casefold()
    letters = "".join(mark for mark in folded if not unicodedata.combining(mark))
    return " ".join(letters.replace("\u2019", "").replace("'", "").split())


def stem(word: str) -> str:
    """Return the singular of a garment word and the shop's word for a synonym; `shorts` keeps its s."""
    if word not in {"shorts", "pyjamas", "pjs"}:
        if word.endswith(("sses", "xes", "ches", "shes")):
            word = word[:-2]
        elif word.endswith("rves"):
            word = word[:-3] + "f"
        elif word.endswith("s") and not word.endswith("ss") and len(word) > 3:
            word = word[:-1]
    return SYNONYMS.get(word, word)


def tokens(text: str) -> list[str]:
    """Split text into stemmed words; T-shirt is one word, other hyphens part words."""
    joined = re.sub(r"\bt[- ]?shirt", "tshirt", plain(text))
    joined = re.sub(r"\bswimming (costume|suit)", "swimsuit", joined)
    return [stem(word) for word in re.findall(r"[a-z0-9]+", joined)]


def nearest(word: str, known: Collection[str]) -> str:
    """Return the known word that `word` is or was meant to be, else the word itself."""
    if word in known or len(word) < 4:
        return word
    known = [name for name in known if len(name) >= 4 and name[0] == word[0]]
    longer = sorted((name for name in known if name.startswith(word)), key=lambda name: (len(name), name))
    if longer:
        return longer[0]
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.82)
    return close[0] if close else word


def one_slip(word: str, other: str) -> bool:
    """Whether one letter too many, too few, wrong, or two changed over make one word into the other."""
    if word == other or abs(len(word) - len(other)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    a, b = word[at:], other[at:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def meant_words(text: str, known: Collection[str]) -> list[str]:
    """Return the words of text without stop words, as they were meant to be spelled; `thehoodie` is two words."""
    apart = (part for word in tokens(text) for part in _parted(word, known))
    return [nearest(word, known) for word in apart if word not in STOP_WORDS]


def _parted(word: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the two known words that a word was run together from, else the word."""
    if word in known or nearest(word, known) in known:
        return (word,)
    cuts = ((word[:at], word[at:]) for at in range(3, len(word) - 2))
    return next((cut for cut in cuts if (cut[0] in known or cut[0] in STOP_WORDS) and stem(cut[1]) in known), (word,))


def match_colours(text: str, available: Iterable[str]) -> tuple[str, ...]:
    """Return the available colours that a customer may mean by `text`: the exact one, else its relatives."""
    names = list(dict.fromkeys(available))
    wanted = plain(text)
    wanted = _COLOUR_TYPOS.get(wanted, wanted).replace("gray", "grey")
    if not wanted:
        return ()
    if wanted in names:
        return (wanted,)
    family = set(COLOUR_FAMILIES.get(nearest(wanted, COLOUR_FAMILIES), "").split("|"))
    related = [name for name in names if wanted in name or name in family or f" {name} " in f" {wanted} "]
    if related:
        return tuple(related)
    return tuple(difflib.get_close_matches(wanted, names, n=1, cutoff=0.8))


def match_sizes(text: str, available: Iterable[str]) -> tuple[str, ...]:
    """Return the available sizes that a customer may mean by `text`, in the order given."""
    names = list(dict.fromkeys(available))
    wanted = _plain_size(text)
    exact = [name for name in names if name.casefold() == wanted.casefold()]
    if exact or not wanted:
        return tuple(exact)
    if all("/" in name for name in names):
        return tuple(name for name in names if name.split("/")[0] == wanted)
    if wanted.isdigit():
        return tuple(name for name in names if "-" in name and _within(int(wanted), name))
    return ()


def _plain_size(text: str) -> str:
    words = plain(text)
    words = re.sub(r"\b(?:size|uk|age|aged|years?|yrs?|yo|old|waist|leg|inch(?:es)?)\b|[\"#]", " ", words).strip()
    words = re.sub(r"\s+", " ", words)
    if found := re.fullmatch(r"(?:eu|european?)\s*(\d\d)", words):
        return str(int(found[1]) - 28)
    if found := re.fullmatch(r"us\s*(\d\d?)", words):
        return str(int(found[1]) + 4)
    if found := re.fullmatch(r"w?\s*(\d\d)\s*[/x,\-; ]?\s*l?\s*(3[024])", words):
        return f"{found[1]}/{found[2]}"
    if found := re.fullmatch(r"(\d\d?)\s*(?:-|to|/)\s*(\d\d?)\s*y?", words):
        return f"{found[1]}-{found[2]}"
    if found := re.fullmatch(r"([23])\s*x\s*l(?:arge)?", words):
        return f"{found[1]}XL"
    compact = words.replace("-", "").replace("x large", "xl").replace("x small", "xs")
    return _LETTERS.get(compact, compact.upper().removeprefix("W") if re.fullmatch(r"w\d\d", compact) else compact)


def _within(age: int, span: str) -> bool:
    low, _, high = span.partition("-")
    return low.isdigit() and high.isdigit() and int(low) <= age <= int(high)
