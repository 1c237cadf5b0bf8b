"""The list and search: who waits comes first, nothing personal is shown, what people wrote is text."""

import re

from unit.serve.conftest import new_visitor
from unit.serve.console.conftest import Office

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def test_who_waits_comes_first(office: Office) -> None:
    ana = office.signed_in("ana", "agent")
    waits, talks = new_visitor(office.client), new_visitor(office.client)
    waits.ask("POST", "/handoff")
    talks.say("hello")
    page = ana.see("/")
    assert re.findall(r'id="talk-(\w+)"', page) == [waits.id, talks.id]
    assert 'class="state waiting"' in page
    assert re.findall(r'id="talk-(\w+)"', ana.see("/?state=waiting")) == [waits.id]
    assert re.findall(r'id="talk-(\w+)"', ana.see("/?state=bot&bot=museum")) == [talks.id]
    assert ">1<" in ana.see("/waiting")


def test_the_list_comes_again_only_when_it_has_changed(office: Office) -> None:
    ana = office.signed_in("ana", "agent")
    visitor = new_visitor(office.client)
    again = re.search(r'hx-get="/console(/rows\?[^"]+)"', ana.see("/"))
    assert again
    path = again[1].replace("&amp;", "&")
    assert ana.ask("GET", path).status_code == 204
    visitor.say("hello")
    assert "visitor:" in ana.see(path) or "bot:" in ana.see(path)


def test_what_people_wrote_is_text(office: Office) -> None:
    ana = office.signed_in("ana", "admin")
    visitor = new_visitor(office.client)
    answer = visitor.say(SCRIPT)
    rating = {"event_id": answer["event_id"], "value": -1, "comment": SCRIPT, "better": SCRIPT}
    assert visitor.ask("PUT", "/ratings", json=rating).status_code == 200
    path = f"/conversations/museum/{visitor.id}"
    ana.send(f"{path}/note", text=SCRIPT)
    pages = (
        "/",
        path,
        f"{path}/turns/{answer['event_id']}",
        "/search?words=script",
        "/ratings",
        "/dashboard/unanswered",
    )
    texts = [ana.see(each) for each in pages]
    assert all("<script>" not in text and "<img src=x" not in text for text in texts)
    assert sum("&lt;script&gt;" in text for text in texts) >= 4


def test_search_finds_all_words_and_no_personal_value(office: Office) -> None:
    ana = office.signed_in("ana", "agent")
    visitor = new_visitor(office.client)
    visitor.say("where can I park, write to jane@example.com")
    assert visitor.id in ana.see("/search?words=park+WRITE")
    assert visitor.id not in ana.see("/search?words=park+zeppelin")
    assert visitor.id in ana.see(f"/search?words={visitor.id[:8]}")
    assert visitor.id not in ana.see("/search?words=jane")
    assert visitor.id not in ana.see("/search?words=%25")
    assert visitor.id not in ana.see("/search?words=park&first=2020-01-01&last=2020-02-01")
    assert "jane" not in ana.see(f"/conversations/museum/{visitor.id}")


def test_pages_forbid_what_they_do_not_need(office: Office) -> None:
    response = office.signed_in("ana", "agent").ask("GET", "/")
    policy = response.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert response.headers["cache-control"] == "no-store"
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=|\sstyle=|https?://", response.text)


def test_addresses_that_lead_nowhere(office: Office) -> None:
    ana = office.signed_in("ana", "admin")
    for path in ("/conversations/museum/nothing", "/conversations/nobot/x", "/conversations/museum/nothing/turns/1"):
        response = ana.ask("GET", path)
        assert (path, response.status_code) == (path, 404)
        assert "<h1>" in response.text
    assert ana.ask("GET", "/?state=odd").status_code == 422
    assert ana.ask("GET", "/?first=2026-99-99&last=x").status_code == 200
