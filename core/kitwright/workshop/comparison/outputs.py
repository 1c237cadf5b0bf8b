"""The log of a comparison's outputs: one JSON line an answer, appended at once, so that a broken run goes on."""

import threading
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from kitwright.errors import Fault, UsageError
from kitwright.files import content_hash
from kitwright.types import Prompt


class Output(BaseModel):
    """One answer and what it took.

    Args:
        key: of the prompt and the model; the same question to the same model is not asked twice.
        arm: the first that asked.
        sample: id.
        model: hash of the model's settings and adapter.
        answer: the text, as generated.
        first_s: seconds until the first piece.
        seconds: until the last.
        started: Unix time.
        memory_mb: resident memory of the process just then, None where it is not known.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    arm: str
    sample: str
    model: str
    answer: str
    prompt_tokens: int
    answer_tokens: int
    first_s: float
    seconds: float
    started: float
    memory_mb: float | None


class OutputLog:
    """Outputs by key, kept in a file; safe to use from several threads.

    Args:
        path: of the file; a last line that a kill cut off is dropped.

    Raises:
        UsageError: the file can not be read or written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            data = path.read_bytes() if path.exists() else b""
            whole = data[: data.rfind(b"\n") + 1]
            if len(whole) < len(data):
                path.write_bytes(whole)
        except OSError as error:
            raise _unusable(path, error) from error
        self._outputs = {output.key: output for line in whole.splitlines() if (output := _read(line))}

    def __len__(self) -> int:
        return len(self._outputs)

    def get(self, key: str) -> Output | None:
        """The output of this key, if there is one."""
        return self._outputs.get(key)

    def add(self, output: Output) -> None:
        """Keep an output; it is in the file when this returns.

        Raises:
            UsageError: the file can not be written.
        """
        with self._lock:
            try:
                with self._path.open("a", encoding="utf-8") as file:
                    file.write(output.model_dump_json() + "\n")
            except OSError as error:
                raise _unusable(self._path, error) from error
            self._outputs[output.key] = output


def key_of(prompt: Prompt, model: str) -> str:
    """Hash of everything that an answer depends on."""
    said = [part for message in prompt.messages for part in (message.role, message.content)]
    return content_hash(model, str(prompt.max_new_tokens), *said)


def _read(line: bytes) -> Output | None:
    try:
        return Output.model_validate_json(line)
    except ValidationError:
        return None  # written by another version: asked again


def _unusable(path: Path, error: OSError) -> UsageError:
    problem = f"can not be read or written ({error.strerror or type(error).__name__})"
    return UsageError(Fault(code="KW002", place=f"--out {path.parent}", problem=problem))
