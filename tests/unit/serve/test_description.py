"""The OpenAPI description, held true by schemathesis: whatever it allows is answered as it says."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from kitwright.serve import ServeSettings, create_app
from unit.bot.museum import museum_bot
from unit.serve.conftest import SECRET

GENEROUS = ServeSettings(
    opens_per_minute=100_000, sends_per_minute=100_000, sends_per_minute_address=100_000, ratings_per_minute=100_000
)


@pytest.fixture(scope="module")
def described(museum_kits: Path) -> Iterator[Any]:
    """The description of an application that runs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kitwright.privacy.tagger.recogniser.is_installed", lambda: False)
        bot = museum_bot(museum_kits)
        app = create_app([bot], settings=GENEROUS, secret=SECRET)
        yield schemathesis.openapi.from_asgi("/openapi.json", app)
        bot.close()


OPERATIONS = [
    ("GET", "/health"),
    ("GET", "/ready"),
    ("GET", "/api/bots"),
    ("POST", "/api/bots/{name}/messages"),
    ("POST", "/api/conversations"),
    ("GET", "/api/conversations/{conversation_id}"),
    ("POST", "/api/conversations/{conversation_id}/messages"),
    ("POST", "/api/conversations/{conversation_id}/cancel"),
    ("POST", "/api/conversations/{conversation_id}/handoff"),
    ("POST", "/api/conversations/{conversation_id}/restart"),
    ("PUT", "/api/conversations/{conversation_id}/ratings"),
    ("GET", "/api/conversations/{conversation_id}/export"),
    ("DELETE", "/api/conversations/{conversation_id}"),
]
ENDLESS = ("GET", "/api/conversations/{conversation_id}/events")


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_what_is_described_is_so(described: Any, method: str, path: str) -> None:
    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(case=described[path][method].as_strategy())
    def holds(case: "Case[Any]") -> None:
        _let_in(case)
        case.call_and_validate(
            checks=[status_code_conformance, content_type_conformance, response_schema_conformance, not_a_server_error]
        )

    holds()


def test_every_operation_that_is_described_is_tried(described: Any) -> None:
    there = {
        (method.upper(), path)
        for path, methods in described.raw_schema["paths"].items()
        for method in methods
        if path.startswith(("/api/", "/health", "/ready"))
    }
    assert there == {*OPERATIONS, ENDLESS}


def _let_in(case: "Case[Any]") -> None:
    """Most calls are made on a conversation that is there, by its visitor; the made-up ones by nobody."""
    if "conversation_id" in case.path_parameters and "Authorization" not in case.headers:
        opened = case.operation.schema["/api/conversations"]["POST"].Case(body={"bot": "museum"}).call().json()
        case.path_parameters["conversation_id"] = opened["conversation_id"]
        case.headers["Authorization"] = f"Bearer {opened['token']}"
