"""Imports Presidio without the model runtimes that its package pulls in and this room does not use.

`import presidio_analyzer` loads torch and the pipelines of transformers for engines that stay unused, which
takes longer than all the rest. They are optional to it, so while it is imported here, in this thread only,
they count as not installed. What is loaded already stays, and later imports are not affected. The one lasting
trace: Presidio's own Hugging Face recognisers do not work in this process; a tagger brings its own runtime.
"""

import importlib
import sys
import threading
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Final

_UNUSED: Final = ("gliner", "stanza", "torch", "transformers")


class _Absent(MetaPathFinder):
    """Says, to the thread that made it, that unused packages are not installed."""

    def __init__(self) -> None:
        self._thread = threading.get_ident()

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if threading.get_ident() == self._thread and fullname.partition(".")[0] in _UNUSED:
            raise ModuleNotFoundError(f"{fullname} is not used here", name=fullname)
        return None


def import_presidio() -> None:
    """Import `presidio_analyzer`, if nobody has yet, without its optional model runtimes."""
    if "presidio_analyzer" in sys.modules:
        return
    absent = _Absent()
    sys.meta_path.insert(0, absent)
    try:
        importlib.import_module("presidio_analyzer")
    finally:
        sys.meta_path.remove(absent)
