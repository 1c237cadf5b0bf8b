"""A model kept beside a bot: used where it fits, left aside with a log line where it does not."""

import logging
from pathlib import Path

import pytest

from kitwright.encoder import HashingEncoder
from kitwright.nlu import IntentSettings, NluData, kept_model, train, training_pairs

ENCODER = HashingEncoder()


def test_it_is_used_while_the_utterances_are_the_same(
    data: NluData, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert kept_model(tmp_path, data, ENCODER) is None
    train(training_pairs(data), ENCODER, IntentSettings()).save(tmp_path)
    with caplog.at_level(logging.WARNING):
        kept = kept_model(tmp_path, data, ENCODER)
    assert kept is not None
    assert set(kept.labels) == {example.intent for example in data.examples}
    assert caplog.text == ""


@pytest.mark.parametrize("spoil", ["utterances", "file", "encoder"])
def test_it_is_left_aside_where_something_else_is_at_hand(
    data: NluData, tmp_path: Path, caplog: pytest.LogCaptureFixture, spoil: str
) -> None:
    pairs = training_pairs(data)
    train(pairs[:-1] if spoil == "utterances" else pairs, ENCODER, IntentSettings()).save(tmp_path)
    if spoil == "file":
        (tmp_path / "model.npz").write_bytes(b"")
    assert kept_model(tmp_path, data, HashingEncoder(64) if spoil == "encoder" else ENCODER) is None
    assert "kitwright nlu train" in caplog.text
