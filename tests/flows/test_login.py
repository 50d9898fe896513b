"""`audit login`: the whole dance over real HTTP, and that nothing is kept unless the official account has answered."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from flows.home.settings import ConfigurationError
from policies.errors import UserError
from tests.connectors import town
from tests.flows.calling import audit
from tests.flows.consenting import BY_CODE, BY_SIGNATURE, PUBLIC, Consenting, consenting, led_to, visited
from tests.flows.village import MONDAY, SCHOOL

OTHER = "9001"  # one of the town's accounts


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Consenting]:
    with consenting(tmp_path_factory.mktemp("login")) as made:
        yield made


@pytest.fixture
def here(served: Consenting) -> Consenting:
    served.begin()
    return served


@pytest.mark.parametrize("credentials", [BY_CODE, PUBLIC, BY_SIGNATURE], ids=["secret", "no secret", "OAuth 1.0a"])
def test_signed_in_as_the_official_account_x_is_read_as_its_owner_pays(here: Consenting, credentials: str) -> None:
    here.begin(credentials)

    said = here.sign_in("x")
    kept = here.kept("x")
    answer = here.answer("x")

    assert said == "@OusterlyVale lets the audit read. It lasts."
    assert kept is not None
    assert kept.grant.scopes == (
        () if credentials == BY_SIGNATURE else
        ("follows.read", "like.read", "offline.access", "tweet.read", "users.read")
    )  # fmt: skip
    assert answer == "X knows 7001 as @OusterlyVale, and the credentials work."
    assert here.here.servers.x_consents.renewals == 0, "two hours are enough for a pull"


def test_a_pull_by_these_tokens_is_billed_at_the_owners_price(here: Consenting) -> None:
    here.sign_in("x")
    here.here.servers.meter.clear()

    ended = here.pull("x")

    [followers] = [r for r in here.here.servers.meter.requests if r.endpoint == "getUsersFollowers"]
    assert (ended.state, ended.problem) == ("complete", None)
    assert followers.usd == followers.resources * Decimal("0.001")


def test_signed_in_as_the_channels_owner_youtube_is_read(here: Consenting) -> None:
    said = here.sign_in("youtube", lets_read_comments=True)

    ended = here.pull("youtube")

    assert said == "@OusterlyValeSchool lets the audit read. It lasts."
    assert (ended.state, ended.problem) == ("complete", None)


def test_without_the_right_that_could_write_the_comments_alone_are_not_read(here: Consenting) -> None:
    here.sign_in("youtube")

    ended = here.pull("youtube", MONDAY + timedelta(days=7))
    kept = here.kept("youtube")

    assert kept is not None
    assert kept.grant.scopes == ("https://www.googleapis.com/auth/youtube.readonly",)
    assert (ended.state, ended.problem) == ("partial", "Not read to the end: comments (forbidden).")


def test_what_is_kept_is_encrypted_and_its_owners_alone(here: Consenting) -> None:
    here.sign_in("x")
    kept = here.kept("x")
    path = here.here.places.tokens

    assert kept is not None
    text = path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    assert kept.grant.refresh_token is not None
    assert not [
        word for word in (kept.grant.access_token, kept.grant.refresh_token, town.SCHOOL) if word.encode() in text
    ]
    assert kept.grant.access_token not in repr(kept)
    assert sorted(p.name for p in path.parent.glob("*tokens*")) == ["tokens.encrypted", "tokens.lock"]


def test_no_question_to_a_platform_stands_among_a_browsers_arguments(here: Consenting) -> None:
    here.sign_in("x")

    assert here.visited == [f"http://127.0.0.1:{here.port}/start"]


def test_elsewhere_a_person_pastes_where_the_browser_was_led(here: Consenting) -> None:
    def ask(_question: str) -> str:
        return led_to(here.said[-1].splitlines()[1]) + "\n"

    here.sign_in("x", browse=None, ask=ask)
    here.sign_in("youtube", browse=None, ask=ask)

    assert here.kept("x") is not None
    assert here.kept("youtube") is not None


def test_a_pin_is_typed_where_no_browser_can_come_back(here: Consenting) -> None:
    here.begin(BY_SIGNATURE)

    def ask(_question: str) -> str:
        return led_to(here.said[-1].splitlines()[1]).partition("<code>")[2].partition("<")[0]

    here.sign_in("x", browse=None, ask=ask)

    assert here.answer("x").endswith("the credentials work.")


def denied(here: Consenting) -> dict[str, Any]:
    here.here.servers.x_consents.is_denied = True
    return {}


def another_account(here: Consenting) -> dict[str, Any]:
    here.here.servers.x_consents.answering_as = OTHER
    return {}


def another_state(here: Consenting) -> dict[str, Any]:
    here.here.servers.x_consents.spoils_state = True
    return {}


def an_old_code(here: Consenting) -> dict[str, Any]:
    here.here.servers.x_consents.code_seconds = -1
    return {}


def nobody(_here: Consenting) -> dict[str, Any]:
    return {"browse": lambda _address: True, "seconds": 0.2}


def no_browser(_here: Consenting) -> dict[str, Any]:
    return {"browse": lambda _address: False}


def something_else(_here: Consenting) -> dict[str, Any]:
    return {"browse": None, "ask": lambda _question: "https://x.com/home"}


def out_of_service(here: Consenting) -> dict[str, Any]:
    here.here.servers.moods.set("x", "/2/oauth2/token", ["503"])
    return {}


def another_address(here: Consenting) -> dict[str, Any]:
    here.here.servers.x_consents.apps = []
    return {"browse": lambda address: visited(address) == 400, "seconds": 0.2}


def once_only(here: Consenting) -> dict[str, Any]:
    here.here.servers.x_consents.grants = "users.read tweet.read follows.read like.read"
    return {}


NOTHING = "Nothing was kept: begin again."
ROWS: dict[str, tuple[Callable[[Consenting], dict[str, Any]], str, str]] = {
    "somebody says no": (denied, BY_CODE, f"At X somebody said no, or closed the page. {NOTHING}"),
    "somebody says no by OAuth 1.0a": (denied, BY_SIGNATURE, f"At X somebody said no, or closed the page. {NOTHING}"),
    "another account": (
        another_account, BY_CODE,
        ("@town_9001, account 9001, answered at X, and school.toml names @OusterlyVale, account 7001: sign in there as "
        "the official account. Nothing was kept."),
    ),
    "another account by OAuth 1.0a": (another_account, BY_SIGNATURE, "@town_9001, account 9001, answered at X, and "),
    "another state": (another_state, BY_CODE, f"What came back is no answer to what X was asked now. {NOTHING}"),
    "an old code": (an_old_code, BY_CODE, f"X gives no tokens for this. {NOTHING} An answer is good once, and "),
    "nobody answers": (nobody, BY_CODE, "Nobody answered within 0 minutes, and nothing was kept: begin again."),
    "no browser": (no_browser, BY_CODE, "No browser opens on this machine: run the same again with --no-browser."),
    "another page is pasted": (something_else, BY_CODE, "What came back is no answer to what X was asked now."),
    "out of service": (out_of_service, BY_CODE, "X answered with status 503 when it was asked for tokens."),
    "an app that X does not know": (another_address, BY_CODE, "Nobody answered within 0 minutes"),
    "an app that X does not know by OAuth 1.0a": (
        another_address, BY_SIGNATURE, "X answered with status 401 when it was asked for tokens."
    ),
    "a consent for once": (once_only, BY_CODE, f"X gave no token that outlasts this hour. {NOTHING}"),
}  # fmt: skip


@pytest.mark.parametrize("row", ROWS)
def test_nothing_is_kept_and_one_sentence_says_why(here: Consenting, row: str) -> None:
    spoil, credentials, says = ROWS[row]
    here.begin(credentials)
    more = spoil(here)

    with pytest.raises(UserError) as refused:
        here.sign_in("x", **more)

    assert refused.value.sentence.startswith(says), refused.value.sentence
    assert refused.value.__cause__ is None
    assert (here.kept("x"), here.here.places.tokens.exists()) == (None, False)
    assert here.here.servers.x_consents.standing == 0, "what is not kept is given back"


def test_another_channel_is_refused_and_its_tokens_are_given_back(here: Consenting) -> None:
    shown = here.here.servers.world.youtube
    shown.channel_id, before = "UCanother000000000000000", shown.channel_id
    try:
        with pytest.raises(ConfigurationError, match=r"^@.*, account UCanother0{15}, answered at YouTube, and"):
            here.sign_in("youtube")
    finally:
        shown.channel_id = before

    assert here.kept("youtube") is None
    assert here.here.servers.youtube_consents.standing == 0


def test_before_anybody_has_signed_in_a_run_says_which_command_does_it(here: Consenting) -> None:
    doctor = audit("doctor", SCHOOL, **here.environment)
    run = audit("run", SCHOOL, **here.environment)

    says = (
        "[x_main] in credentials.toml holds the app alone, and @OusterlyVale has not let it read yet: audit login x "
        f"{SCHOOL}"
    )
    assert f"wrong  x @OusterlyVale: {says}\n" in doctor.out
    assert (doctor.code, run.code) == (2, 2)
    assert says in run.err


def test_the_command_says_what_it_costs_and_refuses_an_account_that_is_not_there(here: Consenting) -> None:
    absent = audit("login", "x", SCHOOL, "--account", "Nobody", **here.environment)
    undecided = audit("login", "x", SCHOOL, **(here.environment | {"AUDIT_MEDIA_URL": ""}))

    assert (absent.code, absent.err) == (2, "Say which account signs in: --account OusterlyVale.\n")
    assert undecided.code == 2
    assert undecided.err.startswith("A live pull needs a recorded decision")


def test_the_question_whose_account_it_is_stands_in_the_ledger(here: Consenting) -> None:
    here.here.servers.meter.clear()
    here.sign_in("x")

    with here.here.context().warehouse() as db:
        asked = db.sql("select endpoint, status from raw.requests where source = 'doctor' order by asked_at desc")
        assert asked.fetchone() == ("GET /2/users/me", 200)
    assert [r.path for r in here.here.servers.meter.requests] == ["/2/users/me"]


def test_an_app_that_was_exchanged_is_told(here: Consenting) -> None:
    here.sign_in("x")
    (here.here.places.folder / "credentials.toml").write_text(PUBLIC)

    answer = audit("doctor", SCHOOL, "--json", **here.environment)

    says = [line["says"] for line in json.loads(answer.out) if line["what"] == "x @OusterlyVale"]
    assert says == [
        (
            "@OusterlyVale let another app at X read than the one under [x_main] in credentials.toml: put that one "
            f"back, or sign in again: audit login x {SCHOOL}"
        )
    ]


def test_a_token_of_two_hours_is_not_used_for_a_pull_that_it_would_not_outlast(here: Consenting) -> None:
    here.sign_in("x")
    kept = here.kept("x")
    assert kept is not None
    assert kept.grant.ends_at is not None

    assert here.answer("x", kept.grant.ends_at - timedelta(minutes=59)).endswith("the credentials work.")
    assert here.here.servers.x_consents.renewals == 1


@pytest.mark.parametrize("platform", ["x", "youtube"])
def test_a_consent_that_its_owner_took_back_is_told_with_the_command(here: Consenting, platform: str) -> None:
    here.sign_in(platform)
    kept = here.kept(platform)
    servers = here.here.servers
    assert kept is not None
    (servers.x_consents if platform == "x" else servers.youtube_consents).revoke(str(kept.grant.refresh_token))

    name, handle = {"x": ("X", "OusterlyVale"), "youtube": ("YouTube", "OusterlyValeSchool")}[platform]
    says = f"{name} takes no more what @{handle} let it read: sign in again: audit login {platform} {SCHOOL}"
    assert here.answer(platform) == says
