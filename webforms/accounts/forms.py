"""The forms about accounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from webforms.access import Role
from webforms.accounts import passwords
from webforms.accounts.agency_names import agency_given
from webforms.asking import PlainRadios

SHORTEST_NAME, LONGEST_NAME = 2, 80

# What each role is for, said where an invitation is made.
ROLE_HINTS = {
    Role.REFERRER: "Brings a case in and sees what is shared with them",
    Role.PANEL_MEMBER: "Takes part in the meeting and writes for their agency only",
    Role.CHAIR: "Leads the rapid review, signs the record and can invite others",
    Role.ADMINISTRATOR: "Keeps the people and the cases of the area, those from before too",
    Role.AUDITOR: "Reads everything in the area and changes nothing",
}


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())


class SignInForm(FlaskForm):
    name = StringField("Name")
    password = PasswordField("Password")

    def validate_name(self, field: StringField) -> None:
        field.data = _one_line(field.data)
        if not field.data:
            raise StopValidation("Enter your name")

    def validate_password(self, field: PasswordField) -> None:
        if not field.data:
            raise StopValidation("Enter your password")


class NewPasswordForm(FlaskForm):
    """A password, typed twice. `name` is the account's: it must not be the password."""

    password = PasswordField("Password")
    again = PasswordField("The same password again")

    def name_of_account(self) -> str:
        raise NotImplementedError

    def validate_password(self, field: PasswordField) -> None:
        wrong = passwords.what_is_wrong(field.data or "", self.name_of_account())
        if wrong:
            raise StopValidation(wrong)

    def validate_again(self, field: PasswordField) -> None:
        if self.password.data and field.data != self.password.data:
            raise StopValidation("The two passwords must be the same")


class TakeUpForm(NewPasswordForm):
    name = StringField("Your name")
    area = PlainRadios("Your area", missing="Choose your area")

    # The order of the errors is that of the page.
    field_order = ("name", "area", "password", "again")

    def __iter__(self) -> Any:
        yield from (self[each] for each in self.field_order if each in self)
        yield from (each for each in super().__iter__() if each.short_name not in self.field_order)

    def offer(self, areas: Sequence[tuple[str, str]]) -> None:
        """Lets the person choose an area; without any, the invitation names it."""
        if not areas:
            del self.area
            return
        *held, (elsewhere, name) = areas
        divided = SelectChoice(elsewhere, name, {"divider": "or"})
        self.area.choices = [*(SelectChoice(*each) for each in held), divided]

    def name_of_account(self) -> str:
        return self.name.data or ""

    def validate_name(self, field: StringField) -> None:
        field.data = _one_line(field.data)
        if not SHORTEST_NAME <= len(field.data) <= LONGEST_NAME:
            raise StopValidation(
                f"Enter a name of {SHORTEST_NAME} to {LONGEST_NAME} characters"
                if field.data
                else "Enter your name"
            )
        if not field.data.isprintable():
            raise StopValidation("Name must be made of letters, figures and ordinary signs")


class SetPasswordForm(NewPasswordForm):
    """A new password for an account that is known by name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def name_of_account(self) -> str:
        return self._name


class ChangePasswordForm(SetPasswordForm):
    current = PasswordField("Your password now")

    def __iter__(self) -> Any:
        yield self.current
        yield from (each for each in super().__iter__() if each is not self.current)

    def validate_current(self, field: PasswordField) -> None:
        if not field.data:
            raise StopValidation("Enter your password now")


class InviteForm(FlaskForm):
    role = PlainRadios("What will they be?", missing="Choose a role")
    agency = StringField("Their agency")

    def offer(self, asked: Sequence[str]) -> None:
        """Offers every role; `asked` are the agencies that were asked already."""
        self._asked = asked
        self.role.choices = [
            SelectChoice(role.value, _capital(role), {"hint": ROLE_HINTS[role]}) for role in Role
        ]

    def validate_agency(self, field: StringField) -> None:
        field.data = agency_given(field.data, self.role.data, self._asked)


def _capital(role: Role) -> str:
    return role.value[:1].upper() + role.value[1:]
