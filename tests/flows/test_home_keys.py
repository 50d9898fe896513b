"""The keys that all schools of a home share are changed: the casebook's and the record's, killed at every step too.

It alone proves what becomes of whoever had the casebook open, and of the record on either side of the joint.
"""

import shutil
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import update

from dashboards.report.manifest import FILE_NAME, read_manifest
from dashboards.report.signing import wrong_in_report
from flows.home.context import open_casebook
from flows.home.files_verified import enter_published
from flows.home.key_files import drop_old_keys, old_keys
from flows.home.keys import find_casebook_key, find_chain_key
from flows.privacy.verify import _wrong
from flows.weekly.publish import write_reports
from tests.casebooks import decide, key_of
from tests.flows.audited import chained_village
from tests.flows.calling import audit
from tests.flows.few_checks import ask_few
from tests.flows.stopping import KILLED, Point, zygote
from tests.flows.test_backup import WAIT, out
from tests.flows.village import MONDAY, SCHOOL, village
from tests.warehouse.postgresql import postgresql
from warehouse.casebook.alone import writing
from warehouse.casebook.chain import hand_over
from warehouse.casebook.chain_key import ChainKey, is_signed
from warehouse.casebook.connecting import is_encrypted, opens, rekey
from warehouse.casebook.errors import CasebookError
from warehouse.casebook.tables import CHAIN, DECISIONS

__all__ = ["out"]

pytestmark = pytest.mark.slow

ROTATE = ("keys", "rotate", "--home")
POINTS = (
    Point("no key was made", "flows.home.key_files:write_key"),
    Point("the casebook's next key was made", "flows.home.key_files:write_key", "after"),
    Point("the casebook was under the new key", "warehouse.casebook.connecting:rekey", "after", 2),
    Point("the old key was kept", "flows.home.key_files:keep_old_key", "after"),
    Point("the casebook's was done", "pathlib:Path.replace", "after"),
    Point("the chain's next key was made", "flows.home.key_files:write_key", "after", 2),
    Point("the chain was not committed", "warehouse.casebook.chain:hand_over", "after"),
    Point("the chain was handed over", "warehouse.store.private_files:put_in_place", number=2),
    Point("both lay in the chain's file", "warehouse.store.private_files:put_in_place", "after", 2),
)
OF_EACH_PART = ("the casebook's next key was made", "the casebook was under the new key", "the chain was handed over")


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """An audited village whose record is kept with a key outside its home."""
    with chained_village(tmp_path_factory.mktemp("kept")) as here:
        yield here


@pytest.fixture
def here(kept, tmp_path):
    folder = shutil.copytree(kept.settings.home.parent, tmp_path / "copy")
    return replace(kept, settings=replace(kept.settings, home=folder / "home", chain_key=folder / "chain.key"))


def environment(here):
    return {**here.environment, "AUDIT_CHAIN_KEY": str(here.settings.chain_key)}


def wrong(here):
    with closing(open_casebook(here.settings, here.places)) as book:
        return tuple(_wrong(book, here.places))


def decided(here, case):
    with here.context().casebook() as book:
        decide(book, case * 64, "confirmed", until=None, by_role="dsl", note="-", at=here.settings.clock())


def is_under_new_keys(here, old, old_chain):
    assert key_of(here.places) != old
    assert not opens(here.places.casebook, old)
    assert wrong(here) == ()
    assert here.settings.chain_key.read_text().split()[1:] == [old_chain]
    decided(here, "b")
    write_reports(here.context())
    assert wrong(here) == ()
    assert not list(here.settings.home.parent.rglob("*.next"))


def test_both_keys_are_changed_and_what_was_kept_with_the_old_ones_is_read_and_verified_still(here, out):
    old, public = key_of(here.places), find_chain_key(here.settings).public
    assert audit("backup", SCHOOL, "--out", str(out), **environment(here)).code == 0
    shutil.copy(here.places.casebook, here.settings.home / "casebook.sqlite.before-0001")
    older = shutil.copy(here.places.casebook, here.settings.home.parent / "older")

    changed = audit(*ROTATE, **environment(here))

    assert changed.code == 0, changed.said
    assert "Print a new sheet" in changed.out
    assert not [key for key in (old, key_of(here.places), "c" * 64) if key in changed.said]
    assert opens(here.settings.home / "casebook.sqlite.before-0001", key_of(here.places))
    report = here.places.reports(MONDAY.isoformat())
    ring = find_chain_key(here.settings)
    assert (read_manifest(report / FILE_NAME).public_key, ring.public != public) == (public, True)
    with here.context().casebook() as book:
        assert wrong_in_report(book, report) == ()
    assert is_signed(ring.public.encode(), changed.out.split("with the key before: ")[1].split()[0], public)
    is_under_new_keys(here, old, "c" * 64)
    assert read_manifest(report / FILE_NAME).public_key == ring.public
    assert audit("verify", SCHOOL, **environment(here)).code == 0

    [kept] = old_keys(here.places.casebook_key)
    assert kept.path.stat().st_mode & 0o777 == 0o600
    back = audit("restore", SCHOOL, "--from", str(out), *WAIT, "--replace", **environment(here))
    assert (back.code, wrong(here)) == (0, ()), back.said
    for log in here.settings.home.glob("casebook.sqlite-*"):
        log.unlink()
    shutil.copy(older, here.places.casebook)  # as a technician may, from a copy of the disk
    refused = audit("verify", SCHOOL, **environment(here))
    assert "If the casebook was put back from a copy of before the change, run: audit keys rotate --home" in refused.err
    again = audit(*ROTATE, **environment(here))
    assert (again.code, "in whose place another came" in again.said) == (2, True)
    assert opens(here.places.casebook, key_of(here.places))
    drop_old_keys(here.places, kept.until.replace(year=2037))
    assert old_keys(here.places.casebook_key) == []


def test_whoever_had_the_casebook_open_is_told_to_begin_anew_and_writes_nothing(here):
    with closing(open_casebook(here.settings, here.places)) as desk:
        assert desk.attestations() == ()
        assert audit(*ROTATE, **environment(here)).code == 0
        asked = (
            desk.attestations,
            lambda: decide(desk, "a" * 64, "confirmed", until=None, by_role="dsl", note="-", at=here.settings.clock()),
            lambda: desk.engine.connect().__enter__().execute(update(DECISIONS).values(note="x")),
        )
        for ask in asked:
            with pytest.raises(CasebookError, match="as a desk, begin it anew; never put an old key in its place"):
                ask()
    assert wrong(here) == ()


def test_a_desk_that_has_the_chain_s_old_key_alone_is_told_to_begin_anew(here):
    desk = replace(here.settings, chain_key=here.settings.chain_key.with_name("desk.key"))
    shutil.copy(here.settings.chain_key, desk.chain_key)
    assert audit(*ROTATE, **environment(here)).code == 0
    with (
        closing(open_casebook(desk, here.places)) as book,
        pytest.raises(CasebookError, match="since this was begun, as a desk, begin it anew"),
    ):
        decide(book, "a" * 64, "confirmed", until=None, by_role="dsl", note="-", at=here.settings.clock())
    assert wrong(here) == ()


def rows(statement):
    def change(here):
        with here.context().casebook() as book, book.engine.begin() as connection:
            connection.exec_driver_sql(statement)

    return change


def cut_before_the_joint(here):
    rows("delete from chain where position >= (select position from chain where step = 'handed')")(here)


def gone_on_with_the_old_key(here):
    """Cut the record at its joint and go on with the old key, as somebody can who kept a copy of that."""
    cut_before_the_joint(here)
    old = replace(here.settings, chain_key=here.settings.chain_key.with_name("stolen.key"))
    old.chain_key.touch(mode=0o600)
    old.chain_key.write_text("c" * 64)
    with closing(open_casebook(old, here.places)) as book:
        enter_published(book, here.places)


def handed_to_another(here):
    """Have the old key hand over to a key that is somebody's own."""
    cut_before_the_joint(here)
    own = here.settings.chain_key.with_name("own.key")
    for path, text in ((own, "c" * 64), (own.with_name("own.key.next"), "e" * 64)):
        path.touch(mode=0o600)
        path.write_text(text)
    own_settings = replace(here.settings, chain_key=own)
    with closing(open_casebook(own_settings, here.places)) as book, writing(book.engine) as connection:
        hand_over(connection, SCHOOL, book.chain_key, book.chain_key.coming)


TAMPERINGS = {
    "a decision of before": rows("update decisions set answer = 'mistaken' where fingerprint like 'fff%'"),
    "a decision of after": rows("update decisions set answer = 'mistaken' where fingerprint like 'aaa%'"),
    "an entry of before": rows("delete from chain where position = 2"),
    "an entry of after": rows("update chain set digest = 'x' where position = (select max(position) from chain)"),
    "the joint gone": rows("delete from chain where step = 'handed'"),
    "the joint's other name": rows("update chain set subject = 'x' where step = 'handed'"),
    "its taking up gone": rows("delete from chain where step = 'begun' and position > 1"),
    "cut before the joint": cut_before_the_joint,
    "gone on with the old key": gone_on_with_the_old_key,
    "handed to another": handed_to_another,
}


def test_a_tampering_on_either_side_of_the_joint_is_noticed_also_by_whoever_has_the_old_key(here, tmp_path):
    assert audit(*ROTATE, **environment(here)).code == 0
    decided(here, "a")
    assert wrong(here) == ()
    heads = here.settings.chain_key.with_name("chain.key.heads")
    heads.unlink()  # by whoever may write there: the keys alone must do
    assert wrong(here) == ()
    before = shutil.copytree(here.settings.home, tmp_path / "before")
    unnoticed = []
    for what, tamper in TAMPERINGS.items():
        tamper(here)
        heads.unlink(missing_ok=True)
        unnoticed += [] if [each for each in wrong(here) if "Report" not in each] else [what]
        shutil.rmtree(here.settings.home)
        shutil.copytree(before, here.settings.home)
    assert unnoticed == []
    stolen = replace(here.settings, chain_key=here.settings.chain_key.with_name("both.key"))
    shutil.copy(here.settings.chain_key, stolen.chain_key)
    assert wrong(replace(here, settings=stolen)) == ()  # with every key it may be gone on with, as the documents say


def killed_at_each(here, tmp_path, points):
    old, killed = key_of(here.places), []
    with zygote(tmp_path) as forks:
        for point in points:
            ended = forks.run(environment(here), point=point, words=ROTATE)
            assert ended in (KILLED, {"code": 0}), (point.says, forks.said.read_text()[-2_000:])
            killed += [point.says] if ended == KILLED else []
            assert wrong(here) == (), point.says
            decided(here, "1")
            is_begun = any(here.settings.home.parent.rglob("*.key.next"))
            doctor = audit("doctor", SCHOOL, **environment(here))
            assert ("has not ended; all can be used" in doctor.said) == is_begun, (point.says, doctor.said)
    assert killed == [point.says for point in points]
    last = audit(*ROTATE, **environment(here))

    assert last.code == 0, last.said
    is_under_new_keys(here, old, "c" * 64)


def test_a_change_that_is_killed_in_its_parts_leaves_all_usable_and_is_ended_by_the_same_command(here, tmp_path):
    killed_at_each(here, tmp_path, [point for point in POINTS if point.says in OF_EACH_PART])


@pytest.mark.soak
def test_a_change_that_is_killed_at_each_step_leaves_all_usable_and_is_ended_by_the_same_command(here, tmp_path):
    killed_at_each(here, tmp_path, POINTS)


@pytest.mark.parametrize(
    ("words", "more", "says"),
    [
        (("keys", "rotate"), {}, "Say whose key is changed"),
        (("keys", "rotate", SCHOOL, "--home"), {}, "Say whose key is changed"),
        (ROTATE, {"AUDIT_CASEBOOK_KEY": "k" * 40}, "The key does not open the casebook"),
    ],
)
def test_what_cannot_be_changed_is_one_sentence_and_nothing_is_changed(here, words, more, says):
    old = key_of(here.places)
    answer = audit(*words, **{**environment(here), **more})

    assert (answer.code, says in answer.err) == (2, True), answer.said
    assert key_of(here.places) == find_casebook_key(here.settings, here.places) == old


def test_a_casebook_is_written_under_another_key_whole_or_told_why_not(tmp_path, here):
    path = shutil.copy(here.places.casebook, tmp_path / "casebook.sqlite")
    with pytest.raises(CasebookError, match="The key does not open the casebook"):
        rekey(path, ["x" * 40], "y" * 40)
    rekey(path, ["x" * 40, key_of(here.places)], "y" * 40)
    rekey(tmp_path / "none.sqlite", [], "y" * 40)
    assert (opens(path, "y" * 40), opens(path, key_of(here.places)), is_encrypted(path)) == (True, False, True)


def test_the_record_of_a_casebook_on_a_server_goes_on_with_a_new_key_and_so_do_those_of_before(tmp_path):
    with postgresql() as url, village(tmp_path / "home", has_warehouse=True) as made:
        key = tmp_path / "chain.key"
        key.touch(mode=0o600)
        key.write_text("c" * 64)
        ask_few(made.places.folder)
        here = replace(made, settings=replace(made.settings, chain_key=key, casebook_url=url))
        where = {**environment(here), "CASEBOOK_URL": url}
        assert audit("run", SCHOOL, "--as-of", MONDAY.isoformat(), **where).code == 0
        decided(here, "a")
        report = here.places.reports(MONDAY.isoformat())

        changed = audit(*ROTATE, **where)

        assert (changed.code, "Print a new sheet" in changed.out, changed.err) == (0, False, ""), changed.said
        assert key.read_text().split()[1:] == ["c" * 64]
        with closing(open_casebook(here.settings, here.places)) as book:
            assert wrong_in_report(book, report) == ()
        decided(here, "b")
        verified = audit("verify", SCHOOL, **where)
        assert verified.code == 0, verified.said
        rows("update decisions set answer = 'mistaken' where substr(fingerprint, 1, 1) = 'a'")(here)
        tampered = audit("verify", SCHOOL, **where)
        assert (tampered.code, "decisions: not what was written" in tampered.out) == (2, True), tampered.said


def test_keys_of_before_verify_and_nothing_goes_on_with_them():
    ring = ChainKey("n" * 40, None, before=["o" * 40], coming="p" * 40)
    old, coming = ChainKey("o" * 40, None), ChainKey("p" * 40, None)

    assert ring.known(old.key_id).mac(b"x") == old.mac(b"x")
    assert ring.known(ChainKey("z" * 40, None).key_id) is None
    assert [ring.after(each).key_id for each in (old.key_id, coming.key_id, None)] == [
        ring.key_id, coming.key_id, ring.key_id,
    ]  # fmt: skip
    assert CHAIN.c.step.type.length >= len("handed")
