"""Nothing secret of a sign-in stands where somebody else may read it: said, logged, raised, listed or kept plain.

The real command signs in, in a process of its own and with everything logged; the browser is a process too.
"""

import io
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from policies.errors import UserError
from tests.flows.consenting import GOOGLE_SECRET, SIGNING_SECRET, VISIT, X_SECRET, Consenting, consenting
from tests.flows.village import SCHOOL
from tests.simulated.consents import Consents

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Consenting]:
    with consenting(tmp_path_factory.mktemp("secrets")) as made:
        yield made


def secrets_of(*platforms: Consents) -> set[str]:
    """Return every code and token that these platforms have given out, and the apps' secrets."""
    given = {X_SECRET, GOOGLE_SECRET, SIGNING_SECRET}
    for consents in platforms:
        given |= consents.codes_given
        for family in consents._families:
            given |= {*family.access, *family.used, *([family.refresh] if family.refresh else [])}
    return given


class Arguments(threading.Thread):
    """Reads the arguments of every process of the machine, again and again, as `ps` would."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.seen, self.is_over = bytearray(), threading.Event()

    def run(self) -> None:
        while not self.is_over.is_set():
            for path in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    self.seen += path.read_bytes()
                except OSError:
                    continue
            time.sleep(0.01)


def test_a_sign_in_leaves_nothing_secret_in_words_logs_arguments_or_files(here: Consenting, tmp_path: Path) -> None:
    visit = tmp_path / "visit.py"
    visit.write_text(VISIT)
    watcher = Arguments()
    watcher.start()
    environment = os.environ | here.environment | {"BROWSER": f"{sys.executable} {visit} %s"}
    program = Path(sys.executable).with_name("audit")
    said = b""
    for words in (("x", SCHOOL, "--port", str(here.port)), ("youtube", SCHOOL, "--comments")):
        done = subprocess.run(
            [program, "--debug", "login", *words], env=environment, capture_output=True, check=False, timeout=120
        )
        assert done.returncode == 0, done.stderr.decode()
        said += done.stdout + done.stderr
    online = subprocess.run(
        [program, "--debug", "doctor", SCHOOL, "--online"], env=environment, capture_output=True, check=False
    )
    watcher.is_over.set()
    watcher.join()

    secrets = secrets_of(here.here.servers.x_consents, here.here.servers.youtube_consents)
    places = {"said": said, "online": online.stdout + online.stderr, "ps": bytes(watcher.seen)}
    for path in here.here.settings.home.rglob("*"):
        if path.is_file() and path.name != "credentials.toml":
            places[path.name] = path.read_bytes()
    leaks = {(secret[:6], where) for where, data in places.items() for secret in secrets if secret.encode() in data}
    assert len(secrets) >= 8, "codes, access tokens and refresh tokens of both, and the apps' secrets"
    assert f"http://127.0.0.1:{here.port}/start".encode() in places["ps"], "the browser's argument was looked at"
    assert leaks == set()
    assert online.returncode == 0, online.stdout.decode()


def test_what_is_raised_while_a_sign_in_fails_holds_nothing_secret(here: Consenting) -> None:
    here.begin()
    logged, words = io.StringIO(), io.StringIO()
    handler = logging.StreamHandler(logged)
    logging.getLogger().addHandler(handler)
    level = logging.getLogger().level
    logging.getLogger().setLevel(logging.DEBUG)
    raised = ""
    try:
        for path, mood in (("/2/oauth2/token", "cut"), ("/2/oauth2/token", "429"), ("/2/users/me", "html")):
            here.here.servers.moods.set("x", path, [mood])
            with redirect_stdout(words), redirect_stderr(words), pytest.raises(UserError) as error:
                here.sign_in("x")
            cause: BaseException | None = error.value
            while cause is not None:
                raised += repr(cause) + str(cause)
                cause = cause.__cause__
    finally:
        logging.getLogger().removeHandler(handler)
        logging.getLogger().setLevel(level)

    secrets = secrets_of(here.here.servers.x_consents)
    assert len(secrets) >= 5
    said = raised + logged.getvalue() + words.getvalue()
    assert [secret[:6] for secret in secrets if secret in said] == []
