"""Where the data lies, and the secret that signs cookies. No environment is needed."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SECRET_FILE = "secret-key"
DATABASE_FILE = "waymark.sqlite3"


def data_folder() -> Path:
    """The folder of the database and the secret: `WAYMARK_DATA`, or `var/` in the project."""
    return Path(os.environ.get("WAYMARK_DATA") or PROJECT / "var")


def secret_key(folder: Path) -> str:
    """The server's secret, made once and read by every worker after that.

    It is written apart and linked into place, so that of two workers starting together one wins
    and both read the same secret.
    """
    path = folder / SECRET_FILE
    if not path.exists():
        draft = folder / f"{SECRET_FILE}.{os.getpid()}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()


def settings(folder: Path) -> dict[str, object]:
    """The settings of the application; a test or a deployment may replace any of them."""
    hosts = os.environ.get("WAYMARK_HOSTS", "")
    return {
        "DATA_FOLDER": folder,
        "DATABASE": folder / DATABASE_FILE,
        # How many proxies stand in front and may be believed about scheme and address.
        "PROXIES": int(os.environ.get("WAYMARK_PROXIES", "0")),
        "TRUSTED_HOSTS": hosts.split() or None,
        # A training room is open to its whole network, so nothing that needs an account is served.
        "WITHOUT_CASES": bool(os.environ.get("WAYMARK_WITHOUT_CASES")),
        "SESSION_COOKIE_NAME": "waymark",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        # Notes of a check: 2,000 characters, each at most 12 bytes once encoded. Pages of a case
        # take more: see `chair`.
        "MAX_CONTENT_LENGTH": 64 * 1024,
        # A person is called away for hours in the middle of a form; the token lasts the session.
        "WTF_CSRF_TIME_LIMIT": None,
        "SEND_FILE_MAX_AGE_DEFAULT": 365 * 24 * 3600,
    }
