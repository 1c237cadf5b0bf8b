"""llama.cpp with the real embedded model: conversations at once, cancelled, penalised and damaged."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import torch

from kitwright.errors import ModelUnavailable
from kitwright.generation import LlamaCppBackend, Sampling, TransformersBackend, embedded_model_folder
from kitwright.generation.causal_model import load_model
from kitwright.generation.llama_server import LlamaServer
from kitwright.types import Message, Prompt, ScrubbedText

SYSTEM = Message(
    "system", ScrubbedText("You answer customers of a clothing shop in one short sentence, from the notes.")
)
GREEDY = Sampling(repetition_penalty=1.0)
TOKENS = 24
NEAR_TIE = 0.5  # logits; eight-bit weights move them by a tenth of this or so
QUESTIONS = (
    "Note: Returns are free for 14 days. How long do I have to return a coat?",
    "Note: Delivery takes 2 to 4 working days. When will my parcel come?",
    "Note: Delivery is free from €50. Is delivery free for an order of €60?",
    "Note: Wash wool cold, by hand. Can I put my jumper in the machine?",
    "Note: The shop opens at 9. When do you open on Monday?",
    "Note: Gift cards never expire. Is my card from last year still good?",
    "Note: Sizes run small. Which size should I take if I am between two?",
    "Note: Exchange is possible in any shop. Where can I exchange boots?",
    "Name five colours of scarves.",
    "What is the difference between a parka and a raincoat?",
    "Say thank you to a customer who bought a dress.",
    "How do I get a wine stain out of a linen shirt?",
)


def prompt(question: str, limit: int = TOKENS) -> Prompt:
    return Prompt(messages=(SYSTEM, Message("user", ScrubbedText(question))), tokens=0, max_new_tokens=limit)


def said(backend: LlamaCppBackend | TransformersBackend, question: str) -> str:
    return "".join(backend.stream(prompt(question), cancelled=lambda: False))


@pytest.fixture(scope="module")
def backend() -> Iterator[LlamaCppBackend]:
    loaded = LlamaCppBackend(sampling=GREEDY)
    loaded.warm(SYSTEM)
    yield loaded
    loaded.close()


@pytest.fixture(scope="module")
def alone(backend: LlamaCppBackend) -> list[str]:
    return [said(backend, question) for question in QUESTIONS]


def test_eight_at_once_say_what_they_say_alone(backend: LlamaCppBackend, alone: list[str]) -> None:
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda question: said(backend, question), QUESTIONS))
    _assert_mostly_equal(together, alone, None)


def test_a_cancelled_stream_frees_its_slot(backend: LlamaCppBackend, alone: list[str]) -> None:
    for _ in range(9):  # one more than there are slots
        stream: Any = backend.stream(prompt(QUESTIONS[9], limit=1500), cancelled=lambda: False)
        next(stream)
        stream.close()
    assert said(backend, QUESTIONS[0]) == alone[0]


def test_a_penalty_makes_repetition_rarer_and_leaves_quotes_alone(alone: list[str]) -> None:
    backend = LlamaCppBackend(sampling=Sampling(repetition_penalty=1.3), parallel=1)
    assert "14 days" in said(backend, QUESTIONS[0])
    many = prompt("Write the word ha one hundred times: ha ha ha ha ha ha ha ha ha ha ha ha", limit=64)
    text = "".join(backend.stream(many, cancelled=lambda: False))
    backend.close()
    assert text.lower().count("ha ha ha") < 10


def test_ctrl_c_still_reaches_python(backend: LlamaCppBackend) -> None:
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def interrupted() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        signal.pause()

    with pytest.raises(KeyboardInterrupt):
        interrupted()


def test_a_damaged_file_is_refused_quietly(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "broken.gguf").write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ModelUnavailable, match="broken"):
        LlamaServer(tmp_path / "broken.gguf", threads=1, parallel=1, context=256)
    assert capfd.readouterr() == ("", "")


def test_a_process_that_never_closes_it_ends_quietly() -> None:
    program = (
        "from kitwright.generation import LlamaCppBackend\n"
        "from kitwright.types import Message, Prompt, ScrubbedText\n"
        "backend = LlamaCppBackend(parallel=2)\n"
        "asked = Prompt(messages=(Message('user', ScrubbedText('Hello')),), tokens=0, max_new_tokens=64)\n"
        "stream = backend.stream(asked, cancelled=lambda: False)\n"
        "next(stream)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def _assert_mostly_equal(texts: Sequence[str], wanted: Sequence[str], adapter: Path | None) -> None:
    """Nine of ten are the same; where one is not, two tokens were about as likely as one another."""
    different = [number for number, pair in enumerate(zip(texts, wanted, strict=True)) if pair[0] != pair[1]]
    assert len(different) <= len(texts) // 10, [(texts[number], wanted[number]) for number in different]
    for number in different:
        assert _gap(QUESTIONS[number], texts[number], wanted[number], adapter) < NEAR_TIE


def _gap(question: str, one: str, other: str, adapter: Path | None) -> float:
    """By how much the likeliest token leads where the two answers part."""
    chat_format = TransformersBackend().chat_format
    model = load_model(embedded_model_folder(), None, adapter, "float32")
    shared = os.path.commonprefix([one, other])  # noqa: RUF071 - of two answers, not paths
    asked = prompt(question).messages
    ids = chat_format.encode(asked, for_answer=True).ids
    begun = chat_format.encode([*asked, Message("assistant", ScrubbedText(shared))], for_answer=False).ids[:-2]
    with torch.inference_mode():
        scores = model(torch.tensor([begun])).logits[0, len(ids) - 1 :]
    first, second = scores.topk(2).values.unbind(-1)
    return float((first - second)[-2:].min())
