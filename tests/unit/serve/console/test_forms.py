"""Forms from other pages, and roles that may not: refused."""

import pytest

from unit.serve.conftest import new_visitor
from unit.serve.console.conftest import Office, Person

POSTS = ("/sign-out", "/account/password", "/account/sign-out-everywhere", "/staff", "/staff/ana", "/replies")
TALK = ("take", "back", "reply", "note")


def _posts(office: Office) -> list[str]:
    visitor = new_visitor(office.client)
    return [*POSTS, *(f"/conversations/museum/{visitor.id}/{each}" for each in TALK)]


def test_no_form_is_taken_without_the_token_of_its_session(office: Office) -> None:
    ana, eve = office.signed_in("ana", "admin"), office.signed_in("eve", "admin")
    for path in _posts(office):
        for token in ("", "0" * 64, eve.token):
            response = ana.ask("POST", path, data={"token": token, "text": "x"})
            assert (path, response.status_code) == (path, 403)
    ana.see("/")


def test_a_form_from_another_origin_is_refused_even_with_the_token(office: Office) -> None:
    ana = office.signed_in("ana", "admin")
    for origin in ("https://evil.example", "null"):
        response = ana.ask("POST", "/sign-out", data={"token": ana.token}, headers={"Origin": origin})
        assert response.status_code == 403
    assert (
        ana.ask("POST", "/sign-out", data={"token": ana.token}, headers={"Origin": "http://testserver"}).status_code
        == 303
    )


def test_the_token_may_come_as_a_header(office: Office) -> None:
    ana = office.signed_in("ana", "admin")
    response = ana.ask("POST", "/sign-out", headers={"X-Form-Token": ana.token, "HX-Request": "true"})
    assert (response.status_code, response.headers["hx-redirect"]) == (204, "/console/sign-in")


def test_what_is_no_form_is_refused(office: Office) -> None:
    ana = office.signed_in("ana", "admin")
    assert ana.ask("POST", "/sign-out", json={"token": ana.token}).status_code == 400
    many = "&".join(f"a{n}=1" for n in range(100))
    sent = {"content": many, "headers": {"Content-Type": "application/x-www-form-urlencoded"}}
    assert ana.ask("POST", "/sign-out", **sent).status_code == 400


GETS = {
    "/": "ars",
    "/search": "ars",
    "/account": "ars",
    "/ratings": "rs",
    "/dashboard": "rs",
    "/replies": "rs",
    "/staff": "s",
    "/audit": "s",
}


@pytest.mark.parametrize("role", ["agent", "reviewer", "admin"])
def test_roles_see_their_pages_only(office: Office, role: str) -> None:
    person, letter = office.signed_in("ana", role), {"agent": "a", "reviewer": "r", "admin": "s"}[role]
    seen = {path: person.ask("GET", path).status_code for path in GETS}
    assert seen == {path: 200 if letter in may else 403 for path, may in GETS.items()}
    home = person.see("/")
    assert all((f'href="/console{path}"' in home) == (letter in may) for path, may in GETS.items())


def test_only_those_who_answer_people_can_take_over(office: Office) -> None:
    path = f"/conversations/museum/{new_visitor(office.client).id}"
    reviewer: Person = office.signed_in("rob", "reviewer")
    assert [reviewer.send(f"{path}/{what}", text="hi").status_code for what in ("take", "back", "reply")] == [403] * 3
    assert reviewer.send(f"{path}/note", text="a note").status_code == 303
    assert "Take over" not in reviewer.see(path)


@pytest.mark.parametrize("role", ["agent", "reviewer"])
def test_only_admins_keep_the_staff(office: Office, role: str) -> None:
    office.hire("boss", "admin")
    person = office.signed_in("ana", role)
    assert person.send("/staff", name="me", role="admin", password="x" * 20).status_code == 403
    assert person.send("/staff/ana", done="role", role="admin").status_code == 403
    assert office.console.staff.get("ana").role == role


def test_a_refused_part_says_so_to_the_page(office: Office) -> None:
    ana = office.signed_in("ana", "agent")
    ana.cookie = ""
    response = ana.ask("GET", "/rows", headers={"HX-Request": "true"})
    assert (response.status_code, response.headers["hx-redirect"]) == (204, "/console/sign-in")
