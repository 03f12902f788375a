"""Local names in words: `{partners}` in a rule file becomes the area's own name for them.

Filling in is plain replacement; nothing in braces is ever evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

IN_BRACES = re.compile(r"\{([^{}]*)\}")

# Words that come from an answer, not from the area.
FROM_ANSWERS = {"incident_authority": "the local authority for the place where it happened"}


def names_in(text: str) -> set[str]:
    """The names in braces that the text uses."""
    return set(IN_BRACES.findall(text))


def fill(text: str, words: Mapping[str, str]) -> str:
    """The text with every name in braces that `words` has replaced; the others stay."""
    return IN_BRACES.sub(lambda found: words.get(found[1], found[0]), text)
