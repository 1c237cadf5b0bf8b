"""`kitwright doctor`: say what is installed, which models are at hand, and what to type if not."""

from typing import Annotated

import typer

from kitwright.cli.options import JsonOption
from kitwright.cli.show import note, print_json


def doctor(
    prepare: Annotated[bool, typer.Option("--prepare", help="Also make the model caches now.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Look at everything a bot needs; exit code 1 if something is missing.

    Example: kitwright doctor
    """
    from kitwright.workshop import doctor as workshop

    if prepare:
        workshop.prepare(note)
    findings = []
    for finding in workshop.examine():
        findings.append(finding)
        if not as_json:
            print(f"{'ok     ' if finding.ok else 'missing'}  {finding.name}: {finding.seen}", flush=True)
            if not finding.ok and finding.hint:
                print(f"         hint: {finding.hint}")
    if as_json:
        print_json([finding.as_dict() for finding in findings])
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)
