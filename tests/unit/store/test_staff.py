"""The staff in the store: names are taken once, an admin stays, sessions end."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kitwright.errors import UsageError
from kitwright.store import Staff, open_database


@pytest.fixture
def staff(tmp_path: Path) -> Staff:
    """On a file, so that the migrations made its tables."""
    return Staff(open_database(f"sqlite:///{tmp_path}/staff.sqlite"))


def test_a_name_is_taken_once(staff: Staff) -> None:
    staff.add("ana", "agent", "hash")
    with pytest.raises(UsageError):
        staff.add("ana", "admin", "other")
    assert [(member.name, member.role) for member in staff.all()] == [("ana", "agent")]


def test_an_admin_stays(staff: Staff) -> None:
    staff.add("ana", "admin", "hash")
    with pytest.raises(UsageError, match="no admin"):
        staff.set_active("ana", active=False)
    staff.add("ben", "admin", "hash")
    staff.set_role("ana", "agent")
    with pytest.raises(UsageError, match="no admin"):
        staff.set_role("ben", "reviewer")


def test_who_is_not_there_can_not_be_changed(staff: Staff) -> None:
    for change in (lambda: staff.set_role("x", "agent"), lambda: staff.set_hash("x", "h"), lambda: staff.get("x")):
        with pytest.raises(UsageError):
            change()


def test_sessions_end_with_time_and_with_changes(staff: Staff) -> None:
    soon = datetime.now(UTC) + timedelta(hours=1)
    staff.add("ana", "agent", "hash")

    def lasts(session: str) -> bool:
        return staff.of_session(session) is not None

    staff.open_session("ana", "one", soon)
    staff.open_session("ana", "old", datetime.now(UTC) - timedelta(seconds=1))
    assert (lasts("one"), lasts("old"), lasts("none")) == (True, False, False)
    staff.set_hash("ana", "another")
    assert not lasts("one")
    staff.open_session("ana", "two", soon)
    staff.renew_hash("ana", "better")
    assert lasts("two")
    staff.set_active("ana", active=False)
    staff.set_active("ana", active=True)
    assert not lasts("two")
    staff.open_session("ana", "three", soon)
    staff.open_session("ana", "four", soon)
    staff.close_session("three")
    assert (lasts("three"), lasts("four")) == (False, True)
    assert staff.close_sessions("ana") == 1
