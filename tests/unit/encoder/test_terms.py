"""What counts as a word."""

from kitwright.encoder import lexical_form, spoken, terms


def test_placeholders_are_spoken() -> None:
    assert spoken("mail <EMAIL_ADDRESS_12> or <UK_POSTCODE_1>") == "mail email address or uk postcode"


def test_numbers_keep_only_their_length() -> None:
    assert lexical_form("Order 1043") == lexical_form("order 9999") == "order ####"
    assert lexical_form("order 12") != lexical_form("order 1234")


def test_terms_hold_words_pairs_and_letters() -> None:
    words, letters = terms("Red hat")
    assert words == ["red", "hat", "red hat"]
    assert " re" in letters
    assert "at " in letters
