"""`waymark invite`: the way in for a first chair, and for whoever is invited from outside."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from commands.invite import ROLES
from commands.main import waymark
from webforms.access import Role
from webforms.config import DATABASE_FILE
from webforms.store import Account, Store, sha256

LINK = re.compile(r"(http\S+)/invitation/(\S+)\n")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that is not there yet, as on a fresh machine."""
    monkeypatch.setenv("WAYMARK_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("PORT", raising=False)
    return tmp_path / "data"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    invite("--first")
    opened = Store(folder / DATABASE_FILE)
    yield opened
    opened.close()


def invite(*arguments: str) -> Result:
    return CliRunner().invoke(waymark, ["invite", *arguments])


def link(result: Result) -> tuple[str, str]:
    assert result.exit_code == 0, result.output
    found = LINK.search(result.output)
    assert found, result.output
    return found[1], found[2]


def test_a_first_chair_gets_a_link_on_a_fresh_machine(folder: Path) -> None:
    address, value = link(invite("--first"))
    assert address == "http://127.0.0.1:5000"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    store = Store(folder / DATABASE_FILE)
    invitation = store.invitation(sha256(value))
    store.close()
    assert invitation
    assert (invitation.role, invitation.area) == ("chair", "")


def test_each_start_gives_a_new_link_and_voids_the_old_one(store: Store) -> None:
    old, new = link(invite("--first"))[1], link(invite("--first"))[1]
    assert store.invitation(sha256(old)) is None
    assert store.invitation(sha256(new))


def test_once_there_is_an_account_nothing_is_printed(store: Store) -> None:
    store.accept(sha256(link(invite("--first"))[1]), "First chair", "hash", "darlington")
    result = invite("--first")
    assert (result.exit_code, result.output) == (0, "")


def test_the_link_is_for_the_role_the_area_and_the_agency(store: Store) -> None:
    words = ("--role", "panel member", "--area", "gateshead", "--agency", "Police")
    address, value = link(invite(*words, "--address", "https://waymark.example/"))
    assert address == "https://waymark.example"
    found = store.invitation(sha256(value))
    assert found
    assert (found.role, found.area, found.agency) == ("panel member", "gateshead", "Police")


def test_the_port_of_the_server_is_that_of_the_link(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", "8123")
    assert link(invite("--first"))[0] == "http://127.0.0.1:8123"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Say --role and --area, or --first"),
        (("--role", "chair"), "Say --role and --area, or --first"),
        (("--first", "--role", "chair"), "--first takes no role"),
        (("--role", "panel member", "--area", "darlington"), "writes for their agency only"),
        (("--role", "panel member", "--area", "darlington", "--agency", " "), "Say --agency"),
        (("--role", "chair", "--area", "atlantis"), "There is no area 'atlantis'"),
        (("--role", "owner", "--area", "darlington"), "'owner' is not one of"),
    ],
)
def test_what_cannot_be_invited(folder: Path, arguments: tuple[str, ...], message: str) -> None:
    result = invite(*arguments)
    assert result.exit_code == 2
    assert message in result.output
    assert not folder.exists()


def test_the_roles_are_those_of_the_pages() -> None:
    assert tuple(Role) == ROLES


def test_it_is_a_way_back_to_every_case_of_an_area_whose_last_account_was_closed(
    store: Store,
) -> None:
    chair = store.accept(sha256(store.invite("chair", "darlington")), "Review chair", "hash")
    case = store.open_case("darlington", "DAR", "Child A", chair.id)
    store.close_account(chair.id)
    words = ("--role", "partnership administrator", "--area", "darlington")
    key = sha256(link(invite(*words))[1])
    administrator = store.accept(key, "Business manager", "hash")
    assert store.shared_with(case.id) == (chair.id, administrator.id)
    assert store.verify().faults == ()


class TestReset:
    """`--reset`: the way back in for the only chair of an area, who forgot the password."""

    @pytest.fixture
    def chair(self, store: Store) -> Account:
        key = sha256(store.invite("chair", "darlington"))
        return store.accept(key, "Review chair", "hash")

    def test_the_link_is_for_the_account_of_that_name(self, store: Store, chair: Account) -> None:
        result = invite("--reset", "review  CHAIR", "--address", "https://waymark.example")
        assert result.exit_code == 0, result.output
        address, _, value = result.output.strip().rpartition("/")
        assert address == "https://waymark.example/new-password"
        found = store.password_link(sha256(value))
        assert found
        assert found.account == chair

    def test_a_name_without_an_open_account_is_refused(self, store: Store, chair: Account) -> None:
        assert "No open account has the name 'Nobody'" in invite("--reset", "Nobody").output
        store.close_account(chair.id)
        result = invite("--reset", "Review chair")
        assert result.exit_code == 2
        assert "No open account has the name" in result.output

    @pytest.mark.parametrize("more", [["--first"], ["--role", "chair"], ["--area", "darlington"]])
    def test_nothing_else_is_said_with_it(self, store: Store, more: list[str]) -> None:
        result = invite("--reset", "Review chair", *more)
        assert result.exit_code == 2
        assert "--reset takes a name alone" in result.output
