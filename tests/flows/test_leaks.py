"""Two planted weeks through the real commands: each mark is found only where its reader is entitled to it.

And all that the program wrote on the way is its owner's alone, under the widest umask there is.
"""

import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dashboards.report import read, write, write_report
from dashboards.report.templating import environment
from tests.dashboards.desks import ROLES, Served, served
from tests.dashboards.weeks import as_of
from tests.flows.calling import Answer, audit
from tests.flows.planted import Marks, plant
from tests.flows.receiving import mail_server, web_server
from tests.flows.village import SCHOOL, Village, village
from tests.marks import found_in, ident, word, wrapped
from warehouse.store.places import Places

pytestmark = pytest.mark.slow

FIRST, SECOND = "2026-11-02", "2026-11-09"
NOBODY: frozenset[str] = frozenset()
BY_ID = frozenset({"id"})
READS_CASES = frozenset({"id", "name", "shown", "text"})
ENTITLED = {
    "lead": READS_CASES | {"photograph"},
    "dsl": READS_CASES,
    "dpo": BY_ID | {"photograph"},
    "governors": NOBODY,
    "headteacher": NOBODY,
}
DESK = dict(zip(ROLES, ("lead", "dsl", "dpo", "headteacher", "governors", "governors", "governors"), strict=True))
NOTIFY = "".join(
    f'\n[[notify]]\nrole = "{role}"\nto = "{to}"\non = ["run", "failure"]\n'
    for role, to in (("enterprise_and_technology_lead", "mail"), ("headteacher", "mail"), ("it_technician", "hook"))
)


@dataclass
class Audited:
    """The planted school after two weeks, and all that was said on the way."""

    here: Village
    marks: Marks
    temporary: Path
    said: dict[str, bytes] = field(default_factory=dict)

    @property
    def places(self) -> Places:
        return self.here.places

    def command(self, *words: str, name: str = "") -> Answer:
        answer = audit(*words, **self.here.environment)
        self.said[name or " ".join(words)] = answer.said.encode()
        return answer

    def leaks(self, data: bytes, entitled: frozenset[str]) -> dict[str, str]:
        """Return the marks in these bytes to which their reader is not entitled, with their kinds."""
        kinds = {mark: self.marks.kinds.get(mark, "no mark of ours") for mark in found_in(data)}
        return {mark: kind for mark, kind in kinds.items() if kind not in entitled}


@pytest.fixture(scope="module")
def audited(tmp_path_factory) -> Iterator[Audited]:
    home, temporary = tmp_path_factory.mktemp("planted") / "home", tmp_path_factory.mktemp("temporary")
    umask, before = os.umask(0o077), tempfile.tempdir
    with village(home, followers=3, has_warehouse=True) as here, mail_server() as letters, web_server() as posted:
        made = Audited(here, Marks(), temporary)
        here.servers.show(plant(made.places.folder, made.marks))
        with (made.places.folder / "school.toml").open("a") as file:
            file.write(NOTIFY)
        with made.places.credentials.open("a") as file:
            file.write(f'\n[mail]\nurl = "{letters.url}"\n\n[hook]\nurl = "{posted.url}"\n')
        os.umask(0)
        tempfile.tempdir = str(temporary)
        try:
            assert made.command("run", SCHOOL, "--as-of", FIRST).code in {0, 3}, made.said
            assert made.command("--debug", "run", SCHOOL, "--as-of", SECOND).code in {0, 3}, made.said
            for tier in ENTITLED:
                assert made.command("report", SCHOOL, "--tier", tier).code == 0
            made.command("doctor", SCHOOL)
            _fail_in_every_way(made)
        finally:
            os.umask(umask)
            tempfile.tempdir = before
        made.said["letters"] = b"\n".join(letters.raw)
        made.said["webhook"] = str(posted.bodies).encode()
        assert letters.raw
        assert posted.bodies
        yield made


def _fail_in_every_way(made: Audited) -> None:
    """Provoke failures whose own words hold marks: a register that is another, a value that cannot be, a lost file."""
    pupils = made.places.registers / "pupils.csv"
    whole = pupils.read_bytes()
    for number, spoilt in enumerate((whole[:4000].replace(b",", b";"), b"\xff\xfe" + whole, b"")):
        pupils.write_bytes(spoilt)
        for debug in ((), ("--debug",)):
            made.command(*debug, "registers", "list", SCHOOL, name=f"spoilt {number} {debug}")
    pupils.write_bytes(whole)

    def broken(*_: object, **__: object) -> None:
        try:
            int(word(1))
        except ValueError as error:
            raise RuntimeError(f"{word(2)} of {ident(3)}") from error

    for debug in ((), ("--debug",)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("warehouse.store.open.attach", broken)
            answer = made.command(*debug, "report", SCHOOL, name=f"broken {debug}")
            assert answer.code == 4, answer.said
            assert ("in broken" in answer.err) == bool(debug)


def tier_of(name: str) -> str | None:
    """Return the tier that a file of a report is for; None for the manifest, which everyone may read."""
    stem = name.split(".", maxsplit=1)[0]
    named = {"index": "lead", "exceptions": "lead", "coverage": "governors"}
    return named.get(stem, stem if stem in ENTITLED else None)


def test_there_are_two_thousand_marks_and_the_reports_hold_those_that_they_may(audited):
    assert len(audited.marks.kinds) > 2_000
    reports = audited.places.folder / "reports"
    held = {path.name: found_in(path.read_bytes()) for path in (reports / SECOND).iterdir()}
    assert len(held["index.html"]) > 30
    assert {"shown", "name", "text", "id"} <= {audited.marks.kinds[mark] for mark in held["exceptions.json"]}
    assert held["dpo.html"]


@pytest.mark.parametrize("day", [FIRST, SECOND])
def test_each_file_of_a_report_holds_what_its_tier_is_entitled_to(audited, day):
    wrong = {
        path.name: leaks
        for path in (audited.places.folder / "reports" / day).iterdir()
        if (leaks := audited.leaks(path.read_bytes(), ENTITLED.get(tier_of(path.name) or "", NOBODY)))
    }

    assert wrong == {}


def test_nothing_that_was_said_logged_sent_or_crashed_holds_a_name(audited):
    assert {"letters", "webhook"} <= audited.said.keys()
    wrong = {
        what: leaks
        for what, said in audited.said.items()
        if (leaks := audited.leaks(said, NOBODY if what in {"letters", "webhook"} else BY_ID))
    }

    assert wrong == {}


def test_no_other_file_of_the_home_and_no_temporary_file_holds_a_mark(audited):
    own = {audited.places.registers, audited.places.photographs, audited.places.folder / "reports"}
    files = [path for folder in (audited.here.settings.home, audited.temporary) for path in folder.rglob("*")]
    looked = [path for path in files if path.is_file() and own.isdisjoint(path.parents)]

    assert any("quality" in path.parts for path in looked)
    assert {path.name: leaks for path in looked if (leaks := audited.leaks(path.read_bytes(), NOBODY))} == {}
    assert not [path.name for path in files if found_in(path.name.encode()) and own.isdisjoint(path.parents)]


def test_everything_that_was_written_is_its_owner_s_alone_under_the_widest_umask(audited):
    places = audited.places
    made = [places.home / "keys", places.folder / "reports", places.folder / "quality", places.casebook]
    files = [path for folder in made for path in (folder, *folder.rglob("*"))]
    files += [path for path in places.folder.iterdir() if path.is_file()]
    files += list(audited.temporary.rglob("*"))

    assert len(files) > 30
    assert [str(path) for path in files if path.exists() and path.stat().st_mode & 0o077] == []


@pytest.fixture(scope="module")
def desk(audited, tmp_path_factory) -> Iterator[Served]:
    places = audited.places
    copy = as_of(places.published, places.key.read_text().strip(), SECOND)
    with served(copy, tmp_path_factory.mktemp("desk")) as here:
        yield here


@pytest.mark.parametrize("role", ROLES)
def test_each_page_of_the_desk_holds_what_its_reader_is_entitled_to(audited, desk, role):
    browser = desk.signed_in(role)
    pages = {path: browser.get(path) for path in ("/", "/report", "/runs", "/cases", "/log", "/account", "/seen")}
    refs = re.findall(r'href="(/case/[0-9a-f]+)', pages["/cases"].text)[:12]
    pages |= {path: browser.get(path) for path in refs}

    assert pages["/"].status_code == 200
    assert bool(refs) == (DESK[role] in {"lead", "dsl"}) or DESK[role] == "dpo"
    wrong = {path: leaks for path, got in pages.items() if (leaks := audited.leaks(got.content, ENTITLED[DESK[role]]))}
    assert wrong == {}


def test_a_template_that_leaks_is_found(audited, tmp_path, monkeypatch):
    templates = environment("dashboards.report.templates")
    monkeypatch.setitem(templates.filters, "hidden", lambda text: text.encode("utf-16").hex())
    leaking = templates.from_string(
        "{% for row in week.exceptions %}{{ (row.platform ~ ' ' ~ row.subject_id)|hidden }}{% endfor %}"
    )
    monkeypatch.setattr(read, "COUNTS_ONLY", frozenset())
    monkeypatch.setitem(read.CONCERNS, "governors", None)
    monkeypatch.setattr(write, "environment", lambda _: _Templates(leaking))
    copy = as_of(audited.places.published, audited.places.key.read_text().strip(), SECOND)

    [path] = write_report(copy, tmp_path, run_id=SECOND, tier="governors", formats=("html",))

    assert set(audited.leaks(path.read_bytes(), ENTITLED["governors"]).values()) == {"id"}


@dataclass
class _Templates:
    leaking: object

    def get_template(self, _name: str) -> object:
        return self.leaking


@pytest.mark.parametrize("way", wrapped("x"))
@pytest.mark.parametrize("mark", [word(7), ident(7)])
def test_a_mark_is_found_however_it_is_written(way, mark):
    assert found_in(wrapped(mark)[way]) == {mark.casefold()}
