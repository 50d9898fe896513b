"""The program starts without what the command at hand has no use for: imports of 0.1 to 5 seconds each."""

import subprocess
import sys

HEAVY = {
    "prefect", "great_expectations", "pandas", "numpy", "polars", "pyarrow", "duckdb", "sqlalchemy", "alembic", "cv2",
    "av", "PIL", "tweepy", "googleapiclient", "requests", "httpx", "fastapi", "uvicorn", "demo", "apprise",
}  # fmt: skip
COMMANDS = (
    "--help", "run --help", "doctor --help", "notify --help", "schedule install --help", "group run --help",
    "policies --help", "pictures check --help", "wrong",
)  # fmt: skip
SCRIPT = """
import sys
from flows.commands.app import main

for words in sys.argv[1:]:
    sys.argv = ["audit", *words.split()]
    try:
        main()
    except SystemExit as end:
        names = sorted({name.partition(".")[0] for name in sys.modules})
        sys.stderr.write(f"\\n{words}: {end.code} {' '.join(names)}\\n")
"""


def test_neither_help_nor_a_wrong_word_imports_anything_heavy():
    """One process asks for all: what one imports is there for those after it, and is named with the first."""
    made = subprocess.run([sys.executable, "-c", SCRIPT, *COMMANDS], capture_output=True, text=True, check=True)
    said = dict(line.split(": ", 1) for line in made.stderr.splitlines() if line.partition(": ")[0] in COMMANDS)
    codes = {words: names.split()[0] for words, names in said.items()}
    modules = {words: set(names.split()[1:]) for words, names in said.items()}

    assert codes == dict.fromkeys(COMMANDS, "0") | {"wrong": "2"}
    assert all("flows" in names for names in modules.values())
    assert {words: names & HEAVY for words, names in modules.items() if names & HEAVY} == {}
    assert "No such command 'wrong'." in made.stderr


def test_a_run_by_hand_imports_neither_prefect_nor_great_expectations_before_it_judges():
    script = "import sys, flows.weekly.run; print(*{name.partition('.')[0] for name in sys.modules})"
    made = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert "duckdb" in made.stdout.split()
    assert set(made.stdout.split()) & {"prefect", "great_expectations", "pandas", "demo", "fastapi"} == set()


def test_a_part_of_a_group_imports_nothing_that_its_schools_alone_have_a_use_for():
    script = "import sys, flows.prefect.part; print(*{name.partition('.')[0] for name in sys.modules})"
    made = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert "prefect" in made.stdout.split()
    assert set(made.stdout.split()) & {"polars", "duckdb", "xlsxwriter", "authlib", "checks", "engines", "cv2"} == set()
