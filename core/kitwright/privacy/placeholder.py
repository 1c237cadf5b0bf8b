"""The shape of a placeholder, `<LABEL_n>`: how it is written and how it is recognised."""

import re
from typing import Final

_LABEL: Final = re.compile(r"[A-Z][A-Z_]*")

PLACEHOLDER: Final = re.compile(r"<[A-Z][A-Z_]*_[0-9]+>")
"""Anything that looks like a placeholder, whether a vault gave it out or a person typed it."""


def placeholder(label: str, number: int) -> str:
    """The placeholder `<LABEL_n>`.

    Raises:
        ValueError: the label is not made of capital letters and underscores.
    """
    if not _LABEL.fullmatch(label):
        raise ValueError("a label is made of capital letters and underscores")
    return f"<{label}_{number}>"
