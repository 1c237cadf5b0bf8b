"""kit.yaml: what a kit is, and the list of every file it brings."""

from typing import Annotated, Final, Literal

from pydantic import Field

from kitwright.files import Strict

NAME_PATTERN: Final = r"^[a-z][a-z0-9_]{0,49}$"
_DOTTED: Final = r"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)+$"

FileList = tuple[str, ...]
DottedName = Annotated[str, Field(pattern=_DOTTED)]
Metric = Literal[
    "accuracy",
    "macro_f1",
    "oos_auroc",
    "oos_recall_keep95",
    "oos_recall",
    "in_scope_kept",
    "passed",
    "required_facts",
    "no_forbidden_facts",
    "grounded",
    "similarity",
    "right_refusal",
    "right_question",
    "right_hand_over",
    "language",
    "sendable",
]
Share = Annotated[float, Field(ge=0, le=1)]


class PromptDefaults(Strict):
    """The variant of each layer that a bot uses unless bot.yaml names another."""

    base: str
    persona: str
    style: str
    task: str


class PromptSection(Strict):
    """Where the prompt layers lie: `<folder>/<layer>.<variant>.md.j2`."""

    folder: str = "prompts"
    defaults: PromptDefaults


class EvalEntry(Strict):
    """An eval: its samples, and the least that a bot must reach.

    Args:
        kind: `intents`, messages with the intent each is to be read as, or `answers`, conversations with what a
            right answer must and must not say.
    """

    name: str
    kind: Literal["intents", "answers"]
    file: str
    floors: dict[Metric, Share] = {}


class SimulationSection(Strict):
    """Conversations with simulated users, and how well they must go.

    Args:
        files: goals, and in one of the files how people talk.
        conversations: how many are held, the goals in turn.
        floors: the least share that reaches its goal.
        ceilings: the most turns over the least that are needed, and the largest share in which a thing is asked twice.
    """

    files: FileList = Field(min_length=1)
    conversations: int = Field(default=200, ge=1)
    floors: dict[Literal["reached"], Share] = {}
    ceilings: dict[Literal["turn_ratio", "asked_twice"], Annotated[float, Field(ge=0)]] = {}


class ToolEntry(Strict):
    """A tool: a function of the kit, and what its answers are quoted as."""

    function: DottedName
    source: str = Field(min_length=1)


Words = str | dict[str, str]
"""A text, or the text by language, e.g. `{en: Hello, fr: Bonjour}`."""


class ChatSection(Strict):
    """What people are shown around a conversation on a page, as text or by language.

    Args:
        greeting: said before anything was said.
        banner: always in sight above the conversation, e.g. that this is a prototype, and what to do in an emergency.
        consent: what must be agreed to before anything is sent; nothing must where left out.
    """

    greeting: Words | None = None
    banner: Words | None = None
    consent: Words | None = None

    def texts(self, locale: str | None, language: str) -> dict[str, str | None]:
        """Each text in the language of a locale, else in the kit's own, else in any."""
        tried = [(locale or "").lower(), (locale or "").lower().partition("-")[0], language]
        return {name: _in_language(getattr(self, name), tried) for name in ("greeting", "banner", "consent")}


def _in_language(words: Words | None, tried: list[str]) -> str | None:
    if not isinstance(words, dict):
        return words
    return next((words[each] for each in tried if each in words), next(iter(words.values()), None))


class OwnEval(Strict):
    """An eval that the kit measures by its own code.

    Args:
        function: gives figures by name.
        floors: the least value of a figure.
        ceilings: the greatest value of a figure.
    """

    function: DottedName
    floors: dict[str, float] = {}
    ceilings: dict[str, float] = {}


class CodeSection(Strict):
    """What the kit brings as code; names are dotted, relative to the kit's folder.

    Args:
        evals: measured by `kitwright evaluate`.
        reset: takes no argument and undoes what tools changed in a demo, before each simulated conversation.
    """

    tools: dict[str, ToolEntry] = {}
    commands: dict[str, DottedName] = {}
    evals: dict[str, OwnEval] = {}
    screen: DottedName | None = None
    policy: DottedName | None = None
    check: DottedName | None = None
    reset: DottedName | None = None


class KitManifest(Strict):
    """The whole of kit.yaml.

    Args:
        name: the folder's name.
        risk_class: after the EU AI Act's classes; shown with the bot.
        base_models: language models that the kit was tested with.
        knowledge: folder of passages, or null.
        training_data: folder under `training_data/`, or null.
    """

    name: str = Field(pattern=NAME_PATTERN)
    title: str = Field(min_length=1)
    version: str = Field(min_length=1)
    language: str = Field(min_length=2)
    licence: str = Field(min_length=1)
    risk_class: Literal["minimal", "limited", "high"]
    intended_use: str = Field(min_length=1)
    base_models: tuple[str, ...] = ()
    nlu: FileList = Field(min_length=1)
    domain: str = "domain.yml"
    flows: FileList = ()
    prompts: PromptSection
    knowledge: str | None = "knowledge"
    guard: str = "guard.yaml"
    privacy: str = "privacy.yaml"
    recipes: FileList = ()
    evals: tuple[EvalEntry, ...] = ()
    tests: FileList = ()
    simulations: SimulationSection | None = None
    training_data: str | None = Field(default=None, pattern=NAME_PATTERN)
    chat: ChatSection = ChatSection()
    code: CodeSection = CodeSection()
