"""The house itself: records fit their tables, files stay small, no registry has its host here, no telemetry is on."""

import ast
import os
import re
import subprocess
import sys
import typing
from dataclasses import fields
from datetime import date, datetime
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from connectors import records
from tests.warehouse.conftest import db

__all__ = ["db"]

ROOT = Path(__file__).parents[2]
PACKAGES = ("policies", "engines", "connectors", "checks", "warehouse", "dashboards", "flows", "demo")
TELEMETRY = {"PREFECT_SERVER_ANALYTICS_ENABLED", "DO_NOT_TRACK", "GX_ANALYTICS_ENABLED"}
SQL_TYPES = {
    str: "VARCHAR",
    int: "BIGINT",
    bool: "BOOLEAN",
    bytes: "BLOB",
    date: "DATE",
    datetime: "TIMESTAMP WITH TIME ZONE",
}


def sources() -> list[Path]:
    return [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]


RECORDS = [
    each
    for each in vars(records).values()
    if isinstance(each, type) and issubclass(each, records.Record) and each is not records.Record
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_a_record_has_the_columns_of_its_raw_table(db, record):
    rows = db.execute(
        "select column_name, data_type, is_nullable from duckdb_columns() "
        "where schema_name = 'raw' and table_name = ? order by column_index",
        [record.TABLE],
    ).fetchall()
    hints = typing.get_type_hints(record)
    made = [("run_id", "VARCHAR", False), ("source", "VARCHAR", False)]
    for field in fields(record):
        inner = [one for one in typing.get_args(hints[field.name]) if one is not type(None)]
        kind = inner[0] if inner else hints[field.name]
        made.append((field.name, SQL_TYPES[kind], bool(inner)))

    assert rows == made


def test_no_file_is_over_200_lines_and_no_function_over_50():
    long = [f"{path.name} ({n})" for path in sources() if (n := len(path.read_text().splitlines())) > 200]
    for path in sources():
        functions = (n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.FunctionDef))
        long += [f"{path.name}:{n.name}" for n in functions if (n.end_lineno or 0) - n.lineno >= 50]

    assert long == []


def test_no_module_is_called_by_a_name_that_says_nothing():
    empty = {"utils", "common", "helpers", "core", "manager", "service"}

    assert [path.name for path in sources() if path.stem in empty] == []


def test_no_installed_package_claims_a_name_of_ours():
    ours = {"school-social-accounts-audit"}
    claimed = packages_distributions()

    assert {name: owners for name in PACKAGES if (owners := set(claimed.get(name, ())) - ours)} == {}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("this is not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\n") if name and (ROOT / name).is_file()]


def test_no_host_of_a_package_registry_stands_in_a_file():
    parts = (
        ("pypi", "org"),
        ("python" + "hosted", "org"),
        ("npm" + "js", "org"),
        ("npm" + "js", "com"),
        ("debian", "org"),
    )
    hosts = re.compile("|".join(rf"{name}\.{end}".replace("debian", "deb" + "ian") for name, end in parts))
    found = []
    for path in tracked():
        try:
            if hosts.search(path.read_text(encoding="utf-8")):
                found.append(path.name)
        except UnicodeDecodeError:
            continue

    assert found == []


LOCKS = {
    "requirements.lock": 100,
    "requirements-bench.lock": 100,
    "requirements-pip.lock": 2,
    "requirements-uv.lock": 1,
    "requirements-release.lock": 30,
    "requirements-run.lock": 100,
}


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_pins_every_package_by_hash_and_holds_no_address(name):
    lock = (ROOT / "deploy" / name).read_text()

    pins = re.findall(r"^[a-z0-9][^\s=]*==", lock, re.MULTILINE)
    assert len(pins) >= LOCKS[name]
    assert lock.count("--hash=sha256:") > len(pins)
    assert "://" not in lock


def test_nothing_is_installed_that_is_not_pinned_by_hash():
    made = (ROOT / "Makefile").read_text()

    installs = [line.strip() for line in made.splitlines() if "pip install" in line]
    assert len(installs) >= 5
    assert [line for line in installs if "--require-hashes" not in line and "--editable ." not in line] == []
    assert installs[0].endswith("-r deploy/requirements-uv.lock")


def test_what_runs_is_pinned_as_what_develops_it_and_has_none_of_the_tests_kit():
    pinned = {
        name: set(re.findall(r"^([a-z0-9].*?==\S+)", (ROOT / "deploy" / name).read_text(), re.MULTILINE))
        for name in LOCKS
    }

    assert pinned["requirements-run.lock"] < pinned["requirements.lock"]
    assert not {
        pin for pin in pinned["requirements-run.lock"] if pin.startswith(("pytest", "playwright", "moto", "mypy"))
    }


def test_the_clock_the_environment_and_chance_enter_in_flows_only():
    forbidden = re.compile(
        r"datetime\.now\(|date\.today\(|time\.time\(|os\.environ|os\.getenv|\brandom\.\w+\(|\bsecrets\.\w+\("
    )
    book = ROOT / "warehouse" / "casebook"
    drawn_where_nobody_can_choose_it = {book / "people" / "desk_secrets.py", book / "chain.py"}  # tokens; salts
    below = [path for path in sources() if path.relative_to(ROOT).parts[0] not in {"flows", "demo"}]

    assert {path for path in below if forbidden.search(path.read_text())} == drawn_where_nobody_can_choose_it


def private_names(text, package):
    """Yield every name that a text imports of this package and that begins with an underscore."""
    for node in ast.walk(ast.parse(text)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        found = [f"{node.module}.{name}" for name in names] if isinstance(node, ast.ImportFrom) else names
        yield from (name for name in found if name.split(".")[0] == package and "._" in name)


def test_of_prefect_only_what_is_public_is_imported():
    taken = {
        str(path): [*private_names(path.read_text(), "prefect")] for path in [*sources(), *ROOT.rglob("tests/**/*.py")]
    }

    assert {path: names for path, names in taken.items() if names} == {}
    for text in ("from prefect.runner._x import y", "from prefect import _x", "import prefect.runner._x as z"):
        assert [*private_names(text, "prefect")]


def test_telemetry_is_off_before_any_library_is_used():
    script = (
        "from flows.home.settings import quiet; quiet(); import os\n"
        "from prefect.settings import get_current_settings\n"
        "on = get_current_settings().server.analytics_enabled\n"
        "print(on, os.environ['DO_NOT_TRACK'], os.environ['GX_ANALYTICS_ENABLED'])"
    )
    speaking = {name: value for name, value in os.environ.items() if name not in TELEMETRY}
    said = subprocess.run([sys.executable, "-c", script], env=speaking, capture_output=True, text=True, check=True)

    assert said.stdout.split() == ["False", "1", "false"]


def test_every_command_is_documented():
    from flows.commands.app import COMMANDS

    pages = (*(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md")
    text = "".join(path.read_text() for path in pages)
    names = [name for commands in COMMANDS.values() for name in commands]

    assert [name for name in names if f"audit {name}" not in text and name != "demo"] == []
