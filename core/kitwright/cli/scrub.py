"""`kitwright scrub`: replace personal data in a text, in stdin, or in a file of records."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kitwright.cli.lines import Line, read_lines, writing
from kitwright.cli.options import JsonOption, KitPathOption
from kitwright.cli.show import print_json, print_table, progress
from kitwright.errors import Fault, UsageError

if TYPE_CHECKING:
    from kitwright.privacy import Explained


def scrub(
    text: Annotated[str | None, typer.Argument(metavar="[TEXT]", help="The text; stdin if absent.")] = None,
    kit: Annotated[str | None, typer.Option("--kit", help="Use this kit's privacy.yaml.")] = None,
    source: Annotated[Path | None, typer.Option("--in", help='JSON lines {"id","text"}.')] = None,
    target: Annotated[Path | None, typer.Option("--out", help='JSON lines {"id","text","spans"}.')] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show what was found and kept, and why.")] = False,
    kit_path: KitPathOption = None,
    as_json: JsonOption = False,
) -> None:
    """Replace personal data by placeholders; spans are on the text that went in.

    Example: kitwright scrub "mail me at jo@example.com" --explain
    """
    if (source is None) != (target is None) or (source and (text or explain)):
        hint = "kitwright scrub --in IN.jsonl --out OUT.jsonl, or kitwright scrub TEXT"
        raise UsageError(Fault(code="KW002", place="scrub", problem="--in and --out go together, alone", hint=hint))
    worker = _Worker(kit, kit_path or [])
    if source is not None and target is not None:
        lines = read_lines(source, {"id": (str, int), "text": (str,)})
        with writing(target) as out, progress("scrubbing", len(lines)) as tick:
            for record in worker.records(lines):
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
                tick()
        return
    given = text if text is not None else sys.stdin.read()
    if explain:
        _show_reasons(worker.reasons(given), as_json)
        return
    result = worker.one(given)
    if as_json:
        print_json(result)
    else:
        print(result["text"])


class _Worker:
    """Scrubs texts, each with a vault of its own."""

    def __init__(self, kit: str | None, kit_paths: list[Path]) -> None:
        from kitwright.kit import load_kit
        from kitwright.privacy import PresidioScrubber, taggers

        self._scrubber = PresidioScrubber(
            load_kit(kit, kit_paths=kit_paths).privacy if kit else None, recognisers=taggers()
        )

    def one(self, text: str) -> dict[str, object]:
        from kitwright.privacy import MemoryVault
        from kitwright.types import RawText

        scrubbed = self._scrubber.scrub(RawText(text), MemoryVault())
        spans = [{"start": s.start, "end": s.end, "label": s.label, "score": round(s.score, 4)} for s in scrubbed.spans]
        return {"text": scrubbed.text, "spans": spans}

    def reasons(self, text: str) -> "tuple[Explained, ...]":
        return self._scrubber.explain(text)

    def records(self, lines: list[Line]) -> Iterator[dict[str, object]]:
        for line in lines:
            yield {"id": line["id"], **self.one(str(line["text"]))}


def _show_reasons(reasons: "tuple[Explained, ...]", as_json: bool) -> None:
    if as_json:
        print_json([asdict(each) for each in reasons])
        return
    columns = ("text", "label", "recogniser", "pattern", "tier", "score", "context", "outcome", "why")
    rows = [
        (r.text, r.label, r.recogniser, r.pattern, r.tier, f"{r.score:.2f}", r.context, r.outcome, r.why)
        for r in reasons
    ]
    print_table(columns, rows)
