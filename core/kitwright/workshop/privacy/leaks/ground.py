"""The ground of an audit: a folder with everything that the bot under audit may write, and a bot.yaml for it.

bots/BOT/     the bot with the recording endpoint as its model
data/         its store
places/       what is searched besides: logs, traces, metrics, exports, answers to what was refused
tmp/ work/    temporary files and the working folder of the processes
told/         what the people say and get back; the only place where the canaries may stand
"""

import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import yaml

from kitwright.bot import store_of
from kitwright.kit import BotFile, load_bot_file
from kitwright.store import SqlStore
from kitwright.workshop.privacy.leaks.conversation import PREFIX, Conversation
from kitwright.workshop.privacy.leaks.endpoint import SILENCE_S

PLACES: Final = ("logs", "exports", "refusals", "console")
_NO_LIMITS: Final = {
    f"KITWRIGHT_SERVE_{name}_PER_MINUTE{of}": "100000"
    for name, of in (("SENDS", ""), ("SENDS", "_ADDRESS"), ("OPENS", ""))
}
_LINES: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class Ground:
    """The folders of one audit, and where its bot's kit is found."""

    root: Path
    bot: str
    kit_paths: tuple[Path, ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        """Folders of kits, so that the bot of this ground is found first."""
        return (self.root / "kits", *self.kit_paths)

    @property
    def told(self) -> Path:
        """Where the canaries may stand."""
        return self.root / "told"

    def place(self, name: str) -> Path:
        """A file or folder that is searched."""
        return self.root / "places" / name

    def file(self) -> BotFile:
        """The bot.yaml of this ground."""
        return load_bot_file(self.bot, kit_paths=self.paths)

    def store(self) -> SqlStore:
        """The store that all doors share."""
        return store_of(self.file())

    def stored(self, store: SqlStore, conversation: Conversation) -> str | None:
        """The id that a conversation has in the store, which is its own or else known by its mark."""
        if store.holds(self.bot, conversation.id):
            return conversation.id
        names = (name for name in reversed(store.conversations(self.bot)) if not name.startswith(PREFIX))
        return next((name for name in names if conversation.mark in text_of(store, self.bot, name)), None)

    def trace(self, trace: object) -> None:
        """Keep a trace as a program that collects them would."""
        with _LINES, self.place("traces.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(trace, ensure_ascii=False, default=str) + "\n")

    def crash(self) -> None:
        """Write the exception that is being handled into a log, as a server would."""
        with _LINES, (self.place("logs") / "crashes.log").open("a", encoding="utf-8") as file:
            traceback.print_exc(file=file)

    def start(self, arguments: Sequence[str], log: str) -> "subprocess.Popen[bytes]":
        """Start `kitwright` with these arguments; what it prints goes into a log."""
        options = [part for path in self.paths for part in ("--kit-path", str(path))]
        with (self.place("logs") / log).open("ab") as out:
            return _started([*arguments, *options], cwd=self.root / "work", out=out, environment=self._environment())

    def _environment(self) -> Mapping[str, str]:
        return {**os.environ, **_NO_LIMITS, "KITWRIGHT_DATA": str(self.root / "data"), "TMPDIR": str(self.root / "tmp")}

    @contextmanager
    def logged(self) -> Iterator[None]:
        """Everything that this process logs meanwhile goes into a log too, and its temporary files on this ground."""
        handler = logging.FileHandler(self.place("logs") / "library.log", encoding="utf-8")
        root, level, folder = logging.getLogger(), logging.getLogger().level, tempfile.tempdir
        root.addHandler(handler)
        root.setLevel(logging.DEBUG)
        tempfile.tempdir = str(self.root / "tmp")
        try:
            yield
        finally:
            tempfile.tempdir = folder
            root.setLevel(level)
            root.removeHandler(handler)
            handler.close()


def prepare(root: Path, bot: str, endpoint: str | None, *, kit_paths: Sequence[Path]) -> Ground:
    """Make the folders, and the bot with the endpoint as its model, or with its own where that is None.

    Raises:
        UsageError: there is no such bot.
        FaultsFound: its file is wrong.
    """
    file = load_bot_file(bot, kit_paths=kit_paths)
    ground = Ground(root, file.name, tuple(path.absolute() for path in (*kit_paths, Path("kits"))))
    for name in ("data", "tmp", "work", "told", "kits", *(f"places/{place}" for place in PLACES)):
        (root / name).mkdir(parents=True, exist_ok=True)
    folder = root / "bots" / file.name
    folder.mkdir(parents=True, exist_ok=True)
    settings = file.model_dump(mode="json") | {"store": {"url": f"sqlite:///{root / 'data' / file.name}.sqlite"}}
    if endpoint is not None:
        model = {"kind": "openai_compatible", "base_url": endpoint, "model": "recorder"}
        settings |= {"model": model | {"timeout_s": SILENCE_S, "retries": 0}, "adapter": None}
    (folder / "bot.yaml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    for beside in (file.intents_folder, file.adapters_folder):
        if beside.is_dir():
            (folder / beside.name).symlink_to(beside.absolute(), target_is_directory=True)
    return ground


def text_of(store: SqlStore, bot: str, name: str) -> str:
    """All that a store holds of a conversation."""
    return str([dict(event.data) for event in store.events(bot, name)])


def _started(
    arguments: Sequence[str], *, cwd: Path, out: IO[bytes], environment: Mapping[str, str]
) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "kitwright", *arguments]
    return subprocess.Popen(  # noqa: S603 - our own command
        command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, env=environment
    )
