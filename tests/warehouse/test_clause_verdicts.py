"""A warehouse of the release before knows under which clause each case stands, and each clause's verdict."""

from warehouse.store.migrate import migrate, shipped
from warehouse.store.open import engine

NEW = "0006_clause_verdicts"


def test_the_cases_and_clauses_of_earlier_runs_say_what_they_broke_and_how_they_stood():
    db = engine()
    migrate(db, {name: sql for name, sql in shipped().items() if name < NEW})
    db.execute(
        "insert into outcome.checks by name select '1' as run_id, 'a' as check_id, 't' as check_title, "
        "'p' as pack, 'k' as clause, 's' as clause_says, 'n' as next_step, 'd' as do_not, 'o' as owner_role"
    )
    db.execute(
        "insert into outcome.exceptions by name select '2' as run_id, '1' as described_in, 'f' as fingerprint, "
        "'a' as check_id, 'high' as severity, 'open' as status, 'x' as platform, '1' as account_id, "
        "'7' as subject_id, 'actor' as subject_kind, 'pupil' as concerns, 'r' as reason, '{}' as evidence, "
        "'h' as evidence_sha256, date '2026-11-02' as first_seen, date '2026-11-02' as last_seen, "
        "true as is_seen_this_run"
    )
    db.execute(
        "insert into outcome.coverage by name select '1' as run_id, unnest(['a', 'b']) as check_id, "
        "'t' as check_title, unnest(['kept', 'exceptions']) as verdict, 0 as fetched, 0 as judged, 'w' as why"
    )
    db.execute("insert into outcome.clauses by name select '1' as run_id, 'p' as pack, 1 as number, "
               "unnest(['k', 'l', 'm']) as clause, 'r' as ref, 's' as says, 'must' as force, 'staff' as binds, "
               "'checked' as state, unnest(['a', 'a, b', '']) as checks, 'w' as why")  # fmt: skip

    migrate(db)

    assert db.sql("select clause, breaks from outcome.exceptions").fetchall() == [("k", ["k"])]
    assert db.sql("select clause, verdict from outcome.clauses order by clause").fetchall() == [
        ("k", "kept"), ("l", "exceptions"), ("m", None),
    ]  # fmt: skip
    db.execute("insert into outcome.checks select * replace ('l' as clause) from outcome.checks")
