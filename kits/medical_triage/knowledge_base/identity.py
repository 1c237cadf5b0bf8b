"""Identifiers of the knowledge base: `snake_case`, and `finding/value` for a value of a finding."""

from typing import Annotated

from pydantic import Field

FindingId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
FindingOrValue = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(/[a-z0-9_]+)?$")]


def parent_of(finding: str) -> str:
    """The finding that a value belongs to: `chest_pain` of `chest_pain/crushing`; a finding is its own."""
    return finding.partition("/")[0]
