#!/usr/bin/env python3
"""Copy the design system's style sheet and script, without what is not ours to use.

The typeface GDS Transport is licensed for GOV.UK alone, and the royal crest
belongs to the government: neither may be served by anyone else. So the font
and image rules are taken out, and what is left is searched before it is
written: a new release that hides one elsewhere stops the build.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "node_modules" / "govuk-frontend"
BUILD = ROOT / "webforms" / "static" / "build"
STYLE = "govuk-frontend.min.css"
SCRIPT = "govuk-frontend.min.js"

FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
TYPEFACE = re.compile(r"""["']?GDS Transport["']?\s*,\s*""")
IMAGE = re.compile(r"[\w-]+:url\(/assets/images/[^)]*\);?")
CHARSET = '@charset "UTF-8";'
SOURCE_MAP = re.compile(r"//# sourceMappingURL=\S+\s*\Z")

LEFTOVERS = ("GDS Transport", "@font-face", "sourceMappingURL", "/assets/", "url(")


class AssetFault(Exception):
    """The design system is not as this step expects; the message says how."""


def read(name: str) -> str:
    path = PACKAGE / "dist" / "govuk" / name
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise AssetFault(f"{path.relative_to(ROOT)} is missing: run 'npm ci'.") from None


def version() -> str:
    package: dict[str, str] = json.loads((PACKAGE / "package.json").read_text(encoding="utf-8"))
    return package["version"]


def style() -> str:
    """The style sheet in Arial, with no picture and no address in it."""
    text = read(STYLE).removeprefix("\ufeff").removeprefix(CHARSET)
    text, faces = FONT_FACE.subn("", text)
    if faces != 2:
        raise AssetFault(f"{STYLE} has {faces} @font-face rules where 2 were expected.")
    text = IMAGE.sub("", TYPEFACE.sub("", COMMENT.sub("", text))).strip()
    origin = f"/* govuk-frontend {version()}, MIT licence, less its typeface and pictures */"
    # A charset rule counts only as the very first characters of the file.
    return f"{CHARSET}{origin}\n{text}\n"


def script() -> str:
    text = SOURCE_MAP.sub("", read(SCRIPT)).strip()
    return f"/* govuk-frontend {version()}, MIT licence */\n{text}\n"


def check(name: str, text: str) -> None:
    left = [word for word in LEFTOVERS if word.lower() in text.lower()]
    if left:
        raise AssetFault(f"{name} still has {', '.join(left)}: mend scripts/build_assets.py.")
    if len(text) < 10_000:
        raise AssetFault(f"{name} came out at {len(text)} characters: too short to be whole.")


def build() -> dict[str, str]:
    """Write both files, then the manifest that says which content they have."""
    files = {STYLE: style(), SCRIPT: script()}
    for name, text in files.items():
        check(name, text)
    BUILD.mkdir(parents=True, exist_ok=True)
    for stale in BUILD.iterdir():
        stale.unlink()
    manifest: dict[str, str] = {}
    for name, text in files.items():
        content = text.encode("utf-8")
        (BUILD / name).write_bytes(content)
        manifest[name] = hashlib.sha256(content).hexdigest()[:12]
    # Last, since its presence says that the build is whole.
    (BUILD / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return manifest


if __name__ == "__main__":
    try:
        build()
    except AssetFault as fault:
        sys.exit(f"build_assets: {fault}")
