"""A platform is named in its own folder and record; elsewhere the record is asked."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("policies", "engines", "connectors", "checks", "warehouse", "dashboards", "flows")
OWN = (
    "connectors/x/",
    "connectors/x_archive/",
    "connectors/youtube/",
    "policies/platforms/",
)
# A name in quotes, or a flag of a planted case.
NAMED = re.compile(r"""(["'])(x|youtube)\1|\$is_on_(x|youtube)\b""", re.IGNORECASE)
ADDRESS = re.compile(r"https://(www\.)?(x|youtube)\.com")
MOST = 40


def lines() -> list[tuple[str, str]]:
    """Return every line of code outside the platforms' own folders, with its file."""
    files = [path for package in PACKAGES for end in ("py", "sql") for path in (ROOT / package).rglob(f"*.{end}")]
    named = [(path.relative_to(ROOT).as_posix(), path) for path in files]
    return [(name, line) for name, path in named if not name.startswith(OWN) for line in path.read_text().splitlines()]


def test_few_lines_outside_its_own_folders_name_a_platform():
    found = [name for name, line in lines() if NAMED.search(line)]

    assert 0 < len(found) < MOST, sorted(set(found))


def test_no_address_of_a_platform_is_built_outside_its_record():
    assert {name for name, line in lines() if ADDRESS.search(line)} == set()
