"""Assembly: one place that wires a bot from its kit, its model, its store and its settings.

The order of the steps is this file's literal list; `checked_order` refuses a wrong one.
"""

import importlib
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from kitwright.bot.bot import Bot, Models
from kitwright.bot.examples import examples_of
from kitwright.bot.kit_hooks import check_call, policy_call, screen_call
from kitwright.bot.notes import retriever_of
from kitwright.bot.once import once
from kitwright.bot.passages import passage_scrubber
from kitwright.bot.receive import receive_step
from kitwright.bot.reply import reply_step
from kitwright.bot.toolbox import Toolbox
from kitwright.bot.tuned import tuned_backend
from kitwright.bot.vaults import Vaults, vaults_of
from kitwright.bot.writing import prompt_writer
from kitwright.dialogue import DialogueEngine, choose, decide_step, render
from kitwright.encoder import embedded_encoder
from kitwright.files import data_root
from kitwright.generation import generate_step
from kitwright.generation.openmp import wait_shortly
from kitwright.guard import gate_opener, guard_in_step, guard_out_step
from kitwright.kit import BotFile, Kit, load_bot_file, load_kit
from kitwright.nlu import EntityFinder, NluParser, kept_model, trained_model, trained_tagging, understand_step
from kitwright.privacy import PresidioScrubber, import_presidio, restore_step, scrub_step, taggers
from kitwright.prompting import prompt_step
from kitwright.protocols import Backend, Encoder, Store
from kitwright.retrieval import retrieve_step
from kitwright.store import SqlStore
from kitwright.types import Decision, ScrubbedText, Step


def load_bot(
    name: str,
    *,
    kit_paths: Sequence[Path] = (),
    adapter: str | None = None,
    backend: Backend | None = None,
    encoder: Encoder | None = None,
    store: Store | None = None,
    vaults: Vaults | None = None,
) -> Bot:
    """Assemble a bot; models are loaded when first used, or by `bot.warm()`.

    Args:
        name: of a shipped bot, of one in `./bots`, or the path of a bot.yaml.
        kit_paths: further folders to look for kits in.
        adapter: a version in the bot's registry, instead of the one that bot.yaml names.
        backend: instead of the model that bot.yaml names, e.g. `EchoBackend()`.
        encoder: instead of the embedded sentence encoder.
        store: instead of the store that bot.yaml names.
        vaults: instead of those that bot.yaml names.

    Raises:
        UsageError: there is no such bot, kit or adapter.
        FaultsFound: its files are wrong; every fault is named.
        AdapterMismatch: its adapter does not fit; every difference is named.
        ModelUnavailable: it has an adapter, but the package with the base model is not installed.
        StoreFailed: the store, or the key of the vaults, can not be opened.
    """
    wait_shortly()
    file = load_bot_file(name, kit_paths=kit_paths)
    file = file if adapter is None else file.with_adapter(adapter)
    kit = load_kit(file.kit, kit_paths=kit_paths)
    url = file.store.url or default_store_url(file.name)
    return assemble(
        file,
        kit,
        backend=backend or tuned_backend(file, kit),
        encoder=encoder or embedded_encoder(),
        store=store or store_of(file),
        vaults=vaults or vaults_of(file, url),
    )


def assemble(
    file: BotFile, kit: Kit, *, backend: Backend, encoder: Encoder, store: Store, vaults: Vaults | None = None
) -> Bot:
    """Wire the steps of a bot; its vaults are in memory unless others are given.

    Raises:
        FaultsFound: the steps do not fit together, or the kit's code can not be imported.
    """
    scrubber = PresidioScrubber(kit.privacy, recognisers=taggers(encoder))
    toolbox = Toolbox(kit.code.tools, scrubber, file.settings)
    respond = partial(_respond, kit)
    parser = once(partial(_parser, file, kit, encoder))
    retriever = retriever_of(file, kit, encoder)
    examples = examples_of(kit, encoder)
    writer = prompt_writer(file, kit, backend.count, examples=examples)
    open_gate = gate_opener(kit.guard.output, personal=scrubber.find)
    engine = DialogueEngine(kit.domain, kit.flows)
    steps: list[Step] = [
        receive_step(kit.guard, respond=respond, screen=screen_call(kit.code, toolbox)),
        scrub_step(scrubber),
        understand_step(parser),
        guard_in_step(kit.guard, respond=respond, block=kit.privacy.block),
        decide_step(engine, tools_of=toolbox.for_turn, policy=policy_call(kit.code, toolbox)),
        retrieve_step(retriever, encoder, clean=passage_scrubber(scrubber)),
        prompt_step(writer),
        generate_step(backend, open_gate=open_gate),
        guard_out_step(kit.guard, open_gate=open_gate, respond=respond, check=check_call(kit.code, toolbox)),
        restore_step(),
        reply_step(store, bot=file.name, count=backend.count),
    ]

    def warm_up() -> None:
        _import_in_turn()
        # A first message makes the encoder load too, which cached intents and a cached index leave untouched.
        _together(
            scrubber.warm,
            lambda: parser().parse(ScrubbedText("hello")),
            retriever.index,
            examples if file.examples.count else lambda: None,
            lambda: backend.warm(writer.system()),
        )

    models = Models(warm_up, backend.close, lambda text: parser().parse(text), scrubber)
    return Bot(file, kit, steps, store, models=models, vaults=vaults)


def _import_in_turn() -> None:
    """Import what several threads would import at once.

    transformers puts another module in its own place while it is imported; a thread that asks for it meanwhile is left
    with the first one, which is empty. Presidio comes before it, or else loads its pipelines.
    """
    import_presidio()
    importlib.import_module("transformers")


def store_of(file: BotFile) -> SqlStore:
    """The store that bot.yaml names.

    Raises:
        StoreFailed: it can not be opened.
    """
    return SqlStore(file.store.url or default_store_url(file.name))


def default_store_url(bot: str) -> str:
    """SQLite in `$KITWRIGHT_DATA`, or in the user's data folder."""
    return f"sqlite:///{data_root().absolute() / bot}.sqlite"


def _respond(kit: Kit, response: str) -> Decision:
    """A response of the kit's domain as a decision that says it."""
    said = render(choose(kit.domain.responses[response], {}), {})
    return Decision(kind="say", why=response, texts=(said.text,), buttons=said.buttons)


def _parser(file: BotFile, kit: Kit, encoder: Encoder) -> NluParser:
    model = kept_model(file.intents_folder, kit.nlu, encoder) or trained_model(kit.nlu, encoder)
    tagging = trained_tagging(kit.nlu, encoder)
    finder = EntityFinder(kit.nlu, kit.domain.entities, tagging=tagging or (lambda _: ()))
    return NluParser(encoder, model, finder)


def _together(*jobs: Callable[[], object]) -> None:
    """Run jobs in threads and raise the first error."""
    errors: list[BaseException] = []

    def run(job: Callable[[], object]) -> None:
        try:
            job()
        except BaseException as error:  # noqa: BLE001 - carried over to the caller's thread
            errors.append(error)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
