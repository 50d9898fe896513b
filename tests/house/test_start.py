"""The program starts without what the command at hand has no use for: imports of 0.1 to 5 seconds each."""

import subprocess
import sys

import pytest

HEAVY = {
    "prefect", "great_expectations", "pandas", "numpy", "polars", "pyarrow", "duckdb", "sqlalchemy", "alembic", "cv2",
    "av", "PIL", "tweepy", "googleapiclient", "requests", "httpx", "fastapi", "uvicorn", "demo", "apprise",
}  # fmt: skip
SCRIPT = """
import sys
from flows.commands.app import main

sys.argv = ["audit", *sys.argv[1:]]
try:
    main()
except SystemExit as end:
    sys.stderr.write(f"exit {end.code} " + " ".join(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def modules_after(*words: str) -> tuple[str, set[str]]:
    """Return how `audit WORDS` ended, and every module that a process of its own had imported by then."""
    made = subprocess.run([sys.executable, "-c", SCRIPT, *words], capture_output=True, text=True, check=True)
    _, code, *names = made.stderr.split()
    return code, set(names)


@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("run", "--help"),
        ("doctor", "--help"),
        ("notify", "--help"),
        ("schedule", "install", "--help"),
        ("group", "run", "--help"),
        ("policies", "--help"),
        ("pictures", "check", "--help"),
    ],
    ids=" ".join,
)
def test_help_imports_nothing_heavy(words):
    code, modules = modules_after(*words)

    assert code == "0"
    assert "flows" in modules
    assert modules & HEAVY == set()


def test_a_wrong_word_imports_nothing_heavy():
    made = subprocess.run([sys.executable, "-c", SCRIPT, "wrong"], capture_output=True, text=True, check=True)

    assert "No such command 'wrong'." in made.stderr
    assert set(made.stderr.split()) & HEAVY == set()


def test_a_run_by_hand_imports_neither_prefect_nor_great_expectations_before_it_judges():
    script = "import sys, flows.weekly.run; print(*{name.partition('.')[0] for name in sys.modules})"
    made = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert "duckdb" in made.stdout.split()
    assert set(made.stdout.split()) & {"prefect", "great_expectations", "pandas", "demo", "fastapi"} == set()
