"""Keeping libraries from writing to the terminal while they load models."""

import contextlib
import importlib
import logging
from collections.abc import Iterator


@contextlib.contextmanager
def no_progress_bars() -> Iterator[None]:
    """Switch the progress bars of transformers off, and back to what they were."""
    from transformers.utils import logging as shown

    bars = shown.is_progress_bar_enabled()
    shown.disable_progress_bar()
    try:
        yield
    finally:
        if bars:
            shown.enable_progress_bar()


def import_peft() -> None:
    """Import peft, which loads bitsandbytes wherever it is installed, which tells CPUs of a kernel they could have."""
    logging.getLogger("bitsandbytes").setLevel(logging.ERROR)
    importlib.import_module("peft")
