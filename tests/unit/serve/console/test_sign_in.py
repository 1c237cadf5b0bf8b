"""Sign in and out: who gets in, for how long, and how often somebody may try."""

import time

import jwt
import pytest

from unit.serve.conftest import SECRET, new_visitor
from unit.serve.console.conftest import PASSWORD, Office


def test_without_a_session_one_is_sent_to_sign_in_and_back(office: Office) -> None:
    office.hire("ana", "agent")
    stranger = office.stranger()
    response = stranger.ask("GET", "/search")
    assert (response.status_code, response.headers["location"]) == (303, "/console/sign-in?back=%2Fsearch")
    assert stranger.sign_in("ana", back="/search").headers["location"] == "/console/search"
    assert "ana" in stranger.see("/search")


def test_back_leads_to_no_other_host(office: Office) -> None:
    office.hire("ana", "agent")
    assert office.stranger().sign_in("ana", back="https://evil.example/").headers["location"] == "/console/"
    assert office.stranger().sign_in("ana", back="//evil.example/").headers["location"].startswith("/console/")


def test_the_cookie_is_for_the_console_alone(office: Office) -> None:
    office.hire("ana", "agent")
    cookie = office.stranger().sign_in("ana").headers["set-cookie"].lower()
    assert {"httponly", "samesite=strict", "path=/console"} <= {part.strip() for part in cookie.split(";")}


def test_who_fails_is_told_the_same_whatever_is_wrong(office: Office) -> None:
    office.hire("ana", "agent")
    office.hire("old", "agent")
    office.hire("eve", "admin")
    office.console.staff.set_active("old", active=False)
    answers = [office.stranger().sign_in(*each) for each in (("ana", "wrong"), ("nobody", PASSWORD), ("old", PASSWORD))]
    assert {response.status_code for response in answers} == {403}
    assert len({response.text.split('role="alert">')[1].split("<")[0] for response in answers}) == 1
    assert office.done()[:3] == [(who, "sign-in refused") for who in ("old", "(nobody)", "ana")]


def test_a_name_that_nobody_has_is_not_kept(office: Office) -> None:
    office.stranger().sign_in("my secret passphrase")
    assert all("secret" not in who for who, _ in office.done())


def test_guessing_is_limited(office: Office) -> None:
    office.hire("ana", "agent")
    stranger = office.stranger()
    statuses = [stranger.sign_in("ana", f"guess {n}").status_code for n in range(7)]
    assert statuses == [403] * 5 + [429] * 2
    refused = stranger.sign_in("ana")
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0


def test_a_sign_in_form_from_elsewhere_is_refused(office: Office) -> None:
    office.hire("ana", "agent")
    stranger = office.stranger()
    assert stranger.send("/sign-in", name="ana", password=PASSWORD).status_code == 403
    stranger.see("/sign-in")
    assert office.stranger().ask("POST", "/sign-in", data={"token": stranger.token}).status_code == 403


def test_signing_out_ends_the_session_for_a_copied_cookie_too(office: Office) -> None:
    ana = office.signed_in("ana", "agent")
    copied = ana.cookie
    assert ana.send("/sign-out").status_code == 303
    ana.cookie = copied
    assert ana.ask("GET", "/").status_code == 303


def test_signing_out_everywhere(office: Office) -> None:
    here = office.signed_in("ana", "agent")
    there = office.stranger()
    there.sign_in("ana")
    there.see("/")
    here.send("/account/sign-out-everywhere")
    assert [person.ask("GET", "/").status_code for person in (here, there)] == [303, 303]


def test_another_password_ends_other_sessions(office: Office) -> None:
    here = office.signed_in("ana", "agent")
    there = office.stranger()
    there.sign_in("ana")
    wrong = here.send("/account/password", old="no", new="another long one", again="another long one")
    assert wrong.status_code == 422
    short = here.send("/account/password", old=PASSWORD, new="short", again="short")
    assert "12 to 200" in short.text
    assert (
        here.send("/account/password", old=PASSWORD, new="another long one", again="another long one").status_code
        == 303
    )
    assert "password was changed" in here.see("/account?done=password")
    assert there.ask("GET", "/").status_code == 303
    assert there.sign_in("ana", "another long one").status_code == 303


@pytest.mark.parametrize("key", ["another key, which is as long as the own one", SECRET])
def test_cookies_that_were_made_elsewhere_open_nothing(office: Office, key: str) -> None:
    office.hire("ana", "admin")
    claims = {"aud": "kitwright console", "sub": "ana", "exp": time.time() + 600}
    stranger = office.stranger()
    for cookie in (
        jwt.encode(claims, key, algorithm="HS256"),
        jwt.encode(claims, "", algorithm="none"),
        "a.b.c",
        "x" * 5000,
    ):
        stranger.cookie = cookie
        assert stranger.ask("GET", "/").status_code == 303


def test_a_visitors_token_opens_nothing(office: Office) -> None:
    stranger = office.stranger()
    stranger.cookie = new_visitor(office.client).token
    assert stranger.ask("GET", "/").status_code == 303


def test_an_expired_session_opens_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import timedelta

    monkeypatch.setattr("kitwright.serve.console.session.LASTS", timedelta(seconds=-1))
    office.hire("ana", "agent")
    stranger = office.stranger()
    stranger.sign_in("ana")
    assert stranger.ask("GET", "/").status_code == 303


def test_who_is_turned_off_is_out_at_once(office: Office) -> None:
    ana = office.signed_in("ana", "agent")
    office.console.staff.set_active("ana", active=False)
    assert ana.ask("GET", "/").status_code == 303


def test_an_empty_staff_is_told_how_to_begin(office: Office) -> None:
    assert "kitwright staff add" in office.stranger().see("/sign-in")
