"""The accounts' tokens in a Prefect Secret block: a real flow on a real server reads them there, and renews them there.

It alone proves that a worker without the school's token file can go on for weeks.
"""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.flows.consenting import consenting
from tests.flows.test_login_secrets import secrets_of
from tests.flows.village import SCHOOL

pytestmark = pytest.mark.slow

SCRIPT = f"""
import sys
from prefect import flow
from prefect.blocks.system import Secret
from pydantic import SecretStr
from flows.home.context import open_context
from flows.login.credentials import x_app
from flows.home.settings import from_environment
from flows.login.tokens import Tokens
from flows.login.outlook import account_outlook
from flows.login.tokens import x_grant

settings = from_environment()
file = settings.home / "{SCHOOL}" / "tokens.encrypted"
Secret(value=SecretStr(file.read_text())).save("audit-tokens-{SCHOOL}")
file.unlink()

@flow(persist_result=False)
def week():
    context = open_context(settings, "{SCHOOL}", None)
    [account] = [a for a in context.school.account if a.platform == "x"]
    x_grant(context, account, x_app(context, account))
    print("stands:", account_outlook(context, account), flush=True)

week()
week()
context = open_context(settings, "{SCHOOL}", None)
print("outside a flow:", [Tokens(context.places, context.key).of(a) for a in context.school.account])
print("a file:", file.exists())
"""


def test_a_flow_reads_the_tokens_from_their_block_and_writes_the_new_ones_there(tmp_path: Path) -> None:
    prefect = tmp_path / "prefect"
    with consenting(tmp_path / "home") as here:
        here.here.servers.x_consents.access_seconds = 1_800
        here.sign_in("x")
        environment = os.environ | here.environment | {
            "PREFECT_HOME": str(prefect),
            "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
            "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "PREFECT_LOGGING_LEVEL": "DEBUG",
            "DO_NOT_TRACK": "1",
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", SCRIPT],
            env=environment, capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
        consents = here.here.servers.x_consents
        secrets = secrets_of(consents)

    assert done.returncode == 0, done.stderr
    lines = [line for line in done.stdout.splitlines() if line.startswith(("stands", "outside", "a file"))]
    assert lines == ["stands: ()", "stands: ()", "outside a flow: [None, None]", "a file: False"]
    assert (consents.renewals, consents.standing) == (2, 1), "the second week used what the first one had kept"
    with sqlite3.connect(prefect / "prefect.db") as db:
        tables = [name for (name,) in db.execute("select name from sqlite_master where type = 'table'")]
        cells = "\n".join(str(row) for table in tables for row in db.execute(f'select * from "{table}"'))
    db.close()
    kept = cells.encode() + b"".join(path.read_bytes() for path in prefect.rglob("*") if path.is_file())
    assert f"audit-tokens-{SCHOOL}" in cells
    assert [
        secret[:6] for secret in secrets if secret.encode() in kept + done.stdout.encode() + done.stderr.encode()
    ] == []
