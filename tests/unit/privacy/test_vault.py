"""The vault: whose values come back, and that they come back exactly."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from kitwright.privacy import MemoryVault
from kitwright.types import ScrubbedText


def test_a_value_keeps_its_placeholder() -> None:
    vault = MemoryVault()
    first = vault.hide("PERSON", "Jo", owned=True)
    assert first == "<PERSON_1>"
    assert vault.hide("PERSON", "Al", owned=True) == "<PERSON_2>"
    assert vault.hide("PERSON", "Jo", owned=True) == first
    assert vault.hide("CITY", "Jo", owned=True) == "<CITY_1>"


def test_every_spelling_is_restored_as_it_was_typed() -> None:
    vault = MemoryVault()
    text = " ".join(vault.hide("PERSON", name, owned=True) for name in ("Jo Park", "jo park", "JO  PARK"))
    assert text == "<PERSON_1> <PERSON_1B> <PERSON_1C>"
    assert vault.restore(ScrubbedText(text)) == "Jo Park jo park JO  PARK"


def test_the_owners_value_in_foreign_text_is_theirs_whatever_its_spelling() -> None:
    vault = MemoryVault()
    phone = vault.hide("PHONE_NUMBER", "07700 900123", owned=True)
    assert vault.hide("PHONE_NUMBER", "07700-900-123", owned=False) == phone
    mail = vault.hide("EMAIL_ADDRESS", "jo-p@x.example", owned=True)
    assert vault.hide("EMAIL_ADDRESS", "jop@x.example", owned=False) != mail


def test_a_foreign_value_never_becomes_restorable() -> None:
    vault = MemoryVault()
    foreign = vault.hide("EMAIL_ADDRESS", "al@x.example", owned=False)
    own = vault.hide("EMAIL_ADDRESS", "al@x.example", owned=True)
    assert own != foreign
    assert vault.restorable() == {own}
    assert vault.restore(ScrubbedText(f"{foreign} {own}")) == f"{foreign} al@x.example"
    assert vault.hide("EMAIL_ADDRESS", "al@x.example", owned=False) == own


def test_restoring_is_not_recursive() -> None:
    vault = MemoryVault()
    vault.hide("PERSON", "Jo", owned=True)
    token = vault.hide("TEXT", "<PERSON_1>", owned=True)
    assert vault.restore(ScrubbedText(token)) == "<PERSON_1>"


def test_placeholders_of_an_earlier_vault_are_not_given_again() -> None:
    vault = MemoryVault(taken={"<PERSON_1>", "<PERSON_3>"})
    assert vault.hide("PERSON", "Jo", owned=True) == "<PERSON_4>"
    assert [vault.gave(token) for token in ("<PERSON_1>", "<PERSON_2>", "<PERSON_4>")] == [True, False, True]
    assert vault.restore(ScrubbedText("<PERSON_1>")) == "<PERSON_1>"


def test_nothing_raw_shows() -> None:
    vault = MemoryVault()
    vault.hide("PERSON", "Jo Park", owned=True)
    assert repr(vault) == "MemoryVault(1 values)"


def test_a_label_that_could_not_be_restored_is_refused() -> None:
    with pytest.raises(ValueError, match="capital letters"):
        MemoryVault().hide("person 1", "Jo", owned=True)


def test_threads_agree_on_placeholders() -> None:
    vault = MemoryVault()
    names = [f"name {i % 50}" for i in range(2_000)]
    with ThreadPoolExecutor(8) as pool:
        tokens = list(pool.map(lambda name: vault.hide("PERSON", name, owned=True), names))
    assert set(tokens) == {f"<PERSON_{n}>" for n in range(1, 51)}
    assert [vault.restore(ScrubbedText(token)) for token in tokens] == names


def test_a_refused_value_gets_a_placeholder_that_never_comes_back() -> None:
    vault = MemoryVault()
    assert [vault.refuse("CREDIT_CARD") for _ in range(2)] == ["<CREDIT_CARD_1>", "<CREDIT_CARD_2>"]
    assert vault.hide("CREDIT_CARD", "4111", owned=True) == "<CREDIT_CARD_3>"
    assert vault.restorable() == {"<CREDIT_CARD_3>"}


def test_a_vault_goes_on_where_an_earlier_one_was_kept() -> None:
    earlier = MemoryVault()
    given = [
        earlier.hide("PERSON", "jane", owned=True),
        earlier.hide("PERSON", "Jane Doe", owned=True),
        earlier.hide("PERSON", "Al Other", owned=False),
    ]
    later = MemoryVault(values=earlier.values(), taken=given)
    assert later.restore(ScrubbedText(" ".join(given))) == "jane Jane Doe <PERSON_2>"
    assert later.hide("PERSON", "jane", owned=True) == "<PERSON_1>"
    assert later.hide("PERSON", "Ms Doe", owned=True) == "<PERSON_1C>"
    assert later.hide("PERSON", "Al Other", owned=False) == "<PERSON_3>"
    assert later.gave("<PERSON_2>")


def test_the_owners_values_are_concealed_where_they_stand_as_words() -> None:
    vault = MemoryVault()
    assert vault.conceal("Jo") == "Jo"
    for value in ("Jo", "Jo Park", "+44 7700"):
        vault.hide("PERSON", value, owned=True)
    vault.hide("PERSON", "Al", owned=False)
    assert vault.conceal("Jo Park, Jo; Joan, Al (+44 7700)") == "<PERSON_1B>, <PERSON_1>; Joan, Al (<PERSON_2>)"
