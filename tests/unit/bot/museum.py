"""A small bot without models: the skeleton kit, with a flow that asks for an e-mail address and a tool that uses it."""

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from kitwright.bot import Bot, assemble
from kitwright.bot.vaults import Vaults
from kitwright.encoder import HashingEncoder
from kitwright.generation import EchoBackend
from kitwright.kit import Kit, KitCode, load_bot_file, load_kit, new_kit
from kitwright.protocols import Backend, Store
from kitwright.store import SqlStore
from kitwright.types import Reply, Turn

NAME = "museum"
ASK_ADDRESS = "please send me your programme"
PARKING = "where can I park"
GROUNDED = "There is a car park behind it, free for visitors. The bus number 4 stops in front of the house."

_EDITS: Sequence[tuple[str, str, str]] = (
    ("domain.yml", "ask_information, stop]", "ask_information, stop, get_programme]"),
    ("domain.yml", "entities: [day]", "entities: [day, email]"),
    (
        "domain.yml",
        "slots:\n",
        "slots:\n  email:\n    type: text\n    mappings:\n      - {type: from_entity, entity: email}\n"
        "  confirmation:\n    type: text\n    mappings:\n      - {type: custom}\n",
    ),
    (
        "domain.yml",
        "responses:\n",
        "responses:\n  utter_ask_email:\n    - text: To which address may we write?\n"
        "  utter_will_write:\n    - text: I will write to {email}. {confirmation}\n",
    ),
    ("domain.yml", "[opening_hours]", "[opening_hours, note_address]"),
    (
        "flows.yml",
        "flows:\n",
        "flows:\n  get_programme:\n    description: Send the programme.\n    nlu_trigger:\n"
        "      - intent: get_programme\n    steps:\n      - collect: email\n      - action: note_address\n"
        "      - action: utter_will_write\n\n",
    ),
    (
        "kit.yaml",
        "  tools:\n",
        "  tools:\n    note_address: {function: tools.note_address, source: Mailing list}\n",
    ),
    (
        "tools.py",
        "def opening_hours",
        'def note_address(email: str) -> dict[str, object]:\n    """Note where the programme goes.\n\n'
        '    Args:\n        email: where to.\n    """\n'
        '    return {"confirmation": f"The curator, curator@example.org, noted {email}."}\n\n\ndef opening_hours',
    ),
    (
        "nlu.yml",
        "- lookup: day",
        "- intent: get_programme\n  examples: |\n    - please send me your programme\n    - send me the programme\n"
        "    - I would like the newsletter\n    - sign me up for the newsletter\n    - put me on your mailing list\n"
        "    - can you mail me the programme of events\n    - subscribe me to your newsletter\n"
        "    - I want your programme by e-mail\n    - programme please\n\n- lookup: day",
    ),
)


def write_museum(folder: Path) -> Path:
    """Write `kits/museum` and `bots/museum` in the folder; returns the folder of kits."""
    root = new_kit(NAME, folder).kit
    for name, old, new in _EDITS:
        text = (root / name).read_text(encoding="utf-8")
        assert old in text, f"{name} has no {old!r}"
        (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return root.parent


def add_conversations(kits: Path, talks: Mapping[str, str]) -> None:
    """Give the museum a recipe with conversations: question to answer, about the way there."""
    root = kits / NAME
    recipe = "name: guide\nkind: sft\ntrains: a guide\ndata: [talks.jsonl]\nrank: 4\n"
    (root / "recipes" / "guide.yaml").write_text(recipe, encoding="utf-8")
    manifest = (root / "kit.yaml").read_text(encoding="utf-8")
    assert "recipes: [" in manifest
    (root / "kit.yaml").write_text(manifest.replace("recipes: [", "recipes: [recipes/guide.yaml, "), encoding="utf-8")
    records = (
        {
            "id": f"t-{number}",
            "messages": [{"role": "user", "content": question}, {"role": "assistant", "content": answer}],
            "passages": ["visit/getting-here"],
        }
        for number, (question, answer) in enumerate(talks.items())
    )
    (root / "talks.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")


def open_kit(kits: Path) -> Kit:
    return load_kit(NAME, kit_paths=[kits], with_code=True)


def museum_bot(
    kits: Path,
    *,
    kit: Kit | None = None,
    scripted: Sequence[str] = (GROUNDED,),
    backend: Backend | None = None,
    store: Store | None = None,
    vaults: Vaults | None = None,
) -> Bot:
    """The bot, with a scripted model and a store in memory unless others are given."""
    return assemble(
        load_bot_file(NAME, kit_paths=[kits]),
        kit or open_kit(kits),
        backend=backend or EchoBackend(scripted),
        encoder=HashingEncoder(),
        store=store or SqlStore("sqlite://"),
        vaults=vaults,
    )


def with_code(kit: Kit, **hooks: Any) -> Kit:
    """The kit with hooks of its own: `screen`, `policy`, `check`, or other `tools`."""
    given: Mapping[str, Any] = {"screen": None, "policy": None, "check": None, "tools": kit.code.tools, **hooks}
    return replace(kit, code=cast("KitCode", SimpleNamespace(**given)))


def streamed(bot: Bot, text: str, conversation: str | None = None) -> tuple[list[str], Reply]:
    """The deltas of a streamed reply, and the reply."""

    async def collect() -> tuple[list[str], Reply]:
        events = [event async for event in bot.stream(text, conversation=conversation)]
        assert [event.kind for event in events] == ["delta"] * (len(events) - 1) + ["message"]
        assert events[-1].reply is not None
        assert events[-1].text == events[-1].reply.text
        return [event.text for event in events[:-1]], events[-1].reply

    return asyncio.run(collect())


@contextmanager
def watched(bot: Bot) -> Iterator[list[str]]:
    """Collects `repr(turn)` after every step."""
    seen: list[str] = []
    steps = bot.steps

    def spy(run: Any) -> Any:
        def spied(turn: Turn) -> Turn:
            after: Turn = run(turn)
            seen.append(repr(after))
            return after

        return spied

    bot.steps = tuple(replace(step, run=spy(step.run)) for step in steps)
    yield seen
    bot.steps = steps
