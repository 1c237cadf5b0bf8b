"""Chat records of other tools, as JSON or JSON lines: OpenAI's `messages`, and ShareGPT's `conversations`.

What a tool returned for the last answered question becomes the record's facts, which is how this bot is shown them;
calls of tools, and what tools returned for earlier questions, are left out.
"""

import json
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Final

from kitwright.dataset.importers.conversation import conversation
from kitwright.dataset.importers.draft import ChatDraft, Outcome, Unfit, attempt
from kitwright.dataset.importers.opening import opened, parse_json, wrong_file
from kitwright.dataset.sample import Said

_ROLES: Final = {
    **dict.fromkeys(("system", "developer"), "system"),
    **dict.fromkeys(("user", "human"), "user"),
    **dict.fromkeys(("assistant", "gpt", "chatgpt", "bing", "bard", "model"), "assistant"),
    **dict.fromkeys(("tool", "function", "observation", "function_response"), "tool"),
    "function_call": "call",
}


def read(path: Path) -> Iterator[Outcome]:
    """Conversations.

    Raises:
        FaultsFound: the file is not JSON, or not of this form.
    """
    with opened(path) as text:
        lines = enumerate(text, start=1)
        start = next(((number, line) for number, line in lines if line.strip()), None)
        if start is None:
            raise wrong_file(path, "is empty", code="KW103")
        if ".jsonl" in path.suffixes or _is_object(start[1]):
            for number, line in chain([start], lines):
                if line.strip():
                    yield attempt(f"{path}:{number}", partial(_from_line, line, f"{path}:{number}"))
            return
        items = parse_json(start[1] + "".join(line for _, line in lines), path)
    items = [items] if isinstance(items, dict) else items
    if not isinstance(items, list) or not any(_messages(item) is not None for item in items):
        raise wrong_file(path, "holds no conversations: a list of messages, or of ShareGPT's conversations")
    for number, item in enumerate(items):
        yield attempt(f"{path} [{number}]", partial(_draft, item, f"{path} [{number}]"))


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _from_line(line: str, place: str) -> ChatDraft:
    try:
        item = json.loads(line)
    except (ValueError, RecursionError):
        raise Unfit("not JSON") from None
    return _draft(item, place)


def _messages(item: Any) -> list[Any] | None:
    found = (item.get("messages") or item.get("conversations")) if isinstance(item, dict) else None
    return found if isinstance(found, list) else None


def _draft(item: Any, place: str) -> ChatDraft:
    messages = _messages(item)
    if messages is None:
        raise Unfit("has neither messages nor conversations")
    said = [(_role(message), message, _content(message)) for message in messages]
    # What comes behind the last answer, such as a call without an outcome, teaches nothing.
    end = max((n for n, (role, _, text) in enumerate(said, start=1) if role == "assistant" and text.strip()), default=0)
    turns: list[Said] = []
    facts: dict[str, Any] = {}
    called: dict[str, str] = {}
    for role, message, text in said[:end]:
        called |= _called(message)
        if role == "tool":
            facts |= _facts(message, text, called)
            continue
        if role == "user":
            facts = {}
        if role != "call":
            turns.append(Said(role, text))
    return ChatDraft(place=place, turns=conversation(turns), facts=facts or None)


def _role(message: Any) -> str:
    name = (message.get("role") or message.get("from")) if isinstance(message, dict) else None
    if not isinstance(name, str) or name not in _ROLES:
        raise Unfit(f"a message has none of the roles {', '.join(_ROLES)}")
    return _ROLES[name]


def _content(message: Mapping[str, Any]) -> str:
    """The text of a message; of a list of parts, those of text; nothing for a bare call of a tool."""
    content = message.get("content", message.get("value"))
    if isinstance(content, str):
        return content
    if content is None and (message.get("tool_calls") or message.get("function_call")):
        return ""
    if not isinstance(content, list) or not all(isinstance(part, dict) for part in content):
        raise Unfit("a message has no text")
    if any(not isinstance(part.get("text"), str) for part in content):
        raise Unfit("a message holds something else than text, such as an image")
    return "\n".join(part["text"] for part in content)


def _called(message: Mapping[str, Any]) -> dict[str, str]:
    """Name of the tool for each call that the message makes."""
    calls = message.get("tool_calls")
    found = [call for call in calls if isinstance(call, dict)] if isinstance(calls, list) else []
    functions = {str(call.get("id")): call.get("function") for call in found}
    return {key: str(made.get("name")) for key, made in functions.items() if isinstance(made, dict)}


def _facts(message: Mapping[str, Any], text: str, called: Mapping[str, str]) -> dict[str, Any]:
    """The object that a tool returned, or its text under the tool's name."""
    try:
        value = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        value = text
    if isinstance(value, dict):
        return value
    name = message.get("name") or called.get(str(message.get("tool_call_id")))
    return {str(name or "result"): value}


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")
