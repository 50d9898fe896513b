"""What people get wrong when they set a school up: doctor says it in one sentence, a run refuses with the same one.

Each row is a home in which one thing was spoiled. Nothing that was there is changed by either command.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook

from flows.home.init import make_key
from flows.home.settings import Settings
from tests.connectors import archives
from tests.flows.calling import audit
from tests.flows.village import SCHOOL, write_home
from warehouse.store.migrate import make
from warehouse.store.places import Places

Spoil = Callable[[Path], None]  # given the school's folder
PLATFORMS = dict.fromkeys(("AUDIT_X_URL", "AUDIT_YOUTUBE_URL", "AUDIT_MEDIA_URL"), "http://127.0.0.1:9")
BRIEF = {**PLATFORMS, "AUDIT_PATIENCE_SECONDS": "1", "AUDIT_TIMEOUT_SECONDS": "2"}
LIVE = '\n[live]\ndecided_by_role = "headteacher"\ndecided_on = 2026-09-01\nterms = "read"\ndpia = "12"\n'
APPS = '[x_main]\nclient_id = "x-app"\n\n[youtube]\nclient_id = "g-app"\nclient_secret = "g-secret"\n'
FROM_ARCHIVE = ('credential = "x_main"', 'reads = "archive"\narchive = "twitter.zip"')


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home in which nothing is wrong."""
    home = tmp_path_factory.mktemp("sound")
    write_home(home)
    home.chmod(0o700)
    places = Places(home, SCHOOL)
    make_key(Settings(home=home), places)
    for path in [places.folder, *places.folder.rglob("*")]:
        path.chmod(0o700 if path.is_dir() else 0o600)
    return home


def settings(*changes: tuple[str, str], more: str = "") -> Spoil:
    """Change school.toml; each change must find what it replaces."""

    def spoil(folder: Path) -> None:
        text = (folder / "school.toml").read_text()
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        (folder / "school.toml").write_text(text + more)

    return spoil


def written(name: str, body: str | bytes) -> Spoil:
    """Write a file of the school's anew, as it is there or not."""

    def spoil(folder: Path) -> None:
        path = folder / name
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(body.encode() if isinstance(body, str) else body)

    return spoil


def credentials(old: str, new: str) -> Spoil:
    """Change credentials.toml."""
    return lambda folder: written("credentials.toml", (folder / "credentials.toml").read_text().replace(old, new))(
        folder
    )


def gone(name: str) -> Spoil:
    """Remove a file of the school's."""
    return lambda folder: (folder / name).unlink()


def both(*spoils: Spoil) -> Spoil:
    """Spoil in several ways."""

    def spoil(folder: Path) -> None:
        for each in spoils:
            each(folder)

    return spoil


def one_bracket(folder: Path) -> None:
    settings(("[[account]]", "[account]"))(folder)
    first, _, rest = (folder / "school.toml").read_text().partition("\n[[account]]")
    (folder / "school.toml").write_text(first + rest[rest.index("\n[registers]") :])


def recoded(encoding: str) -> Spoil:
    """Save school.toml in another encoding."""
    return lambda folder: written("school.toml", (folder / "school.toml").read_text().encode(encoding))(folder)


def archive_of(account_id: str, made: str = "2026-11-01T09:00:00.000Z") -> Spoil:
    """Have X's archive of this account lie where school.toml names one."""
    owner = {**archives.OWNER["account"], "accountId": account_id}
    rows = {"account": [{"account": owner}], "profile": [archives.ABOUT], "follower": [], "following": [], "tweets": []}
    told = archives.manifest({name: len(listed) for name, listed in rows.items()}, made=made)

    def spoil(folder: Path) -> None:
        settings(FROM_ARCHIVE)(folder)
        archives.zipped(folder / "twitter.zip", {**archives.members(rows), "data/manifest.js": told})

    return spoil


def instead_of_the_archive(body: bytes) -> Spoil:
    return both(settings(FROM_ARCHIVE), written("twitter.zip", body))


def cut_short(folder: Path) -> None:
    archive_of("7001")(folder)
    body = (folder / "twitter.zip").read_bytes()
    (folder / "twitter.zip").write_bytes(body[: len(body) // 2])


def another_zip(folder: Path) -> None:
    settings(FROM_ARCHIVE)(folder)
    archives.zipped(folder / "twitter.zip", {"holiday.txt": "sun"})


def with_a_password(folder: Path) -> None:
    written("registers/pupils.csv", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512)(folder)


def a_workbook_called_csv(folder: Path) -> None:
    book = Workbook()
    for row in (("person_id", "given_names", "surname"), ("P1", "Rosalind", "Thistlewood")):
        book.active.append(row)
    book.save(folder / "registers" / "pupils.csv")


def two_sheets(folder: Path) -> None:
    book = Workbook()
    for sheet in (book.active, book.create_sheet()):
        for row in (("person_id", "given_names", "surname"), (f"P{sheet.title}", "Rosalind", "Thistlewood")):
            sheet.append(row)
    book.save(folder / "registers" / "pupils.xlsx")
    settings(('"pupils.csv"', '"pupils.xlsx"'))(folder)


def swapped(folder: Path) -> None:
    pupils, staff = (folder / "registers" / f"{name}.csv" for name in ("pupils", "staff"))
    pupils.write_text("".join(f"P{number},Given{number},Surname{number},8\n" for number in range(9)))
    pupils.write_text("person_id,given_names,surname,year_group\n" + pupils.read_text())
    staff.write_text("".join(f"S{number},Given{number},Surname{number},Teacher\n" for number in range(9)))
    staff.write_text("person_id,given_names,surname,job_title\n" + staff.read_text())
    one, other = pupils.read_bytes(), staff.read_bytes()
    pupils.write_bytes(other)
    staff.write_bytes(one)


def key_lost(folder: Path) -> None:
    places = Places(folder.parent, SCHOOL)
    make(places.warehouse, places.key.read_text().strip())
    places.key.unlink()


def key_of(text: str) -> Spoil:
    def spoil(folder: Path) -> None:
        key_lost(folder)
        written(f"../keys/{SCHOOL}.key", text)(folder)

    return spoil


@dataclass(frozen=True, slots=True)
class Row:
    """One mistake, the sentence, and the code of doctor and run; `run` None where a run goes on and reports it."""

    spoil: Spoil
    says: str
    run: int | None = 2
    school: str = SCHOOL
    doctor: int = 2


ROWS = {
    # school.toml as text
    "a byte order mark": Row(recoded("utf-8-sig"), "ok     last run: none yet", run=None, doctor=0),
    "saved as UTF-16": Row(
        recoded("utf-16"), "school.toml is UTF-16 text; save it as UTF-8 text (in Notepad: Save as, Encoding: UTF-8)."
    ),
    "a UK date": Row(
        settings(more=LIVE.replace("2026-09-01", "01/09/2026")),
        "school.toml, line 26: this is not TOML: a day is written year first and without quotation marks: 2026-09-01.",
    ),
    "a UK date between quotation marks": Row(
        settings(more=LIVE.replace("2026-09-01", '"1.9.2026"')),
        "school.toml, line 26: live, decided_on: must be a day, year first and without quotation marks: 2026-09-01.",
    ),
    "a name without quotation marks": Row(
        settings(('"Ousterly Vale School"', "Ousterly Vale School")),
        'school.toml, line 3: this is not TOML: text stands between double quotes: "…".',
    ),
    "curly quotation marks": Row(
        settings(('"Ousterly Vale School"', "\u201cOusterly Vale School\u201d")),
        'school.toml, line 3: this is not TOML: its quotation marks are curly; write straight ones: "…".',
    ),
    "a quotation mark left out": Row(
        settings(('"Ousterly Vale School"', '"Ousterly Vale School')),
        "school.toml, line 3: this is not TOML: a quotation mark is missing.",
    ),
    "a path with backslashes": Row(
        settings(('pack = "corbets-tey-2022"', 'pack = "C:\\policies\\own.toml"')),
        "school.toml, line 5: this is not TOML: a \\ cannot stand between double quotes; write / in its place.",
    ),
    "a key twice": Row(
        settings(('pack = "corbets-tey-2022"', 'pack = "corbets-tey-2022"\npack = "own.toml"')),
        "school.toml, line 6: this is not TOML: this key or heading stands a second time; keep one of them.",
    ),
    # what it says
    "no name": Row(settings(('name = "Ousterly Vale School"\n', "")), "school.toml, line 1: school, name: is missing."),
    "a key misspelt": Row(
        settings(("handle = ", "handel = ")),
        "school.toml, line 10: account 1 (x), handel: is not a key that belongs here; is it handle?",
    ),
    "a platform that there is not": Row(
        settings(('"youtube"', '"facebook"')),
        "school.toml, line 14: account 2 (facebook), platform: must be 'x' or 'youtube'.",
    ),
    "one bracket too few": Row(
        one_bracket,
        "school.toml, line 7: account: is written with two brackets, [[account]], once for each.",
    ),
    "a time zone that is none": Row(
        settings(('pack = "', 'timezone = "London"\npack = "')),
        "school.toml, line 5: school, timezone: is not a time zone such as Europe/London.",
    ),
    "a continent for a time zone": Row(
        settings(('pack = "', 'timezone = "Europe"\npack = "')),
        "school.toml, line 5: school, timezone: is not a time zone such as Europe/London.",
    ),
    "a budget in words": Row(
        settings(more='\n[budget]\nusd_per_run = "five"\n'),
        'school.toml, line 25: budget, usd_per_run: must be an amount such as "5.00".',
    ),
    "a pack misspelt": Row(
        settings(('"corbets-tey-2022"', '"corbets-tay-2022"')),
        "There is no pack called 'corbets-tay-2022'. Is it corbets-tey-2022? Choose one of:",
    ),
    "a pack of its own that is not there": Row(
        settings(('"corbets-tey-2022"', '"own.toml"')), "own.toml cannot be read: No such file or directory."
    ),
    "a policy's text that is not there": Row(
        settings(('pack = "', 'policy_source = "policy.docx"\npack = "')), "policy.docx"
    ),
    "another school's settings": Row(
        settings((f'id = "{SCHOOL}"', 'id = "hill-view"')),
        f"school.toml in {SCHOOL}/ is for another school; its id must be '{SCHOOL}'.",
    ),
    # the school
    "a school's id misspelt": Row(
        lambda _folder: None,
        f"There is no school 'ousterley-vale' in {{home}}. Is it {SCHOOL}?",
        school="ousterley-vale",
    ),
    "a folder's name with its slash": Row(
        lambda _folder: None, "ok     last run: none yet", run=None, doctor=0, school=f"{SCHOOL}/"
    ),
    "another home": Row(
        shutil.rmtree,
        f"There is no school in {{home}}. Set AUDIT_HOME to the folder of the schools, or begin: audit init {SCHOOL}",
    ),
    # accounts
    "a handle for an id at X": Row(
        settings(('"7001"', '"@OusterlyVale"')),
        "school.toml, line 9: account 1 (x), account_id: must be the account's number, such as \"1234567890\" "
        "(accountId in "
        "data/account.js of its archive), not its @handle.",
    ),
    "a handle for an id at YouTube": Row(
        settings(('"UCousterlyvale0000000000"', '"@OusterlyValeSchool"')),
        "school.toml, line 15: account 2 (youtube), account_id: must be the channel's id, UC and 22 more characters "
        "(YouTube "
        "Studio, Settings, Channel, Advanced), not its @handle.",
    ),
    "a channel's id cut short": Row(
        settings(('"UCousterlyvale0000000000"', '"UCousterlyvale000000000"')),
        "account 2 (youtube), account_id: must be the channel's id, UC and 22 more characters",
    ),
    "an address for a handle": Row(
        settings(('"OusterlyVale"', '"https://x.com/OusterlyVale"')),
        'account 1 (x), handle: must be the name after the @, such as "HillViewSchool"; no address, and no blank.',
    ),
    # archives
    "an archive that is not there": Row(
        settings(FROM_ARCHIVE), "The X archive twitter.zip is not there: put it where school.toml says, then run again."
    ),
    "a web page for an archive": Row(
        instead_of_the_archive(b"\r\n<!DOCTYPE html><title>Log in</title>"),
        "The X archive twitter.zip is a web page: log in to X in the browser and download the archive from there, "
        "then run "
        "again.",
    ),
    "another zip": Row(another_zip, "The X archive twitter.zip is no X archive, or several in one"),
    "an archive cut short": Row(cut_short, "The X archive twitter.zip is not a whole zip file: ask X for a new"),
    "another account's archive": Row(
        archive_of("7002"),
        "The X archive twitter.zip is of the account 7002",
    ),
    "an archive from the future": Row(
        archive_of("7001", "2062-11-01T09:00:00.000Z"), "was made later than it is by this computer's clock: set this"
    ),
    # credentials
    "no credentials": Row(gone("credentials.toml"), "There is no credentials.toml. Put it back at "),
    "credentials that others may read": Row(
        lambda folder: (folder / "credentials.toml").chmod(0o644),
        "credentials.toml may be read by others. Run: chmod 600 ",
    ),
    "credentials without quotation marks": Row(
        credentials('"ck-town"', "ck-town"),
        'credentials.toml, line 2: this is not TOML: text stands between double quotes: "…".',
    ),
    "a block misspelt": Row(
        credentials("[x_main]", "[xmain]"),
        "credentials.toml has no [x_main], which school.toml names for @OusterlyVale. Is it [xmain]?",
    ),
    "no credential named": Row(
        settings(('credential = "x_main"\n', "")),
        "Name a credential for @OusterlyVale in school.toml, and put it in credentials.toml.",
    ),
    "empty secrets": Row(
        both(credentials('"ck-town"', '""'), credentials('"ats-town"', '" "')),
        "[x_main] in credentials.toml has nothing in consumer_key, access_secret; fill it in.",
    ),
    "three of the four keys": Row(
        credentials('access_secret = "ats-town"\n', ""),
        "[x_main] in credentials.toml is no whole key: an X credential needs bearer, or consumer_key, consumer_secret",
    ),
    "keys of X for YouTube": Row(
        settings(('credential = "youtube"', 'credential = "x_main"')),
        "[x_main] in credentials.toml is no whole key: a YouTube credential needs access_token, or refresh_token",
    ),
    "an app, and nobody has signed in": Row(
        written("credentials.toml", APPS),
        "[x_main] in credentials.toml holds the app alone, and @OusterlyVale has not let it read yet: audit login x "
        f"{SCHOOL}",
    ),
    "tokens that another key encrypted": Row(
        both(written("credentials.toml", APPS), written("tokens.encrypted", "gAAAAAB-nothing-that-opens")),
        "The key does not open tokens.encrypted, or it is damaged: put it back from your copy, or sign in again:",
    ),
    "an app and a token beside it": Row(
        written("credentials.toml", APPS.replace('"x-app"', '"x-app"\nbearer = "b"')),
        "[x_main] in credentials.toml is no whole key: an X credential needs bearer, or consumer_key, consumer_secret",
    ),
    "a bearer token for an owned account": Row(
        written("credentials.toml", '[x_main]\nbearer = "b"\n\n[youtube]\naccess_token = "t"\n'),
        '@OusterlyVale has reads = "owned", which takes the account\'s own four keys, and [x_main] in '
        'credentials.toml has a '
        'bearer token: put the keys there, or reads = "bearer".',
    ),
    "a secret in curly quotation marks": Row(
        credentials('"ck-town"', '"\u201cck-town\u201d"'),
        "consumer_key of [x_main] in credentials.toml has a character in it that no key has, such as a curly quotation",
    ),
    "a token with its Bearer": Row(
        credentials('"ck-town"', '"Bearer abc"'),
        "consumer_key of [x_main] in credentials.toml has the word Bearer before it; copy it again.",
    ),
    "a key's name misspelt": Row(
        credentials("consumer_key", "consumer_kee"),
        "[x_main] in credentials.toml has consumer_kee, which an X credential does not; is it consumer_key?",
    ),
    "nobody of this role": Row(
        settings(more='\n[[notify]]\nrole = "lead"\nto = "mail"\n'),
        "notify 1, role: must be one of headteacher, chair_of_governors, dsl",
    ),
    "one bracket too few for who is told": Row(
        settings(more='\n[notify]\nrole = "dsl"\nto = "mail"\n'),
        "notify: is written with two brackets, [[notify]], once for each.",
    ),
    # permission
    "no permission": Row(
        lambda _folder: None, "A live pull needs a recorded decision: fill in [live] in school.toml", school="live"
    ),
    "a permission that says nothing": Row(
        settings(more=LIVE.replace('"12"', '""')), "school.toml, line 28: live, dpia: is still to fill in."
    ),
    "a permission of a day to come": Row(
        settings(more=LIVE.replace("2026-09-01", "2062-09-01")),
        "decided_on under [live] in school.toml is a day to come: 2062-09-01. Correct it.",
        school="live",
    ),
    # registers
    "a register that is not there": Row(
        gone("registers/pupils.csv"),
        "The register pupils.csv is not there: put it in the school's registers folder or correct its name in "
        "school.toml",
    ),
    "registers swapped": Row(
        swapped, "The register pupils.csv is no register of pupils: most rows have a job title and no year group"
    ),
    "an empty file for a register": Row(written("registers/staff.csv", ""), "The register staff.csv is empty"),
    "a register with a header alone": Row(
        written("registers/pupils.csv", "person_id,given_names,surname,year_group\n"),
        "wrong  pupils.csv: it has no row that can be used, so the checks that need it could not tell; export it",
        run=None,
    ),
    "a register without names": Row(
        written("registers/pupils.csv", "person_id,year_group\nP1,8\n"), "The register pupils.csv has no column for "
    ),
    "a register with a password": Row(
        with_a_password,
        "The register pupils.csv is an old Excel file (.xls) or has a password: save it as .xlsx or CSV",
    ),
    "a workbook called CSV": Row(a_workbook_called_csv, "ok     pupils.csv: 1 rows, 0 set aside", run=None, doctor=0),
    # photographs
    "a photograph that is not there": Row(
        gone("photographs/m1.jpg"),
        "wrong  photograph M1: m1.jpg is not in the photographs folder, so no posted picture can be known by it; put",
        run=None,
    ),
    "a photograph that is none": Row(
        written("photographs/m1.jpg", "a text"),
        "wrong  photograph M1: m1.jpg cannot be opened as a picture, so no posted picture can be known by it; put a",
        run=None,
    ),
    "a list on two sheets": Row(
        two_sheets, "The register pupils.xlsx has rows of people or photographs on 2 sheets, and a register is one list"
    ),
    "a PDF for a register": Row(
        written("registers/pupils.csv", b"%PDF-1.7\n"), "The register pupils.csv is a PDF, although its name says"
    ),
    "a register outside its folder": Row(
        settings(('"pupils.csv"', '"../../keys/ousterly-vale.key"')),
        "registers, pupils: must be a file in the registers folder, named without a path that leads out of it.",
    ),
    # the key and the folders
    "half a key before the first run": Row(
        written(f"../keys/{SCHOOL}.key", "half\n"), "The key is not one that `audit init` makes: 32 to 128 letters"
    ),
    "another name for the settings": Row(
        lambda folder: (folder / "school.toml").rename(folder / "school.toml.txt"),
        f"There is no school.toml in {{home}}/{SCHOOL}. Is it school.toml.txt? Rename it.",
    ),
    "a key that is lost": Row(
        key_lost,
        f"There is no key at {{home}}/keys/{SCHOOL}.key. What earlier runs saw opens with that key alone: put it "
        f"back from "
        "your copy, or set AUDIT_KEY.",
    ),
    "an empty key": Row(key_of("\n"), f"{{home}}/keys/{SCHOOL}.key is empty. What earlier runs saw opens with that"),
    "another key": Row(key_of("k" * 48), "The key does not open warehouse.duckdb"),
    "half a key": Row(key_of("half"), "The key is not one that `audit init` makes: 32 to 128 letters, digits, - or _."),
    "a file where the reports go": Row(
        written("reports", "no folder"),
        f"{{home}}/{SCHOOL}/reports is a file, and a run makes a folder of that name: move it away.",
    ),
}  # fmt: skip


def of(home: Path) -> dict[str, str]:
    """Return each file of a home that is somebody's, and the hash of what stands in it."""
    files = (path for path in home.rglob("*") if path.is_file() and not path.name.startswith("casebook"))
    return {str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def home(sound: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sound, tmp_path / "home")


OFFERS_INIT = {"no credentials", "another home", "half a key", "half a key before the first run"}


@pytest.mark.parametrize("what", ROWS)
def test_doctor_and_run_say_what_is_wrong_and_nothing_is_lost(what: str, home: Path) -> None:
    row = ROWS[what]
    row.spoil(home / SCHOOL)
    before = of(home)
    simulated = {} if row.school == "live" else BRIEF
    school = SCHOOL if row.school == "live" else row.school
    says = row.says.replace("{home}", str(home))

    doctor = audit("doctor", school, AUDIT_HOME=str(home), **simulated)

    assert says in doctor.said, doctor.said
    assert (doctor.code, "Traceback" in doctor.said) == (row.doctor, False), doctor.said
    assert "audit init" not in doctor.said or what in {
        "no credentials",
        "another home",
        "half a key",
        "half a key before the first run",
    }, doctor.said
    assert of(home) == before
    if row.run is not None:
        run = audit("run", school, AUDIT_HOME=str(home), **simulated)
        assert (run.code, run.out) == (row.run, ""), run.said
        assert says in run.err, run.err
        assert before.items() <= of(home).items()


@pytest.mark.parametrize("command", ["doctor", "run"])
def test_a_folder_that_cannot_be_written_is_named(command: str, home: Path) -> None:
    (home / SCHOOL / "reports").mkdir(mode=0o500)
    bound = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    program = Path(sys.executable).with_name("audit")

    answer = subprocess.run(
        [*bound, program, command, SCHOOL],
        env={**os.environ, **BRIEF, "AUDIT_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )

    says = f"{home}/{SCHOOL}/reports cannot be written (Permission denied): let the user who runs the audit write there"
    assert answer.returncode == 2, answer.stdout + answer.stderr
    assert says in answer.stdout + answer.stderr


def test_everything_that_is_wrong_is_told_at_once(home: Path) -> None:
    both(
        settings(('"7001"', '"@OusterlyVale"'), ("handle = ", "handel = "), ('"OusterlyValeSchool"', '"a b"')),
        lambda folder: (folder.parent / "keys" / f"{SCHOOL}.key").unlink(),
    )(home / SCHOOL)

    answer = audit("doctor", SCHOOL, AUDIT_HOME=str(home), **BRIEF)

    lines = answer.out.splitlines()
    assert answer.code == 2
    *wrong, following = [line.partition(":")[0] for line in lines]
    assert wrong == [*["wrong  settings"] * 4, "wrong  key", "wrong  the rest"]
    assert following == "next   settings"


def test_a_run_says_how_many_things_are_in_the_way(home: Path) -> None:
    both(gone("credentials.toml"), written("reports", "no folder"))(home / SCHOOL)

    answer = audit("run", SCHOOL, AUDIT_HOME=str(home), **BRIEF)

    assert answer.code == 2
    says = f"3 things are in the way, and `audit doctor {SCHOOL}` shows each. The first: There is no credentials.toml."
    assert answer.err.startswith(says), answer.err


def test_a_sound_home_is_all_right(home: Path) -> None:
    answer = audit("doctor", SCHOOL, AUDIT_HOME=str(home), **BRIEF)

    assert (answer.code, "wrong" in answer.out) == (0, False), answer.out


def test_a_new_key_is_never_made_for_what_an_old_one_wrote(home: Path) -> None:
    key_lost(home / SCHOOL)

    answer = audit("init", SCHOOL, "--pack", "corbets-tey-2022", AUDIT_HOME=str(home))

    assert answer.code == 2
    assert "What earlier runs saw opens with that key alone" in answer.err
    assert not (home / "keys" / f"{SCHOOL}.key").exists()
