"""How fast a bot's model answers: its runtime beside transformers, and beside llama.cpp where that is installed.

All read the same questions of the kit with the same notes, with the same adapter and threads. The runtimes take
turns, round by round, so that a busy moment of the machine falls on all of them.
"""

import importlib.util
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kitwright.bot import Bot, load_bot, prompt_writer, tuned_backend
from kitwright.dataset import AnswerSample
from kitwright.errors import Fault, FaultsFound
from kitwright.generation import LlamaCppBackend, TransformersBackend, TransformersSettings
from kitwright.generation.gguf_file import merged_gguf
from kitwright.generation.settings import LlamaCppSettings
from kitwright.kit import BotFile, load_bot_file, load_kit
from kitwright.prompting import PromptWriter
from kitwright.protocols import Backend
from kitwright.store import SqlStore
from kitwright.types import Message, Prompt, ScrubbedText
from kitwright.workshop.bench import Figure
from kitwright.workshop.comparison.arm import BEST
from kitwright.workshop.comparison.question import read_questions, write_prompt

ROUNDS = 3
AT_ONCE = 8
QUESTIONS = 12
ANSWER = 64
BUSY_S = 5.0


@dataclass(frozen=True, slots=True)
class Pace:
    """One measured answer.

    Args:
        first_s: seconds to the first piece.
        tokens: of the answer.
        rest_s: seconds from the first piece to the last.
    """

    first_s: float
    tokens: int
    rest_s: float


def bench_generate(bot: str, *, tick: Callable[[], None]) -> list[Figure]:
    """Decoding speed, time to the first token with a warm prefix, and eight conversations at once.

    Raises:
        UsageError: there is no such bot.
        FaultsFound: its kit has no answer evals to take questions from.
        ModelUnavailable: the model can not be loaded.
    """
    file = load_bot_file(bot)
    kit = load_kit(file.kit)
    ours = tuned_backend(file, kit)
    writer = prompt_writer(file, kit, ours.count)
    prompts = _prompts(load_bot(bot, backend=ours, store=SqlStore("sqlite://")), writer)
    peers = _transformers(file)
    runtimes = {ours.name: ours, **peers}
    for backend in runtimes.values():
        backend.warm(writer.system())
    paces = _measured(runtimes, prompts, tick)
    figures = [Figure("decode", _speed(paces[ours.name]), "tokens/s", name, _speed(paces[name])) for name in peers]
    if raw := _llama_cpp(file, prompts):
        figures.append(Figure("decode", _speed(paces[ours.name]), "tokens/s", "llama.cpp (llama-cpp-python)", raw))
    figures += [
        Figure("first token, warm prefix", _first(paces[ours.name]), "ms", name, _first(paces[name])) for name in peers
    ]
    one, many = _throughput(ours, prompts, 1), _throughput(ours, prompts, AT_ONCE)
    figures.append(Figure(f"{AT_ONCE} conversations at once", many, "tokens/s", "one conversation", one))
    for backend in runtimes.values():
        backend.close()
    return figures


def _transformers(file: BotFile) -> dict[str, Backend]:
    settings = file.model
    if not isinstance(settings, TransformersSettings | LlamaCppSettings):
        problem = "only a model that runs on this machine can be measured"
        raise FaultsFound(Fault(code="KW002", place="model.kind", problem=problem, value=settings.kind))
    return {
        f"transformers {precision}": TransformersBackend(
            settings.model, adapter=file.adapter_folder, precision=precision, threads=settings.threads
        )
        for precision in ("bfloat16", "float32")
    }


def _prompts(bot: Bot, writer: PromptWriter) -> list[Prompt]:
    """Questions of the kit's evals, spread over them, each with the notes that the bot finds for it."""
    samples = [s for entry in bot.kit.evals for s in entry.samples if isinstance(s, AnswerSample) and s.passages]
    if not samples:
        raise FaultsFound(Fault(code="KW103", place=f"kit {bot.kit.name}", problem="no answer evals to ask from"))
    chosen = samples[:: max(1, len(samples) // QUESTIONS)][:QUESTIONS]
    return [write_prompt(BEST, question, writer) for question in read_questions(bot, chosen, lambda: None)]


def _measured(
    runtimes: dict[str, Backend], prompts: Sequence[Prompt], tick: Callable[[], None]
) -> dict[str, list[Pace]]:
    """The prompts are shared out over the rounds: a prompt seen before would be in the runtime's cache."""
    paces: dict[str, list[Pace]] = {name: [] for name in runtimes}
    for number in range(ROUNDS):
        for name, backend in runtimes.items():
            paces[name] += [_pace(backend, prompt) for prompt in prompts[number::ROUNDS]]
            tick()
    return paces


def _pace(backend: Backend, prompt: Prompt) -> Pace:
    started = time.perf_counter()
    pieces: list[tuple[float, str]] = [
        (time.perf_counter(), piece) for piece in backend.stream(prompt, cancelled=lambda: False)
    ]
    first = pieces[0][0] if pieces else time.perf_counter()
    rest = (pieces[-1][0] if pieces else first) - first
    return Pace(first - started, _tokens(backend, "".join(piece for _, piece in pieces)), rest)


def _tokens(backend: Backend, text: str) -> int:
    said, empty = (backend.count([Message("assistant", ScrubbedText(each))]) for each in (text, ""))
    return said - empty


def _speed(paces: Sequence[Pace]) -> float:
    """Tokens a second after the first, over all answers of more than a word or two."""
    return statistics.median((p.tokens - 1) / p.rest_s for p in paces if p.tokens > 4 and p.rest_s > 0)


def _first(paces: Sequence[Pace]) -> float:
    return statistics.median(pace.first_s for pace in paces) * 1000


def _throughput(backend: Backend, prompts: Sequence[Prompt], at_once: int) -> float:
    """Tokens a second of all conversations together, decoding only: each asks the same again and again."""
    chosen = [prompts[number % len(prompts)] for number in range(at_once)]
    for prompt in chosen:
        _pace(backend, prompt)
    counts: list[int] = []
    started = time.perf_counter()

    def converse(prompt: Prompt) -> None:
        while time.perf_counter() < started + BUSY_S:
            counts.append(_pace(backend, prompt).tokens)

    threads = [threading.Thread(target=converse, args=(prompt,)) for prompt in chosen]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - started)


def _llama_cpp(file: BotFile, prompts: Sequence[Prompt]) -> float | None:
    """Decoding speed of llama-cpp-python on the very file that we serve; None where it is not installed."""
    if importlib.util.find_spec("llama_cpp") is None or not isinstance(file.model, LlamaCppSettings):
        return None
    from llama_cpp import Llama

    gguf = merged_gguf(file.model.model, file.adapter_folder, file.model.precision)
    model = Llama(str(gguf), n_ctx=2048, n_threads=file.model.threads, verbose=False)
    chat_format = LlamaCppBackend(file.model.model).chat_format
    speeds = []
    for prompt in prompts[:ROUNDS]:
        stream = model.generate(list(chat_format.encode(prompt.messages, for_answer=True).ids), temp=0.0)
        next(stream)
        started = time.perf_counter()
        for _ in range(ANSWER):
            next(stream)
        speeds.append(ANSWER / (time.perf_counter() - started))
    return statistics.median(speeds)
