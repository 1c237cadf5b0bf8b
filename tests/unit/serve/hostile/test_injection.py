"""SQL, templates and scripts in messages: they are text, are shown as text, and nothing else comes of them."""

import json

import pytest
import sqlalchemy as sa

from kitwright.store.tables import TABLES
from unit.bot.museum import PARKING
from unit.serve.conftest import Visitor

SQL = ["'; DROP TABLE events; --", "' OR '1'='1", "1); DELETE FROM turns; --", '" UNION SELECT sealed FROM vaults --']
TEMPLATES = ["{{ 7 * 7 }}", "${7*7}", "{% for x in ().__class__.__base__.__subclasses__() %}{% endfor %}", "%(secret)s"]
SCRIPTS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "</script><svg onload=1>",
]
FORMATS = ["event: done\ndata: {}\n\nevent: message", "\u2028\u2029\x00\x1b[31m", "data: x\r\n\r\n: y"]


@pytest.mark.parametrize("text", [*SQL, *TEMPLATES, *SCRIPTS, *FORMATS])
def test_it_is_kept_and_given_back_as_text(visitor: Visitor, text: str) -> None:
    answer = visitor.say(text)
    assert "49" not in answer["reply"]
    response = visitor.ask("GET")
    assert response.headers["content-type"] == "application/json"
    assert response.headers["x-content-type-options"] == "nosniff"
    first, second = response.json()["messages"]
    assert (first["from"], second["from"]) == ("user", "bot")
    if text not in FORMATS:
        assert first["text"] == text


def test_the_tables_are_all_there_and_others_are_answered(visitor: Visitor) -> None:
    for text in SQL:
        visitor.say(text)
    reception = visitor.client.app.state.reception  # type: ignore[attr-defined]
    engine = reception.desk.bot("museum").store.engine
    assert set(sa.inspect(engine).get_table_names()) == set(TABLES.tables)
    assert visitor.say(PARKING)["reply"]


@pytest.mark.parametrize("text", FORMATS)
def test_a_stream_can_not_be_forged_by_a_message(visitor: Visitor, text: str) -> None:
    response = visitor.ask("POST", "/messages", json={"text": text}, headers={"Accept": "text/event-stream"})
    kinds = [line for line in response.text.split("\n") if line.startswith("event: ")]
    assert kinds.count("event: done") == 1
    assert kinds[-1] == "event: done"
    data = [line.removeprefix("data: ") for line in response.text.split("\n") if line.startswith("data: ")]
    assert all(isinstance(json.loads(each), dict) for each in data)


@pytest.mark.parametrize("text", [*SQL, *SCRIPTS])
def test_words_of_a_rating_are_text_too(visitor: Visitor, text: str) -> None:
    reply = visitor.say(PARKING)
    rated = {"event_id": reply["event_id"], "value": -1, "comment": text, "better": text}
    assert visitor.ask("PUT", "/ratings", json=rated).status_code == 200
    (kept,) = visitor.ask("GET", "/export").json()["ratings"]
    assert (kept["comment"], kept["better"]) == (text, text)


@pytest.mark.parametrize(
    "name", ["x' OR '1'='1", "..%2f..%2fetc", "a" * 65, "%00%00%00%00%00%00%00%00", "{{7*7}}{{7*7}}"]
)
def test_an_id_in_a_path_is_no_query(visitor: Visitor, name: str) -> None:
    response = visitor.client.get(f"/api/conversations/{name}", headers=visitor.headers)
    assert response.status_code in (404, 422)
    assert "49" not in response.text
