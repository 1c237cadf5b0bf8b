"""The demo shop's tables in an in-memory SQLite database, filled once from `tables/*.csv` when first used."""

import csv
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_TABLES = Path(__file__).with_name("tables")
_NAMES = (
    "products",
    "garments",
    "stock",
    "customers",
    "orders",
    "order_lines",
    "shipments",
    "returns",
    "gift_cards",
    "discounts",
)


class DemoStore:
    """One connection behind one lock; what is written lives as long as the store."""

    def __init__(self, tables: Path = _TABLES) -> None:
        self._tables = tables
        self._lock = threading.RLock()
        self._opened: sqlite3.Connection | None = None

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Hold the store for a few statements that belong together; an error undoes them."""
        with self._lock:
            if self._opened is None:
                self._opened = self._build()
            with self._opened:
                yield self._opened

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """Return the rows of one query."""
        with self.transaction() as connection:
            return connection.execute(sql, values).fetchall()

    def _build(self) -> sqlite3.Connection:
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        connection.row_factory = sqlite3.Row
        for name in _NAMES:
            with (self._tables / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
                header, *rows = csv.reader(lines)
            marks = ", ".join("?" for _ in header)
            connection.execute(f"CREATE TABLE {name} ({', '.join(header)})")
            connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)  # noqa: S608  (names from a literal list)
        # A return made here happens on a date; those of the tables happened a number of days ago, whatever today is.
        connection.execute("ALTER TABLE returns ADD COLUMN created_on TEXT")
        connection.execute("CREATE TABLE handovers (reason TEXT, summary TEXT)")
        connection.execute(
            "CREATE TABLE alerts (product_id, size, colour, email, UNIQUE (product_id, size, colour, email))"
        )
        connection.execute("CREATE TABLE letters (kind TEXT, email TEXT)")
        connection.execute("CREATE INDEX stock_of ON stock (product_id)")
        connection.commit()
        return connection
