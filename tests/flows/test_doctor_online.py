"""`audit doctor --online`: what is wrong with an account or its keys, and the sentence that a person reads of it.

Each row asks the simulated platforms over real HTTP with the school's own files; one home serves them all.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from flows.home.integrity import verify_files
from flows.login.online import answers, asked_for, price
from flows.weekly.pull import pull
from tests.connectors import town
from tests.flows.calling import audit
from tests.flows.village import CREDENTIALS, MONDAY, SCHOOL, SETTINGS, Village, village, world
from tests.simulated.moods import lasting

OWN_KEYS = CREDENTIALS.partition("[youtube]")[0]
BEARER = CREDENTIALS.replace(OWN_KEYS, f'[x_main]\nbearer = "{town.BEARER}"\n\n')
READ_BY_BEARER = ('credential = "x_main"', 'credential = "x_main"\nreads = "bearer"')
FROM_ARCHIVE = ('credential = "x_main"', 'credential = "x_main"\nreads = "archive"\narchive = "twitter.zip"')
ALL_RIGHT_X = "X knows 7001 as @OusterlyVale, and the credentials work."
ALL_RIGHT_YOUTUBE = f"YouTube knows {town.CHANNEL} as @OusterlyValeSchool, and the credentials work."
X, YOUTUBE = 0, 1
USERS, CHANNELS, COMMENTS = "/2/users", "/youtube/v3/channels", "/youtube/v3/commentThreads"
Change = tuple[str, str]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    with village(tmp_path_factory.mktemp("online"), has_warehouse=True) as made:
        yield made


@pytest.fixture
def here(home: Village) -> Village:
    home.servers.show(world())
    home.servers.moods.clear()
    home.servers.meter.clear()
    (home.places.folder / "school.toml").write_text(SETTINGS)
    (home.places.folder / "credentials.toml").write_text(CREDENTIALS)
    return home


@pytest.fixture
def untouched(tmp_path: Path) -> Iterator[Village]:
    """A home of which no platform has charged anything today."""
    with village(tmp_path, has_warehouse=True) as made:
        yield made


def changed(here: Village, *changes: Change, credentials: str = CREDENTIALS) -> Path:
    """Write school.toml with these texts changed, and these credentials."""
    text = SETTINGS
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    (here.places.folder / "school.toml").write_text(text)
    (here.places.folder / "credentials.toml").write_text(credentials)
    return here.places.folder


def suspend(here: Village) -> None:
    here.servers.world.x.users[town.SCHOOL].suspended = True


def moody(platform: str, path: str, mood: str) -> Callable[[Village], None]:
    return lambda here: here.servers.moods.set(platform, path, [lasting(mood)])


def nothing(_here: Village) -> None:
    pass


WRONG_ID = ('account_id = "7001"', 'account_id = "9001"')
NOBODYS_ID = ('account_id = "7001"', 'account_id = "70010000"')
WRONG_HANDLE = ('handle = "OusterlyVale"', 'handle = "HillView"')
ROWS: dict[str, tuple[int, list[Change], str, Callable[[Village], None], str]] = {
    "all is right at X": (X, [], CREDENTIALS, nothing, ALL_RIGHT_X),
    "all is right by an app's key": (X, [READ_BY_BEARER], BEARER, nothing, ALL_RIGHT_X),
    "all is right where an archive is read": (X, [FROM_ARCHIVE], BEARER, nothing, ALL_RIGHT_X),
    "all is right at YouTube": (YOUTUBE, [], CREDENTIALS, nothing, ALL_RIGHT_YOUTUBE),
    "another account's id, by its own keys": (
        X, [WRONG_ID], CREDENTIALS, nothing,
        ("These credentials are those of @OusterlyVale, account 7001; school.toml names @OusterlyVale, account 9001: "
        "correct account_id, or use the right account's keys."),
    ),
    "another account's id, by an app's key": (
        X, [WRONG_ID, READ_BY_BEARER], BEARER, nothing,
        ("X shows the account 9001 as @town_9001, and school.toml names @OusterlyVale: correct the handle there, or "
        "the account_id if another account is meant; the report says @town_9001."),
    ),
    "nobody's id": (
        X, [NOBODYS_ID, READ_BY_BEARER], BEARER, nothing,
        "X shows no account 70010000 to these credentials: correct account_id in school.toml.",
    ),
    "another handle": (
        X, [WRONG_HANDLE], CREDENTIALS, nothing,
        ("X shows the account 7001 as @OusterlyVale, and school.toml names @HillView: correct the handle there, or the "
        "account_id if another account is meant; the report says @OusterlyVale."),
    ),
    "more digits than an id has": (
        X, [('account_id = "7001"', f'account_id = "{"7" * 20}"'), READ_BY_BEARER], BEARER, nothing,
        f"X takes {'7' * 20} for no account's id: correct account_id in school.toml.",
    ),
    "a suspended account": (
        X, [READ_BY_BEARER], BEARER, suspend,
        "X has suspended the account 7001: nothing of it can be read until it is back.",
    ),
    "another channel's id": (
        YOUTUBE, [(town.CHANNEL, "UChillview00000000000000")], CREDENTIALS, nothing,
        (f"These credentials are those of @OusterlyValeSchool, account {town.CHANNEL}; school.toml names "
        "@OusterlyValeSchool, account UChillview00000000000000: correct account_id, or use the right account's keys."),
    ),
    "keys that X refuses": (
        X, [], CREDENTIALS.replace("at-town", "at-elsewhere"), nothing,
        "X refuses the credentials: make new ones there, and put them into credentials.toml.",
    ),
    "keys that YouTube refuses": (
        YOUTUBE, [], CREDENTIALS, moody("youtube", CHANNELS, "invalid_grant"),
        "YouTube refuses the credentials: make new ones there, and put them into credentials.toml.",
    ),
    "no credit left": (
        X, [], CREDENTIALS, moody("x", USERS, "402"),
        "X knows the credentials, and the prepaid credit is used up: top it up.",
    ),
    "no quota left": (
        YOUTUBE, [], CREDENTIALS, moody("youtube", CHANNELS, "quotaExceeded"),
        "YouTube knows the credentials. The quota of the day is used up, and comes back at midnight Pacific time, ",
    ),
    "not allowed to ask": (
        X, [], CREDENTIALS, moody("x", USERS, "403"),
        "X does not let these credentials ask: see what they are allowed to read.",
    ),
    "not allowed to read the comments": (
        YOUTUBE, [], CREDENTIALS, moody("youtube", COMMENTS, "403"),
        "The credentials work, and may not read comments: authorise again with the scope youtube.force-ssl.",
    ),
    "asked too often": (
        X, [], CREDENTIALS, moody("x", USERS, "429_without_reset"),
        "X was asked too often lately: ask again in a quarter of an hour.",
    ),
    "out of service": (
        X, [], CREDENTIALS, moody("x", USERS, "503"),
        "X did not answer: look whether this machine reaches it, and ask again.",
    ),
    "a key that is not there": (
        X, [], CREDENTIALS.replace("[x_main]", "[x_other]"), nothing,
        ("credentials.toml has no [x_main], which school.toml names for @OusterlyVale. It has [x_other], [youtube]: "
        "add the block, or correct the name in school.toml."),
    ),
    "a budget that allows nothing": (
        X, [("[registers]", '[budget]\nusd_per_run = "0.00"\n\n[registers]')], CREDENTIALS, nothing,
        "It was not asked, because the run's budget does not allow it: raise it under [budget] in school.toml.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("row", ROWS)
def test_each_account_is_right_or_told_with_what_to_do(here: Village, row: str) -> None:
    which, changes, credentials, spoil, says = ROWS[row]
    changed(here, *changes, credentials=credentials)
    spoil(here)

    answer = answers(here.context())[which]

    said = answer.says if says.endswith((".", "!")) else answer.says[: len(says)]  # what follows is a time of today's
    assert (said, answer.is_right) == (says, row.startswith("all is right"))


def test_the_price_comes_first_and_is_what_is_billed_and_stands_in_the_ledger_without_a_page(
    untouched: Village,
) -> None:
    context = untouched.context(MONDAY - timedelta(days=7))
    said = price(context)
    answers(context)
    answers(context)

    with context.warehouse() as db:
        ledger = db.sql("select source, endpoint, count(*), sum(usd), sum(units) from raw.requests where "
                        "run_id = '2026-10-26' group by all order by 2").fetchall()  # fmt: skip
        [(pages,)] = db.sql("select count(*) from raw.pages").fetchall()
        shown = db.sql("select month, sum(usd), sum(units) from published.costs where run_id = '2026-10-26' "
                       "group by all").fetchall()  # fmt: skip
    assert said == "Asking the platforms about 2 accounts costs at most $0.01 and 2 units of YouTube's daily quota."
    assert ledger == [
        ("doctor", "GET /2/users/me", 2, Decimal("0.0100"), 0),
        ("doctor", "channels.list", 2, Decimal(0), 2),
        ("doctor", "commentThreads.list", 2, Decimal(0), 2),
    ]
    assert (pages, shown) == (0, [(f"{untouched.context().now():%Y-%m}", Decimal("0.0100"), 4)])
    assert (untouched.servers.meter.usd, untouched.servers.meter.units) == (Decimal("0.010"), 4), (
        "X bills a user once a day"
    )
    verify_files(untouched.context(MONDAY))


def test_doctor_asks_nothing_without_the_word_and_says_the_price_before_it_asks(here: Village) -> None:
    silent = audit("doctor", SCHOOL, **here.environment)
    before = here.servers.meter.requests
    spoken = audit("doctor", SCHOOL, "--online", **here.environment)

    assert (before, silent.err) == ((), "")
    assert spoken.err == f"{price(here.context())}\n"
    assert f"ok     x @OusterlyVale online: {ALL_RIGHT_X}\n" in spoken.out
    assert f"ok     youtube @OusterlyValeSchool online: {ALL_RIGHT_YOUTUBE}\n" in spoken.out
    assert len(here.servers.meter.requests) == 3


def test_without_the_schools_decision_or_a_key_no_platform_is_asked(here: Village) -> None:
    real = {**here.environment, "AUDIT_MEDIA_URL": ""}
    undecided = audit("doctor", SCHOOL, "--online", **real)
    changed(here, ('credential = "x_main"', 'reads = "archive"\narchive = "twitter.zip"'))
    keyless = audit("doctor", SCHOOL, "--online", **here.environment)

    assert undecided.code == 2
    assert "wrong  online: No platform was asked. A live pull needs a recorded decision:" in undecided.out
    assert "ok     x @OusterlyVale online: read from its archive, and no credential is named: X was not" in keyless.out
    assert [account.platform for account in asked_for(here.context())] == ["youtube"]
    assert {receipt.platform for receipt in here.servers.meter.requests} == {"youtube"}


def test_the_ledger_is_the_bill_to_the_cent_over_a_question_before_and_two_runs_of_a_day(untouched: Village) -> None:
    first, second = untouched.context(MONDAY - timedelta(days=7)), untouched.context(MONDAY)
    answers(first)
    for context in (first, second):
        assert pull(context, "x").state == "complete"

    with second.warehouse() as db:
        paid = db.sql("select run_id, sum(usd) from raw.requests group by 1 order by 1").fetchall()
    assert sum(usd for _, usd in paid) == untouched.servers.meter.usd
    assert paid[1] == ("2026-11-02", Decimal(0)), "the second run of the day was shown nothing that was new"
