"""Who wins where findings overlap: tier before score before length, and what is kept only where it covers the whole."""

import pytest

from kitwright.privacy.finding import Finding, Tier
from kitwright.privacy.overlaps import settle

TEXT = "0123456789 abcdefghi"


def finding(start: int, end: int, label: str, tier: Tier, score: float = 0.5) -> Finding:
    return Finding(start, end, label, score, tier, "test")


def held(found: list[Finding], kept: list[Finding] | None = None) -> list[tuple[int, int, str]]:
    outcomes = settle(TEXT, found, kept or [], rank=lambda label: label != "FIRST")
    return sorted((*piece, outcome.finding.label) for outcome in outcomes for piece in outcome.pieces)


@pytest.mark.parametrize(
    ("tier", "rival"),
    [
        (Tier.CERTAIN, Tier.CHECKSUM),
        (Tier.CHECKSUM, Tier.LABELLED),
        (Tier.LABELLED, Tier.MODEL),
    ],
)
def test_the_lower_tier_wins_whatever_the_score(tier: Tier, rival: Tier) -> None:
    assert held([finding(0, 5, "A", tier, 0.1), finding(0, 5, "B", rival, 1.0)]) == [(0, 5, "A")]


def test_a_learned_finding_beats_a_shape_which_may_name_it() -> None:
    assert held([finding(0, 5, "A", Tier.MODEL, 0.1), finding(0, 6, "B", Tier.WEAK, 1.0)]) == [(0, 5, "A")]
    assert held([finding(0, 5, "A", Tier.MODEL, 0.1), finding(0, 5, "B", Tier.WEAK, 1.0)]) == [(0, 5, "B")]


def test_then_the_score_then_the_length_then_the_policy_decides() -> None:
    assert held([finding(0, 5, "A", Tier.WEAK, 0.6), finding(0, 10, "B", Tier.WEAK)]) == [(0, 5, "A"), (5, 10, "B")]
    assert held([finding(0, 5, "A", Tier.WEAK), finding(0, 9, "B", Tier.WEAK)]) == [(0, 9, "B")]
    assert held([finding(0, 5, "A", Tier.WEAK), finding(0, 5, "FIRST", Tier.WEAK)]) == [(0, 5, "FIRST")]


def test_the_loser_keeps_what_is_left_unless_it_is_weak_and_next_to_nothing() -> None:
    winner = finding(2, 9, "A", Tier.CHECKSUM)
    assert held([winner, finding(0, 10, "B", Tier.MODEL)]) == [(0, 2, "B"), (2, 9, "A"), (9, 10, "B")]
    assert held([winner, finding(0, 10, "B", Tier.WEAK)]) == [(2, 9, "A")]
    assert held([winner, finding(0, 15, "B", Tier.WEAK)]) == [(2, 9, "A"), (9, 15, "B")]


@pytest.mark.parametrize(
    ("tier", "stays"), [(Tier.CHECKSUM, False), (Tier.LABELLED, False), (Tier.MODEL, True), (Tier.WEAK, True)]
)
def test_what_is_kept_wins_over_learned_and_weak_findings(tier: Tier, stays: bool) -> None:
    kept = [finding(0, 6, "DRUGS", Tier.KEPT)]
    assert held([finding(0, 6, "A", tier)], kept) == ([] if stays else [(0, 6, "A")])


def test_a_finding_that_reaches_out_of_what_is_kept_is_hidden() -> None:
    assert held([finding(0, 8, "A", Tier.MODEL)], [finding(0, 6, "DRUGS", Tier.KEPT)]) == [(0, 8, "A")]


def test_what_is_kept_side_by_side_counts_as_one() -> None:
    kept = [finding(0, 10, "DOSE", Tier.KEPT), finding(11, 20, "DRUGS", Tier.KEPT)]
    assert held([finding(0, 20, "A", Tier.MODEL)], kept) == []


def test_a_kit_lets_anything_stay_but_secrets() -> None:
    allowed = [finding(0, 10, "SHOP", Tier.ALLOWED)]
    assert held([finding(0, 10, "EMAIL_ADDRESS", Tier.CHECKSUM)], allowed) == []
    assert held([finding(0, 10, "SECRET", Tier.LABELLED)], allowed) == [(0, 10, "SECRET")]
    assert held([finding(0, 10, "TEXT", Tier.CERTAIN)], allowed) == [(0, 10, "TEXT")]


def test_what_is_allowed_and_what_is_kept_cover_a_learned_finding_together() -> None:
    kept = [finding(0, 10, "SIZE_LETTER", Tier.ALLOWED), finding(11, 20, "KIT", Tier.KEPT)]
    assert held([finding(0, 20, "A", Tier.MODEL)], kept) == []
    assert held([finding(0, 20, "A", Tier.LABELLED)], kept) == [(0, 20, "A")]


ORDERS = "it is 1043, 1044 - jo@a.example"


def stretches_hidden(found: list[Finding], allowed: list[tuple[int, int]]) -> list[str]:
    kept = [finding(start, end, "ORDER", Tier.ALLOWED) for start, end in allowed]
    outcomes = settle(ORDERS, found, kept, rank=lambda _: 0)
    return [ORDERS[start:end] for outcome in outcomes for start, end in outcome.pieces]


def test_a_learned_finding_may_reach_out_of_what_is_allowed_by_a_mark() -> None:
    allowed = [(6, 10), (12, 16)]
    assert stretches_hidden([finding(12, 18, "ID", Tier.MODEL)], allowed) == []
    assert stretches_hidden([finding(6, 16, "ID", Tier.MODEL)], allowed) == []
    assert stretches_hidden([finding(3, 16, "ID", Tier.MODEL)], allowed) == ["is 1043, 1044"]


def test_what_is_left_of_a_learned_finding_stays_where_it_is_allowed() -> None:
    found = [finding(12, 31, "EMAIL_ADDRESS", Tier.MODEL), finding(19, 31, "EMAIL_ADDRESS", Tier.CHECKSUM)]
    assert stretches_hidden(found, [(12, 16)]) == ["jo@a.example"]
    assert stretches_hidden(found, []) == ["jo@a.example", "1044 - "]
