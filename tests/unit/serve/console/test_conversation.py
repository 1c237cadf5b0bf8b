"""Taking over and handing back, with the visitor seeing it; notes that stay inside; traces."""

import re

from unit.serve.conftest import Visitor, new_visitor
from unit.serve.console.conftest import Office, Person


def _known(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(after|mode)" value="([^"]*)">', page))


def _texts(visitor: Visitor) -> list[tuple[str, str]]:
    return [(each["from"], each["text"]) for each in visitor.ask("GET", "").json()["messages"]]


def _opened(office: Office) -> tuple[Person, Visitor, str]:
    ana, visitor = office.signed_in("ana", "agent"), new_visitor(office.client)
    return ana, visitor, f"/conversations/museum/{visitor.id}"


def test_a_person_takes_over_answers_and_hands_back(office: Office) -> None:
    ana, visitor, path = _opened(office)
    assert visitor.ask("POST", "/handoff").json()["state"] == "waiting"
    page = ana.see(path)
    assert "waits for a person" in page
    assert ana.send(f"{path}/reply", text="too early").status_code == 409
    assert ana.send(f"{path}/take").status_code == 303
    assert visitor.ask("GET", "").json() | {"messages": [], "bot": 0, "last_event_id": 0} == {
        "conversation_id": visitor.id,
        "bot": 0,
        "state": "agent",
        "agent": "ana",
        "messages": [],
        "last_event_id": 0,
    }
    assert visitor.say("my address is jane@example.com")["from"] == "user"
    known = _known(page)
    news = ana.see(f"{path}/news?after={known['after']}&mode={known['mode']}")
    assert "email address 1" in news
    assert "jane" not in news
    assert 'hx-swap-oob="beforeend:#log"' in news
    assert '<textarea id="reply-text"' in news
    assert ana.send(f"{path}/reply", text="I will write to jane@example.com").status_code == 303
    assert _texts(visitor)[-1] == ("agent", "I will write to jane@example.com")
    assert "jane@example.com" not in ana.see(path)
    assert ana.send(f"{path}/back").status_code == 303
    assert visitor.say("hello")["from"] == "bot"
    did = [what for who, what in office.done() if who == "ana"]
    assert did[:4] == ["handed back", "read", "replied", "took over"]


def test_news_come_once(office: Office) -> None:
    ana, visitor, path = _opened(office)
    known = _known(ana.see(path))
    assert ana.ask("GET", f"{path}/news?after={known['after']}").status_code == 204
    visitor.say("hello")
    news = ana.see(f"{path}/news?after={known['after']}&mode={known['mode']}")
    assert news.count('class="line user"') == 1
    assert 'id="composer"' not in news
    assert ana.ask("GET", f"{path}/news?after={_known(news)['after']}").status_code == 204


def test_a_note_is_for_the_staff(office: Office) -> None:
    ana, visitor, path = _opened(office)
    visitor.say("hello")
    response = ana.ask(
        "POST",
        f"{path}/note",
        data={"token": ana.token, "text": "call bob@example.com"},
        headers={"HX-Request": "true"},
    )
    assert (response.status_code, response.headers["hx-trigger"]) == (204, "news")
    page = ana.see(path)
    assert "staff only" in page
    assert "bob@example.com" not in page
    assert all("call" not in text for _, text in _texts(visitor))
    assert visitor.say("where can I park")["from"] == "bot"


def test_an_empty_text_is_refused(office: Office) -> None:
    ana, _, path = _opened(office)
    ana.send(f"{path}/take")
    assert ana.send(f"{path}/reply", text="  ").status_code == 422
    assert ana.send(f"{path}/note", text="").status_code == 422


def test_doing_it_twice_is_refused(office: Office) -> None:
    ana, _, path = _opened(office)
    assert ana.send(f"{path}/back").status_code == 409
    ana.send(f"{path}/take")
    assert ana.send(f"{path}/take").status_code == 409


def test_one_takes_over_from_another(office: Office) -> None:
    ana, visitor, path = _opened(office)
    ben = office.signed_in("ben", "admin")
    ana.send(f"{path}/take")
    assert "Take over from ana" in ben.see(path)
    ben.send(f"{path}/take")
    assert visitor.ask("GET", "").json()["agent"] == "ben"
    assert ana.send(f"{path}/reply", text="hi").status_code == 409


def test_without_staff_nobody_is_waited_for(office: Office) -> None:
    office.hire("rob", "reviewer")
    visitor = new_visitor(office.client)
    assert visitor.ask("POST", "/handoff").json()["state"] == "bot"
    assert visitor.say("hello")["from"] == "bot"


def test_the_trace_shows_every_stage(office: Office) -> None:
    ana, visitor, path = _opened(office)
    answer = visitor.say("where can I park")
    assert f'href="/console{path}/turns/{answer["event_id"]}"' in ana.see(path)
    page = ana.see(f"{path}/turns/{answer['event_id']}")
    for word in (
        "Scrubbed",
        "Understood",
        "ask information",
        "Decided",
        "Retrieved",
        "Getting here",
        "tokens",
        "Draft of the model",
    ):
        assert word in page
    assert page.count('<rect class="took"') >= 12
    assert ana.ask("GET", f"{path}/turns/999999").status_code == 404


def test_a_deleted_conversation_is_gone_from_the_console(office: Office) -> None:
    ana, visitor, path = _opened(office)
    visitor.say("hello")
    ana.send(f"{path}/note", text="a note")
    assert visitor.ask("DELETE", "").status_code in (200, 204)
    assert ana.ask("GET", path).status_code == 404
    assert ana.ask("GET", f"{path}/news?after=1").status_code == 404
    assert visitor.id not in ana.see("/")
