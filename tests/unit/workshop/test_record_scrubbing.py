"""Records of others are scrubbed as a whole: one value, one placeholder; what was a placeholder stays."""

from kitwright.dataset.importers import ChatDraft, Personal, TextDraft
from kitwright.dataset.sample import Said
from kitwright.privacy import Entities, PrivacyPolicy
from kitwright.workshop.record_scrubbing import RecordScrubber


def chat(*texts: str, facts: dict[str, object] | None = None, personal: tuple[Personal, ...] = ()) -> ChatDraft:
    turns = tuple(Said(("user", "assistant")[n % 2], text) for n, text in enumerate(texts))
    return ChatDraft(place="here", turns=turns, facts=facts, personal=personal)


def scrubbed(draft: ChatDraft, policy: PrivacyPolicy | None = None) -> tuple[list[str], ChatDraft, dict[str, int]]:
    scrubber = RecordScrubber(policy)
    clean = scrubber.scrub(draft)
    assert isinstance(clean, ChatDraft)
    return [said.content for said in clean.turns], clean, dict(scrubber.hidden)


def test_a_value_has_one_placeholder_in_a_record_and_in_its_facts() -> None:
    facts: dict[str, object] = {"mails": ["al@example.com", {"to": "JO@example.com"}], "days": 3, "sent": True}
    draft = chat("I am on jo@example.com", "Sent to jo@example.com and al@example.com.", facts=facts)
    texts, clean, hidden = scrubbed(draft)
    assert texts == ["I am on <EMAIL_ADDRESS_1>", "Sent to <EMAIL_ADDRESS_1> and <EMAIL_ADDRESS_2>."]
    assert clean.facts == {"mails": ["<EMAIL_ADDRESS_2>", {"to": "<EMAIL_ADDRESS_1>"}], "days": 3, "sent": True}
    assert hidden == {"EMAIL_ADDRESS": 5}


def test_placeholders_of_the_source_stay_and_are_not_given_again() -> None:
    texts, _, hidden = scrubbed(chat("<EMAIL_ADDRESS_1> or jo@example.com", "<ORDER_NUMBER_1> is on its way."))
    assert texts == ["<EMAIL_ADDRESS_1> or <EMAIL_ADDRESS_2>", "<ORDER_NUMBER_1> is on its way."]
    assert hidden == {"EMAIL_ADDRESS": 1}


def test_a_number_too_long_for_a_placeholder_is_hidden() -> None:
    texts, _, _ = scrubbed(chat(f"<A_{'9' * 5000}> it says", "yes"))
    assert texts == ["<TEXT_1> it says", "yes"]


def test_values_that_the_source_names_are_hidden() -> None:
    personal = (Personal("PERSON", "will quill"), Personal("PERSON", "Will", any_case=False), Personal("CITY", "Ely"))
    texts, _, hidden = scrubbed(chat("WILL QUILL of Ely", "Thanks, Will! It will come.", personal=personal))
    assert texts == ["<PERSON_1> of <CITY_1>", "Thanks, <PERSON_1>! It will come."]
    assert hidden == {"PERSON": 2, "CITY": 1}


def test_the_policy_decides() -> None:
    policy = PrivacyPolicy(entities=Entities(replace=("PHONE_NUMBER",), keep=("EMAIL_ADDRESS",)))
    draft = chat("jo@example.com, 07700 900123", "Noted.", personal=(Personal("EMAIL_ADDRESS", "jo@example.com"),))
    assert scrubbed(draft, policy)[0] == ["jo@example.com, <PHONE_NUMBER_1>", "Noted."]


def test_a_labelled_text() -> None:
    clean = RecordScrubber().scrub(TextDraft(place="here", text="call 07700 900123", label="call"))
    assert clean == TextDraft(place="here", text="call <PHONE_NUMBER_1>", label="call")
