"""Boards of facts. Each is kept for a day under the hash of the code in its link."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from webforms.store.checks import PREFIX, new_reference, reference_key
from webforms.store.ledger import canonical, sha256
from webforms.store.tries import Tries

BOARD_LASTS = timedelta(days=1)
BOARDS_ALLOWED = 60


@dataclass(frozen=True)
class KeptBoard:
    """What is kept of a board, and until when."""

    data: dict[str, Any]
    expires: datetime


def new_board_code() -> str:
    """A code of 80 random bits in readable groups, such as 7GQX-0N3D-V2KC-M8RT."""
    return new_reference().removeprefix(f"{PREFIX}-")


def board_key(code: str) -> str | None:
    """The hash under which a board is kept, or None when the code cannot be one."""
    key = reference_key(code)
    # A reference to a saved check and a code for a board never open one another.
    return sha256(f"waymark board {key}") if key else None


class Boards(Tries):
    """Boards of facts."""

    def _sweep(self, now: float) -> None:
        super()._sweep(now)
        self.db.execute("DELETE FROM boards WHERE expires <= ?", [now])

    def open_board(self, data: dict[str, Any], client: str, case_id: int | None = None) -> str:
        """Keeps a new board and returns its code, which is not kept.

        A board made of a case goes with it when the case is erased. Raises `TooManyTries`.
        """
        code = new_board_code()
        with self._writing() as now:
            self._hold_to("board opened", client, BOARDS_ALLOWED)
            self._note_try("board opened", client, now)
            expires = now + BOARD_LASTS.total_seconds()
            self.db.execute(
                "INSERT INTO boards (key, data, made, expires, case_id) VALUES (?, ?, ?, ?, ?)",
                [board_key(code), canonical(data), now, expires, case_id],
            )
        return code

    def board(self, code: str) -> KeptBoard | None:
        """The board of a code, or None when there is none, or none any more."""
        rows = self.db.query(
            "SELECT data, expires FROM boards WHERE key = ? AND expires > ?",
            [board_key(code), self._now().timestamp()],
        )
        for row in rows:
            return KeptBoard(json.loads(row["data"]), datetime.fromtimestamp(row["expires"], UTC))
        return None

    @contextmanager
    def changing_board(self, code: str) -> Iterator[dict[str, Any] | None]:
        """What is kept of a board, to be changed in place; None when there is no such board.

        The whole block holds the write lock, so that of two people who turn a fact at the same
        time neither loses theirs. When the block fails, nothing is changed.
        """
        key = board_key(code)
        with self._writing() as now:
            rows = list(
                self.db.query("SELECT data FROM boards WHERE key = ? AND expires > ?", [key, now])
            )
            data: dict[str, Any] | None = json.loads(rows[0]["data"]) if rows else None
            yield data
            if data is not None:
                self.db.execute("UPDATE boards SET data = ? WHERE key = ?", [canonical(data), key])

    def erase_board(self, code: str) -> None:
        """Erases a board; nothing happens when there is none."""
        with self._writing():
            self.db.execute("DELETE FROM boards WHERE key = ?", [board_key(code)])
        self._forget_pages()
