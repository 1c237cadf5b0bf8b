"""`explain`: every finding and everything kept, with who won and why."""

from kitwright.privacy import PresidioScrubber, PrivacyPolicy


def told(text: str, policy: PrivacyPolicy | None = None) -> dict[tuple[str, str], tuple[str, str]]:
    return {(e.text, e.label): (e.outcome, e.why) for e in PresidioScrubber(policy).explain(text)}


def test_what_is_replaced_and_what_the_policy_keeps() -> None:
    reasons = told("order 1043 for jo@example.com")
    assert reasons["1043", "ORDER_NUMBER"] == ("stays", "the policy keeps this label")
    assert reasons["jo@example.com", "EMAIL_ADDRESS"] == ("replaced", "nothing surer overlaps it")


def test_what_is_made_coarser_or_blocked_is_told() -> None:
    policy = PrivacyPolicy(generalise={"DATE_TIME": "year"}, block={"EMAIL_ADDRESS": "utter_no"})
    reasons = told("on 12 May 2024 from jo@example.com", policy)
    assert reasons["12 May 2024", "DATE_TIME"] == ("made coarser", "to: a day in 2024")
    assert reasons["jo@example.com", "EMAIL_ADDRESS"] == ("blocked", "the policy says so; the value is kept nowhere")


def test_a_beaten_finding_names_who_beat_it() -> None:
    reasons = told("order number 2125550123")
    outcome, why = reasons["2125550123", "PHONE_NUMBER"]
    assert outcome == "beaten"
    assert why == "ORDER_NUMBER (after a label) is labelled, this is weak"


def test_what_is_kept_is_told_and_beats_weak_findings() -> None:
    reasons = told("the Mayo Clinic guidelines")
    assert reasons["Mayo Clinic", "CLINICS"][0] == "kept"
    assert reasons["Mayo Clinic", "FACILITY"] == ("beaten", "lies in what is kept: CLINICS (clinics)")


def test_a_kits_pattern_is_told_by_its_name() -> None:
    policy = PrivacyPolicy(keep_patterns={"our_desk": "07700 900123"})
    assert told("ring 07700 900123", policy)["07700 900123", "OUR_DESK"][0] == "kept"


def test_every_reason_has_its_source() -> None:
    reason = next(e for e in PresidioScrubber().explain("my mrn is 00-123-45, thanks") if e.outcome == "replaced")
    assert (reason.recogniser, reason.pattern, reason.tier, reason.score) == (
        "Kitwright",
        "after a label",
        "labelled",
        0.9,
    )
    assert reason.context == "my mrn is 00-123-45, thanks"
