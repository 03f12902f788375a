"""The shape of every rule file: mappings in, frozen parts of a rulebook or faults out.

marshmallow checks names, kinds and required keys; what can only be seen across files (a name that
nobody concludes, two rules for one finding) is checked by `engine.checks`.
"""

from __future__ import annotations

from engine.schema.files import checked
from engine.schema.local import made_overlay
from engine.schema.rules import made_process, made_rule
from engine.schema.statements import made_guidance

__all__ = ["checked", "made_guidance", "made_overlay", "made_process", "made_rule"]
