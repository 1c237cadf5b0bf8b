"""The staff page, the audit page, canned replies."""

from unit.serve.conftest import new_visitor
from unit.serve.console.conftest import PASSWORD, Office


def test_an_admin_adds_changes_and_turns_off(office: Office) -> None:
    boss = office.signed_in("boss", "admin")
    assert boss.send("/staff", name="ana", role="agent", password=PASSWORD).status_code == 303
    assert boss.send("/staff", name="ana", role="agent", password=PASSWORD).status_code == 422
    ana = office.stranger()
    assert ana.sign_in("ana").status_code == 303
    assert boss.send("/staff/ana", done="role", role="reviewer").status_code == 303
    assert ana.ask("GET", "/").status_code == 303
    boss.send("/staff/ana", done="password", password="another long password")
    assert ana.sign_in("ana", "another long password").status_code == 303
    boss.send("/staff/ana", done="sign-out")
    assert ana.ask("GET", "/").status_code == 303
    boss.send("/staff/ana", done="off")
    assert ana.sign_in("ana", "another long password").status_code == 403
    boss.send("/staff/ana", done="on")
    assert ana.sign_in("ana", "another long password").status_code == 303
    page = boss.see("/audit")
    for what in ("added", "changed a role", "changed a password", "turned off", "turned on", "sign-in refused"):
        assert what in page
    assert PASSWORD not in page
    assert "turned off" not in boss.see("/audit?who=ana")


def test_the_last_admin_stays(office: Office) -> None:
    boss = office.signed_in("boss", "admin")
    for fields in ({"done": "off"}, {"done": "role", "role": "agent"}):
        response = boss.send("/staff/boss", **fields)
        assert "No admin would be left" in response.text
    assert office.console.staff.get("boss").active


def test_names_roles_and_passwords_are_checked(office: Office) -> None:
    boss = office.signed_in("boss", "admin")
    for fields in (
        {"name": "<b>", "role": "agent", "password": PASSWORD},
        {"name": "", "role": "agent", "password": PASSWORD},
        {"name": "ana", "role": "king", "password": PASSWORD},
        {"name": "ana", "role": "agent", "password": "short"},
    ):
        assert boss.send("/staff", **fields).status_code in (404, 422)
    assert [member.name for member in office.console.staff.all()] == ["boss"]


def test_the_audit_log_names_conversations_by_a_hash(office: Office) -> None:
    boss, visitor = office.signed_in("boss", "admin"), new_visitor(office.client)
    boss.see(f"/conversations/museum/{visitor.id}")
    page = boss.see("/audit")
    assert "read" in page
    assert visitor.id not in page


def test_canned_replies_are_offered_to_who_answers(office: Office) -> None:
    boss, visitor = office.signed_in("boss", "admin"), new_visitor(office.client)
    boss.send("/replies", bot="museum", title="Opening", text="We open at nine.")
    boss.send("/replies", bot="museum", title="Opening", text="We open at <ten>.")
    path = f"/conversations/museum/{visitor.id}"
    boss.send(f"{path}/take")
    page = boss.see(path)
    assert '<option value="We open at &lt;ten&gt;.">Opening</option>' in page
    assert "nine" not in page
    number = office.console.canned.of("museum")[0].id
    boss.send("/replies", bot="museum", remove=str(number))
    assert office.console.canned.of("museum") == ()
    assert boss.send("/replies", bot="museum", title="", text="x").status_code == 422
