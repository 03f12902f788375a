"""The tables, in the order in which they came to be, and how a database is brought up to date."""

from __future__ import annotations

import fcntl
from pathlib import Path

from webforms.store.ledger import Ledger

MIGRATIONS = (
    """
    CREATE TABLE visits (
        key TEXT PRIMARY KEY,
        data TEXT NOT NULL,
        seen REAL NOT NULL
    ) STRICT;
    CREATE INDEX visits_by_age ON visits (seen);

    CREATE TABLE log (
        seq INTEGER PRIMARY KEY,
        time TEXT NOT NULL,
        kind TEXT NOT NULL,
        rules_version TEXT NOT NULL,
        commitment TEXT NOT NULL,
        previous TEXT NOT NULL,
        hash TEXT NOT NULL
    ) STRICT;
    CREATE TABLE payloads (
        seq INTEGER PRIMARY KEY REFERENCES log (seq),
        salt TEXT NOT NULL,
        body TEXT NOT NULL
    ) STRICT;
    CREATE TABLE saved (
        reference TEXT PRIMARY KEY,
        seq INTEGER NOT NULL REFERENCES log (seq),
        made REAL NOT NULL,
        expires REAL NOT NULL
    ) STRICT;
    CREATE INDEX saved_by_expiry ON saved (expires);

    CREATE TABLE tries (
        client TEXT NOT NULL,
        at REAL NOT NULL
    ) STRICT;
    CREATE INDEX tries_by_client ON tries (client, at);

    CREATE TRIGGER log_is_never_updated BEFORE UPDATE ON log
    BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;
    CREATE TRIGGER log_is_never_deleted BEFORE DELETE ON log
    BEGIN SELECT RAISE(ABORT, 'the log is never erased'); END;
    -- This also stops INSERT OR REPLACE, which goes round the two above.
    CREATE TRIGGER log_grows_at_its_end BEFORE INSERT ON log
    WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM log)
      OR NEW.previous IS NOT coalesce(
            (SELECT hash FROM log ORDER BY seq DESC LIMIT 1),
            '0000000000000000000000000000000000000000000000000000000000000000')
    BEGIN SELECT RAISE(ABORT, 'a log entry must follow the last one'); END;
    """,
    """
    CREATE TABLE accounts (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        -- The name as it is compared: two that differ only in capitals are one.
        name_key TEXT NOT NULL UNIQUE,
        role TEXT NOT NULL,
        area TEXT NOT NULL,
        agency TEXT NOT NULL,
        password TEXT NOT NULL,
        made REAL NOT NULL,
        closed REAL
    ) STRICT;
    CREATE TABLE invitations (
        key TEXT PRIMARY KEY,
        role TEXT NOT NULL,
        area TEXT NOT NULL,
        agency TEXT NOT NULL,
        made REAL NOT NULL,
        expires REAL NOT NULL,
        used REAL,
        -- Who made the link; nobody, where the command line did.
        made_by INTEGER REFERENCES accounts (id),
        -- Whose new password it is for; none, where it invites somebody.
        account INTEGER REFERENCES accounts (id)
    ) STRICT;
    CREATE TABLE sign_ins (
        key TEXT PRIMARY KEY,
        account INTEGER NOT NULL REFERENCES accounts (id),
        begun REAL NOT NULL,
        seen REAL NOT NULL
    ) STRICT;
    CREATE INDEX sign_ins_by_account ON sign_ins (account);
    CREATE TABLE sign_in_tries (
        name TEXT NOT NULL,
        client TEXT NOT NULL,
        at REAL NOT NULL
    ) STRICT;
    CREATE INDEX sign_in_tries_by_name ON sign_in_tries (name, at);
    CREATE INDEX sign_in_tries_by_client ON sign_in_tries (client, at);

    CREATE TABLE cases (
        id INTEGER PRIMARY KEY,
        reference TEXT NOT NULL UNIQUE,
        area TEXT NOT NULL,
        title TEXT NOT NULL,
        opened REAL NOT NULL,
        opened_by INTEGER NOT NULL REFERENCES accounts (id),
        changed REAL NOT NULL,
        -- What a list shows of a case, worked out anew at every change of it.
        stage TEXT NOT NULL,
        due TEXT,
        due_what TEXT NOT NULL,
        closed INTEGER NOT NULL,
        summary TEXT NOT NULL,
        -- When what was written in it was erased. The row stays: no case gets its number again.
        erased REAL
    ) STRICT;
    CREATE INDEX cases_by_area ON cases (area, closed, due);
    CREATE TABLE case_shares (
        case_id INTEGER NOT NULL REFERENCES cases (id),
        account INTEGER NOT NULL REFERENCES accounts (id),
        PRIMARY KEY (account, case_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX case_shares_by_case ON case_shares (case_id);
    -- What was written in a case; the words themselves lie in payloads.
    CREATE TABLE case_entries (
        seq INTEGER PRIMARY KEY REFERENCES log (seq),
        case_id INTEGER NOT NULL REFERENCES cases (id),
        part TEXT NOT NULL,
        item TEXT NOT NULL,
        version INTEGER NOT NULL,
        account INTEGER NOT NULL REFERENCES accounts (id),
        at REAL NOT NULL,
        UNIQUE (case_id, part, item, version)
    ) STRICT;
    CREATE TRIGGER case_entries_are_never_updated BEFORE UPDATE ON case_entries
    BEGIN SELECT RAISE(ABORT, 'what was written in a case is never changed'); END;
    CREATE TRIGGER case_entries_are_never_deleted BEFORE DELETE ON case_entries
    BEGIN SELECT RAISE(ABORT, 'what was written in a case is never taken away'); END;
    CREATE TABLE signed (
        seq INTEGER PRIMARY KEY REFERENCES log (seq),
        case_id INTEGER NOT NULL REFERENCES cases (id),
        version INTEGER NOT NULL,
        account INTEGER NOT NULL REFERENCES accounts (id),
        at REAL NOT NULL,
        UNIQUE (case_id, version)
    ) STRICT;
    CREATE TRIGGER signed_is_never_updated BEFORE UPDATE ON signed
    BEGIN SELECT RAISE(ABORT, 'a signed record is never changed'); END;
    CREATE TRIGGER signed_is_never_deleted BEFORE DELETE ON signed
    BEGIN SELECT RAISE(ABORT, 'a signed record is never taken away'); END;
    -- The rules by which a record was made, so that it can be worked out again years later.
    CREATE TABLE rule_files (
        version TEXT PRIMARY KEY,
        files BLOB NOT NULL
    ) STRICT;
    """,
    """
    CREATE TABLE rooms (
        code TEXT PRIMARY KEY,
        trainer TEXT NOT NULL,
        vignette TEXT NOT NULL,
        turn INTEGER NOT NULL,
        step INTEGER NOT NULL,
        reasons_shown INTEGER NOT NULL,
        changed INTEGER NOT NULL,
        opened REAL NOT NULL
    ) STRICT;
    CREATE INDEX rooms_by_age ON rooms (opened);
    CREATE INDEX rooms_by_trainer ON rooms (trainer);
    CREATE TABLE room_learners (
        room TEXT NOT NULL REFERENCES rooms (code),
        learner TEXT NOT NULL,
        joined REAL NOT NULL,
        PRIMARY KEY (room, learner)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE room_answers (
        id INTEGER PRIMARY KEY,
        room TEXT NOT NULL REFERENCES rooms (code),
        turn INTEGER NOT NULL,
        learner TEXT NOT NULL,
        choice TEXT NOT NULL,
        sentence TEXT NOT NULL,
        hidden INTEGER NOT NULL,
        -- One answer a learner, however often it is sent.
        UNIQUE (room, turn, learner)
    ) STRICT;
    """,
    """
    -- Boards of facts, each under the hash of the code in its link.
    CREATE TABLE boards (
        key TEXT PRIMARY KEY,
        data TEXT NOT NULL,
        made REAL NOT NULL,
        expires REAL NOT NULL
    ) STRICT;
    CREATE INDEX boards_by_expiry ON boards (expires);
    """,
    """
    -- The case of which a board was made, with which it is erased; none for any other.
    ALTER TABLE boards ADD COLUMN case_id INTEGER REFERENCES cases (id);
    """,
)


def migrate(path: Path) -> None:
    """Brings the database to the newest layout; workers that start together take turns."""
    with open(path.with_suffix(".lock"), "w", encoding="ascii") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        store = Ledger(path)
        try:
            store.db.enable_wal()
            (done,) = store.db.execute("PRAGMA user_version").fetchone()
            for number, script in enumerate(MIGRATIONS[done:], start=done + 1):
                store.db.conn.executescript(
                    f"BEGIN IMMEDIATE; {script}; PRAGMA user_version={number}; COMMIT;"
                )
        finally:
            store.close()
    path.chmod(0o600)
