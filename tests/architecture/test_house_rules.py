"""The house rules that no linter knows: size, opening docstrings, where text counts as scrubbed, lazy imports."""

import ast
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(p for room in ("core", "kits") for p in (ROOT / room).rglob("*.py") if "skeleton" not in p.parts)
HEAVY = ("torch", "transformers", "presidio_analyzer", "sklearn", "faiss", "sentence_transformers", "spacy", "peft")


def _functions(path: Path) -> list[tuple[str, int]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [
        (f"{path.relative_to(ROOT)}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in ast.walk(tree)
        if isinstance(node, kinds)
    ]


def test_there_are_sources_to_look_at() -> None:
    assert len(SOURCES) >= 90


def test_files_are_at_most_450_lines() -> None:
    long = {str(p.relative_to(ROOT)): n for p in SOURCES if (n := len(p.read_text("utf-8").splitlines())) > 450}
    assert not long


def test_every_file_opens_with_what_it_is() -> None:
    silent = [str(p.relative_to(ROOT)) for p in SOURCES if not ast.get_docstring(ast.parse(p.read_text("utf-8")))]
    assert not silent


def test_functions_are_short() -> None:
    lengths = dict(function for path in SOURCES for function in _functions(path))
    assert {name: n for name, n in lengths.items() if n > 60} == {}
    assert statistics.median(lengths.values()) <= 10


def test_functions_take_at_most_five_positional_parameters() -> None:
    crowded = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                names = [a.arg for a in node.args.posonlyargs + node.args.args if a.arg not in ("self", "cls")]
                is_command = "cli" in path.parts
                is_tool = "tools" in path.parts or "shop" in path.parts
                if len(names) > 5 and not is_command and not is_tool:
                    crowded.append(f"{path.relative_to(ROOT)}:{node.name}")
    assert not crowded


# Where text becomes scrubbed text: the scrubber, and places whose text is the kit's or the model's own.
MAY_DECLARE_SCRUBBED = {
    "bot/assembly.py": "a greeting to load the models with",
    "bot/conversation.py": "reads back what the store holds, which was scrubbed",
    "bot/kit_hooks.py": "a kit's fixed texts",
    "bot/reply.py": "buttons on their way to their owner",
    "bot/toolbox.py": "placeholders on their way to a tool",
    "cli/nlu.py": "a person tries a model on their own text; nothing is kept",
    "dataset/sources.py": "training records, which hold scrubbed text only",
    "dialogue/engine.py": "says again what was said",
    "dialogue/responses.py": "a kit's responses with scrubbed slots",
    "dialogue/run.py": "tool facts, scrubbed by the toolbox",
    "guard/gate.py": "pieces of scrubbed drafts",
    "guard/step.py": "pieces of scrubbed drafts and responses",
    "prompting/step.py": "layers and scrubbed parts",
    "training/examples.py": "training records, which hold scrubbed text only",
    "training/notes.py": "training records, which hold scrubbed text only",
    "workshop/bench.py": "benchmark texts",
    "workshop/bench_generate.py": "eval samples and a model's answers",
    "workshop/comparison/question.py": "eval samples, written for the purpose",
    "workshop/comparison/result.py": "answers to eval samples",
    "workshop/comparison/speaker.py": "answers to eval samples",
    "workshop/data.py": "records and a kit's own texts, with personal data masked",
    "workshop/doctor.py": "a greeting",
    "workshop/intents.py": "labelled texts that were given for measuring",
    "workshop/bench_nlu.py": "labelled texts of a file, measured and not kept",
    "workshop/suites.py": "eval samples, written for the purpose",
}
FREE_ROOMS = {"privacy", "generation", "nlu", "retrieval", "chat_format"}


def test_text_is_declared_scrubbed_only_where_the_list_says_why() -> None:
    core = ROOT / "core" / "kitwright"
    found = set()
    for path in SOURCES:
        if path.is_relative_to(core) and path.relative_to(core).parts[0] not in FREE_ROOMS:
            calls = (n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call))
            if any(isinstance(c.func, ast.Name) and c.func.id == "ScrubbedText" for c in calls):
                found.add(path.relative_to(core).as_posix())
    assert found <= MAY_DECLARE_SCRUBBED.keys()


def test_raw_text_is_revealed_only_in_privacy_and_receive() -> None:
    core = ROOT / "core" / "kitwright"
    revealing = {
        path.relative_to(core).as_posix()
        for path in SOURCES
        if path.is_relative_to(core) and ".reveal()" in path.read_text("utf-8")
    }
    assert revealing <= {"privacy/scrubber.py", "bot/receive.py", "bot/kit_hooks.py"}


@pytest.mark.parametrize("module", ["kitwright", "kitwright.cli", "kitwright.kit", "kitwright.bot"])
def test_importing_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print([m for m in {HEAVY!r} if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert result.stdout.strip() == "[]"


def test_public_names_are_sorted_and_there() -> None:
    code = "import kitwright as k; assert k.__all__ == sorted(k.__all__), k.__all__; [getattr(k, n) for n in k.__all__]"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert result.returncode == 0, result.stderr


def test_nothing_names_this_machine() -> None:
    texts = [
        p for p in ROOT.rglob("*") if p.suffix in {".py", ".md", ".yaml", ".yml", ".toml"} and ".venv" not in p.parts
    ]
    naming = [
        str(p.relative_to(ROOT)) for p in texts if p != Path(__file__) and "/work/" in p.read_text("utf-8", "replace")
    ]
    assert len(texts) > 200
    assert not naming


def test_nothing_shipped_names_a_folder_of_a_machine() -> None:
    shipped = (path for room in ("bots", "core", "kits") for path in (ROOT / room).rglob("*.json"))
    named = [str(path.relative_to(ROOT)) for path in shipped if "site-packages" in path.read_text("utf-8")]
    assert named == []
