"""The tagger with the real encoder: learns wordings that no list has, and takes few milliseconds."""

import time
from pathlib import Path

import pytest

from kitwright.encoder import embedded_encoder
from kitwright.kit import load_kit
from kitwright.nlu import EntityFinder, NluData, Tagging, trained_tagging
from kitwright.nlu.token_reader import token_reader
from kitwright.types import ScrubbedText


@pytest.fixture(scope="module")
def data() -> NluData:
    return load_kit("clothing_support").nlu


@pytest.fixture(scope="module")
def tagging(data: NluData, tmp_path_factory: pytest.TempPathFactory) -> Tagging:
    root = tmp_path_factory.mktemp("cache")
    found = trained_tagging(data, embedded_encoder(), root=root)
    assert found is not None
    return found


def test_words_keep_their_places() -> None:
    text = "Mail <EMAIL_ADDRESS_1>: size 5-6, wellie-socks \U0001f600"
    words, features = token_reader(embedded_encoder())(text)
    assert len(words) == len(features)
    assert [start for start, _ in words[:3]] == [0, 5, text.index(":")]
    assert (text.index("size"), text.index(" 5-6")) in words
    assert all(0 <= start < end <= len(text) for start, end in words)


def test_it_is_used_only_where_it_helps(tagging: Tagging) -> None:
    findings = tagging.tagger.findings
    assert {name for name, finding in findings.items() if finding.kept} >= {"product", "quantity"}
    assert all(finding.score.f1 >= finding.rules.f1 for finding in findings.values())
    assert findings["product"].score.f1 > findings["product"].rules.f1 + 0.02


def test_it_finds_wordings_that_no_list_has(data: NluData, tagging: Tagging) -> None:
    finder = EntityFinder(data, tagging=tagging)
    found = finder.find(ScrubbedText("I ordered three tankinis, received 30, would need 32"))
    assert [(e.name, e.value, e.role) for e in found] == [
        ("quantity", "3", None),
        ("product", "tankinis", None),
        ("size", "30", "from"),
        ("size", "32", "to"),
    ]


def test_a_message_takes_few_milliseconds(data: NluData, tagging: Tagging) -> None:
    texts = [example.text for example in data.examples[:100]]
    times = []
    for text in texts:
        started = time.perf_counter()
        tagging(text)
        times.append(time.perf_counter() - started)
    assert sorted(times)[10] < 0.01  # on a busy machine; about 1 ms on an idle one


def test_the_cache_is_used(data: NluData, tmp_path: Path) -> None:
    small = NluData(examples=data.examples[:400])
    first = trained_tagging(small, embedded_encoder(), root=tmp_path)
    changed = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.npz")}
    again = trained_tagging(small, embedded_encoder(), root=tmp_path)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.npz")} == changed
    assert first is not None
    assert again is not None
    assert again.tagger.findings == first.tagger.findings
