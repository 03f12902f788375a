"""Whether a decision is signed, and whether it was changed since: then the signed record no longer
says what was decided, and a corrected one is to be signed.
"""

from __future__ import annotations

from webforms.chair.casefile import CaseFile
from webforms.chair.parts.deciding import DECISION

# What comes after a decision, and is written on the same form: it changes nothing in the decision.
AFTERWARDS = ("review_decided", "family_told")


def is_signed(file: CaseFile) -> bool:
    """Whether any version of the record is signed."""
    return file.signed is not None


def decision_changed(file: CaseFile) -> bool:
    """Whether the decision as it stands is another than the one that was signed last."""
    if file.signed is None:
        return False
    return _decided(file) != _decided(CaseFile(file.row, file.signed, today=file.today))


def _decided(file: CaseFile) -> dict[str, str]:
    """What was decided: what no longer applies, or was only kept from before, is left out."""
    return {
        ask.id: file.value(DECISION, ask)
        for ask in DECISION.asks
        if ask.id not in AFTERWARDS and file.applies(DECISION, ask)
    }
