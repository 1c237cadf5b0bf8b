"""Unit tests load no real model: without the encoder's package there is no tagger of personal data."""

import pytest


@pytest.fixture(autouse=True)
def without_tagger(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scrubbers of these tests have patterns only."""
    monkeypatch.setattr("kitwright.privacy.tagger.recogniser.is_installed", lambda: False)
