"""`kitwright data check|stats|split`: look records over before anything is trained on them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kitwright.cli.data_import import import_
from kitwright.cli.options import JsonOption, KitPathOption
from kitwright.cli.show import note, note_warning, print_json, print_table, progress

if TYPE_CHECKING:
    from kitwright.dataset import DatasetReport, Finding

app = typer.Typer(help="Check, describe and split training data.", no_args_is_help=True)
Paths = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="JSON-lines files, folders of them, or the name of a kit.")
]
KitOption = Annotated[
    str | None, typer.Option("--kit", help="The kit that the records are for: its passages, privacy and language.")
]
SHOWN = 12
"""Findings of one kind on a terminal; `--json` and `--html` have all."""


@app.command("check")
def check(
    paths: Paths,
    kit: KitOption = None,
    against: Annotated[
        list[Path] | None, typer.Option("--against", help="An eval that must not be trained on; may be repeated.")
    ] = None,
    html: Annotated[Path | None, typer.Option("--html", help="Write the report as one page.")] = None,
    max_tokens: Annotated[int, typer.Option("--max-tokens", min=1, help="Training cuts longer records.")] = 1024,
    kit_path: KitPathOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find what would spoil training; exit code 1 if there is an error.

    Looks for malformed and duplicate records, leakage between splits and into evals, contradictions, wrong labels,
    personal data, figures without a source, broken encoding, and more.

    Example: kitwright data check clothing_support --html report.html
    """
    from kitwright.dataset import CHECKS, read_samples
    from kitwright.workshop.data import check_data, material_of, sources, write_page

    where = sources(paths, kit=kit, against=against or (), kit_paths=kit_path or ())
    readings = read_samples(where.records)
    material = material_of(where, readings, max_tokens=max_tokens)
    with progress("checking", len(CHECKS)) as tick:
        report = check_data(material, readings, tick)
    if html is not None:
        write_page(html, f"Data check: {', '.join(Path(path).name for path in paths)}", report, material)
        note(f"wrote {html}")
    if as_json:
        print_json(report.as_dict())
    else:
        _show(report)
    if report.errors:
        raise typer.Exit(1)


@app.command("stats")
def stats(paths: Paths, kit: KitOption = None, kit_path: KitPathOption = None, as_json: JsonOption = False) -> None:
    """Figures of a dataset: size, length, variety, classes, use of the kit's passages.

    Example: kitwright data stats clothing_support
    """
    from kitwright.dataset import read_samples
    from kitwright.workshop.data import describe_data, material_of, sources

    where = sources(paths, kit=kit, kit_paths=kit_path or ())
    readings = read_samples(where.records)
    figures = describe_data(material_of(where, readings)).as_dict()
    if as_json:
        print_json({**figures, "malformed": len(readings.findings)})
        return
    print_table(("figure", "value"), [(name.replace("_", " "), _value(value)) for name, value in figures.items()])
    for finding in readings.findings:
        note(f"{finding.places[0]}: {finding.what}")


@app.command("split")
def split(
    path: Annotated[str, typer.Argument(metavar="PATH", help="A JSON-lines file, a folder, or the name of a kit.")],
    out: Annotated[Path, typer.Option("--out", help="Folder to write to.")],
    train: Annotated[float, typer.Option("--train", help="Share of the records.")] = 0.8,
    validation: Annotated[float, typer.Option("--validation", help="Share of the records.")] = 0.1,
    test: Annotated[float, typer.Option("--test", help="Share of the records.")] = 0.1,
    seed: Annotated[int, typer.Option("--seed", help="Another seed draws another split.")] = 0,
    group: Annotated[
        str | None, typer.Option("--group", help="Records with the same value of this field stay together.")
    ] = None,
    kit_path: KitPathOption = None,
    as_json: JsonOption = False,
) -> None:
    """Split records so that near-duplicates and records of the same passages stay in one split.

    Example: kitwright data split clothing_support --out splits --seed 7
    """
    from kitwright.dataset import read_samples
    from kitwright.workshop.data import material_of, sources, split_data
    from kitwright.workshop.privacy.anonymous import export_warning, said_in

    where = sources([path], kit_paths=kit_path or ())
    readings = read_samples(where.records)
    material = material_of(where, readings)
    done = split_data(material, readings, out, shares=(train, validation, test), seed=seed, group=group)
    note_warning(export_warning(said_in(material.samples)))
    if as_json:
        print_json({"out": str(done.out), "groups": done.groups, **done.counts})
    else:
        counts = ", ".join(f"{name} {count}" for name, count in done.counts.items())
        print(f"wrote {out}: {counts} ({done.groups} groups)")


app.command("import")(import_)


def _show(report: "DatasetReport") -> None:
    for kind in report.by_kind:
        found = [finding for finding in report.findings if finding.kind == kind]
        print(f"\n{kind}: {found[0].hint}")
        print_table(("", "record", "where", "what"), [_row(finding) for finding in found[:SHOWN]])
        if len(found) > SHOWN:
            print(f"  and {len(found) - SHOWN} more; --html or --json has them all")
    for reason in report.not_run:
        note(f"not run: {reason}")
    rows = [(kind, str(count)) for kind, count in report.by_kind.items()]
    if rows:
        print_table(("kind", "findings"), rows)
    print(f"{report.records} records: {report.errors} errors, {len(report.findings) - report.errors} warnings")


def _row(finding: "Finding") -> tuple[str, str, str, str]:
    excerpts = " | ".join(" ".join(text.split())[:70] for text in finding.excerpts[:2])
    what = f"{finding.what}: {excerpts}" if excerpts else finding.what
    return finding.severity, _few(finding.ids), _few(finding.places), what


def _few(names: tuple[str, ...], limit: int = 3) -> str:
    more = f" +{len(names) - limit}" if len(names) > limit else ""
    return "\n".join(names[:limit]) + more


def _value(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(
            f"{name} {_value(item) if not isinstance(item, dict) else _spread(item)}" for name, item in value.items()
        )
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return "none" if value is None else str(value)


def _spread(values: dict[str, object]) -> str:
    return "(" + ", ".join(f"{name} {value}" for name, value in values.items()) + ")"
