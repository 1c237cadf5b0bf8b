"""Faults and errors: one line a fault, codes that exist, and exit codes."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import kitwright
from kitwright import errors
from kitwright.errors import CATALOGUE, Fault, FaultsFound, KitwrightError, UsageError

FAULT = Fault(
    code="KW105", place="kit.yaml:3", problem="unknown key", value="a\nb", choices=("x", "y"), hint="spell it"
)


def test_a_fault_is_one_line_with_everything_in_it() -> None:
    line = FAULT.line()
    assert "\n" not in line
    assert line == "KW105 kit.yaml:3: unknown key; value: 'a\\\\nb'; choices: x, y; hint: spell it"
    assert Fault(code="KW105", place="p", problem="q").line() == "KW105 p: q"


def test_long_values_are_cut() -> None:
    assert len(Fault(code="KW105", place="p", problem="q", value="x" * 500).line()) < 120


def test_a_fault_needs_a_code_of_the_catalogue() -> None:
    with pytest.raises(ValueError, match="KW999"):
        Fault(code="KW999", place="p", problem="q")


def test_an_error_carries_all_its_faults() -> None:
    other = Fault(code="KW101", place="q", problem="gone")
    error = FaultsFound(fault for fault in (FAULT, other))
    assert list(error.faults) == [FAULT, other]
    assert str(error) == f"{FAULT.line()}\n{other.line()}"
    with pytest.raises(ValueError, match="at least one"):
        FaultsFound([])


def test_exit_codes() -> None:
    families = KitwrightError.__subclasses__()
    assert len(families) >= 9
    assert [family for family in families if family.exit_code == 2] == [UsageError]
    assert {family.exit_code for family in families} == {1, 2}


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    drawn = dict(re.findall(r"[├└]── (\w+) .*\(exit (\d)\)", str(errors.__doc__)))
    assert drawn == {family.__name__: str(family.exit_code) for family in _below(KitwrightError)}


def _below(error: type[KitwrightError]) -> Iterator[type[KitwrightError]]:
    for family in error.__subclasses__():
        yield family
        yield from _below(family)


def test_every_code_in_the_source_is_in_the_catalogue() -> None:
    files = sorted(Path(kitwright.__file__).parent.rglob("*.py"))
    used = {code for path in files for code in re.findall(r'"(KW\d{3})"', path.read_text(encoding="utf-8"))}
    assert len(used) >= 15
    assert used <= CATALOGUE.keys()
