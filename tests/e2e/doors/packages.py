"""npm packages as they are published, without what they depend on: fetched once, checked, and kept out of git."""

import base64
import hashlib
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

CACHE = Path(__file__).parents[3] / ".cache" / "npm"
DEEP_CHAT = (
    "deep-chat",
    "2.4.2",
    "wQNd6Z6HDoH7OMeoQKpmxDm9XdWrRjMkBJ2yl5tsYND9Dz2UCv/BdGVM8vK2V0mhO1u+OniHYPWDGvjlNxjCeQ==",
)
RASA_WEBCHAT = (
    "rasa-webchat",
    "1.0.1",
    "Ld1zVJvTAaTrs6A5p8t70agNNrKYRyXlvqXZRgBoDvKKUXbA0jhJKECi5bdPGlaR6jsmqWtVylHS+YqIqo0x8w==",
)


def npm_package(name: str, version: str, sha512: str) -> Path:
    """The folder of a package; without npm the test is skipped, or fails where KITWRIGHT_TEST_ALL is set."""
    folder = CACHE / f"{name}-{version}"
    if not folder.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        archive = CACHE / f"{name}-{version}.tgz"
        command = ["npm", "pack", "--silent", "--pack-destination", str(CACHE), f"{name}@{version}"]
        if shutil.which("npm") is None or subprocess.run(command, check=False, timeout=300).returncode:
            (pytest.fail if os.environ.get("KITWRIGHT_TEST_ALL") else pytest.skip)(f"npm can not get {name}@{version}")
        assert base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode() == sha512
        with tarfile.open(archive) as opened:
            opened.extractall(CACHE / f".{name}", filter="data")
        (CACHE / f".{name}" / "package").rename(folder)
    return folder
