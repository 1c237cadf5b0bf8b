"""A kit's code is imported in isolation, and its functions become tool specifications."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest

from kitwright.errors import FaultsFound
from kitwright.kit import Kit, load_kit
from kitwright.kit.tool_spec import tool_spec

Edit = Callable[[str, str, str], None]


def load(root: Path) -> Kit:
    return load_kit("museum", kit_paths=[root.parent])


def test_a_tool_is_specified_by_its_signature_and_docstring(root: Path) -> None:
    tool = load(root).code.tools["opening_hours"]
    assert tool.description == "Look up when the house is open on a day of the week."
    assert tool.parameters == {
        "type": "object",
        "additionalProperties": False,
        "properties": {"day": {"type": "string", "description": "name of the day in English, such as Saturday."}},
        "required": ["day"],
    }
    assert tool.source == "Opening hours"
    assert tool.function(day="Sunday") == {"is_open": True, "hours": "11 to 18"}


def test_context_is_handed_in_and_not_part_of_the_schema() -> None:
    def find(size: Literal["S", "M"], count: int = 1, *, context: dict[str, object]) -> dict[str, object]:
        """Find things.

        Args:
            size: of the thing,
                as printed inside.
            count: how many.
            context: the turn.
        """
        return {}

    spec = tool_spec("find", find, "Stock")
    assert spec.takes_context
    assert spec.parameters["properties"] == {
        "size": {"enum": ["S", "M"], "type": "string", "description": "of the thing, as printed inside."},
        "count": {"default": 1, "type": "integer", "description": "how many."},
    }
    assert spec.parameters["required"] == ["size"]


def test_a_parameter_called_title_stays_in_the_schema() -> None:
    def look_up(title: str) -> dict[str, object]:
        """Look up a book."""
        return {}

    assert tool_spec("look_up", look_up, "Books").parameters["properties"] == {"title": {"type": "string"}}


def test_relative_imports_inside_a_kit_work(root: Path, edit: Edit) -> None:
    (root / "house").mkdir()
    (root / "house/__init__.py").write_text("from .times import HOURS\n")
    (root / "house/times.py").write_text("HOURS = {'Sunday': 'all day'}\n")
    edit("tools.py", "_HOURS = {", "from .house import HOURS as _HOURS\n\n_OLD = {")
    assert load(root).code.tools["opening_hours"].function(day="Sunday")["hours"] == "all day"


def test_loading_a_kit_does_not_import_its_code(root: Path, edit: Edit) -> None:
    edit("tools.py", "_HOURS = {", "raise SystemExit('imported')\n_HOURS = {")
    kit = load(root)
    with pytest.raises(FaultsFound, match="SystemExit: imported"):
        _ = kit.code.tools


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("day: str", "day", "parameter 'day' has no type"),
        ("(day: str)", "(*day: str)", "parameter 'day' can not be passed by name"),
        ("(day: str)", "(day: 'Dya')", "type that can not be resolved"),
        ('    """Look', '    ""\n    """Look', "no docstring"),
        ("def opening_hours", "async def opening_hours", "coroutine"),
        ("def opening_hours", "def opening_hour", "did you mean 'opening_hour'"),
        ("_HOURS = {", "import nothing_of_that_name\n_HOURS = {", "ModuleNotFoundError"),
        ("_HOURS = {", "_HOURS = {{", "SyntaxError"),
    ],
)
def test_code_of_the_wrong_shape_is_a_fault_in_kit_yaml(root: Path, edit: Edit, old: str, new: str, says: str) -> None:
    edit("tools.py", old, new)
    with pytest.raises(FaultsFound) as caught:
        load_kit("museum", kit_paths=[root.parent], with_code=True)
    (fault,) = caught.value.faults
    assert fault.code == "KW112"
    assert fault.place == "kits/museum/kit.yaml:35 code.tools.opening_hours.function"
    assert says in fault.line()


def test_hooks_and_commands_are_resolved_and_hooks_must_take_their_arguments(root: Path, edit: Edit) -> None:
    edit("kit.yaml", "code:", "code:\n  screen: hooks.screen\n  check: hooks.check\n  commands: {count: hooks.count}")
    (root / "hooks.py").write_text(
        "def screen(text, context): return None\n"
        "def check(reply, evidence, context): return None\n"
        "def count(path: str) -> int: return 1\n"
    )
    code = load(root).code
    assert code.screen is not None
    assert code.screen("hello", {}) is None
    assert code.policy is None
    assert set(code.commands) == {"count"}
    edit("hooks.py", "check(reply, evidence, context)", "screen2(reply)")
    edit("kit.yaml", "check: hooks.check", "check: hooks.screen2")
    with pytest.raises(FaultsFound, match="3 arguments"):
        load_from_elsewhere(root).code.load()


def load_from_elsewhere(root: Path) -> Kit:
    """The kit from a copy of its folder, as Python has already imported the first one."""
    copy = root.parent.parent / "elsewhere" / root.name
    copy.parent.mkdir()
    root.rename(copy)
    return load(copy)


def test_the_kits_own_init_is_run(root: Path, edit: Edit) -> None:
    (root / "__init__.py").write_text("HOURS = {'Sunday': 'never'}\n")
    edit("tools.py", "_HOURS = {", "from . import HOURS as _HOURS\n\n_OLD = {")
    assert load(root).code.tools["opening_hours"].function(day="Sunday")["hours"] == "never"
