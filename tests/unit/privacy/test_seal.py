"""Sealed vaults: opened by their key for their conversation, and by nothing else; and where the key comes from."""

import base64
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitwright.errors import StoreFailed
from kitwright.privacy import Seal, vault_key

KEY = bytes(range(32))
VALUES = {"<PERSON_1>": "Jo Canary", "<TEXT_1>": "<PERSON_1>"}


@given(st.dictionaries(st.text(max_size=9), st.text(alphabet=st.characters(), max_size=30), max_size=4))
def test_what_was_sealed_is_opened_as_it_was(values: dict[str, str]) -> None:
    assert Seal(KEY).open(Seal(KEY).close(values, owner="shop/\ud800"), owner="shop/\ud800") == values


def test_nothing_of_the_values_shows_and_no_two_seals_are_alike() -> None:
    seal = Seal(KEY)
    one, other = (seal.close(VALUES, owner="shop/c") for _ in range(2))
    assert one != other
    assert b"Canary" not in one
    assert repr(seal) == "Seal()"


@pytest.mark.parametrize("at", [0, 11, 12, 30, -1])
def test_a_changed_byte_opens_nothing(at: int) -> None:
    sealed = bytearray(Seal(KEY).close(VALUES, owner="shop/c"))
    sealed[at] ^= 1
    assert Seal(KEY).open(bytes(sealed), owner="shop/c") is None


def test_another_key_or_conversation_opens_nothing() -> None:
    sealed = Seal(KEY).close(VALUES, owner="shop/c")
    assert Seal(bytes(32)).open(sealed, owner="shop/c") is None
    assert Seal(KEY).open(sealed, owner="shop/d") is None
    assert Seal(KEY).open(b"", owner="shop/c") is None


def test_a_key_comes_from_the_variable_in_either_alphabet(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    key = bytes([251, 255]) * 16
    for encoded in (base64.b64encode(key), base64.urlsafe_b64encode(key)):
        monkeypatch.setenv("KEY", f" {encoded.decode()} ")
        assert vault_key("KEY", tmp_path / "key") == key
    assert not (tmp_path / "key").exists()


def test_a_key_file_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    file = tmp_path / "new" / "vault.key"
    key = vault_key("NO_KEY", file)
    assert len(key) == 32
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert vault_key("NO_KEY", file) == key


@pytest.mark.parametrize("given", ["short", "!" * 44, base64.b64encode(bytes(16)).decode()])
def test_a_malformed_key_is_a_fault_that_does_not_show_it(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("KEY", given)
    with pytest.raises(StoreFailed, match="KW502") as failed:
        vault_key("KEY", Path("unused"))
    assert given not in str(failed.value)


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "vault.key"
    vault_key("NO_KEY", file)
    file.chmod(0o640)
    with pytest.raises(StoreFailed, match="can be read by others"):
        vault_key("NO_KEY", file)


def test_a_key_file_that_can_not_be_read_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "vault.key").mkdir(mode=0o700)
    with pytest.raises(StoreFailed, match="can not be read"):
        vault_key("NO_KEY", tmp_path / "vault.key")
    assert not any((tmp_path / "vault.key").iterdir())
