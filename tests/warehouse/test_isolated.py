"""What a school's runs have seen is out of sight while the self-test plants its cases, and is all there afterwards."""

from tests.warehouse.rows import follow, listing_end, photo, post, profile, registers_read
from warehouse.store.load import load
from warehouse.store.materialise import isolate, rolled_back

SUBJECTS = ("core.followers", "core.posts", "core.media", "core.pictures", "core.profiles", "core.actors")
OF_THE_RUN = ("core.audit", "core.official_accounts", "core.registers", "core.school")


def counts(db, views):
    return {view: db.execute(f"select count(*) from {view}").fetchall()[0][0] for view in views}


def test_nobody_and_nothing_posted_is_in_sight_but_the_run_and_its_accounts_are(db, week):
    run_id = week("2026-11-02")
    records = [profile("7"), follow("7"), post("1"), photo("1", "3_1"), listing_end(), listing_end("posts")]
    load(db, run_id=run_id, source="x", records=records)
    registers_read(db, run_id)
    there = counts(db, (*SUBJECTS, *OF_THE_RUN))

    with rolled_back(db):
        isolate(db)
        hidden = counts(db, SUBJECTS)
        still = counts(db, OF_THE_RUN)

    assert 0 not in there.values()
    assert set(hidden.values()) == {0}
    assert still == {view: there[view] for view in OF_THE_RUN}
    assert counts(db, there) == there
