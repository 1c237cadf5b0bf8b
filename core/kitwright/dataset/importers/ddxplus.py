"""DDXPlus: synthetic patients with a differential diagnosis (`release_train_patients.csv`, also zipped; CC BY 4.0).

The CSV holds codes; `release_evidences.json` and `release_conditions.json`, which must lie beside it, say what they
mean. Question and answer are put together from those words and nothing else. The differential also becomes the
record's facts: the model learns to phrase what the knowledge base found, not to find it. How urgent a condition is
stays out, since rules decide that.
"""

import ast
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final, cast

from kitwright.dataset.importers.draft import ChatDraft, Outcome, Unfit, attempt, text_of
from kitwright.dataset.importers.opening import read_json, wrong_file
from kitwright.dataset.importers.table import Row, read_rows
from kitwright.dataset.sample import Said
from kitwright.errors import Fault

_COLUMNS: Final = ("AGE", "DIFFERENTIAL_DIAGNOSIS", "SEX", "PATHOLOGY", "EVIDENCES", "INITIAL_EVIDENCE")
_SEXES: Final = {"F": "female", "M": "male"}
_SHORT: Final = {"Y": "yes", "N": "no"}
_TOP: Final = 5
_CAUTION: Final = "This is not a diagnosis: only an examination by a clinician can tell."
_Table = Mapping[str, Any]
_Names = Mapping[str, str]


def read(path: Path) -> Iterator[Outcome]:
    """Findings in words, answered by the likeliest conditions.

    Raises:
        FaultsFound: the file is not of this form, or a file of codes is missing.
    """
    evidences = _codes(path, "release_evidences.json")
    names = _names(_codes(path, "release_conditions.json"))
    split = next((name for name in ("train", "validate", "test") if name in path.stem), None)
    for row in read_rows(path, _COLUMNS):
        yield row if isinstance(row, Fault) else attempt(row.place, partial(_draft, row, evidences, names, split))


def _codes(path: Path, name: str) -> _Table:
    beside = path.parent / name
    if not beside.is_file():
        raise wrong_file(
            beside, "no such file", code="KW101", hint=f"put it beside {path.name}; it says what codes mean"
        )
    codes = read_json(beside)
    if not isinstance(codes, dict) or not all(isinstance(entry, dict) for entry in codes.values()):
        raise wrong_file(beside, "is not an object of codes")
    return codes


def _names(conditions: _Table) -> _Names:
    """English name of each condition, by its key and by its names."""
    english = {key: str(entry.get("cond-name-eng") or key) for key, entry in conditions.items()}
    french = {str(entry.get("cond-name-fr")): english[key] for key, entry in conditions.items()}
    return {**french, **{name: name for name in english.values()}, **english}


def _draft(row: Row, evidences: _Table, names: _Names, split: str | None) -> ChatDraft:
    ranked = _differential(row.cells["DIFFERENTIAL_DIAGNOSIS"], names)[:_TOP]
    likely = ", ".join(name for name, _ in ranked)
    fitting = f"this fits best: {likely}" if len(ranked) == 1 else f"these fit, the best first: {likely}"
    return ChatDraft(
        place=row.place,
        turns=(
            Said("user", _question(row.cells, evidences)),
            Said("assistant", f"Of the conditions that were looked at, {fitting}. {_CAUTION}"),
        ),
        facts={"differential": [f"{name} {share:.0%}" for name, share in ranked]},
        tags=(_condition(text_of(row.cells, "PATHOLOGY"), names),),
        split=split,
    )


def _question(cells: Mapping[str, str], evidences: _Table) -> str:
    sex, age = _SEXES.get(cells["SEX"].strip()), cells["AGE"].strip()
    if sex is None or not age.isdecimal():
        raise Unfit("SEX is not M or F, or AGE not a whole number")
    answers: dict[str, list[str]] = {}
    for item in _literal(cells["EVIDENCES"], "EVIDENCES"):
        code, _, value = str(item).partition("_@_")
        answers.setdefault(code, []).append(_meaning(_evidence(code, evidences), value))
    answers = {code: given for code, given in answers.items() if given != ["NA"]}
    first = cells["INITIAL_EVIDENCE"].strip().partition("_@_")[0]
    if first not in answers:
        raise Unfit("INITIAL_EVIDENCE is not among EVIDENCES")
    order = (first, *(code for code in answers if code != first))
    findings = (f"{evidences[code]['question_en'].strip()} {', '.join(answers[code])}" for code in order)
    return "\n".join((f"Sex: {sex}. Age: {age}.", *findings))


def _evidence(code: str, evidences: _Table) -> Mapping[str, Any]:
    entry = evidences.get(code)
    if entry is None or not isinstance(entry.get("question_en"), str):
        raise Unfit(f"evidence {code[:20]} is not in release_evidences.json")
    return cast(Mapping[str, Any], entry)


def _meaning(entry: Mapping[str, Any], value: str) -> str:
    """A value in words: yes for a code without one, its meaning, or a number on its scale."""
    if not value:
        return "yes"
    meanings, numbers = entry.get("value_meaning"), entry.get("possible-values")
    meaning = meanings.get(value) if isinstance(meanings, dict) else None
    if isinstance(meaning, dict) and meaning.get("en"):
        english = str(meaning["en"])
        return _SHORT.get(english, english)
    scale = [number for number in numbers if isinstance(number, int)] if isinstance(numbers, list) else []
    if not value.isdecimal() or int(value) not in scale:
        raise Unfit("a value is not in release_evidences.json")
    return f"{value} on a scale from {min(scale)} to {max(scale)}"


def _differential(source: str, names: _Names) -> list[tuple[str, float]]:
    pairs = _literal(source, "DIFFERENTIAL_DIAGNOSIS")
    if not pairs:
        raise Unfit("DIFFERENTIAL_DIAGNOSIS is empty")
    for pair in pairs:
        if not isinstance(pair, list | tuple) or len(pair) != 2 or not isinstance(pair[1], int | float):
            raise Unfit("DIFFERENTIAL_DIAGNOSIS is not a list of pairs of condition and share")
        if not 0 <= pair[1] <= 1:
            raise Unfit("a share of DIFFERENTIAL_DIAGNOSIS is not between 0 and 1")
    return sorted(((_condition(str(name), names), float(share)) for name, share in pairs), key=lambda each: -each[1])


def _condition(name: str, names: _Names) -> str:
    if name not in names:
        raise Unfit("a condition is not in release_conditions.json")
    return names[name]


def _literal(source: str, column: str) -> list[Any]:
    """A column that holds a list as Python writes it."""
    try:
        value = ast.literal_eval(source.strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        value = None
    if not isinstance(value, list):
        raise Unfit(f"{column} is not a list")
    return value
