"""compose.yaml as Docker Compose itself reads it: every profile, every variable, and the house's rules for services."""

import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from images.dockerfile import DOCKER, ROOT

COMPOSE: Final = DOCKER / "compose.yaml"
SETTINGS: Final = DOCKER / ".env.example"
PROFILES: Final = {
    "": {"kitwright", "postgres", "proxy"},
    "gpu": {"kitwright", "postgres", "proxy", "models", "vllm"},
    "rasa": {"kitwright", "postgres", "proxy", "rasa", "rasa-actions", "rasa-train"},
}
WRITING: Final = {"vllm", "rasa", "rasa-train"}
"""Other people's images, whose caches lie in places that were not looked at."""


@pytest.fixture(scope="module")
def services(compose: str) -> Mapping[str, Any]:
    """Every service of every profile, with the values of .env.example."""
    return dict(_read(compose, "*")["services"])


@pytest.mark.parametrize("profile", PROFILES)
def test_compose_reads_it_without_a_warning(compose: str, profile: str) -> None:
    assert set(_read(compose, profile)["services"]) == PROFILES[profile]


def test_every_variable_has_a_line_in_the_example_and_every_line_is_used() -> None:
    text = re.sub(r"\$\$", "", COMPOSE.read_text("utf-8"))
    used = set(re.findall(r"\$\{(\w+)\}", text))
    assert len(used) >= 12
    assert re.findall(r"\$\{\w+[^}\w]", text) == [], "a default hides what .env.example says"
    lines = [line for line in SETTINGS.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    offered = [line.partition("=")[0] for line in lines]
    assert sorted(offered) == sorted(used | {"COMPOSE_PROFILES"})


def test_no_secret_stands_in_a_file_that_git_keeps(services: Mapping[str, Any]) -> None:
    for name, service in services.items():
        for variable, value in (service.get("environment") or {}).items():
            if re.search("SECRET|PASSWORD|KEY", variable):
                assert variable.endswith("_FILE"), f"{name}: {variable}"
                assert value.startswith("/run/secrets/")
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert {"/docker/secrets/", "/docker/.env"} <= set(ignored)


def test_secrets_are_handed_over_where_they_are_asked_for(services: Mapping[str, Any]) -> None:
    for name, service in services.items():
        handed = {f"/run/secrets/{each['source']}" for each in service.get("secrets") or ()}
        asked = set(re.findall(r"/run/secrets/\w+", json.dumps(service)))
        assert asked == handed, name


def test_images_of_others_are_pinned(services: Mapping[str, Any]) -> None:
    for name, service in services.items():
        if "build" not in service:
            assert re.fullmatch(r"docker\.io/[\w/-]+:v?\d+\.\d+[\w.-]*", service["image"]), name


def test_every_service_is_guarded_and_limited(services: Mapping[str, Any]) -> None:
    for name, service in services.items():
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert not service.get("privileged"), name
        limits = service["deploy"]["resources"]["limits"]
        assert limits.keys() >= {"cpus", "memory", "pids"}, name
        assert bool(service.get("read_only")) == (name not in WRITING), name
        once = name in ("models", "rasa-train")
        assert service["restart"] == ("no" if once else "unless-stopped"), name
        assert once or "healthcheck" in service or name in ("kitwright", "proxy"), name


def test_only_the_proxy_is_reached_from_outside(services: Mapping[str, Any]) -> None:
    published = {name: port.get("host_ip") for name, service in services.items() for port in service.get("ports") or ()}
    assert published == {"proxy": None, "rasa": "127.0.0.1"}
    assert services["kitwright"]["networks"].keys() == {"web", "database", "model"}
    assert services["postgres"]["networks"].keys() == {"database"}


def test_networks_inside_lead_nowhere(compose: str) -> None:
    networks = _read(compose, "*")["networks"]
    assert {name for name, network in networks.items() if not network.get("internal")} == {"outside"}


def test_every_file_that_is_mounted_is_there(services: Mapping[str, Any]) -> None:
    mounted = [volume for service in services.values() for volume in service.get("volumes") or ()]
    binds = [Path(each["source"]) for each in mounted if each["type"] == "bind"]
    assert len(binds) >= 4
    made_by_the_user = (ROOT / "docker" / "rasa" / "project").resolve()
    assert [path for path in binds if not path.exists() and path.resolve() != made_by_the_user] == []


def test_adapters_are_served_by_the_names_of_their_folders(services: Mapping[str, Any]) -> None:
    command = services["vllm"]["command"]
    assert command[command.index("--max-lora-rank") + 1] == "64"
    modules = [word.partition("=") for word in command if "=" in word]
    assert modules
    for name, _, folder in modules:
        assert Path(folder).name == name
        assert (ROOT / Path(folder).relative_to("/models")).is_dir()
    binding = json.loads((ROOT / Path(modules[0][2]).relative_to("/models") / "binding.json").read_text("utf-8"))
    assert command[command.index("--served-model-name") + 1] == binding["base"]


def _read(compose: str, profile: str) -> dict[str, Any]:
    command = [compose, "--file", str(COMPOSE), "--env-file", str(SETTINGS), "--profile", profile]
    done = subprocess.run(
        [*command, "config", "--format", "json"], capture_output=True, text=True, timeout=60, check=False, env={}
    )
    assert (done.returncode, done.stderr) == (0, "")
    parsed = json.loads(done.stdout)
    assert isinstance(parsed, dict)
    return parsed
