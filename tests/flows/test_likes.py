"""What an official account likes reaches the raw tables; that X shows it to no app makes no pull unfinished."""

import pytest

from flows.weekly.pull import pull
from flows.weekly.run import start
from tests.connectors.town import BEARER, SCHOOL
from tests.flows import village as places
from tests.flows.village import village, with_reads
from tests.simulated.moods import lasting


@pytest.fixture
def here(tmp_path):
    with village(tmp_path, has_warehouse=True) as made:
        yield made


def pulled(here):
    """Return whether X was pulled to its end, the likes in the raw table, and how the listing over them ended."""
    context = here.context()
    start(context)
    state = pull(context, "x").state
    with context.warehouse() as db:
        likes = db.execute("select account_id, post_id, actor_id from raw.likes").fetchall()
        [ended] = db.execute("select is_whole, stopped from raw.listings where listing = 'likes'").fetchall()
    return state == "complete", likes, ended


def by_app_alone(folder):
    """Let the school read its X account with an app's token."""
    with_reads(folder, "bearer")
    (folder / "credentials.toml").write_text(
        f'[x_main]\nbearer = "{BEARER}"\n' + places.CREDENTIALS[places.CREDENTIALS.index("[youtube]") :]
    )


def test_a_like_reaches_the_raw_table(here):
    assert pulled(here) == (True, [(SCHOOL, "91", "9001")], (True, "end"))


def test_an_app_that_is_shown_no_likes_has_read_all_that_it_can(here):
    by_app_alone(here.places.folder)

    assert pulled(here) == (True, [], (False, "forbidden"))


def test_an_owner_who_is_refused_the_likes_hears_that_the_pull_is_unfinished(here):
    here.servers.moods.set("x", f"/2/users/{SCHOOL}/liked_tweets", [lasting("403")])

    assert pulled(here) == (False, [], (False, "forbidden"))


def test_an_app_that_is_refused_another_list_hears_that_the_pull_is_unfinished(here):
    by_app_alone(here.places.folder)
    here.servers.moods.set("x", f"/2/users/{SCHOOL}/mentions", [lasting("403")])

    assert pulled(here) == (False, [], (False, "forbidden"))
