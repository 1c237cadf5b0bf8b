"""ABCD v1.1, shop conversations between two people (`abcd_v1.1.json`, also gzipped; ASAPP, MIT licence).

The agent becomes the assistant. What the agent's screen showed is left out: the bot's own tools say it otherwise.
The invented customer's name, addresses and numbers are taken from the scenario and hidden wherever they are said.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from kitwright.dataset.importers.conversation import conversation
from kitwright.dataset.importers.draft import ChatDraft, Outcome, Personal, Unfit, attempt
from kitwright.dataset.importers.opening import read_json, wrong_file
from kitwright.dataset.sample import Said

_ROLES: Final = {"customer": "user", "agent": "assistant"}
_PERSONAL: Final = {
    "customer_name": "PERSON",
    "email": "EMAIL_ADDRESS",
    "phone": "PHONE_NUMBER",
    "username": "USERNAME",
    "account_id": "ACCOUNT_ID",
    "full_address": "STREET_ADDRESS",
    "street_address": "STREET_ADDRESS",
    "zip_code": "US_ZIP_CODE",
}


def read(path: Path) -> Iterator[Outcome]:
    """Conversations with their splits; the sample file is a list without splits.

    Raises:
        FaultsFound: the file is not of this form.
    """
    data = read_json(path, _without_candidates)
    splits = {None: data} if isinstance(data, list) else data
    if not isinstance(splits, dict) or not all(isinstance(chats, list) for chats in splits.values()):
        raise wrong_file(path, "is not ABCD: a list of conversations for each split")
    for split, chats in splits.items():
        for number, chat in enumerate(chats):
            place = f"{path} {split or 'conversation'}[{number}]"
            yield attempt(place, partial(_draft, chat, split, place))


def _without_candidates(turn: dict[str, Any]) -> dict[str, Any]:
    """Drops, while it is parsed, a list of 100 numbers for each turn: nine tenths of the file."""
    turn.pop("candidates", None)
    return turn


def _draft(chat: Any, split: str | None, place: str) -> ChatDraft:
    if not isinstance(chat, dict) or not isinstance(chat.get("original"), list):
        raise Unfit("is no conversation with `original` turns")
    scenario = chat.get("scenario")
    scenario = scenario if isinstance(scenario, dict) else {}
    return ChatDraft(
        place=place,
        turns=conversation(_turns(chat["original"])),
        tags=tuple(str(scenario[key]) for key in ("flow", "subflow") if scenario.get(key)),
        split=split,
        personal=tuple(_personal(scenario)),
    )


def _turns(original: list[Any]) -> Iterator[Said]:
    for turn in original:
        if not isinstance(turn, list) or len(turn) != 2 or not all(isinstance(part, str) for part in turn):
            raise Unfit("a turn is not a pair of speaker and text")
        if turn[0] in _ROLES:
            yield Said(_ROLES[turn[0]], turn[1])
        elif turn[0] != "action":
            raise Unfit("a speaker is none of agent, customer, action")


def _personal(scenario: Mapping[str, Any]) -> Iterator[Personal]:
    parts = (scenario.get(part) for part in ("personal", "order"))
    known = {key: value for part in parts if isinstance(part, dict) for key, value in part.items()}
    for key, label in _PERSONAL.items():
        value = known.get(key)
        if isinstance(value, str) and value.strip():
            yield Personal(label, value.strip())
            if key == "customer_name":
                # A name alone may be a word, such as will or grace: hidden only where it is written as a name.
                yield from (Personal(label, part.capitalize(), any_case=False) for part in value.split())
