"""Which paragraph of which source: in a list, or of the source that a file is of."""

from __future__ import annotations

from typing import Any as Anything

from marshmallow import fields, post_load, validate

from engine.rulebook import Citation, Source, Strength, Verification
from engine.schema.shapes import Strict, frozen, listed, nested
from engine.schema.values import Name, OneOf, Text

# Advice is our own: no source gives it.
OF_A_SOURCE = tuple(each for each in Strength if each is not Strength.ADVICE)


class CitationSchema(Strict):
    source = Name(required=True)
    paragraph = Text(required=True)
    status = OneOf(tuple(Verification), load_default=None)
    strength = OneOf(OF_A_SOURCE, load_default=None)

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> Citation:
        strength = data["strength"] and Strength(data["strength"])
        return Citation(
            data["source"], data["paragraph"], verification_of(data["status"]), strength
        )


def verification_of(word: str | None) -> Verification | None:
    """The word of a file as the verification that it names."""
    return None if word is None else Verification(word)


def _at_least_one() -> validate.Length:
    return validate.Length(min=1, error="this is empty: cite at least one source and paragraph")


def cited(**kwargs: Anything) -> fields.List[Anything]:
    """A list of at least one citation."""
    return listed(nested(CitationSchema), required=True, validate=_at_least_one(), **kwargs)


class Cited(Strict):
    """A part with a paragraph of its file's source, and the statements that it encodes."""

    id = Name(required=True)
    paragraph = Text(required=True)
    also_cite = listed(nested(CitationSchema), load_default=[])
    status = OneOf(tuple(Verification), load_default=None)
    statements = listed(Text(), load_default=[])


def cited_part(data: dict[str, Anything], source: Source) -> dict[str, Anything]:
    """A part's fields, with its paragraph of the source as the first of its citations."""
    data = frozen(data)
    own = Citation(source.id, data.pop("paragraph"), verification_of(data.pop("status")))
    return {"citations": (own, *data.pop("also_cite")), **data}
