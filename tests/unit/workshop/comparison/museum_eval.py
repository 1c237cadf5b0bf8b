"""The museum with an eval of answers, and a model that knows them when it is tuned."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kitwright.encoder import HashingEncoder
from kitwright.errors import BackendFailed, Fault
from kitwright.generation import EchoBackend, ModelSettings
from kitwright.types import Message, Prompt, ScrubbedText
from kitwright.workshop.comparison.speaker import Speaker
from kitwright.workshop.comparison.study import Study, prepare
from unit.bot.museum import NAME, write_museum

# question: (right answer, facts, what is wrong, kind)
QUESTIONS = {
    "where can I park": ("There is a car park behind it.", [["car park"]], ["no car park"], "answer"),
    "which bus stops near you": ("The bus number 4 stops in front of the house.", [["4", "four"]], [], "answer"),
    "how much is a ticket": ("A ticket costs £6 for adults.", [["£6"]], ["£14"], "answer"),
    "how much is a family ticket": ("A family ticket costs £14.", [["£14"]], ["£6"], "answer"),
    "can I bring my dog": ("Assistance dogs are welcome.", [["assistance dogs"]], [], "answer"),
    "is there a lift": ("All floors can be reached by lift.", [["lift"]], [], "answer"),
    "who painted the ceiling": ("I have no information about that.", [], ["Rubens"], "refuse"),
    "and the other one": ("Which one do you mean?", [], [], "clarify"),
}


def write_evals(folder: Path) -> Path:
    """The museum in a folder, with its answer eval; returns the folder of kits."""
    kits = write_museum(folder)
    root = kits / NAME
    lines = [
        json.dumps(
            {
                "id": f"m-{number}",
                "messages": [{"role": "user", "content": question}],
                "intent": "oos" if kind == "refuse" else "ask_information",
                "difficulty": "hard" if number % 2 else "plain",
                "expect": kind,
                "passages": ["visit/getting-here"] if number < 2 else [],
                "must_include": facts,
                "must_not_include": wrong,
                "reference": reference,
            }
        )
        for number, (question, (reference, facts, wrong, kind)) in enumerate(QUESTIONS.items())
    ]
    (root / "evals" / "answers.jsonl").write_text("\n".join(lines), encoding="utf-8")
    manifest = root / "kit.yaml"
    entry = "  - {name: answers, kind: answers, file: evals/answers.jsonl, floors: {passed: 0.5}}\ntests:"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("tests:", entry, 1), encoding="utf-8")
    return kits


def write_adapter(folder: Path, *, curve: Sequence[int] = ()) -> Path:
    """A folder that looks like an adapter, with copies for a learning curve."""
    for name in (".", *map(str, curve)):
        place = folder / name
        place.mkdir(parents=True, exist_ok=True)
        (place / "adapter_config.json").write_text('{"r": 8}', encoding="utf-8")
        (place / "adapter_model.safetensors").write_bytes(name.encode())
    about = {"seconds": 90.0, "trainable": 1000, "peak_memory_mb": 512, "audit": {"examples": 80}}
    (folder / "training.json").write_text(json.dumps(about), encoding="utf-8")
    if curve:
        points = [{"examples": examples, "adapter": str(examples)} for examples in curve]
        (folder / "learning_curve.json").write_text(json.dumps(points), encoding="utf-8")
    return folder


class PupilBackend(EchoBackend):
    """Repeats the question, or answers it rightly where it was tuned; fails after `most` answers."""

    def __init__(self, *, tuned: bool, most: int = 10_000) -> None:
        super().__init__()
        self.tuned = tuned
        self.most = most
        self.asked: list[tuple[Message, ...]] = []

    def stream(self, prompt: Prompt, *, cancelled: Callable[[], bool]) -> Iterator[ScrubbedText]:
        self.asked.append(prompt.messages)
        if len(self.asked) > self.most:
            raise BackendFailed(Fault(code="KW303", place="generate", problem="gone"))
        yield from super().stream(prompt, cancelled=cancelled)

    def _answer(self, prompt: Prompt) -> str:
        text = prompt.messages[-1].content
        if not self.tuned:
            return super()._answer(prompt)
        return next(right for question, (right, *_) in QUESTIONS.items() if text.rstrip().endswith(question))


class School:
    """Opens speakers, and counts what they were asked."""

    def __init__(self, *, most: int = 10_000) -> None:
        self.most = most
        self.backends: list[PupilBackend] = []

    def open(self, settings: ModelSettings, adapter: Path | None) -> Speaker:
        backend = PupilBackend(tuned=adapter is not None, most=self.most)
        self.backends.append(backend)
        return Speaker(backend, f"pupil-{adapter and adapter.name}")

    @property
    def asked(self) -> int:
        return sum(len(backend.asked) for backend in self.backends)


def prepared(kits: Path, out: Path, school: School, **options: object) -> Study:
    return prepare(NAME, out=out, kit_paths=[kits], encoder=HashingEncoder(), speak=school.open, **options)  # type: ignore[arg-type]
