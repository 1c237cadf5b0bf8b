"""A new kit from the command line to its conversation tests, with the embedded sentence encoder."""

import json
import subprocess
import sys
from pathlib import Path

CHILD = "from kitwright.cli import main; main()"


def kitwright(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-c", CHILD, *arguments]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


def test_a_new_kit_passes_its_own_tests(tmp_path: Path) -> None:
    assert kitwright(tmp_path, "kit", "new", "bookshop").returncode == 0
    checked = kitwright(tmp_path, "kit", "check", "bookshop")
    assert (checked.returncode, checked.stdout) == (0, "kit bookshop is sound\n")
    ran = kitwright(tmp_path, "evaluate", "bookshop", "--suite", "conversations", "--echo", "--json")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads(ran.stdout) == [{"suite": "conversations", "metrics": {"tests": 5, "passed": 5}, "misses": []}]


def test_a_test_that_does_not_hold_exits_1(tmp_path: Path) -> None:
    kitwright(tmp_path, "kit", "new", "bookshop")
    tests = tmp_path / "kits/bookshop/tests/visit.yml"
    tests.write_text(tests.read_text("utf-8").replace("10 to 18", "9 to 5"), encoding="utf-8")
    ran = kitwright(tmp_path, "evaluate", "bookshop", "--suite", "conversations", "--echo")
    assert ran.returncode == 1
    assert ran.stderr.startswith("plan a visit: step 6 (bot_contains)")
