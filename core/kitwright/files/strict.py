"""The base of everything that people write as YAML: unknown keys are refused, values do not change."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """A model that refuses unknown keys; fields with an alias may be given by either name."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def only_kind(model: BaseModel, kinds: Sequence[str]) -> str:
    """The one of these fields that is given.

    Raises:
        ValueError: none or several are.
    """
    present = [kind for kind in kinds if getattr(model, kind) is not None]
    if len(present) != 1:
        raise ValueError(f"a step is exactly one of {', '.join(kinds)}; found {', '.join(present) or 'none'}")
    return present[0]
