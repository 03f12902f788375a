"""What `make serve` and `make serve-room` start, and where: with a server that only says so."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from commands.reached_at import reachable, reached_at

PROJECT = Path(__file__).parents[2]
SAYS_WHAT_IT_IS = """#!/bin/sh
echo "started: $*"
echo "data=$WAYMARK_DATA without-cases=$WAYMARK_WITHOUT_CASES hosts=$WAYMARK_HOSTS"
echo "proxies=$WAYMARK_PROXIES"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose set-up does nothing and whose server only says how it was started."""
    (tmp_path / "scripts").mkdir()
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    for name in ("serve.sh", "common.sh"):
        shutil.copy(PROJECT / "scripts" / name, tmp_path / "scripts")
    stands_in = {
        "scripts/install.sh": "#!/bin/sh\n",
        "scripts/assets.sh": "#!/bin/sh\n",
        ".venv/bin/gunicorn": SAYS_WHAT_IT_IS,
        ".venv/bin/waymark": '#!/bin/sh\necho "asked for: $*"\n',
        ".venv/bin/python": "#!/bin/sh\nprintf '%s' \"$REACHED_AT\"\n",
    }
    for name, text in stands_in.items():
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return tmp_path


def serve(project: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    ours = {key: value for key, value in os.environ.items() if not key.startswith("WAYMARK_")}
    return subprocess.run(
        ["scripts/serve.sh", *arguments],
        cwd=project,
        env={**ours, "PORT": "8123", **settings},
        capture_output=True,
        text=True,
        check=False,
    )


def test_cases_are_served_to_this_machine_alone(project: Path) -> None:
    done = serve(project)
    assert "--bind 127.0.0.1:8123" in done.stdout
    assert "without-cases= " in done.stdout
    assert "http://127.0.0.1:8123" in done.stderr


def test_a_room_is_served_to_the_network_without_cases_and_with_data_of_its_own(
    project: Path,
) -> None:
    done = serve(project, "room", REACHED_AT="192.168.1.20\n10.8.0.2\n", WAYMARK_PROXIES="1")
    assert "--bind 0.0.0.0:8123" in done.stdout
    assert "data=var/room without-cases=yes" in done.stdout
    assert "hosts=192.168.1.20 10.8.0.2 127.0.0.1 localhost" in done.stdout
    # Nothing stands in front, so nobody is believed who says otherwise.
    assert "proxies=\n" in done.stdout
    # No account can be made there, so no invitation is printed.
    assert "asked for: invite" not in done.stdout + done.stderr


def test_the_addresses_for_phones_are_printed_with_what_they_open(project: Path) -> None:
    said = serve(project, "room", REACHED_AT="192.168.1.20\n10.8.0.2\n").stderr
    assert "http://192.168.1.20:8123" in said
    assert "http://10.8.0.2:8123" in said
    assert "127.0.0.1" not in said
    assert "Everybody who reaches this address can open" in said
    assert "Nothing is encrypted" in said


def test_a_machine_in_no_network_is_told_so_and_serves_no_room(project: Path) -> None:
    done = serve(project, "room", REACHED_AT="")
    assert done.returncode == 1
    assert "in no network" in done.stderr
    assert "started" not in done.stdout


def test_no_address_is_offered_that_another_machine_cannot_use() -> None:
    found = ("192.168.1.20", "127.0.0.1", "169.254.7.7", "0.0.0.0", "10.8.0.2", "192.168.1.20")
    assert reachable(found) == ("192.168.1.20", "10.8.0.2")
    assert not [each for each in reached_at() if each.startswith("127.")]
