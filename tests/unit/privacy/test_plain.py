"""Text as recognisers read it: disguises come off, and findings lie on the text as it was typed."""

import unicodedata

import pytest

from kitwright.privacy.plain import plain
from unit.privacy.patterns.marked import found

DISGUISED = [
    ("zero width", "[jo@exa\u200bmp\u2060le.com](EMAIL_ADDRESS)"),
    ("soft hyphen", "call [07700\u00ad900\u00ad123](PHONE_NUMBER)"),
    ("direction marks", "\u202e[07700 900123](PHONE_NUMBER)\u202c"),
    ("Cyrillic letters", "[j\u0430ne.d\u043ee@gm\u0430il.c\u043em](EMAIL_ADDRESS)"),
    ("Greek letters", "[j\u03b1ne@gmail.\u03f2om](EMAIL_ADDRESS)".replace("\u03f2", "c")),
    ("Cyrillic in an IBAN", "[GB82 W\u0415ST 1234 5698 7654 32](IBAN_CODE)"),
    ("small capitals", "[\u1d0a\u1d00\u0274\u1d07@gmail.com](EMAIL_ADDRESS)"),
    ("full width", "[\uff4a\uff4f@\uff45xample.com](EMAIL_ADDRESS)"),
    ("full-width digits", "[4111 1111 1111 \uff11\uff11\uff11\uff11](CREDIT_CARD)"),
    ("mathematical letters", "[\U0001d423\U0001d41a\U0001d427\U0001d41e@gmail.com](EMAIL_ADDRESS)"),
    ("Arabic digits", "[\u0664111 1111 1111 1111](CREDIT_CARD)"),
    ("marks over letters", "[j\u0301a\u0336ne@gma\u0308il.com](EMAIL_ADDRESS) ok"),
    ("a mark on the last letter", "[jane@gmail.com\u0336](EMAIL_ADDRESS)!"),
    ("key caps", "pin [1\ufe0f\u20e32\ufe0f\u20e33\ufe0f\u20e34\ufe0f\u20e3](SECRET)"),
    ("wide spaces", "[bs6\u30005qa](UK_POSTCODE)"),
    ("dashes", "ssn [219\u201309\u20119999](US_SSN)"),
    ("letters apart", "[j a n e @ g m a i l . c o m](EMAIL_ADDRESS)"),
]


@pytest.mark.parametrize("line", [line for _, line in DISGUISED], ids=[name for name, _ in DISGUISED])
def test_a_disguise_comes_off(line: str) -> None:
    assert found(line) == line


@pytest.mark.parametrize("text", ["Привет, мир", "Καλημέρα κόσμε", "नमस्ते", "مرحبا", "naïve café"])
def test_words_of_other_alphabets_stay(text: str) -> None:
    assert plain(text).text == unicodedata.normalize("NFC", text)


def test_every_character_leads_back_to_its_place() -> None:
    text = "a\u0301b\u200bс1 ﬁ \u0301z"
    read = plain(text)
    assert len(read.text) == len(read.places or ()) == len(read.ends)
    spans = [read.original(at, at + 1) for at in range(len(read.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert [start for start, _ in spans] == sorted(start for start, _ in spans)
