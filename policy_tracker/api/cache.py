"""Answers that are remembered for as long as nothing new is recorded.

An answer about a code follows from the question, the day and the journal alone. So it is kept under
the journal's newest entry, and asking for that entry is all that a repeated question costs: on
SQLite one read of one row on a connection of this process's own, which takes microseconds and is
therefore done where the request is, without a change of threads.
"""

import sqlite3
from collections import OrderedDict
from collections.abc import Hashable
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from fastapi.concurrency import run_in_threadpool
from sqlalchemy import Engine, text
from sqlalchemy.engine import Connection

MOST_REMEMBERED = 4096
"""Answers per process; some kilobytes each. The one that was asked for longest ago goes first."""
_NEWEST = "SELECT sequence, at FROM journal ORDER BY sequence DESC LIMIT 1"

Version = tuple[int, str] | None
"""The journal's newest entry and its time: a restored database may have other entries under the
same numbers, but not of the same time.
"""


class CachedAnswer(NamedTuple):
    """The bytes of an answer and their entity tag."""

    body: bytes
    tag: str


class AnswerCache:
    """The answers of this process, each under its question and the journal's newest entry."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._own: sqlite3.Connection | None = None
        self._kept: OrderedDict[Hashable, CachedAnswer] = OrderedDict()
        self._lock = Lock()

    async def version(self) -> Version:
        """The journal's newest entry, None while there is none.

        Called from the event loop alone.
        """
        if self.engine.dialect.name == "sqlite":
            return self._newest_in_sqlite()
        return await run_in_threadpool(self._newest)

    def get(self, key: Hashable) -> CachedAnswer | None:
        """The answer under `key`, None where it is not remembered."""
        kept = self._kept.get(key)
        if kept is not None:
            with self._lock:
                if key in self._kept:
                    self._kept.move_to_end(key)
        return kept

    def keep(self, key: Hashable, kept: CachedAnswer) -> None:
        """Remember an answer."""
        with self._lock:
            self._kept[key] = kept
            self._kept.move_to_end(key)
            while len(self._kept) > MOST_REMEMBERED:
                self._kept.popitem(last=False)

    def close(self) -> None:
        """Give the connection back."""
        if self._own is not None:
            self._own.close()
            self._own = None

    def _newest_in_sqlite(self) -> Version:
        try:
            if self._own is None:
                path = Path(self.engine.url.database or "").absolute()
                self._own = sqlite3.connect(
                    f"{path.as_uri()}?mode=ro",
                    uri=True,
                    isolation_level=None,
                    check_same_thread=False,
                )
            return self._own.execute(_NEWEST).fetchone()
        except sqlite3.Error:  # the question itself will meet the same trouble, and say so
            self.close()
            return None

    def _newest(self) -> Version:
        connection: Connection
        with self.engine.connect() as connection:
            row = connection.execute(text(_NEWEST)).first()
        return None if row is None else (row[0], str(row[1]))
