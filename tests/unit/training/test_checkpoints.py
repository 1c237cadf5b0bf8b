"""Checkpoints: a half-written one is never gone on from."""

from pathlib import Path

from kitwright.training.checkpoints import COMPLETE, last_checkpoint


def checkpoint(folder: Path, step: int, *, whole: bool) -> Path:
    made = folder / f"checkpoint-{step}"
    made.mkdir()
    if whole:
        (made / COMPLETE).touch()
    return made


def test_the_newest_whole_checkpoint_is_taken_and_half_ones_are_removed(tmp_path: Path) -> None:
    newest = [checkpoint(tmp_path, step, whole=True) for step in (5, 100, 20)][1]
    half = checkpoint(tmp_path, 105, whole=False)
    assert last_checkpoint(tmp_path) == newest
    assert not half.exists()


def test_without_a_checkpoint_there_is_none(tmp_path: Path) -> None:
    assert last_checkpoint(tmp_path / "nothing") is None
