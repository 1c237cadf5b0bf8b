"""The error tree of Kitwright: every fault has a code, a place, a value, choices and a hint.

    KitwrightError
    ├── UsageError          the caller asked for something that does not exist        (exit 2)
    ├── FaultsFound         files of a kit, bot, recipe or dataset are wrong           (exit 1)
    ├── InputRefused        one message can not be taken (too long, not text)          (exit 1)
    ├── ScrubFailed         personal data could not be removed: the turn is stopped    (exit 1)
    ├── ModelUnavailable    a model or package is missing, or its cache can not be made (exit 1)
    ├── CacheUnusable       the cache folder is read-only, full or not a folder        (exit 1)
    ├── BackendFailed       a model runtime failed, timed out or answered nonsense     (exit 1)
    ├── ToolFailed          a kit's tool raised or returned something else than agreed (exit 1)
    ├── StoreFailed         the conversation store can not be read or written          (exit 1)
    │   └── TurnOvertaken   the turn, or a later one, was stored by somebody else      (exit 1)
    ├── TurnStopped         a turn was cancelled or ran out of time; nothing was kept  (exit 1)
    ├── Refused             the server does not take a request: busy, too many, denied (exit 1)
    ├── AdapterMismatch     an adapter does not belong to this base, format or prompt  (exit 1)
    ├── FloorNotHeld        an adapter is not good enough, or not measured, to be used (exit 1)
    └── Unexpected          a bug of ours stopped one message                           (exit 1)

Messages never carry what a person typed.
"""

import traceback
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

CATALOGUE: Final[dict[str, str]] = {
    "KW001": "unknown name",
    "KW002": "wrong option or argument",
    "KW101": "file missing",
    "KW102": "file can not be read as UTF-8 text",
    "KW103": "file is empty",
    "KW104": "file is not valid YAML, JSON or front matter",
    "KW105": "unknown key",
    "KW106": "value missing or of the wrong kind",
    "KW107": "name used twice",
    "KW108": "reference to something that is not there",
    "KW109": "flow links form a circle without a way out",
    "KW110": "template can not be parsed or uses an unknown variable",
    "KW111": "too few or conflicting examples",
    "KW112": "kit code can not be imported or has the wrong shape",
    "KW113": "record of a dataset is malformed",
    "KW114": "steps of a bot do not fit together",
    "KW201": "message refused",
    "KW202": "personal data could not be removed",
    "KW203": "busy: try again later",
    "KW204": "reply cancelled",
    "KW205": "reply took too long",
    "KW206": "too many requests",
    "KW207": "token missing, wrong or expired",
    "KW208": "origin not allowed",
    "KW209": "server is stopping",
    "KW210": "consent needed first",
    "KW301": "model or package not installed",
    "KW302": "cache folder unusable",
    "KW303": "model backend failed",
    "KW304": "adapter does not fit",
    "KW305": "training would teach nothing",
    "KW306": "floor not held",
    "KW401": "tool failed",
    "KW501": "store failed",
    "KW502": "key of the vaults unusable",
    "KW503": "conversation went on elsewhere",
    "KW504": "key of the server's tokens unusable",
    "KW900": "internal error",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong, in a form a person can act on.

    Args:
        code: key of `CATALOGUE`.
        place: where: file with line, dotted field, option or step.
        problem: one clause that says what is wrong.
        value: the offending value, shortened; never text that a person typed into a chat.
        choices: values that would have been right.
        hint: what to do next.
    """

    code: str
    place: str
    problem: str
    value: str | None = None
    choices: tuple[str, ...] = ()
    hint: str | None = None

    def __post_init__(self) -> None:
        if self.code not in CATALOGUE:
            raise ValueError(f"unknown fault code {self.code}")

    def line(self) -> str:
        """The fault as the one line that the terminal prints."""
        parts = [f"{self.code} {self.place}: {self.problem}"]
        if self.value is not None:
            parts.append(f"value: {_short(self.value)}")
        if self.choices:
            parts.append(f"choices: {', '.join(self.choices)}")
        if self.hint:
            parts.append(f"hint: {self.hint}")
        return "; ".join(parts)

    def as_dict(self) -> dict[str, object]:
        """The fault for `--json`."""
        return {
            "code": self.code,
            "place": self.place,
            "problem": self.problem,
            "value": self.value,
            "choices": list(self.choices),
            "hint": self.hint,
        }


class KitwrightError(Exception):
    """Base of all errors that Kitwright raises on purpose; carries one or more faults."""

    exit_code: ClassVar[int] = 1

    def __init__(self, faults: Fault | Iterable[Fault]) -> None:
        self.faults: Sequence[Fault] = (faults,) if isinstance(faults, Fault) else tuple(faults)
        if not self.faults:
            raise ValueError(f"{type(self).__name__} needs at least one fault")
        super().__init__("\n".join(fault.line() for fault in self.faults))


class UsageError(KitwrightError):
    """The caller named something that does not exist, or combined options wrongly."""

    exit_code = 2


class FaultsFound(KitwrightError):
    """Files of a kit, bot, recipe or dataset are wrong; all faults at once."""


class InputRefused(KitwrightError):
    """One message can not be taken; the conversation goes on."""


class ScrubFailed(KitwrightError):
    """Personal data could not be removed, so the turn is stopped (fail closed)."""


class ModelUnavailable(KitwrightError):
    """A model or a package is not installed, or its cache could not be made."""


class CacheUnusable(KitwrightError):
    """The cache folder is read-only, full, or not a folder."""


class BackendFailed(KitwrightError):
    """A model runtime failed, timed out or answered nonsense."""


class ToolFailed(KitwrightError):
    """A kit's tool raised, or returned something else than it promised."""


class StoreFailed(KitwrightError):
    """The conversation store can not be read or written."""


class TurnOvertaken(StoreFailed):
    """The turn was stored by somebody else already, or the conversation went on in another process."""


class TurnStopped(KitwrightError):
    """A turn was cancelled or ran out of time before it was decided; nothing of it was kept."""


class Refused(KitwrightError):
    """The server does not take a request at this moment, or from this caller; the code says why."""


class AdapterMismatch(KitwrightError):
    """An adapter does not belong to this base model, chat format or prompt, or its files are not as registered."""


class FloorNotHeld(KitwrightError):
    """An adapter misses a floor of the kit, or was not measured, so it is not promoted."""


class Unexpected(KitwrightError):
    """A bug stopped one message; the conversation goes on. It says where and of what kind, and nothing of the text."""


def unexpected(error: BaseException) -> Unexpected:
    """An error that nobody foresaw, by its kind and the line that raised it: its message may carry a person's words."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "kitwright"
    problem = f"stopped by an unexpected {type(error).__name__}"
    return Unexpected(Fault(code="KW900", place=where, problem=problem, hint="a bug: please report this line"))


def _short(value: str, limit: int = 80) -> str:
    one_line = value.replace("\n", "\\n")
    return repr(one_line if len(one_line) <= limit else one_line[: limit - 1] + "…")
