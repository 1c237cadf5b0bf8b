"""Settings from the environment and from options, and the key of the tokens."""

import stat
from pathlib import Path

import pytest

from kitwright.errors import StoreFailed, UsageError
from kitwright.serve import read_settings
from kitwright.serve.secret import server_secret


def test_the_environment_sets_and_options_win() -> None:
    variables = {
        "KITWRIGHT_SERVE_QUEUE": "7",
        "KITWRIGHT_SERVE_TURNS_AT_ONCE": "3",
        "KITWRIGHT_SERVE_ORIGINS": "https://a.example, http://b.example:8080",
    }
    settings = read_settings({"turns_at_once": 2, "queue": None}, environment=variables)
    assert (settings.queue, settings.turns_at_once) == (7, 2)
    assert settings.origins == ("https://a.example", "http://b.example:8080")


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(UsageError) as wrong:
        read_settings(environment={"KITWRIGHT_SERVE_QUEUE": "many", "KITWRIGHT_SERVE_ORIGINS": "*"})
    assert [fault.place for fault in wrong.value.faults] == ["KITWRIGHT_SERVE_ORIGINS", "KITWRIGHT_SERVE_QUEUE"]


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KITWRIGHT_DATA", str(tmp_path))
    key = server_secret({})
    assert server_secret({}) == key
    assert len(key) >= 32
    (file,) = tmp_path.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o644)
    with pytest.raises(StoreFailed, match="KW504"):
        server_secret({})


def test_a_given_key_is_taken_unless_it_is_short() -> None:
    assert server_secret({"KITWRIGHT_SECRET": "x" * 32}) == "x" * 32
    with pytest.raises(StoreFailed, match="KW504"):
        server_secret({"KITWRIGHT_SECRET": "short"})
