"""The policy: sensible defaults, and wrong files refused."""

import pytest
from pydantic import ValidationError

from kitwright.privacy import Entities, PrivacyPolicy


def test_the_defaults_suit_a_shop() -> None:
    policy = PrivacyPolicy()
    assert {"EMAIL_ADDRESS", "PHONE_NUMBER", "UK_POSTCODE", "MEMBER_NUMBER"} <= set(policy.entities.replace)
    assert {"ORDER_NUMBER", "DATE_TIME", "URL"} <= set(policy.entities.keep)
    assert PrivacyPolicy.model_validate(policy.model_dump()) == policy


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"minimal_score": 0.4}, "Extra inputs"),
        ({"minimum_score": 1.5}, "less than or equal"),
        ({"countries": ["xx"]}, "'uk'"),
        ({"entities": {"replace": ["EMAIL"]}}, "'EMAIL_ADDRESS'"),
        ({"keep_patterns": {"order": "("}}, "not a regular expression"),
        ({"keep_patterns": {"order": r"\d*"}}, "matches the empty text"),
        ({"replace_patterns": {"member no": r"\d+"}}, "capital letters"),
    ],
)
def test_a_wrong_policy_is_refused(given: dict[str, object], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        PrivacyPolicy.model_validate(given)


def test_a_kits_keep_patterns_stand_beside_the_defaults() -> None:
    policy = PrivacyPolicy(keep_patterns={"shop": "0117 496 0123", "money": ""})
    assert policy.keep_patterns["shop"] == "0117 496 0123"
    assert policy.keep_patterns["labelled_order"] == PrivacyPolicy().keep_patterns["labelled_order"]
    assert policy.keep_patterns["money"] == ""
    assert PrivacyPolicy.model_validate(policy.model_dump()) == policy


def test_the_written_defaults_are_sound() -> None:
    PrivacyPolicy.model_validate(PrivacyPolicy().model_dump())


def test_a_label_is_replaced_or_kept_not_both() -> None:
    with pytest.raises(ValidationError, match="both replaced and kept: URL"):
        Entities(replace=("URL",), keep=("URL",))
