"""Where a bot's conversations are kept if its bot.yaml does not say."""

from pathlib import Path

import pytest

from kitwright.bot import default_store_url


def test_a_file_in_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KITWRIGHT_DATA", str(tmp_path))
    assert default_store_url("shop") == f"sqlite:///{tmp_path}/shop.sqlite"


def test_one_database_for_all_bots_where_the_environment_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    url = "postgresql+psycopg://kitwright@postgres/kitwright"
    monkeypatch.setenv("KITWRIGHT_STORE_URL", f" {url}\n")
    assert {default_store_url("shop"), default_store_url("museum")} == {url}


def test_an_empty_variable_names_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KITWRIGHT_STORE_URL", "")
    assert default_store_url("shop").startswith("sqlite:///")
