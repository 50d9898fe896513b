"""`audit backup` and `audit restore`: a school in one encrypted file, and out of it again as it was.

It alone proves the two commands: what is in the file and what is not, that it opens with the school's key alone, that
it is proved before anything is swapped, that erased people stay erased, and that it waits for the end of a run.
"""

import re
import shutil
import tarfile
import threading
import time
from contextlib import closing, contextmanager
from io import BytesIO

import pytest
from pyrage import decrypt
from pyrage.x25519 import Identity

from tests.casebooks import decide, key_of, looked_into
from tests.flows.calling import audit, published
from tests.flows.test_erase import BIO, ERASE, NAME, PERSON, SAID, audited, confirm_before_a_run, here, left_in
from tests.flows.village import SCHOOL
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.verify import wrong_rows
from warehouse.runs.run_progress import RUNNING, locked

__all__ = ["audited", "here"]

WAIT = ("--wait", "0.01")


@pytest.fixture
def out(tmp_path):
    """Return where a backup goes: on another disk, as it were."""
    (tmp_path / "disk").mkdir()
    return tmp_path / "disk" / "vale.backup"


def backed_up(here, out, *more):
    answer = audit("backup", SCHOOL, "--out", str(out), *more, **here.environment)
    assert answer.code == 0, answer.said
    return answer


def restored(here, out, *more):
    return audit("restore", SCHOOL, "--from", str(out), *WAIT, *more, **here.environment)


def files_in(folder):
    """Return the bytes of every file of the school but its locks, by path."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def rows_in(here):
    """Return the rows of every table of the casebook but the log of questions, which each command adds to."""
    with closing(looked_into(here.places.casebook, key_of(here.places))) as book:
        names = [name for (name,) in book.execute("select name from sqlite_master where type = 'table'").fetchall()]
        kept = sorted(set(names) - {"query_log", "query_answers", "chain", "sqlite_sequence", "warehouses", "spending"})
        return {name: book.execute(f"select * from {name} order by 1").fetchall() for name in kept}


def is_whole(here):
    """Say whether the casebook verifies and the next run would begin; there is nothing else in the home."""
    with here.context().casebook() as book:
        assert wrong_rows(book) == {}
    assert [path.name for path in here.settings.home.iterdir() if "restoring" in path.name] == []
    said = audit("doctor", SCHOOL, **here.environment).said
    assert "ok     casebook, warehouse and published copy: as the last run left them\n" in said, said
    return True


def test_a_school_that_is_lost_whole_is_put_back_whole_and_its_next_run_is_the_same(here, out, tmp_path):
    before, files, rows = published(here.context()), files_in(here.places.folder), rows_in(here)
    answer = backed_up(here, out, "--purpose", "Before the new disk")
    keys = tmp_path / "keys"
    shutil.copytree(here.settings.home / "keys", keys)
    key = here.places.key.read_text().strip()
    shutil.rmtree(here.settings.home)

    without = restored(here, out)
    keys.joinpath("casebook.key").unlink()  # that of a lost casebook opens nothing any more
    shutil.copytree(keys, here.settings.home / "keys")
    back = restored(here, out)

    assert (without.code, "Put it back from your copy" in without.err) == (2, True), without.said
    assert back.code == 0, back.said
    assert "It knows nothing of what came after" in back.out
    assert f"put them back into {here.places.credentials}" in back.out
    assert files_in(here.places.folder) == {name: body for name, body in files.items() if name != "credentials.toml"}
    assert (published(here.context()), rows_in(here)) == (before, rows)
    body = out.read_bytes()
    assert [word for word in (key.encode(), b"at-town", b"Sports", b"rosie") if word in body] == []
    assert (out.stat().st_mode & 0o777, "Delete it, and every copy of it, by " in answer.out) == (0o600, True)
    assert {path.stat().st_mode & 0o077 for path in here.places.folder.rglob("*")} == {0}
    here.places.credentials.write_bytes(files["credentials.toml"])
    here.places.credentials.chmod(0o600)
    assert is_whole(here)
    again = audit("run", SCHOOL, "--as-of", "2026-11-09", **here.environment)
    assert again.code == 0, again.said


def test_a_backup_opens_without_this_program_by_the_identity_that_is_printed(here, out):
    backed_up(here, out)

    printed = audit("backup", SCHOOL, "--identity", **here.environment)

    assert printed.code == 0, printed.said
    body = decrypt(out.read_bytes(), [Identity.from_str(printed.out.splitlines()[-1])])
    with tarfile.open(fileobj=BytesIO(body)) as tar:
        assert tar.extractfile("school/school.toml").read() == (here.places.folder / "school.toml").read_bytes()


def test_who_made_it_and_who_put_it_back_stand_in_the_log(here, out):
    backed_up(here, out, "--purpose", "Before the move")
    assert restored(here, out, "--replace", "--purpose", "After the move").code == 0

    with closing(looked_into(here.places.casebook, key_of(here.places))) as book:
        made, back = book.execute("select purpose, sql, rows from query_log order by number desc limit 2").fetchall()[
            ::-1
        ]
    assert (made[:2], made[2] > 0) == (("Before the move", f"audit backup {SCHOOL}"), True)
    assert (back[0], back[1].startswith(f"audit restore {SCHOOL} (backup of 20"), back[2] > 0) == (
        "After the move", True, True,
    )  # fmt: skip


def test_a_warehouse_that_broke_is_put_back_and_newer_decisions_stand(here, out):
    before = published(here.context())
    backed_up(here, out)
    with here.context().casebook() as book:
        decide(book, "a" * 64, "mistaken", until=None, by_role="dpo", note="Since then.", at=here.settings.clock())
    rows = rows_in(here)
    here.places.warehouse.write_bytes(here.places.warehouse.read_bytes()[:-9_000])

    refused = restored(here, out)
    back = restored(here, out, "--replace")

    assert (refused.code, "say --replace" in refused.err) == (2, True), refused.said
    assert back.code == 0, back.said
    assert "knows of everything since, so it stands" in back.out
    assert (published(here.context()), rows_in(here)) == (before, rows)
    assert here.places.credentials.exists()
    assert is_whole(here)


def test_whoever_was_erased_after_the_backup_is_erased_from_it_again(here, out):
    backed_up(here, out)
    assert audit(*ERASE, "--yes", **here.environment).code == 0
    certificates = audit("erase", SCHOOL, "--list", **here.environment).out
    certificate = here.places.folder / "erasures" / "1.json"
    said = certificate.read_bytes()
    certificate.with_name("7.json").write_text('{"number": 7, "token": "of a casebook that was lost"}')

    back = restored(here, out, "--replace")

    assert back.code == 0, back.said
    assert certificate.read_bytes() == said
    assert [path.name for path in sorted(certificate.parent.iterdir())] == ["1.json", "7.json"]
    assert "1 erased since were erased from it again" in back.out
    assert left_in(here, *SAID) == []
    assert audit("erase", SCHOOL, "--list", **here.environment).out == certificates
    assert is_whole(here)


def test_a_person_is_erased_again_from_a_backup_that_knows_nothing_of_their_account_being_confirmed(here, out):
    backed_up(here, out)
    confirm_before_a_run(here)
    told = audit(*PERSON, "--preview", **here.environment).out
    assert audit(*PERSON, "--yes", **here.environment).code == 0

    back = restored(here, out, "--replace")

    assert back.code == 0, back.said
    assert "Backups hold it all until they are deleted" in told
    assert left_in(here, *SAID, BIO, NAME.lower()) == []
    assert (
        "Nothing is left to erase." not in audit(*PERSON, "--preview", **here.environment).out
    )  # the register is back
    assert is_whole(here)


def test_a_casebook_that_lost_rows_gives_way_and_its_tombstones_are_kept(here, out):
    backed_up(here, out)
    assert audit(*ERASE, "--yes", **here.environment).code == 0
    with closing(looked_into(here.places.casebook, key_of(here.places))) as book:
        book.execute("delete from decisions")

    back = restored(here, out, "--replace")

    assert back.code == 0, back.said
    assert "rows are those of the backup too" in back.out
    assert left_in(here, *SAID) == []
    with here.context().casebook() as book:
        assert [decision.verdict for decision in book.decisions.standing().values()] == ["mistaken"]
    assert audit("erase", SCHOOL, "--list", **here.environment).out.count("\n") == 1
    assert is_whole(here)


def test_another_school_of_the_same_casebook_is_not_touched(here, out):
    backed_up(here, out)
    other = Casebook(f"sqlite:///{here.places.casebook}", "hill-view", key_of(here.places))
    now = here.settings.clock()
    decide(other, "b" * 64, "mistaken", until=None, by_role="dpo", note="Theirs.", at=now)
    with closing(looked_into(here.places.casebook, key_of(here.places))) as book:
        for table in ("decisions", "chain", "warehouses", "query_log", "query_answers", "labels"):
            book.execute(f"delete from {table} where school = ?", [SCHOOL])
    decide(other, "c" * 64, "mistaken", until=None, by_role="dpo", note="Theirs.", at=now)

    back = restored(here, out, "--replace")

    assert back.code == 0, back.said
    assert sorted(other.decisions.standing()) == ["b" * 64, "c" * 64]
    assert wrong_rows(other) == {}
    other.close()
    assert is_whole(here)


@contextmanager
def run_under_way(here, seconds):
    """Hold the lock of a run for a while."""
    held = threading.Event()

    def hold():
        with locked(here.places.folder, RUNNING):
            held.set()
            time.sleep(seconds)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    yield
    thread.join()


def test_whoever_is_refused_for_a_run_is_told_of_no_option_that_the_command_has_not(here, out):
    backed_up(here, out)
    commands = {
        ("backup",): (SCHOOL, "--out", str(out), "--replace", *WAIT),
        ("restore",): (SCHOOL, "--from", str(out), "--replace", *WAIT),
        ("keys", "rotate"): (SCHOOL,),
        ("close",): (SCHOOL, "--yes"),
        ("erase",): (*ERASE[1:], "--yes"),
    }

    with run_under_way(here, 15):
        refused = {command: audit(*command, *words, **here.environment) for command, words in commands.items()}

    helps = {command: audit(*command, "--help", COLUMNS="200").out for command in commands}
    assert [(c, said.err) for c, said in refused.items() if said.code != 2 or "under way" not in said.err] == []
    told = {command: re.findall(r"--[a-z-]+", said.err) for command, said in refused.items()}
    assert [(c, name) for c, names in told.items() for name in names if f"{name} " not in helps[c]] == []
    assert {command for command, names in told.items() if "--wait" in names} == {("backup",), ("restore",)}


def test_a_backup_waits_for_the_end_of_a_run_and_not_for_ever(here, out):
    with run_under_way(here, 1.5):
        refused = audit("backup", SCHOOL, "--out", str(out), *WAIT, **here.environment)
        assert (refused.code, "still under way" in refused.err, out.exists()) == (2, True, False), refused.said
        backed_up(here, out, "--wait", "1")

    with run_under_way(here, 1.5):
        refused = restored(here, out, "--replace")

    assert (refused.code, "nothing was put back" in refused.err) == (2, True), refused.said
    assert is_whole(here)


def changed(body, at):
    return body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]


BROKEN = {
    "another file": (lambda body: b"PK" + body, "is no backup that this program made"),
    "cut": (lambda body: body[:-20_000], "was cut or changed"),
    "a byte changed": (lambda body: changed(body, len(body) // 2), "was cut or changed"),
    "another kind of recipient": (lambda body: changed(body, 30), "The key does not open"),
    "no end": (lambda body: body[:60], "is no backup that this program made"),
}


def test_whatever_is_wrong_with_the_file_is_one_sentence_and_the_school_stays_as_it_is(here, out):
    backed_up(here, out)
    whole = out.read_bytes()
    files, rows = files_in(here.places.folder), rows_in(here)

    for name, (breaks, says) in BROKEN.items():
        out.write_bytes(breaks(whole))
        for words in (("--replace",), ("--dry-run",)):
            answer = restored(here, out, *words)
            assert (answer.code, says in answer.err, answer.err.count("\n")) == (2, True, 1), (name, answer.said)
    out.write_bytes(whole)
    other = audit("restore", SCHOOL, "--from", str(out), "--replace", AUDIT_KEY="k" * 48, **here.environment)
    missing = restored(here, out.with_name("none"))

    assert (other.code, "The key does not open vale.backup" in other.err) == (2, True), other.said
    assert (missing.code, "There is no backup" in missing.err) == (2, True), missing.said
    assert (files_in(here.places.folder), rows_in(here)) == (files, rows)
    assert is_whole(here)


def test_a_backup_is_proved_in_a_folder_of_its_own_that_goes(here, out):
    backed_up(here, out)
    files, rows = files_in(here.places.folder), rows_in(here)

    for words in (("backup", SCHOOL, "--verify", str(out)), ("restore", SCHOOL, "--from", str(out), "--dry-run")):
        answer = audit(*words, **here.environment)
        assert (answer.code, "restores: " in answer.out) == (0, True), answer.said

    assert (files_in(here.places.folder), rows_in(here)) == (files, rows)
    assert is_whole(here)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "Say where it is written with --out"),
        (("--out", "{home}/vale.backup"), "Write it outside"),
        (("--out", "{disk}/none/vale.backup"), "Make it first, or mount its disk"),
        (("--out", "{disk}/there"), "never overwritten without --replace"),
        (("--out", "{disk}/vale.backup", "--purpose", "For Rosalind Thistlewood"), "names whom it is about"),
    ],
)
def test_wrong_use_of_a_backup_is_one_sentence(here, out, words, says):
    (out.parent / "there").write_text("mine")
    given = [word.format(home=here.settings.home, disk=out.parent) for word in words]

    answer = audit("backup", SCHOOL, *given, **here.environment)

    assert (answer.code, says in answer.err) == (2, True), answer.said
    assert [path.name for path in out.parent.iterdir()] == ["there"]


def test_a_later_backup_takes_the_place_of_an_earlier_one_and_a_damaged_school_makes_none(here, out):
    out.write_bytes(b"an earlier one")
    backed_up(here, out, "--replace")
    before = out.read_bytes()
    here.places.published.write_bytes(changed(here.places.published.read_bytes(), 20_000))

    answer = audit("backup", SCHOOL, "--out", str(out), "--replace", **here.environment)

    assert (answer.code, "damaged" in answer.err) == (2, True), answer.said
    assert (out.read_bytes(), [path.name for path in out.parent.iterdir()]) == (before, ["vale.backup"])


def test_the_backup_of_another_school_is_refused(here, out):
    backed_up(here, out)
    key = here.places.key.read_text().strip()
    shutil.copytree(here.places.folder, here.settings.home / "hill-view")

    answer = audit(
        "restore", "hill-view", "--from", str(out), "--replace", **here.environment, AUDIT_KEY=key
    )  # fmt: skip

    assert (answer.code, "is the backup of another school" in answer.err) == (2, True), answer.said


def line_of(here, what):
    return [line for line in audit("doctor", SCHOOL, **here.environment).out.splitlines() if f" {what}: " in line]


def test_doctor_says_when_the_last_backup_was_made_and_calls_an_old_one_wrong(here, out):
    [before] = line_of(here, "last backup")
    backed_up(here, out)
    [fresh] = line_of(here, "last backup")
    with closing(looked_into(here.places.casebook, key_of(here.places))) as book:
        book.execute("update query_log set asked_at = '2026-01-05 03:30:00' where sql like 'audit backup %'")
    here.settings.home.joinpath(f".{SCHOOL}.restoring-0123").mkdir()
    [old], [broken_off] = line_of(here, "last backup"), line_of(here, "restore")

    assert before.startswith("ok     last backup: none was made by this program")
    assert fresh.startswith(f"ok     last backup: {here.settings.clock():%A}")
    assert old == "wrong  last backup: Monday 5 January 2026; look whether its schedule runs."
    assert broken_off.startswith("wrong  restore: a backup is being put back")
