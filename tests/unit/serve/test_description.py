"""The OpenAPI description, held true by schemathesis: whatever it allows is answered as it says."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case
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


schema = schemathesis.pytest.from_fixture("described")


@schema.exclude(path_regex="/events$").parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_described_is_so(case: Case) -> None:
    if "Authorization" not in (case.headers or {}):
        case.headers = {**(case.headers or {}), **_token(case)}
    case.call_and_validate(checks=[status_code_conformance, content_type_conformance, response_schema_conformance])


def _token(case: Case) -> dict[str, str]:
    """The token of a conversation, whose id takes the place of the one that was made up."""
    if "conversation_id" not in (case.path_parameters or {}):
        return {}
    opened = case.operation.schema["/api/conversations"]["POST"].Case(body={"bot": "museum"}).call().json()
    case.path_parameters["conversation_id"] = opened["conversation_id"]
    return {"Authorization": f"Bearer {opened['token']}"}


def test_the_description_has_every_route_of_visitors(described: Any) -> None:
    paths = described.raw_schema["paths"]
    assert {path for path in paths if path.startswith("/api/conversations/{")} == {
        "/api/conversations/{conversation_id}",
        "/api/conversations/{conversation_id}/cancel",
        "/api/conversations/{conversation_id}/events",
        "/api/conversations/{conversation_id}/export",
        "/api/conversations/{conversation_id}/handoff",
        "/api/conversations/{conversation_id}/messages",
        "/api/conversations/{conversation_id}/ratings",
        "/api/conversations/{conversation_id}/restart",
    }
