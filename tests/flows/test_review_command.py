"""`audit review` as a person starts it: on this machine alone, and everybody let in only where nobody is real."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from flows.home.init import make_key
from flows.home.settings import Settings
from tests.flows.calling import audit
from tests.flows.village import SCHOOL, write_home
from warehouse.store.places import Places


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_home(tmp_path)
    make_key(Settings(home=tmp_path), Places(tmp_path, SCHOOL))
    return tmp_path


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--host", "0.0.0.0"), "The desk is served on this machine alone"),  # noqa: S104 - it must be refused
        (("--demo",), "--demo is for the demo's school alone. Invite people with: audit desk invite"),
    ],
)
def test_what_would_let_others_in_is_refused(home: Path, words: tuple[str, ...], says: str) -> None:
    answer = audit("review", SCHOOL, *words, AUDIT_HOME=str(home))

    assert (answer.code, says in answer.err) == (2, True), answer.said


def test_it_is_served_until_it_is_stopped_and_says_who_may_sign_in(home: Path) -> None:
    (home / ".made-by-audit-demo").touch()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("audit")
    with subprocess.Popen(
        [program, "review", SCHOOL, "--demo", "--port", str(port)],
        env={**os.environ, "AUDIT_HOME": str(home)},
        stdout=subprocess.PIPE,
        text=True,
    ) as desk:
        assert desk.stdout is not None
        password = re.search(r"with the password (\S+)", desk.stdout.readline())
        with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
            for _ in range(200):
                try:
                    page = client.get("/sign-in")
                    break
                except httpx.TransportError:
                    time.sleep(0.05)
            csrf = page.text.split('name="csrf" value="')[1].split('"')[0]
            given = {"csrf": csrf, "sign_in_name": "dsl", "password": password[1] if password else "", "code": ""}
            client.post("/sign-in", data=given)
            first = client.get("/")
        desk.send_signal(signal.SIGINT)
        desk.wait(timeout=20)

    assert (first.status_code, "Nothing is published yet. Run `audit run" in first.text) == (409, True)
    assert desk.returncode in {0, 130}


def test_a_desk_that_cannot_be_served_gives_nobody_a_new_password(home: Path) -> None:
    (home / ".made-by-audit-demo").touch()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        answer = audit("review", SCHOOL, "--demo", "--port", str(taken.getsockname()[1]), AUDIT_HOME=str(home))

    assert (answer.code, "is in use on this machine. Choose another with --port." in answer.err) == (2, True)
    assert "password" not in answer.said
