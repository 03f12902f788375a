"""WTForms fields as parameters of the design system's macros.

Each function returns the dictionary that the macro of its name takes; a template writes
`{{ govukRadios(radios(form.answer, heading=true)) }}`.
"""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup
from wtforms import Field, Form
from wtforms.fields.choices import SelectFieldBase

from webforms.fields import PARTS, DatePartsField

Params = dict[str, Any]

SCRIPTED_REVEAL = re.compile(r' data-aria-controls="[^"]*"| govuk-radios__conditional--hidden')


def _common(field: Field, hint: str) -> Params:
    params: Params = {"id": field.id, "name": field.name}
    if hint:
        params["hint"] = {"text": hint}
    if field.errors:
        params["errorMessage"] = {"text": field.errors[0]}
    return params


def _legend(field: Field, heading: bool, size: str) -> Params:
    classes = f"govuk-fieldset__legend--{size}"
    legend = {"text": field.label.text, "isPageHeading": heading, "classes": classes}
    return {"fieldset": {"legend": legend}}


def _label(field: Field, size: str) -> Params:
    return {"label": {"text": field.label.text, "classes": size and f"govuk-label--{size}"}}


def radios(
    field: SelectFieldBase,
    *,
    hint: str = "",
    heading: bool = False,
    size: str = "m",
    reveals: dict[str, str] | None = None,
) -> Params:
    """`reveals` holds what stands under an option while it is chosen, as safe HTML."""
    items: list[Params] = []
    for choice in field.choices or []:
        extra = choice.render_kw or {}
        if extra.get("divider"):
            items.append({"divider": extra["divider"]})
        item: Params = {
            "value": choice.value,
            "text": choice.label,
            "checked": field.data == choice.value,
        }
        if extra.get("hint"):
            item["hint"] = {"text": extra["hint"]}
        if reveals and choice.value in reveals:
            item["conditional"] = {"html": reveals[choice.value]}
        items.append(item)
    return (
        _common(field, hint)
        | _legend(field, heading, size)
        | {"idPrefix": field.id, "items": items}
    )


def revealed_by_style(html: str) -> Markup:
    """Radios whose reveals are shown and hidden by the style sheet alone.

    The design system's script would put `aria-expanded` on a radio, where it is not allowed.
    """
    return Markup(SCRIPTED_REVEAL.sub("", html))


def select(field: SelectFieldBase, *, hint: str = "", size: str = "") -> Params:
    items = [
        {"value": choice.value, "text": choice.label, "selected": field.data == choice.value}
        for choice in field.choices or []
    ]
    return _common(field, hint) | _label(field, size) | {"items": items}


def text_input(field: Field, *, hint: str = "", size: str = "", **extra: Any) -> Params:
    return _common(field, hint) | _label(field, size) | {"value": field.data or "", **extra}


def textarea(field: Field, *, hint: str = "", size: str = "", **extra: Any) -> Params:
    return text_input(field, hint=hint, size=size, **extra)


def checkbox(field: Field) -> Params:
    """One tick box that needs no legend of its own: it stands inside another's fieldset."""
    item = {"value": "yes", "text": field.label.text, "checked": bool(field.data), "id": field.id}
    params = _common(field, "") | {"idPrefix": field.id, "items": [item]}
    return params | {"classes": "govuk-checkboxes--small"}


def date_input(
    field: DatePartsField,
    *,
    hint: str = "",
    heading: bool = False,
    size: str = "m",
    after: str = "",
) -> Params:
    """`after` stands below the inputs within the same fieldset, as safe HTML."""
    wrong = field.error_part if field.errors else ""
    items = [
        {
            "name": part,
            "label": part.capitalize(),
            "value": field.parts[part],
            "classes": f"govuk-input--width-{4 if part == 'year' else 2}"
            + (" govuk-input--error" if part == wrong else ""),
        }
        for part in PARTS
    ]
    return (
        _common(field, hint)
        | _legend(field, heading, size)
        | {"namePrefix": field.name, "items": items}
        | {"formGroup": {"afterInputs": {"html": after}} if after else {}}
    )


def error_summary(*forms: Form) -> Params | None:
    """The list of what to mend; each link moves the focus to an input."""
    links = [
        {"text": field.errors[0], "href": f"#{_first_input(field)}"}
        for form in forms
        for field in form
        if field.errors and field.errors[0]
    ]
    return {"titleText": "There is a problem", "errorList": links} if links else None


def _first_input(field: Field) -> str:
    return f"{field.id}-{field.error_part}" if isinstance(field, DatePartsField) else field.id


GLOBALS = {
    "radios": radios,
    "revealed_by_style": revealed_by_style,
    "select": select,
    "text_input": text_input,
    "textarea": textarea,
    "checkbox": checkbox,
    "date_input": date_input,
    "error_summary": error_summary,
}
