"""What a change of keys, a backup, a run and the desk do to each other, in a home in which nothing was audited yet."""

import shutil
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from flows.backup.rotate import begin_key
from flows.desk.school import school_desk
from flows.home.context import open_casebook
from flows.home.init import make_key
from flows.home.keys import find_chain_key
from flows.home.settings import ConfigurationError, Settings
from tests.casebooks import hash_quickly
from tests.flows.calling import audit
from tests.flows.village import SCHOOL, write_home
from warehouse.casebook.alone import writing
from warehouse.casebook.chain import entries_of, hand_over
from warehouse.casebook.chain_key import is_signed
from warehouse.casebook.people import desk_credentials
from warehouse.casebook.people.desk_own import OwnSignIn
from warehouse.casebook.people.desk_people import DeskPeople
from warehouse.runs.run_progress import RUNNING, locked
from warehouse.store.places import Places


@pytest.fixture
def settings(tmp_path):
    write_home(tmp_path / "home")
    made = Settings(home=tmp_path / "home")
    make_key(made, Places(made.home, SCHOOL))
    return made


def casebook(settings):
    return closing(open_casebook(settings, Places(settings.home, SCHOOL)))


def said(settings, *words, **more):
    answer = audit(*words, AUDIT_HOME=str(settings.home), **more)
    assert answer.code == 0, answer.said
    return answer.out


def test_a_change_of_the_home_s_keys_that_was_stopped_at_its_last_step_gives_the_signature_by_the_key_before(settings):
    path = settings.home.parent / "chain.key"
    for file, text in ((path, "c"), (path.with_name("chain.key.next"), "e")):
        file.touch(mode=0o600)
        file.write_text(text * 64)
    settings = replace(settings, chain_key=path)
    with casebook(settings) as book:
        begin_key(book, "somebody")
        old = book.chain_key.public
        with writing(book.engine) as connection:
            hand_over(connection, SCHOOL, book.chain_key, book.chain_key.coming)
    path.write_text(f"{'e' * 64}\n{'c' * 64}\n")

    out = said(settings, "keys", "rotate", "--home", AUDIT_CHAIN_KEY=str(path))

    signature = out.split("with the key before: ")[1].split()[0]
    assert is_signed(find_chain_key(settings).public.encode(), signature, old)
    with casebook(settings) as book, book.engine.connect() as connection:
        assert [entry.step for entry in entries_of(connection, SCHOOL)].count("handed") == 1


def test_the_desk_opens_no_warehouse_while_a_run_is_under_way_also_between_two_of_its_stages(settings):
    with (
        casebook(settings) as book,
        locked(settings.home / SCHOOL, RUNNING),
        pytest.raises(ConfigurationError, match="A run is under way"),
    ):
        school_desk(settings, SCHOOL, book).reach("f" * 64)


def test_where_the_new_key_was_lost_and_a_backup_is_put_back_by_the_old_one_a_second_factor_can_be_set(
    settings, monkeypatch
):
    hash_quickly(monkeypatch)
    places, backup = Places(settings.home, SCHOOL), settings.home.parent / "backup"
    old, at = places.key.read_text().strip(), datetime.now(UTC)
    said(settings, "backup", SCHOOL, "--out", str(backup), "--purpose", "Before the key is changed")
    said(settings, "keys", "rotate", SCHOOL)
    places.key.write_text(f"{old}\n")  # from the paper of before, after the disk and the paper of the new one went
    shutil.rmtree(places.folder)
    said(settings, "restore", SCHOOL, "--from", str(backup), "--purpose", "The new key is lost")

    with casebook(settings) as book:
        people, own = DeskPeople(book, key=old), OwnSignIn(book, old)
        people.take_invitation(people.invite("dpo", "data_office", at), "four quiet old horses", at)
        [person] = people.people()
        secret = desk_credentials.secret_in(own.begin_second_factor(person))
        code = desk_credentials._totp(secret).generate(int(at.timestamp())).decode()
        own.confirm_second_factor(person, secret, code, at)
        assert people.people()[0].has_second_factor
