"""`audit expire` on a school that has been audited: what is over its clock is nowhere under its home, and certified."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from flows.home.context import open_context
from flows.home.settings import ConfigurationError
from flows.retention import retention
from flows.weekly.run import sequence
from tests.casebooks import DPO
from tests.flows.calling import audit
from tests.flows.village import SCHOOL, Village, village
from warehouse.casebook.holds import Holds
from warehouse.privacy.age_deletions import AgeDeletions
from warehouse.privacy.retention.likely_day import DoubtfulClockError
from warehouse.privacy.retention.over_clock import delete_over_clock, under_way
from warehouse.runs.run_progress import RUNNING, locked
from warehouse.store.open import opened

TODAY = datetime.now(UTC).date()
AS_AUDITED = "as audited"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The village after a run of today."""
    with village(tmp_path_factory.mktemp("village") / "home", has_warehouse=True) as here:
        sequence(here.context(TODAY))
        shutil.copytree(here.settings.home, here.settings.home.with_name(AS_AUDITED))
        yield here


@pytest.fixture
def ahead(home, tmp_path):
    """The same village in a home of its own, audited once more at a clock that is 119 days ahead."""
    shutil.copytree(home.settings.home.with_name(AS_AUDITED), tmp_path / "home")
    made = Village(home.servers, replace(home.settings, home=tmp_path / "home"))
    sequence(later(made, 119))
    return made


def later(here, days):
    """Return the school's context so many days after its run."""
    at = datetime.now(UTC) + timedelta(days=days)
    return open_context(replace(here.settings, clock=lambda: at), SCHOOL, None)


def told_by(context, platform):
    """Return every table of both files that has a row of a platform, with how many; ids of our own accounts aside."""
    found = {}
    for path in (context.places.warehouse, context.places.published):
        with opened(path, context.key) as db:
            tables = db.execute(
                "select schema_name || '.' || table_name from duckdb_columns() where column_name = 'platform' and "
                "database_name = 'kept' and schema_name || '.' || table_name in "
                "(select schema_name || '.' || table_name from duckdb_tables() where database_name = 'kept')"
            ).fetchall()
            for (table,) in tables:
                [(rows,)] = db.execute(f"select count(*) from {table} where platform = ?", [platform]).fetchall()
                found[f"{path.stem} {table}"] = rows
    return {table: rows for table, rows in found.items() if rows}


# What is left speaks of the school's own channel and of the story of its cases, in the program's own words.
STORY = {
    "warehouse raw.official_accounts", "warehouse raw.registered_accounts", "warehouse outcome.account_coverage",
    "warehouse outcome.exceptions", "published published.exceptions", "published published.sight",
    "published published.official_accounts",
}  # fmt: skip


def test_29_days_on_nothing_of_youtube_s_is_anywhere_under_the_home_and_the_certificate_counts_it(home):
    before = told_by(home.context(TODAY), "youtube")
    reports = home.places.reports(TODAY.isoformat())
    assert {"warehouse raw.posts", "warehouse raw.follows", "published published.posts"} <= before.keys()
    assert reports.is_dir()
    context = later(home, 29)

    seen = retention.preview(context, context.today())
    assert told_by(home.context(TODAY), "youtube") == before
    certificate = retention.expire(context)

    assert told_by(context, "youtube").keys() <= STORY
    with opened(context.places.warehouse, context.key) as db:
        evidence = db.execute("select distinct evidence from outcome.exceptions where platform = 'youtube'").fetchall()
        bodies = db.execute("select count(*) from raw.pages where body is not null").fetchall()
        lists = db.execute("select distinct listing from raw.pages where source = 'youtube'").fetchall()
    assert (evidence in ([], [("{}",)]), bodies) == (True, [(0,)])
    assert [
        name for (name,) in lists if name.count(":") > 1 and "#" not in name and not name.startswith("proofs")
    ] == []
    assert freed_blocks(context) == 0  # the file was rewritten: a freed block would keep what was deleted
    assert not reports.exists()
    assert list(context.places.quality("-").parent.iterdir()) == []
    assert certificate.counts == seen.goes
    assert certificate.counts["raw.posts", "platform"] == before["warehouse raw.posts"]
    assert certificate.counts["reports", "reports"] == 1
    assert told_by(context, "x")  # whose own clock is not over

    assert retention.expire(context) is None
    assert retention.certificates(context) == (certificate,)


def test_a_run_after_a_deletion_finds_every_file_as_it_was_left(home):
    again = sequence(home.context(TODAY))

    assert again.published.folder.is_dir()
    assert told_by(home.context(TODAY), "youtube")


def test_where_the_file_cannot_be_rewritten_the_deletion_stands_and_the_next_command_makes_up_for_it(home, caplog):
    context = later(home, 29)
    in_the_way = context.places.warehouse.with_suffix(".new")
    in_the_way.mkdir()

    certificate = retention.expire(context)

    assert certificate.counts["raw.posts", "platform"] > 0
    assert [record.message for record in caplog.records if "Make room on the disk" in record.message]
    assert freed_blocks(context) > 0
    in_the_way.rmdir()
    assert retention.expire(context) is None
    assert freed_blocks(context) == 0
    sequence(home.context(TODAY))


def freed_blocks(context):
    with opened(context.places.warehouse, context.key, read_only=True) as db:
        sql = "select free_blocks from pragma_database_size() where database_name = 'kept'"
        return db.execute(sql).fetchall()[0][0]


def test_a_deletion_that_was_broken_off_is_finished_by_the_next_and_certified_once(home):
    context = later(home, 29)
    with context.casebook() as book, retention._warehouse_alone(context) as db:
        delete_over_clock(db, retention.retention_day(context, book), "BROKEN-OFF")
    assert told_by(context, "youtube").keys() - STORY  # the copy still has it

    certificate = retention.expire(context)

    assert told_by(context, "youtube").keys() <= STORY
    assert certificate.certificate_id == "BROKEN-OFF"
    assert certificate.counts["raw.posts", "platform"] > 0
    with opened(context.places.warehouse, context.key) as db:
        assert under_way(db) == (None, {})


def test_a_night_on_which_nothing_is_due_says_so_and_writes_nothing_anew(home):
    from flows.prefect.part import deletion_table

    context = later(home, 29)
    with context.casebook() as book:
        number = Holds(book).add(kind="x", subject_id="7", reason="A claim.", by=DPO, until=context.today())
    published = context.places.published.stat().st_mtime_ns
    certificates = retention.certificates(context)

    assert retention.expire(context) is None
    assert (context.places.published.stat().st_mtime_ns, retention.certificates(context)) == (published, certificates)
    assert deletion_table(None) == "# Nothing is over its clock\n\nNothing was deleted.\n"
    assert deletion_table({"counts": [{"table": "raw.posts", "clock": "platform", "rows": 3}]}).endswith(
        "| raw.posts | platform | 3 |\n"
    )
    with context.casebook() as book:
        Holds(book).end(number, by=DPO, at=context.now())


def test_while_a_run_is_under_way_nothing_is_deleted(home):
    with (
        locked(home.places.folder, RUNNING),
        pytest.raises(ConfigurationError, match="A run of this school is under way"),
    ):
        retention.expire(later(home, 29))


def test_a_clock_far_ahead_deletes_nothing_until_it_is_confirmed(home):
    context = later(home, 500)
    with pytest.raises(DoubtfulClockError, match=f"If .* is right, run: audit expire {SCHOOL} --yes"):
        retention.expire(context)

    assert told_by(context, "x")
    assert retention.expire(context, is_confirmed=True)
    assert told_by(context, "x").keys() <= STORY


def test_a_run_at_a_wrong_clock_deletes_nothing_and_makes_no_day_sure_until_one_is_confirmed(ahead):
    before = told_by(ahead.context(TODAY), "youtube")

    with pytest.raises(DoubtfulClockError, match=f"the newest day that is sure is {TODAY}, 119 days before"):
        retention.expire(later(ahead, 119))
    with pytest.raises(DoubtfulClockError, match="something was done already on"):
        retention.expire(later(ahead, 1))
    assert told_by(ahead.context(TODAY), "youtube") == before
    assert retention.certificates(ahead.context(TODAY)) == ()

    assert retention.expire(later(ahead, 1), is_confirmed=True) is None
    assert retention.expire(later(ahead, 2)) is None
    assert retention.expire(later(ahead, 29)).counts["raw.posts", "platform"]


def test_the_command_previews_a_month_confirms_a_day_and_lists_the_certificates(home):
    def said(*words):
        return audit("expire", SCHOOL, *words, **home.environment)

    previewed = said("--preview", "--json")
    on = said("--on", "2031-01-01")
    done = said("--on", TODAY.isoformat())
    listed = said("--list", "--json")

    assert json.loads(previewed.out)["on"] == (TODAY + timedelta(days=31)).isoformat()
    assert (on.code, "Say that day with --on to confirm it" in on.err) == (2, True)
    assert (done.code, done.out) == (0, "Nothing is over its clock; nothing was deleted.\n")
    with home.context(TODAY).casebook() as book:
        kept = [one.certificate_id for one in AgeDeletions(book).certificates()]
    assert [one["certificate"] for one in json.loads(listed.out)] == kept
    assert said("--list", "--preview").code == 2
    assert said("--preview", "--on", "2020-01-01").code == 2
