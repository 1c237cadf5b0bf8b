"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
KitPathOption = Annotated[
    list[Path] | None,
    typer.Option("--kit-path", help="A folder with more kits; may be given several times.", show_default=False),
]
