"""The passage index: what is found, in which order, and how its cache behaves."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kitwright.protocols import Encoder
from kitwright.retrieval import PassageIndex, Query
from kitwright.types import AskedQuestion, FoundPassage, Passage, ScrubbedText


def search(index: PassageIndex, encoder: Encoder, text: str, count: int) -> tuple[FoundPassage, ...]:
    said = ScrubbedText(text)
    return index.search([Query(said, encoder.encode([said])[0])], count)


@pytest.mark.parametrize(
    ("question", "expected"),
    [("how do I wash wool", "wool"), ("bikini return", "swim"), ("hygiene strip", "swim"), ("Bristol shops", "shops")],
)
def test_titles_questions_and_sentences_are_found(
    tmp_path: Path, passages: tuple[Passage, ...], encoder: Encoder, question: str, expected: str
) -> None:
    index = PassageIndex.build(passages, encoder, cache=tmp_path)
    assert search(index, encoder, question, 3)[0].passage.id == expected


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=60), count=st.integers(-1, 10))
def test_scores_fall_and_lie_between_0_and_1(
    tmp_path: Path, passages: tuple[Passage, ...], encoder: Encoder, text: str, count: int
) -> None:
    found = search(PassageIndex.build(passages, encoder, cache=tmp_path), encoder, text, count)
    scores = [one.score for one in found]
    assert len(found) == min(max(count, 0), len(passages))
    assert scores == sorted(scores, reverse=True)
    assert all(-1e-6 <= score <= 1 + 1e-6 for score in scores)


def test_what_a_passage_answers_scores_above_what_none_does(
    tmp_path: Path, passages: tuple[Passage, ...], encoder: Encoder
) -> None:
    index = PassageIndex.build(passages, encoder, cache=tmp_path)
    near, far = (search(index, encoder, text, 1)[0].score for text in ("bikini return", "quantum physics exam"))
    assert near > far + 0.2


def test_no_passages_find_nothing(tmp_path: Path, encoder: Encoder) -> None:
    assert search(PassageIndex.build((), encoder, cache=tmp_path), encoder, "anything", 3) == ()


def test_vectors_come_from_the_cache_and_are_made_again_when_damaged(
    tmp_path: Path, passages: tuple[Passage, ...], encoder: Encoder
) -> None:
    def encoded() -> int:
        before = encoder.encoded  # type: ignore[attr-defined]
        PassageIndex.build(passages, encoder, cache=tmp_path)
        return int(encoder.encoded - before)  # type: ignore[attr-defined]

    assert encoded() > 0
    assert encoded() == 0
    file = next(tmp_path.rglob("dense.faiss"))
    file.write_bytes(file.read_bytes()[:-8] + b"damaged!")
    assert encoded() > 0


def test_excerpts_are_the_nearest_sentences_nearest_first(
    tmp_path: Path, passages: tuple[Passage, ...], encoder: Encoder
) -> None:
    index = PassageIndex.build(passages, encoder, cache=tmp_path)
    query = Query("dry on a towel", encoder.encode([ScrubbedText("washing wool: dry it flat on a towel")])[0])
    found = index.search([query], 3)
    assert [each.text for each in index.excerpts([query], found, 1)] == ["Dry it flat on a towel."]
    assert index.excerpts([query], found[:1], 2)[0].text == "Dry it flat on a towel. Wash wool cold."
    every = index.excerpts([query], found, 10)
    assert sorted(" ".join(each.text for each in every).split()) == sorted(" ".join(p.text for p in passages).split())
    assert index.excerpts([query], (), 3) == ()


def test_a_question_asked_before_stands_for_what_answered_it(
    tmp_path: Path, passages: tuple[Passage, ...], encoder: Encoder
) -> None:
    said = ScrubbedText("is my jumper safe in the drum")
    plain = PassageIndex.build(passages, encoder, cache=tmp_path)
    query = Query(said, encoder.encode([said])[0])
    asked = AskedQuestion(said, (("wool", "Wash wool cold."), ("wool", "not a sentence of it"), ("gone", "Nor this.")))
    taught = PassageIndex.build(passages, encoder, [asked], cache=tmp_path)
    before, after = (next(f for f in i.search([query], 3) if f.passage.id == "wool") for i in (plain, taught))
    assert after.score > before.score + 0.3
    assert [each.text for each in taught.excerpts([query], [after], 1)] == ["Wash wool cold."]
