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


def test_safe_harbor_hides_all_that_can_be_found() -> None:
    policy = PrivacyPolicy(preset="safe_harbor")
    assert policy.kept == {"NRP", "ORGANIZATION", "REGION"}
    assert {"CITY", "URL", "ORDER_NUMBER", "MEDICAL_RECORD_NUMBER", "PERSON"} <= set(policy.entities.replace)
    assert policy.generalise["AGE"] == "over_89"
    assert policy.generalise["DATE_TIME"] == "year"
    assert PrivacyPolicy.model_validate(policy.model_dump()) == policy


def test_a_label_that_a_file_keeps_is_added_to_what_its_preset_keeps() -> None:
    policy = PrivacyPolicy.model_validate({"preset": "safe_harbor", "entities": {"keep": ["CITY"]}})
    assert policy.kept == {"CITY", "NRP", "ORGANIZATION", "REGION"}
    assert "ORDER_NUMBER" in policy.entities.replace


def test_what_a_file_says_stands_before_its_preset() -> None:
    policy = PrivacyPolicy.model_validate(
        {"preset": "safe_harbor", "generalise": {"AGE": "age_band"}, "keep_patterns": {"clinic": "Oak Clinic"}}
    )
    assert policy.generalise == {"AGE": "age_band"}
    assert policy.keep_patterns == {"clinic": "Oak Clinic"}


def test_what_is_generalised_or_blocked_is_looked_for_and_not_kept() -> None:
    policy = PrivacyPolicy(
        generalise={"DATE_TIME": "year"},
        block={"IBAN_CODE": "utter_no", "BADGE": "utter_no"},
        replace_patterns={"BADGE": r"B\d+"},
    )
    assert "DATE_TIME" not in policy.kept
    assert {"DATE_TIME", "IBAN_CODE", "BADGE"} <= policy.wanted


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"preset": "hipaa"}, "'safe_harbor'"),
        ({"generalise": {"AGE": "decade"}}, "'age_band'"),
        ({"generalise": {"HEIGHT": "age_band"}}, "never found: HEIGHT"),
        ({"block": {"SECRET": "utter_no"}, "generalise": {"SECRET": "year"}}, "both generalised and blocked: SECRET"),
    ],
)
def test_a_wrong_treatment_is_refused(given: dict[str, object], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        PrivacyPolicy.model_validate(given)
