"""The policy: sensible defaults, and wrong files refused."""

import pytest
from pydantic import ValidationError

from kitwright.privacy import Entities, PrivacyPolicy


def test_the_defaults_are_strict() -> None:
    policy = PrivacyPolicy()
    assert {"EMAIL_ADDRESS", "CITY", "FACILITY", "DATE_OF_BIRTH", "DATE_TIME", "URL"} <= set(policy.entities.replace)
    assert policy.entities.keep == ("ORDER_NUMBER", "ORGANIZATION", "NRP")
    assert PrivacyPolicy.model_validate(policy.model_dump()) == policy


def test_a_label_named_in_one_list_leaves_the_other() -> None:
    entities = Entities(keep=("CITY",))
    assert entities.keep == ("CITY", "ORDER_NUMBER", "ORGANIZATION", "NRP")
    assert set(Entities().replace) - set(entities.replace) == {"CITY"}
    assert "ORDER_NUMBER" not in Entities(replace=("ORDER_NUMBER",)).keep


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


def test_the_written_defaults_are_sound() -> None:
    PrivacyPolicy.model_validate(PrivacyPolicy().model_dump())


def test_a_label_is_replaced_or_kept_not_both() -> None:
    with pytest.raises(ValidationError, match="both replaced and kept: URL"):
        Entities(replace=("URL",), keep=("URL",))
