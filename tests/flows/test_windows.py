"""What comes from Windows is read as it is: ends of lines, paths, letters and modes; and where the program runs."""

import re
import stat
from datetime import date
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from connectors.records import Person, Photograph
from connectors.registers.pull import read_register
from flows.commands import why_not_here
from flows.setup.owner import put_file
from flows.setup.term_dates import read_terms
from policies.documents import read_document
from policies.draft import guess_all
from policies.school_file import school_in
from policies.toml_edit import with_key, with_tables
from policies.toml_text import in_the_folder
from tests.flows.own_policy import POLICY
from warehouse.store.places import Places

DAY = date(2026, 11, 26)
TERM = {"name": "A", "first": DAY, "last": DAY}
PUPILS = "person_id,full_name\n7,Bo Marsh\n8,Tamsin Pendry\n"
SETTINGS = '[school]\nid = "hv"\nname = "Hill View"\n\n[budget]\nunits_per_run = 7\n'


def read(register: str, body: bytes) -> list[object]:
    return read_register(Path(), register, f"{register}.csv", as_of=DAY, body=body)


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_register_is_the_same_however_its_lines_end_and_its_letters_are_written(ends: str, encoding: str) -> None:
    found = [one for one in read("pupils", PUPILS.replace("\n", ends).encode(encoding)) if isinstance(one, Person)]

    assert [one.full_name for one in found] == ["Bo Marsh", "Tamsin Pendry"]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [("sports\\day.jpg", "sports/day.jpg"), ("C:\\photos\\day.jpg", None), ("..\\day.jpg", None)],
)
def test_a_photograph_s_file_is_named_with_either_slash_and_never_outside_its_folder(
    written: str, read_as: str | None
) -> None:
    body = f"photograph_id,file_name,video_id,channels\nph-1,{written},dQw4w9WgXcQ,x\n".encode()

    [photograph] = [one for one in read("photographs", body) if isinstance(one, Photograph)]

    assert photograph.file_name == read_as


@pytest.mark.parametrize("name", ["C:\\own.toml", "..\\own.toml", "\\\\server\\own.toml", "a\\..\\..\\own.toml"])
def test_a_file_that_settings_name_by_a_path_of_windows_leads_out_of_no_folder(name: str) -> None:
    with pytest.raises(ValueError, match="must be"):
        in_the_folder(name, "the folder")


def test_settings_keep_the_ends_of_their_lines_when_they_are_changed() -> None:
    text = SETTINGS.replace("\n", "\r\n")

    changed = with_tables(with_key(text, "budget", "units_per_run", 8), "calendar.term", [TERM])

    assert "\n" not in changed.replace("\r\n", "")
    assert school_in(changed, "school.toml").budget.units_per_run == 8


def test_a_policy_and_term_dates_are_the_same_whichever_way_their_lines_end(tmp_path: Path) -> None:
    for name, text in (("a.txt", POLICY), ("b.txt", POLICY.replace("\n", "\r\n"))):
        (tmp_path / name).write_bytes(text.encode())
    clauses = [[one.text for one in guess_all(read_document(tmp_path / name).text)] for name in ("a.txt", "b.txt")]
    term = "Autumn: 3/9/2026 - 18/12/2026\r\n"

    assert clauses[0] == clauses[1]
    assert len(read_terms(term).terms) == 1


def test_what_was_copied_in_is_its_owner_s_alone_and_a_key_that_others_could_read_is_left_to_be_told(
    tmp_path: Path,
) -> None:
    places = Places(tmp_path, "hv")
    for path in (places.registers / "pupils.csv", places.key, places.credentials):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
        path.chmod(0o644)
    tmp_path.chmod(0o755)

    closed = places.close_copied()
    put_file(places.registers / "staff.csv", b"x")

    assert closed >= 2
    assert stat.S_IMODE((places.registers / "pupils.csv").stat().st_mode) == 0o600
    assert stat.S_IMODE((places.registers / "staff.csv").stat().st_mode) == 0o600
    assert {path.name for path in places.shared()} >= {"hv.key", "credentials.toml"}
    assert places.registers / "pupils.csv" not in set(places.shared())


@pytest.mark.parametrize(("system", "runs"), [("posix", True), ("nt", False)])
def test_where_it_does_not_run_it_says_so_and_where_it_does(system: str, runs: bool) -> None:
    told = why_not_here(system)

    assert (told is None) == runs
    assert runs or "wsl --install -d Debian" in (told or "")


ROOT = Path(__file__).parents[2]
WINDOWS = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"}
PYTHON = {"python_version": "3.13", "python_full_version": "3.13.1"}


def made_for_every_system(name: str) -> bool:
    """Say whether a package as it is installed here is Python alone; what only Windows or a newer Python has is not."""
    try:
        return "none-any" in (distribution(name).read_text("WHEEL") or "")
    except PackageNotFoundError:
        return False


def test_the_page_counts_the_packages_that_windows_would_need_as_the_lock_does() -> None:
    lock = (ROOT / "deploy/requirements-run.lock").read_text(encoding="utf-8")
    pins = [Requirement(line) for line in re.findall(r"^([\w.-]+(?:\[[\w,]+\])?==.*?) \\$", lock, re.MULTILINE)]
    needed = [one.name for one in pins if one.marker is None or one.marker.evaluate({**WINDOWS, **PYTHON})]
    alike = sum(map(made_for_every_system, needed))
    page = (ROOT / "docs/running.md").read_text(encoding="utf-8")

    assert f"{len(needed)} packages that it would need there, {alike} are Python alone" in page
    assert f"the {len(needed) - alike} others" in page
