"""Training rooms: a trainer's vignette, who has joined, and what each of them answered.

Nobody is named. A browser holds a random value in a cookie; here are only its hashes, another one
in each room, so that nobody can be followed from room to room. A room is gone after a day, with
all its answers, or as soon as its trainer closes it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from webforms.store.ledger import sha256
from webforms.store.tries import Tries

ROOM_LASTS = timedelta(hours=24)
MOST_LEARNERS = 1000

# No vowels, which make words, and none of the signs that are misread for another: 0 and O, 1, I
# and L, 2 and Z, 5 and S, 8 and B. Whoever types B, S or Z has read a figure.
CODE_ALPHABET = "23456789CDFGHJKMNPQRTVWXY"
CODE_MISREAD = str.maketrans({"B": "8", "S": "5", "Z": "2"})
CODE_LENGTH = 5

# A whole hall sits behind one address and mistypes. Of ten million codes a few are rooms.
CODE_TRIES_ALLOWED = 100
ROOMS_ALLOWED = 60
# A whole school may join at once, and no browser can fill rooms by joining again and again.
JOINS_ALLOWED = 300


@dataclass(frozen=True)
class Room:
    """A room as it stands. `step` is how far its reasons are shown: 0 while it takes answers.

    `turn` counts the vignettes it has had. `reasons_shown` says whether the sentences are on the
    screen. `changed` grows with everything that happens in the room.
    """

    code: str
    vignette: str
    turn: int
    step: int
    reasons_shown: bool
    changed: int

    @property
    def takes_answers(self) -> bool:
        return self.step == 0


@dataclass(frozen=True)
class Given:
    """An answer: what was chosen, and the sentence that says why."""

    id: int
    choice: str
    sentence: str
    hidden: bool


class RoomsFull(Exception):
    """More people want to join than a room takes."""


def new_code() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def code_read(typed: str) -> str | None:
    """A code as it was meant, or None when it cannot be one. Case and spaces do not matter."""
    text = "".join(letter for letter in typed.upper() if letter.isalnum()).translate(CODE_MISREAD)
    if len(text) != CODE_LENGTH or any(letter not in CODE_ALPHABET for letter in text):
        return None
    return text


def trainer_key(value: str) -> str:
    """The hash by which a trainer's browser is known."""
    return sha256(f"waymark trainer {value}")


def learner_key(value: str, code: str) -> str:
    """The hash by which a learner's browser is known in one room."""
    return sha256(f"waymark learner {code} {value}")


class Rooms(Tries):
    """Rooms, who is in them, and their answers."""

    def _sweep(self, now: float) -> None:
        super()._sweep(now)
        too_old = now - ROOM_LASTS.total_seconds()
        for row in list(self.db.query("SELECT code FROM rooms WHERE opened <= ?", [too_old])):
            self._erase_room(row["code"])

    def _erase_room(self, code: str) -> None:
        self.db.execute("DELETE FROM room_answers WHERE room = ?", [code])
        self.db.execute("DELETE FROM room_learners WHERE room = ?", [code])
        self.db.execute("DELETE FROM rooms WHERE code = ?", [code])

    # The trainer

    def open_room(self, vignette: str, trainer: str, client: str) -> Room:
        """A new room. Raises `TooManyTries`."""
        with self._writing() as now:
            self._hold_to("room opened", client, ROOMS_ALLOWED)
            self._note_try("room opened", client, now)
            taken = {row["code"] for row in self.db.query("SELECT code FROM rooms")}
            code = next(each for each in iter(new_code, "") if each not in taken)
            self.db.execute(
                "INSERT INTO rooms (code, trainer, vignette, turn, step, reasons_shown, changed,"
                " opened) VALUES (?, ?, ?, 1, 0, 0, 0, ?)",
                [code, trainer, vignette, now],
            )
        return Room(code, vignette, 1, 0, False, 0)

    def room_of_trainer(self, code: str, trainer: str) -> Room | None:
        """The room, for the browser that opened it; None for every other."""
        return self._room("SELECT * FROM rooms WHERE code = ? AND trainer = ?", [code, trainer])

    def rooms_of_trainer(self, trainer: str) -> tuple[Room, ...]:
        """The rooms that this browser has open, the newest first."""
        since = self._now().timestamp() - ROOM_LASTS.total_seconds()
        rows = self.db.query(
            "SELECT * FROM rooms WHERE trainer = ? AND opened > ? ORDER BY opened DESC",
            [trainer, since],
        )
        return tuple(_room(row) for row in rows)

    def show_step(self, room: Room, step: int) -> bool:
        """Shows the room up to a step. False when another vignette has been taken meanwhile.

        Once it takes answers again, what is written then is not on the screen before it was seen.
        """
        return self._change(
            room,
            "step = ?, reasons_shown = CASE WHEN ? = 0 THEN 0 ELSE reasons_shown END",
            [step] * 2,
        )

    def show_reasons(self, room: Room, shown: bool) -> bool:
        return self._change(room, "reasons_shown = ?", [int(shown)])

    def take_vignette(self, room: Room, vignette: str) -> bool:
        """Gives the room its next vignette, unless it has already been given one."""
        return self._change(
            room, "vignette = ?, turn = turn + 1, step = 0, reasons_shown = 0", [vignette]
        )

    def hide_sentence(self, room: Room, answer: int, hidden: bool) -> None:
        """Hides the sentence of an answer from the screen, or shows it again."""
        with self._writing():
            self.db.execute(
                "UPDATE room_answers SET hidden = ? WHERE id = ? AND room = ?",
                [int(hidden), answer, room.code],
            )
            self._note_change(room.code)

    def close_room(self, code: str) -> None:
        """Erases the room and all that was answered in it, now."""
        with self._writing():
            self._erase_room(code)
        self._forget_pages()

    def joined(self, code: str) -> int:
        row = self.db.execute("SELECT count(*) FROM room_learners WHERE room = ?", [code])
        count: int = row.fetchone()[0]
        return count

    def answers_given(self, room: Room) -> tuple[Given, ...]:
        """The answers to the room's vignette, in the order in which they first came."""
        rows = self.db.query(
            "SELECT id, choice, sentence, hidden FROM room_answers WHERE room = ? AND turn = ?"
            " ORDER BY id",
            [room.code, room.turn],
        )
        return tuple(_given(row) for row in rows)

    # The learner

    def join_room(self, code: str, learner: str, client: str) -> bool:
        """Lets a learner in; who is in already, stays in. False when there is no such room.

        Wrong codes are counted, and so are those who join. Raises `RoomsFull` or `TooManyTries`.
        """
        with self._writing() as now:
            self._hold_to("room code", client, CODE_TRIES_ALLOWED)
            if not list(self.db.query("SELECT 1 FROM rooms WHERE code = ?", [code])):
                self._note_try("room code", client, now)
                return False
            inside = list(
                self.db.query(
                    "SELECT 1 FROM room_learners WHERE room = ? AND learner = ?", [code, learner]
                )
            )
            if not inside:
                if self.joined(code) >= MOST_LEARNERS:
                    raise RoomsFull
                self._hold_to("room joined", client, JOINS_ALLOWED)
                self._note_try("room joined", client, now)
                self.db.execute("INSERT INTO room_learners VALUES (?, ?, ?)", [code, learner, now])
                self._note_change(code)
        return True

    def room_of_learner(self, code: str, learner: str) -> Room | None:
        """The room, for a browser that has joined it; None for every other."""
        return self._room(
            "SELECT * FROM rooms WHERE code = ? AND EXISTS"
            " (SELECT 1 FROM room_learners WHERE room = code AND learner = ?)",
            [code, learner],
        )

    def answer(self, room: Room, learner: str, choice: str, sentence: str) -> bool:
        """Takes an answer, in place of the one that this learner has given before.

        False when the room takes none any more, or has gone on to another vignette.
        """
        with self._writing():
            waiting = "SELECT 1 FROM rooms WHERE code = ? AND turn = ? AND step = 0"
            if not list(self.db.query(waiting, [room.code, room.turn])):
                return False
            self.db.execute(
                "INSERT INTO room_answers (room, turn, learner, choice, sentence, hidden)"
                " VALUES (?, ?, ?, ?, ?, 0) ON CONFLICT (room, turn, learner)"
                " DO UPDATE SET choice = excluded.choice, sentence = excluded.sentence",
                [room.code, room.turn, learner, choice, sentence],
            )
            self._note_change(room.code)
        return True

    def answer_of(self, room: Room, learner: str) -> Given | None:
        rows = self.db.query(
            "SELECT id, choice, sentence, hidden FROM room_answers"
            " WHERE room = ? AND turn = ? AND learner = ?",
            [room.code, room.turn, learner],
        )
        return next((_given(row) for row in rows), None)

    # Rows

    def _change(self, room: Room, what: str, values: list[Any]) -> bool:
        """Changes a room, unless it has gone on to another vignette since it was read."""
        with self._writing():
            done = self.db.execute(
                f"UPDATE rooms SET {what}, changed = changed + 1 WHERE code = ? AND turn = ?",
                [*values, room.code, room.turn],
            )
            return bool(done.rowcount)

    def _note_change(self, code: str) -> None:
        self.db.execute("UPDATE rooms SET changed = changed + 1 WHERE code = ?", [code])

    def _room(self, query: str, values: list[str]) -> Room | None:
        since = self._now().timestamp() - ROOM_LASTS.total_seconds()
        for row in self.db.query(query, values):
            if row["opened"] > since:
                return _room(row)
            # Whoever asks for a room that is too old sees that it is erased.
            self.close_room(row["code"])
        return None


def _room(row: dict[str, Any]) -> Room:
    return Room(
        code=row["code"],
        vignette=row["vignette"],
        turn=row["turn"],
        step=row["step"],
        reasons_shown=bool(row["reasons_shown"]),
        changed=row["changed"],
    )


def _given(row: dict[str, Any]) -> Given:
    return Given(row["id"], row["choice"], row["sentence"], bool(row["hidden"]))
