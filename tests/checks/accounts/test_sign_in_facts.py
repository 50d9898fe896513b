"""An archive tells by whose address and devices an account is used; of what it does not tell nothing is kept."""

from datetime import UTC, datetime

import duckdb
import pytest

from checks.outcome import Outcome
from connectors.records import Archive
from tests.checks.ask import CHANNEL, ask, found
from tests.drawn import drawing, fill
from tests.warehouse.conftest import warehouse_alone
from tests.warehouse.rows import post
from warehouse.runs.runs import AccountRow, PolicyRow, SchoolRow, begin
from warehouse.store.load import load

MORNING = datetime(2026, 11, 2, 6, tzinfo=UTC)


def _ask(db: duckdb.DuckDBPyConnection, email: str, *posts: str, **parameters: object) -> Outcome:
    """Ask of an account with this answer to whether the address is the school's, and these posts: day, program."""
    is_told = bool(email) and all(row.rpartition("|")[2].strip() for row in posts)
    fill(
        db,
        archives=f"made_on | has_school_email\n2026-11-01 | {email}",
        posts="\n".join(["post_id | posted_at | posted_with", *(f"{n} | {row}" for n, row in enumerate(posts))]),
        sign_in_coverage=f"fetched | judged | is_whole | why\n1 | {int(is_told)} | {is_told} | "
        f"{'end' if is_told else 'no_sign_in'}",
    )
    return ask(db, "sign_in_facts", **parameters)


def test_lists_a_private_address_and_programs_of_personal_devices(db: duckdb.DuckDBPyConnection) -> None:
    outcome = _ask(
        db,
        "false",
        "2026-10-01 | Twitter for iPhone",
        "2026-10-02 | Twitter Web App",
        "2025-10-01 | Twitter for Android",
    )

    assert found(outcome, "lacking", "written_with") == drawing("""
        subject | reason                                                                                                                                         | lacking                                                            | written_with
        100     | The archive of @OusterlyVale shows that it is not used by an e-mail address of the school's and a device of the school's.                     | an e-mail address of the school's, a device of the school's        | Twitter for iPhone
    """)  # noqa: E501


@pytest.mark.parametrize(
    ("email", "program", "parameters", "verdict"),
    [
        ("true", "Twitter Web App", {}, "kept"),
        ("", "Twitter Web App", {}, "could_not_tell"),
        ("true", "", {}, "could_not_tell"),
        ("true", "twitter for iphone", {}, "exceptions"),
        ("true", "Twitter for iPhone", {"wants": ["email"]}, "kept"),
        ("true", "Twitter for iPhone", {"apps": ["Buffer"]}, "kept"),
        ("true", "Buffer", {"apps": ["Buffer"]}, "exceptions"),
        ("false", "Twitter Web App", {"wants": ["device"]}, "kept"),
    ],
)
def test_what_counts_as_kept(
    db: duckdb.DuckDBPyConnection, email: str, program: str, parameters: dict[str, object], verdict: str
) -> None:
    assert _ask(db, email, f"2026-10-01 | {program}", **parameters).verdict == verdict


def test_an_account_that_no_archive_tells_of_is_not_kept(db: duckdb.DuckDBPyConnection) -> None:
    fill(db, sign_in_coverage="fetched | judged | is_whole | why\n0 | 0 | false | no_archive")

    outcome = ask(db, "sign_in_facts")

    assert (outcome.verdict, outcome.exceptions) == ("could_not_tell", ())
    assert "X tells how somebody signs in and writes in an archive alone" in outcome.why
    assert ask(db, "sign_in_facts", [CHANNEL]).verdict == "not_applicable"


@pytest.mark.parametrize(
    ("made_on", "email", "programs", "verdict"),
    [
        (1, True, ["Twitter Web App"], "kept"),
        (1, True, [], "kept"),
        (1, True, ["Twitter Web App", None], "could_not_tell"),
        (1, None, ["Twitter Web App"], "could_not_tell"),
        (1, False, [None], "exceptions"),
    ],
)
def test_what_an_archive_tells_of_every_post_and_of_the_address_is_kept(made_on, email, programs, verdict):
    assert _read(datetime(2026, 11, made_on, tzinfo=UTC), email, programs).verdict == verdict


def test_an_old_archive_keeps_nothing_and_puts_nothing_right():
    outcome = _read(datetime(2026, 10, 20, tzinfo=UTC), True, ["Twitter Web App"])

    assert (outcome.verdict, outcome.coverage[0].is_whole) == ("could_not_tell", False)
    assert "more than a week old" in outcome.why


def _read(made_at: datetime, email: bool | None, programs: list[str | None]) -> Outcome:
    """Ask, through the real views, of an archive with posts that were written with these programs."""
    with warehouse_alone() as db:
        run_id = begin(
            db,
            as_of=MORNING.date(),
            school=SchoolRow(school_id="ousterly-vale", school_name="Ousterly Vale School"),
            policy=PolicyRow(pack="own", title="Policy", edition="1"),
            accounts=[AccountRow("x", "100", "@OusterlyVale", "archive")],
            at=MORNING,
        )
        read = Archive(
            platform="x", account_id="100", made_at=made_at, is_dated=True, file_sha256="f", has_school_email=email
        )
        posts = [post(str(number), posted_with=program) for number, program in enumerate(programs)]
        load(db, run_id=run_id, source="x_archive:100", records=[read, *posts])
        return ask(db, "sign_in_facts")
