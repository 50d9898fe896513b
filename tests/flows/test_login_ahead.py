"""What `audit doctor` says of tokens before it matters: what ends, is too wide or costs too much, and which clock."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from flows.doctor.doctor import clock_lines
from flows.doctor.doctor_upkeep import missed_lines
from flows.login.outlook import account_outlook
from flows.login.tokens import KeptGrant, Tokens
from flows.notify.state import LastRun, read_state, write_state
from flows.schedule.systemd import next_run
from flows.weekly.readiness import ensure_ready, needs
from tests.connectors import town
from tests.flows.calling import audit
from tests.flows.consenting import Consenting, consenting
from tests.flows.village import CREDENTIALS, SCHOOL, SETTINGS

LONDON = ZoneInfo("Europe/London")
X_AGAIN, YOUTUBE_AGAIN = f"audit login x {SCHOOL}", f"audit login youtube {SCHOOL}"
MONDAY_AT_SIX = "[Timer]\nOnCalendar=Mon *-*-* 06:00:00 Europe/London\nPersistent=true\n"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Consenting]:
    with consenting(tmp_path_factory.mktemp("ahead")) as made:
        yield made


@pytest.fixture
def here(served: Consenting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Consenting:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    served.begin()
    return served


def scheduled(folder: Path) -> None:
    units = folder / "systemd" / "user"
    units.mkdir(parents=True)
    (units / f"audit-run-{SCHOOL}.timer").write_text(MONDAY_AT_SIX)


def changed(here: Consenting, platform: str, **grant: object) -> None:
    """Keep an account's tokens with something of the grant changed."""
    context, account, kept = here.context(), here.account(platform), here.kept(platform)
    assert kept is not None
    Tokens(context.places, context.key).keep(account, replace(kept, grant=replace(kept.grant, **grant)))


def sentences(here: Consenting, platform: str, at: datetime | None = None) -> tuple[str, ...] | None:
    return account_outlook(here.context(at), here.account(platform))


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2026, 11, 24, 12, tzinfo=UTC), datetime(2026, 11, 30, 6, tzinfo=LONDON)),
        (datetime(2026, 11, 30, 5, 59, tzinfo=UTC), datetime(2026, 11, 30, 6, tzinfo=LONDON)),
        (datetime(2026, 11, 30, 6, 0, tzinfo=UTC), datetime(2026, 12, 7, 6, tzinfo=LONDON)),
        (datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 30, 6, tzinfo=LONDON)),  # over the change of clocks
    ],
)
def test_the_next_run_is_when_the_installed_schedule_says(
    now: datetime, due: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    scheduled(tmp_path)

    assert next_run(SCHOOL, LONDON, now) == due


def test_without_a_schedule_the_next_run_is_taken_to_be_as_late_as_it_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)

    assert next_run(SCHOOL, LONDON, now) == now + timedelta(days=8)


def test_tokens_of_an_app_in_testing_die_after_seven_days_and_it_is_said_at_once(here: Consenting) -> None:
    here.here.servers.youtube_consents.refresh_seconds = 604_799

    said = here.sign_in("youtube")
    doctor = audit("doctor", SCHOOL, "--json", **here.environment)

    says = "The app's consent screen at Google is in testing, so that these tokens die on "
    assert says in said
    assert (
        f'before the next run: set it to "In production" or "Internal" there, then sign in again: {YOUTUBE_AGAIN}'
        in said
    )
    assert says in doctor.out
    assert doctor.code == 2


def test_tokens_of_an_app_that_is_published_are_not_said_to_die(here: Consenting) -> None:
    here.sign_in("youtube")

    assert sentences(here, "youtube") == ()


def test_tokens_that_end_before_the_next_run_are_told_and_others_are_not(here: Consenting, tmp_path: Path) -> None:
    scheduled(tmp_path)
    here.sign_in("youtube")
    kept = here.kept("youtube")
    assert kept is not None
    due = next_run(SCHOOL, LONDON, here.context().now())
    long_ago = kept.grant.given_at - timedelta(days=60)

    changed(here, "youtube", given_at=long_ago, refresh_ends_at=due + timedelta(minutes=1))
    assert sentences(here, "youtube") == ()
    changed(here, "youtube", given_at=long_ago, refresh_ends_at=due - timedelta(minutes=1))
    [says] = sentences(here, "youtube") or ()
    assert says.startswith("These tokens end on Monday ")
    assert says.endswith(f", before the next run: sign in again: {YOUTUBE_AGAIN}")


def test_an_x_account_that_nobody_read_for_half_a_year_is_told(here: Consenting) -> None:
    here.sign_in("x")

    assert sentences(here, "x") == ()
    [says] = sentences(here, "x", here.context().now() + timedelta(days=175)) or ()
    assert says.endswith(f", before the next run: sign in again: {X_AGAIN}")


def test_rights_beyond_those_that_are_needed_are_told_and_stop_no_run(here: Consenting) -> None:
    here.here.servers.x_consents.grants = "users.read tweet.read tweet.write follows.read like.read offline.access"
    here.sign_in("x")
    here.here.servers.youtube_consents.grants = (
        "https://www.googleapis.com/auth/youtube.readonly https://www.googleapis.com/auth/youtube"
    )
    here.sign_in("youtube")

    doctor = audit("doctor", SCHOOL, **here.environment)

    assert "wrong  x @OusterlyVale sign-in: These tokens may do more than the audit needs (tweet.write): " in doctor.out
    assert "sign-in: These tokens may do more than the audit needs (youtube): end them under connected" in doctor.out
    assert [need.stops for need in needs(here.context()) if need.problem] == [False, False]
    ensure_ready(here.context())


def test_rights_that_the_owner_did_not_give_are_told(here: Consenting) -> None:
    here.here.servers.x_consents.grants = "users.read tweet.read follows.read offline.access"
    here.sign_in("x")

    assert sentences(here, "x") == (f"The owner did not allow like.read: sign in again, and allow it: {X_AGAIN}",)


def test_comments_that_the_owner_was_asked_for_are_not_too_wide(here: Consenting) -> None:
    here.sign_in("youtube", lets_read_comments=True)

    assert sentences(here, "youtube") == ()


def test_a_price_ten_times_the_owners_is_told(here: Consenting) -> None:
    here.begin(f'[x_main]\nbearer = "{town.BEARER}"\n\n{CREDENTIALS.partition("[youtube]")[2] and "[youtube]"}'
               f'{CREDENTIALS.partition("[youtube]")[2]}')  # fmt: skip
    settings = here.here.places.folder / "school.toml"
    settings.write_text(SETTINGS.replace('"x_main"', '"x_main"\nreads = "bearer"'))
    try:
        doctor = audit("doctor", SCHOOL, **here.environment)
    finally:
        settings.write_text(SETTINGS)

    assert (
        "ok     x @OusterlyVale price: each follower costs $0.010 by a bearer token, and $0.001 by the account's own"
    ) in doctor.out
    assert doctor.code == 0


def test_a_run_that_did_not_end_well_is_told(here: Consenting) -> None:
    places, now = here.here.places, here.context().now()
    run = LastRun(now.date(), "error", now - timedelta(hours=1))
    write_state(places, replace(read_state(places), run=run, scheduled_on=now.date()))

    lines = list(missed_lines(here.context()))
    (places.folder / "notify.json").unlink()

    assert [(line.what, line.is_ok) for line in lines] == [("weekly run", False)]
    assert lines[0].says.endswith(
        f"ended in an error inside the program. Run it now, and look whether it is scheduled: audit run {SCHOOL}"
    )
    assert list(missed_lines(here.context())) == [], "before the first run nothing was missed"


@pytest.mark.parametrize(
    ("off", "is_ok", "says"),
    [(0, True, "seconds from x's."), (120, True, "From 300 on signed"), (-400, False, "Signed requests are refused")],
)
def test_a_clock_that_is_not_the_platforms_is_told(here: Consenting, off: int, is_ok: bool, says: str) -> None:
    context = here.context()
    wrong = replace(context.settings, clock=lambda: datetime.now(UTC) + timedelta(seconds=off))

    here.here.servers.meter.clear()
    lines = list(clock_lines(replace(context, settings=wrong), context.school.account))

    assert [(line.what, line.is_ok) for line in lines] == [("clock", is_ok)] * 2
    assert says in lines[0].says
    assert here.here.servers.meter.requests == (), "what time it is costs nothing"


def test_a_file_that_cannot_be_read_is_told_and_what_to_do(here: Consenting) -> None:
    here.sign_in("x")
    path = here.here.places.tokens
    whole = path.read_bytes()

    spoilt = {
        "The key does not open tokens.encrypted, or it is damaged: put it back from your copy, or": whole[:-9],
        "tokens.encrypted may be read by others. Run: chmod 600": whole,
    }
    for says, body in spoilt.items():
        path.write_bytes(body)
        os.chmod(path, 0o644 if body == whole else 0o600)  # noqa: PTH101 - as a careless copy leaves it
        answer = audit("run", SCHOOL, **here.environment)
        assert answer.code == 2
        assert says in answer.err, answer.err
        assert path.read_bytes() == body
    path.chmod(0o600)


def test_a_kept_consent_of_one_account_stands_beside_that_of_another(here: Consenting) -> None:
    here.sign_in("x")
    before: KeptGrant | None = here.kept("x")
    here.sign_in("youtube")

    assert before is not None
    assert here.kept("x") == before
    assert here.kept("youtube") is not None
