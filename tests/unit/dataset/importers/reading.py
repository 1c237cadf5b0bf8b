"""What an importer makes of a file, sorted by kind."""

from dataclasses import dataclass, field
from pathlib import Path

from kitwright.dataset.importers import IMPORTERS, ChatDraft, Importer, Skip, TextDraft
from kitwright.errors import Fault


@dataclass
class Read:
    chats: list[ChatDraft] = field(default_factory=list)
    texts: list[TextDraft] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    skips: list[str] = field(default_factory=list)

    @property
    def problems(self) -> list[str]:
        """Place behind the file's name, and problem."""
        return [f"{fault.place.rpartition('/')[2]} {fault.problem}" for fault in self.faults]


def read(path: Path, importer: str | Importer) -> Read:
    found = Read()
    for outcome in (IMPORTERS[importer] if isinstance(importer, str) else importer).read(path):
        if isinstance(outcome, ChatDraft):
            found.chats.append(outcome)
        elif isinstance(outcome, TextDraft):
            found.texts.append(outcome)
        elif isinstance(outcome, Skip):
            found.skips.append(outcome.why)
        else:
            found.faults.append(outcome)
    return found
