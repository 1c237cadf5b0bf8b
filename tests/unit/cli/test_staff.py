"""`kitwright staff`: passwords come from stdin, never from the arguments; what is wrong is said as a fault."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kitwright.serve.console.passwords import Passwords
from kitwright.serve.console.register import open_register
from unit.cli.conftest import Run

PASSWORD = "correct horse battery staple"


def test_the_life_of_a_member(run: Run) -> None:
    added = run("staff", "add", "Ana Ruiz", "--role", "admin", stdin=f"{PASSWORD}\n")
    assert added.code == 0, added.err
    assert PASSWORD not in added.out + added.err
    staff = open_register("clothing_support").staff
    found = staff.with_hash("Ana Ruiz")
    assert found
    assert found[1].startswith("$argon2id$")
    assert Passwords().fits(found[1], PASSWORD)
    assert run("staff", "add", "Ben", stdin="another long password").code == 0
    assert run("staff", "role", "Ben", "reviewer").code == 0
    assert run("staff", "off", "Ben").code == 0
    listed = run("staff", "list", "--json").json
    assert [(each["name"], each["role"], each["active"]) for each in listed] == [
        ("Ana Ruiz", "admin", True),
        ("Ben", "reviewer", False),
    ]
    assert run("staff", "off", "Ben", "--on").code == 0
    assert run("staff", "password", "Ben", stdin="a third long password\n").code == 0
    assert "Ben" in run("staff", "list").out
    now = datetime.now(UTC)
    audit = open_register("clothing_support").audit.between(now - timedelta(hours=1), now + timedelta(hours=1))
    assert {entry.who for entry in audit} == {"(command line)"}
    assert [entry.what for entry in audit][:2] == ["changed a password", "turned on"]


@pytest.mark.parametrize(
    "command",
    [
        ("add", "x", "--role", "king"),
        ("add", "<b>"),
        ("add", "x"),
        ("role", "nobody", "agent"),
        ("off", "nobody"),
        ("password", "nobody"),
        ("list", "--bot", "nobot"),
    ],
)
def test_what_is_wrong_is_a_fault(run: Run, command: tuple[str, ...]) -> None:
    result = run("staff", *command, stdin="short\n")
    assert result.code == 2
    assert result.faults
    assert "short" not in result.err


def test_the_staff_can_have_a_database_of_their_own(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KITWRIGHT_STAFF_URL", f"sqlite:///{tmp_path}/staff.sqlite")
    assert run("staff", "add", "ana", stdin=PASSWORD).code == 0
    assert (tmp_path / "staff.sqlite").is_file()
