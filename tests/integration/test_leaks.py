"""The leak test on the shipped bot: no value that people type is found in anything that the bot could write."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kitwright.workshop.privacy.leaks import AuditResult, audit_bot, audit_server
from kitwright.workshop.privacy.leaks.endpoint import RecordingEndpoint
from kitwright.workshop.privacy.leaks.ground import prepare
from kitwright.workshop.privacy.leaks.processes import serving


@pytest.fixture(scope="module")
def result() -> AuditResult:
    return audit_bot("clothing_support", conversations=500, seed=11)


def test_nothing_of_500_conversations_is_found_anywhere(result: AuditResult) -> None:
    assert result.failures == ()
    assert sum(outcome.conversations for outcome in result.outcomes) == 500
    assert sum(outcome.sent for outcome in result.outcomes) > 2000


def test_the_values_did_reach_the_bot_and_came_back(result: AuditResult) -> None:
    for outcome in result.outcomes:
        assert outcome.given_back > 40, outcome.door
    assert all(outcome.to_tools > 3 for outcome in result.outcomes if outcome.door in ("library", "stream"))
    assert (result.kept or 0) > 0.95
    assert result.planted[0] == result.planted[1] > 10


def test_what_can_go_wrong_did(result: AuditResult) -> None:
    happened = {name for outcome in result.outcomes for name in outcome.troubles} | set(result.troubles)
    assert happened >= {
        "tool failed",
        "turn failed",
        "store failed",
        "stream left",
        "server killed",
        "status 413",
        "status 422",
        *(f"endpoint: {name}" for name in ("cut", "dropped", "error", "nonsense", "silence")),
    }


def test_the_places_were_there_to_be_searched(result: AuditResult) -> None:
    sizes = {place.name: place.size for place in result.places}
    for name in ("database", "model endpoint", "logs", "traces", "exports", "refusals", "console"):
        assert sizes[name] > 10_000, name


def test_nothing_is_found_with_the_real_model_either() -> None:
    command = [*"-m kitwright privacy audit clothing_support --conversations 8 --own-model --json".split()]
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False, timeout=1200)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["ok"], told["requests"], len(told["doors"])) == (True, None, 6)


def test_a_server_that_is_running_is_audited_from_outside(tmp_path: Path) -> None:
    endpoint = RecordingEndpoint(tmp_path / "endpoint.log")
    with endpoint.serving(), serving(prepare(tmp_path, "clothing_support", endpoint.url, kit_paths=())) as url:
        result = audit_server("clothing_support", url, conversations=9, seed=5)
    assert result.failures == ()
    (outcome,) = result.outcomes
    assert (outcome.conversations, outcome.turns, outcome.hidden) == (9, 36, 36)
    assert {place.name for place in result.places} == {
        *("logs", "traces", "metrics", "exports", "refusals", "console", "temporary files", "data folder", "cache")
    }
