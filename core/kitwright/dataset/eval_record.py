"""One line of an intent eval: a message and the intent it should be read as."""

from typing import Final

from pydantic import BaseModel, ConfigDict, Field

OUT_OF_SCOPE: Final = "oos"


class IntentSample(BaseModel):
    """A message with its label; `oos` labels what is not the bot's business."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    text: str
    label: str = Field(min_length=1)
    difficulty: str | None = None
    note: str | None = None
