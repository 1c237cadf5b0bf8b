"""Structured logs: one JSON object a line, with ids; never a text, a query string or an address of a person."""

import hashlib
import json
import logging
from datetime import UTC, datetime
from typing import IO, Final

LOGGER: Final = logging.getLogger("kitwright.serve")
_FIELDS: Final = "fields"


def log(event: str, **fields: object) -> None:
    """Write a line about an event; the fields are ids, names of our own, and numbers."""
    LOGGER.info(event, extra={_FIELDS: fields})


def hashed(conversation_id: str) -> str:
    """A conversation's id as logs know it: the same id gives the same word, and the word opens nothing."""
    return hashlib.blake2b(conversation_id.encode("utf-8", "replace"), digest_size=8).hexdigest()


def write_logs(stream: IO[str]) -> None:
    """Send the server's logs, and those of what it runs on, to a stream."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    for name, level in (("kitwright.serve", logging.INFO), ("uvicorn", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(level)
        logger.propagate = False


class JsonLines(logging.Formatter):
    """A record as a line; of an error its kind and place alone, since its words may be a person's."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        is_ours = record.name.startswith("kitwright")
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            # The words of other packages are left out where values went into them: they may be a client's.
            "event": record.getMessage() if is_ours else str(record.msg),
            "logger": record.name,
        }
        line |= getattr(record, _FIELDS, {})
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line, default=str)
