"""What the server tells a client: a piece of a reply, a whole message, who answers now, what went wrong."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kitwright.errors import Fault

ServerEventKind = Literal["delta", "message", "buttons", "handoff", "error", "done"]


@dataclass(frozen=True, slots=True)
class ServerEvent:
    """One event of a stream.

    Args:
        kind: `delta` {"text"}; `message` {"event_id", "from", "text", ...}; `buttons` {"buttons"};
            `handoff` {"state", "agent"?}; `error` {"faults"}; `done` {}.
        data: JSON-able.
        id: number of the stored event it shows; a client that names it hears what comes after it.
    """

    kind: ServerEventKind
    data: Mapping[str, object] = field(default_factory=dict, repr=False)
    id: int | None = None

    def as_sse(self) -> bytes:
        """The event on a stream of server-sent events; in ASCII, so on one line."""
        number = "" if self.id is None else f"id: {self.id}\n"
        return f"{number}event: {self.kind}\ndata: {json.dumps(dict(self.data))}\n\n".encode("ascii")

    def as_frame(self) -> dict[str, object]:
        """The event as a JSON object, for a WebSocket."""
        return {"type": self.kind, "id": self.id, **self.data}


DONE = ServerEvent("done")


def error_event(faults: Sequence[Fault]) -> ServerEvent:
    """The event that says what went wrong."""
    return ServerEvent("error", {"faults": [fault.as_dict() for fault in faults]})
