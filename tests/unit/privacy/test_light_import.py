"""Presidio is imported late, and without model runtimes; those still work afterwards."""

import os
import subprocess
import sys

SCRIPT = """
import sys
import kitwright.privacy as privacy
heavy = {"presidio_analyzer", "regex", "spacy", "torch", "transformers"}
print(sorted(heavy & set(sys.modules)))
privacy.PresidioScrubber().warm()
print(sorted({"torch", "transformers"} & set(sys.modules)))
import torch
print(torch.ones(1).item())
print([finder for finder in sys.meta_path if "kitwright" in type(finder).__module__])
"""


def test_only_what_is_needed_is_imported() -> None:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, env=env)
    assert done.stdout.splitlines() == ["[]", "[]", "1.0", "[]"]
    assert done.stderr == ""
