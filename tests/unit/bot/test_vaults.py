"""Sealed vaults of a bot: values come back after a restart, to their conversation, while they last."""

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from kitwright.bot import Bot
from kitwright.bot.conversation import Conversations
from kitwright.bot.vaults import MemoryVaults, SealedVaults, vaults_of
from kitwright.errors import StoreFailed
from kitwright.kit import load_bot_file
from kitwright.privacy import Seal
from kitwright.store import SqlStore, SqlVaults
from kitwright.types import Event, ScrubbedText
from unit.bot.museum import ASK_ADDRESS, NAME, PARKING
from unit.bot.test_bot import ADDRESSED
from unit.bot.turns import NOW

Make = Callable[..., Bot]
CANARY = "canary.person@example.com"
SEAL = Seal(bytes(32))
DAY = timedelta(hours=24)


def sealed(url: str, seal: Seal = SEAL, lifetime: timedelta = DAY) -> SealedVaults:
    return SealedVaults(SqlVaults(url), seal, NAME, lifetime)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'museum.sqlite'}"


@pytest.fixture
def told(make_bot: Make, url: str) -> Bot:
    """A bot that was told an address in the conversation `c`."""
    bot = make_bot(store=SqlStore(url), vaults=sealed(url))
    bot.reply(ASK_ADDRESS, conversation="c")
    assert CANARY in bot.reply(f"it is {CANARY}", conversation="c").text
    return bot


def file_bytes(url: str) -> bytes:
    file = url.removeprefix("sqlite:///")
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(file).read_bytes()


@pytest.mark.usefixtures("told")
def test_after_a_restart_the_owner_reads_their_values_again(make_bot: Make, url: str) -> None:
    again = make_bot(scripted=[ADDRESSED], store=SqlStore(url), vaults=sealed(url))
    reply = again.reply(PARKING, conversation="c")
    assert CANARY in reply.text
    assert b"canary" not in file_bytes(url)
    assert [entry for entry in reply.trace if entry.step == "vault"] == []


def test_slots_that_can_be_restored_outlast_a_restart(url: str) -> None:
    store, vaults = SqlStore(url), sealed(url)
    conversation = Conversations(store, NAME, vaults=vaults).open("c")
    own = conversation.vault.hide("EMAIL_ADDRESS", CANARY, owned=True)
    other = conversation.vault.hide("EMAIL_ADDRESS", "other@example.com", owned=False)
    for slot, value in (("email", own), ("note", f"{own}, {other}")):
        store.append(NAME, "c", (Event("slot_set", NOW, {"slot": slot, "value": value}),))
    vaults.keep("c", conversation.vault)
    later = Conversations(store, NAME, vaults=sealed(url)).open("c").events[2:]
    assert [dict(event.data) for event in later] == [{"slot": "note", "value": None}]


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    "vaults",
    [
        lambda url: sealed(url, Seal(bytes([1] * 32))),
        lambda _url: MemoryVaults(),
    ],
)
def test_without_the_key_nothing_comes_back(
    make_bot: Make, url: str, vaults: Callable[[str], SealedVaults | MemoryVaults]
) -> None:
    again = make_bot(store=SqlStore(url), vaults=vaults(url))
    assert again.slots("c").get("confirmation") is None
    assert again.reply(ASK_ADDRESS, conversation="c").text == "To which address may we write?"
    assert "<EMAIL_ADDRESS_3>" in str(again.reply("new@example.com", conversation="c")) + str(again.events("c"))


def test_a_deleted_conversation_takes_its_vault_along(told: Bot, make_bot: Make, url: str) -> None:
    gone = told.forget("c")
    assert (gone.deletion.rows["vaults"], gone.values > 0) == (1, True)
    assert SqlVaults(url).load(NAME, "c") is None
    again = make_bot(store=SqlStore(url), vaults=sealed(url))
    assert again.events("c") == ()


@pytest.mark.usefixtures("told")
def test_a_row_that_is_moved_to_another_conversation_opens_nothing(url: str) -> None:
    with sqlite3.connect(url.removeprefix("sqlite:///")) as database:
        database.execute("UPDATE vaults SET conversation_id = 'd'")
    assert sealed(url).open("d", ()).restorable() == frozenset()


def test_values_are_over_with_their_lifetime(make_bot: Make, url: str) -> None:
    short = make_bot(store=SqlStore(url), vaults=sealed(url, lifetime=timedelta(0)))
    short.reply(ASK_ADDRESS, conversation="c")
    short.reply(f"it is {CANARY}", conversation="c")
    assert sealed(url).open("c", ()).restorable() == frozenset()
    reply = short.reply("hi <EMAIL_ADDRESS_1>", conversation="c")
    assert "canary" not in reply.text


def test_in_memory_too() -> None:
    conversations = Conversations(SqlStore("sqlite://"), NAME, vaults=MemoryVaults(DAY))
    first = conversations.open("c")
    token = ScrubbedText(first.vault.hide("PERSON", "Jo", owned=True))
    assert conversations.open("c").vault.restore(token) == "Jo"
    first.used -= DAY
    with first.lock:
        assert conversations.open("c") is first
    first.used -= DAY
    assert conversations.open("d") is conversations.open("d")
    assert conversations.open("c").vault.restore(token) == token


def test_values_in_use_are_kept_again_before_their_lifetime_is_over(make_bot: Make, url: str) -> None:
    bot = make_bot(store=SqlStore(url), vaults=sealed(url))
    bot.reply(f"hi, {CANARY}", conversation="c")
    SqlVaults(url).forget(NAME, "c")
    bot.reply("hi", conversation="c")
    assert SqlVaults(url).load(NAME, "c") is None
    bot._conversations.open("c").kept -= DAY
    bot.reply("hi", conversation="c")
    assert SqlVaults(url).load(NAME, "c") is not None


class Unwritable(SqlVaults):
    """A store of vaults whose disk is full."""

    full = True

    def save(self, bot: str, conversation_id: str, sealed: bytes, **when: object) -> None:
        if self.full:
            raise self._failed("can not be written", OSError())
        super().save(bot, conversation_id, sealed, **when)  # type: ignore[arg-type]


def test_a_vault_that_can_not_be_kept_is_noted_and_tried_again(make_bot: Make, url: str) -> None:
    rows = Unwritable(url)
    bot = make_bot(store=SqlStore(url), vaults=SealedVaults(rows, SEAL, NAME, DAY))
    bot.reply(ASK_ADDRESS, conversation="c")
    reply = bot.reply(f"it is {CANARY}", conversation="c")
    assert CANARY in reply.text
    assert [(e.step, e.decision, e.why) for e in reply.trace[-1:]] == [("vault", "not kept", "KW501")]
    rows.full = False
    bot.reply("hi", conversation="c")
    assert CANARY in sealed(url).open("c", ()).values().values()


def test_bot_yaml_says_where_the_key_is(kits: Path, tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_config_dir", lambda name: str(tmp_path / name))
    file = load_bot_file(NAME, kit_paths=[kits])
    assert isinstance(vaults_of(file, url), MemoryVaults)
    own = file.model_copy(update={"vault": file.vault.model_copy(update={"kind": "sealed"})})
    vaults = vaults_of(own, url)
    assert isinstance(vaults, SealedVaults)
    assert vaults.lifetime == DAY
    assert (tmp_path / "kitwright" / "vault.key").is_file()
    vaults.close()
    monkeypatch.setenv("KITWRIGHT_VAULT_KEY", "nonsense")
    with pytest.raises(StoreFailed, match="KW502"):
        vaults_of(own, url)
