"""What is imported is declared, what is declared is imported or says why not, and all of it may be given on."""

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import metadata, packages_distributions

from tests.house.test_house import PACKAGES, ROOT, sources

TEXT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT = tomllib.loads(TEXT)["project"]
MOST = 48
SAYS_WHY = "# not imported: "
SHARE_ALIKE = {"psycopg"}  # LGPL: it is linked to as it is, and may be replaced


def named(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found is not None
    return found[0].lower().replace("_", "-")


DIRECT = {named(each) for each in PROJECT["dependencies"]}
EXTRAS = {extra: {named(each) for each in of} for extra, of in PROJECT["optional-dependencies"].items()}
FLEET = EXTRAS["fleet"] | EXTRAS["telemetry"] | EXTRAS["pdf"]


@cache
def imported() -> list[set[str]]:
    """Return of each package that the product imports, at whatever line, whose distributions may bring it."""
    names = set()
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    owners = packages_distributions()
    return [{named(owner) for owner in owners[name]} for name in names - set(PACKAGES) if name in owners]


def test_every_library_that_is_imported_is_declared():
    assert [owners for owners in imported() if not owners & (DIRECT | FLEET)] == []


def test_every_library_that_is_declared_is_imported_or_says_why_not():
    unused = (DIRECT | FLEET).difference(*imported())
    says_why = {named(line.strip(' "')) for line in TEXT.splitlines() if SAYS_WHY in line}

    assert unused == says_why


def test_what_only_a_fleet_needs_is_not_imported_where_one_school_runs():
    """A wheel is installed without the extra, so each program that one school calls is imported here without it."""
    lacking = sorted(
        {"obstore", "prefect", "prefect_redis", "psycopg", "uvloop", "httptools", "weasyprint", "opentelemetry"}
    )
    modules = [
        "flows.commands.app",
        "flows.weekly.command",
        "flows.trial.demo",
        "flows.desk.desk",
        "flows.doctor.doctor",
    ]
    absent = f"sys.modules.update(dict.fromkeys({lacking}))"
    code = f"import importlib, sys; {absent}; list(map(importlib.import_module, {modules}))"

    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)

    assert (made.returncode, made.stderr) == (0, "")


def test_direct_dependencies_stay_few():
    assert len(DIRECT) <= MOST
    assert len(PROJECT["dependencies"]) == len(DIRECT)


def test_no_library_forbids_the_licence_that_the_program_is_given_on_by():
    asks_for_the_same = re.compile(r"\b(A|L)?GPL|General Public License", re.IGNORECASE)
    found = set()
    for name in DIRECT | FLEET:
        told = metadata(name)
        licences = [told.get("License-Expression"), told.get("License"), *(told.get_all("Classifier") or [])]
        found |= {name for licence in licences if licence and asks_for_the_same.search(licence)}

    assert found == SHARE_ALIKE
    assert PROJECT["license"] == "Apache-2.0"
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
