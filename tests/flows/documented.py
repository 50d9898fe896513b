"""The shell blocks of docs/running.md and docs/scale.md, word for word: what the page says is what is run."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.isolation import PROGRAMS

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(chapter: str, page: str = "running.md") -> list[str]:
    """Return the shell blocks under this heading of a page of docs, to the next heading."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    after = text.split(f"# {chapter}\n", 1)[1]
    return BLOCK.findall(re.split(r"^#+ ", after, maxsplit=1, flags=re.MULTILINE)[0])


def a_shell(values: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a new shell of a person whose .venv is active, with these variables."""
    bare = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR") if name in os.environ}
    return bare | {"PATH": f"{Path(sys.executable).parent}:{PROGRAMS}", "PYTHONWARNINGS": "ignore"} | dict(values)


def run(block: str, values: Mapping[str, str]) -> str:
    """Run a block in a new shell and return what it said; it must end well."""
    done = subprocess.run(
        ["sh", "-ec", block], env=a_shell(values), capture_output=True, text=True, timeout=150, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@contextmanager
def running(block: str, values: Mapping[str, str], log: Path) -> Iterator[None]:
    """Run a block that does not end by itself, in a new shell; what it says goes into a file."""
    with log.open("w") as file:
        process = subprocess.Popen(
            ["sh", "-ec", block], env=a_shell(values), stdout=file, stderr=file, start_new_session=True
        )
        try:
            yield
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)
