"""The casebook's key: made once for a home, never anew beside what it alone opens, and refused in one sentence."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import pytest

from flows.home import keys
from flows.home.context import open_casebook
from flows.home.keys import find_casebook_key
from flows.home.settings import ConfigurationError, Settings, from_environment
from policies.errors import UserError
from tests.casebooks import CASEBOOK_KEY, key_of
from tests.flows.calling import audit
from warehouse.casebook.connecting import is_encrypted
from warehouse.store.places import Places


@pytest.fixture
def home(tmp_path):
    """A home with a casebook."""
    settings = Settings(home=tmp_path)
    places = Places(tmp_path, "hill-view")
    open_casebook(settings, places).close()
    return settings, places


def test_one_key_is_made_for_all_schools_of_a_home_and_is_its_owner_s_alone(home):
    settings, places = home
    made = key_of(places)

    with closing(open_casebook(settings, Places(settings.home, "another"))) as book:
        assert book.attestations() == ()

    assert len(made) == 64
    assert key_of(places) == made
    assert places.casebook_key.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in places.casebook_key.parent.iterdir()] == ["casebook.key"]


def test_eight_that_begin_at_once_come_to_one_key(tmp_path):
    settings, places = Settings(home=tmp_path), Places(tmp_path, "hill-view")

    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: find_casebook_key(settings, places), range(8)))

    assert len(keys) == 1


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda key: key.unlink(), r"There is no key at .*casebook\.key\. The casebook opens with that key alone"),
        (lambda key: key.write_text(""), r"casebook\.key is empty"),
        (lambda key: key.write_bytes(bytes(range(128, 256))), r"casebook\.key is not text"),
        (lambda key: key.write_text("k" * 40), r"The key does not open the casebook"),
        (lambda key: key.write_text("k"), r"must be 32 to 128 letters"),
        (lambda key: key.chmod(0o644), r"casebook\.key may be read by others"),
    ],
)
def test_without_its_right_key_the_casebook_stays_as_it_is_and_no_key_is_made(home, spoil, sentence):
    settings, places = home
    before = places.casebook.read_bytes()
    spoil(places.casebook_key)
    left = places.casebook_key.read_bytes() if places.casebook_key.exists() else None

    with pytest.raises(UserError, match=sentence):
        open_casebook(settings, places)

    assert places.casebook.read_bytes() == before
    assert left == (places.casebook_key.read_bytes() if places.casebook_key.exists() else None)


def test_the_copies_of_a_lost_casebook_are_not_left_without_their_key(home):
    settings, places = home
    places.casebook.rename(places.casebook.with_name("casebook.sqlite.before-0003"))
    places.casebook_key.unlink()

    with pytest.raises(ConfigurationError, match="opens with that key alone"):
        open_casebook(settings, places)


def test_a_key_of_the_environment_is_used_and_none_is_written(tmp_path):
    settings = from_environment({"AUDIT_HOME": str(tmp_path), "AUDIT_CASEBOOK_KEY": CASEBOOK_KEY})
    places = Places(tmp_path, "hill-view")

    open_casebook(settings, places).close()

    assert not places.casebook_key.exists()
    assert CASEBOOK_KEY not in repr(settings)
    with pytest.raises(UserError, match="The key does not open the casebook"):
        open_casebook(replace(settings, casebook_key="k" * 40), places)


def test_a_casebook_on_a_server_has_no_key_here(tmp_path):
    settings = Settings(home=tmp_path, casebook_url="postgresql://127.0.0.1:9/c")

    assert find_casebook_key(settings, Places(tmp_path, "hill-view")) is None
    assert not list(tmp_path.iterdir())


def test_a_key_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "keys").write_text("a file where the folder would be")

    with pytest.raises(ConfigurationError, match=r"casebook\.key cannot be written: "):
        find_casebook_key(Settings(home=tmp_path), Places(tmp_path, "hill-view"))


def test_no_school_is_called_like_the_casebook_s_key(tmp_path):
    answer = audit("init", "casebook", AUDIT_HOME=str(tmp_path))

    assert (answer.code, "choose another id" in answer.err) == (2, True)


def test_a_school_that_begins_while_another_makes_key_and_casebook_takes_what_was_made(tmp_path, monkeypatch):
    settings, places = Settings(home=tmp_path), Places(tmp_path, "hill-view")

    def meanwhile(path):
        monkeypatch.undo()
        open_casebook(settings, Places(tmp_path, "another")).close()
        return is_encrypted(path)

    monkeypatch.setattr(keys, "is_encrypted", meanwhile)

    assert find_casebook_key(settings, places) == key_of(places)
