"""Ratings, dashboards, groups of messages without an answer."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from kitwright.serve.console.clusters import grouped
from kitwright.serve.console.dashboard import percentile
from kitwright.store import Unanswered
from unit.serve.conftest import new_visitor
from unit.serve.console.conftest import Office


def test_ratings_show_question_answer_and_the_better_one(office: Office) -> None:
    rob, visitor = office.signed_in("rob", "reviewer"), new_visitor(office.client)
    answer = visitor.say("where can I park")
    bad = {
        "event_id": answer["event_id"],
        "value": -1,
        "reason": "incomplete",
        "comment": "ask jane@example.com",
        "better": "In the yard",
    }
    visitor.ask("PUT", "/ratings", json=bad)
    page = rob.see("/ratings")
    for words in ("where can I park", "There is a car park", "incomplete", "In the yard", "email address 1"):
        assert words in page
    assert "jane" not in page
    assert "In the yard" in rob.see("/ratings?value=better")
    assert "In the yard" not in rob.see("/ratings?value=good")


def test_the_dashboard_counts(office: Office) -> None:
    rob = office.signed_in("rob", "reviewer")
    office.hire("ana", "agent")
    alone, handed, silent = (new_visitor(office.client) for _ in range(3))
    answer = alone.say("where can I park")
    alone.ask("PUT", "/ratings", json={"event_id": answer["event_id"], "value": 1})
    alone.say("zzz qqq")
    handed.say("hello")
    handed.ask("POST", "/handoff")
    silent.ask("GET", "")
    page = rob.see("/dashboard")
    numbers = {name: value for value, name in re.findall(r"<b>([^<]*)</b><span>([^<]*)</span>", page)}
    assert numbers["conversations"] == "2"
    assert numbers["messages answered"] == "3"
    assert numbers["without a person"] == numbers["handed over"] == "50 %"
    assert numbers["of ratings good"] == "100 %"
    assert numbers["messages unanswered"] == "33 %"
    assert numbers["response p50"] != "–"
    assert page.count("<figure>") == page.count('<svg role="img"') == 4
    assert not re.search(r"\sstyle=|<style", page)
    empty = rob.see("/dashboard?first=2020-01-01&last=2020-01-07")
    assert "Nothing happened" in empty


def test_messages_without_an_answer_are_grouped(office: Office) -> None:
    rob, visitor = office.signed_in("rob", "reviewer"), new_visitor(office.client)
    for text in ("zzz qqq", "what is the meaning of life quixotic", "zzz qqq"):
        visitor.say(text)
    page = rob.see("/dashboard/unanswered")
    assert "3 messages in 2 groups" in page
    assert '<span class="times">2</span>' in page


def _vectors(texts: Sequence[str]) -> np.ndarray:
    table = {"a": (1.0, 0.0), "b": (0.0, 1.0), "0": (0.0, 0.0)}
    return np.array([table[text[0]] for text in texts])


def test_groups_are_by_meaning_and_the_largest_is_first() -> None:
    texts = ("b1", "a1", "a2", "0", "a3", "b2")
    found = [Unanswered("c", n, datetime.now(UTC), text, "why") for n, text in enumerate(texts)]  # type: ignore[arg-type]  # plain text
    groups = grouped(found, _vectors)
    assert [sorted(each.text for each in group.members) for group in groups] == [
        ["a1", "a2", "a3"],
        ["b1", "b2"],
        ["0"],
    ]
    assert grouped([], _vectors) == []
    assert len(grouped(found[:1], _vectors)) == 1


def test_percentiles() -> None:
    assert percentile([], 50) is None
    assert percentile([7.0], 95) == 7.0
    assert percentile([float(n) for n in range(101)], 95) == 95.0
