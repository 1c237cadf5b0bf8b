"""Caches that were cut short, half-written or can not be written: they heal, or say what is wrong in one line."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kitwright.bot import load_bot
from kitwright.files import cached_folder
from kitwright.generation import EchoBackend
from kitwright.kit import new_kit
from kitwright.store import SqlStore

ROOT = Path(__file__).parents[2]
NAME = "museum"
TEXTS = ("where can I park", "I want to plan a visit", "Saturday", "is there a lift for wheelchairs")
COMMAND = "from kitwright.cli import main; main()"
# Files may not grow beyond this, as on a full disk; Python ignores the signal, so that writing raises OSError.
FULL_DISK = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192)); {COMMAND}"
HALF_BUILD = """
import sys, time
from pathlib import Path
from kitwright.files import cached_folder

def build(folder: Path) -> None:
    (folder / "weights").write_bytes(b"half")
    print("half", flush=True)
    time.sleep(600)

cached_folder("model", "key", build, root=Path(sys.argv[1]))
"""

Said = list[tuple[str, list[tuple[str, str, str]]]]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache, in a project whose only kit is a small one; its store is in memory."""
    new_kit(NAME, tmp_path)
    with (tmp_path / "bots" / NAME / "bot.yaml").open("a", encoding="utf-8") as file:
        file.write('store: {url: "sqlite://"}\n')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KITWRIGHT_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def _talk() -> Said:
    """What a newly assembled bot says, and what its steps note, without their times."""
    bot = load_bot(NAME, backend=EchoBackend(), store=SqlStore("sqlite://"))
    replies = [bot.reply(text, conversation="one") for text in TEXTS]
    bot.close()
    return [(reply.text, [(e.step, e.decision, e.why) for e in reply.trace]) for reply in replies]


def _chat(program: str, *options: str) -> subprocess.CompletedProcess[str]:
    arguments = [sys.executable, "-c", program, "chat", NAME, "--message", TEXTS[0], *options]
    return subprocess.run(arguments, capture_output=True, text=True, timeout=120, env=_environment(), check=False)


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "core")}


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


@pytest.mark.parametrize("harm", [_cut, _flip, Path.unlink])
@pytest.mark.parametrize("entry", ["index/*/dense.faiss", "intents/*/model.npz", "intents/*/manifest.json"])
def test_a_damaged_cache_is_made_again_with_the_same_answers(
    cache: Path, entry: str, harm: Callable[[Path], None]
) -> None:
    before = _talk()
    (damaged,) = cache.glob(entry)
    sound = damaged.read_bytes()
    harm(damaged)
    assert _talk() == before
    assert damaged.read_bytes() == sound
    assert not [path for path in damaged.parents[1].iterdir() if path.name.startswith(".")]


def test_a_build_that_was_killed_counts_for_nothing(tmp_path: Path) -> None:
    arguments = [sys.executable, "-c", HALF_BUILD, str(tmp_path)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, env=_environment()) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "half\n"
        child.send_signal(signal.SIGKILL)
        assert child.wait(timeout=30) == -signal.SIGKILL
    (leftover,) = (tmp_path / "model").iterdir()
    assert leftover.name.startswith(".")
    folder = cached_folder("model", "key", lambda place: _write(place, b"whole"), root=tmp_path)
    assert (folder / "weights").read_bytes() == b"whole"
    assert cached_folder("model", "key", _not_again, root=tmp_path) == folder


def _write(folder: Path, content: bytes) -> None:
    (folder / "weights").write_bytes(content)


def _not_again(_folder: Path) -> None:
    raise AssertionError("a sound entry was built again")


def test_a_cache_that_is_no_folder_is_one_line(cache: Path) -> None:
    cache.write_bytes(b"")
    _is_one_line(_chat(COMMAND, "--echo"))


@pytest.mark.parametrize("kind", ["intents", "index"])
def test_a_full_disk_is_one_line_and_leaves_nothing(cache: Path, kind: str) -> None:
    _talk()
    for path in cache.glob(f"{kind}/*"):
        path.rename(cache / "moved")
    _is_one_line(_chat(FULL_DISK, "--echo"))
    assert list((cache / kind).iterdir()) == []


def _is_one_line(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 1, done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith("KW302 ")
    assert "KITWRIGHT_CACHE" in line
    assert done.stdout == ""
