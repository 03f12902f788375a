"""The rules by which a record was made, kept with it, so that it can be worked out again."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

from engine.rulebook import Rulebook
from rules.loader import RULES, FaultyRules, load, rulebook
from webforms.store import Store


def keep(store: Store) -> None:
    """Keeps the rule files of today under their version, once."""
    version = rulebook().version
    if not store.has_rules(version):
        store.keep_rules(version, packed(RULES))


def packed(folder: Path) -> bytes:
    """The rule files as one archive; the same files give the same bytes."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
        for path in sorted(folder.rglob("*.yaml")):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            files.writestr(entry, path.read_bytes())
    return archive.getvalue()


def of_version(store: Store, version: str) -> Rulebook | None:
    """The rules of a version: those of today, or those that were kept; None when neither is.

    What lies under a version is held to it: other rules under its name are not the rules of then.
    """
    if version == rulebook().version:
        return rulebook()
    kept = store.kept_rules(version)
    if kept is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        try:
            with zipfile.ZipFile(io.BytesIO(kept)) as files:
                files.extractall(folder)
            found = load(Path(folder))
        except (zipfile.BadZipFile, FaultyRules):
            return None
    return found if found.version == version else None
