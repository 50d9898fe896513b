"""X's refresh token is good for one use: whatever stops a program while it is exchanged, nothing goes wrong in silence.

The processes are real and die by SIGKILL; the simulated X gives each refresh token once, and ends all of a consent
when one comes back.
"""

import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from connectors.consent import Grant
from connectors.errors import SourceRefused, SourceUnavailable
from connectors.x.consent import renewed
from flows.login.credentials import x_app
from flows.login.outlook import account_outlook
from flows.login.tokens import x_consents, x_grant
from tests.connectors import town
from tests.flows.calling import audit
from tests.flows.consenting import BY_CODE, VISIT, X_SECRET, Consenting, consenting
from tests.flows.stopping import KILLED, Point, Zygote, zygote
from tests.flows.village import SCHOOL

pytestmark = pytest.mark.slow

WORKS = "X knows 7001 as @OusterlyVale, and the credentials work."
AGAIN = f"audit login x {SCHOOL}"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Consenting]:
    with consenting(tmp_path_factory.mktemp("renewal")) as made:
        yield made


@pytest.fixture(scope="module")
def forks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zygote]:
    with zygote(tmp_path_factory.mktemp("zygote")) as made:
        yield made


@pytest.fixture
def here(served: Consenting) -> Consenting:
    """A home in which X's tokens end within half an hour, and the next ones last for two."""
    served.begin()
    served.here.servers.x_consents.access_seconds = 1_800
    served.sign_in("x")
    served.sign_in("youtube", lets_read_comments=True)
    served.here.servers.x_consents.access_seconds = 7_200
    return served


def grant(here: Consenting) -> Grant:
    account = here.account("x")
    return x_grant(here.context(), account, x_app(here.context(), account))


def test_tokens_that_end_during_a_pull_are_exchanged_first_and_the_new_ones_kept(here: Consenting) -> None:
    before = here.kept("x")

    assert here.answer("x").endswith("the credentials work.")
    assert here.answer("x").endswith("the credentials work.")

    after = here.kept("x")
    assert before is not None
    assert after is not None
    assert after.grant.refresh_token != before.grant.refresh_token
    assert (after.renewal_begun_at, after.refused_at) == (None, None)
    assert here.here.servers.x_consents.renewals == 1


def test_an_old_refresh_token_that_comes_back_ends_the_consent_and_the_next_use_says_so(here: Consenting) -> None:
    before = here.kept("x")
    assert before is not None
    here.here.servers.x_consents.access_seconds = 1_800
    grant(here)

    with pytest.raises(SourceRefused):
        renewed(x_app(here.context(), here.account("x")), x_consents(here.context()), before.grant)
    with pytest.raises(SourceRefused) as refused:
        grant(here)

    says = f"X refuses to renew what the account's owner let it read. Sign in again, then run again: {AGAIN}"
    assert refused.value.sentence == says
    assert here.here.servers.x_consents.standing == 0


@dataclass(frozen=True, slots=True)
class Killed:
    """Where a program dies, how often X has exchanged the token by then, and whether the next one can go on."""

    point: Point
    exchanged: int
    goes_on: bool


MOMENTS = {
    killed.point.says: killed
    for killed in (
        Killed(Point("nothing was written down", "flows.login.tokens:Tokens.keep"), 0, goes_on=True),
        Killed(Point("it was written down, and X not asked", "connectors.x.consent:renewed"), 0, goes_on=True),
        Killed(Point("the new came, and were not kept", "connectors.x.consent:renewed", "after"), 1, goes_on=False),
        Killed(Point("nothing of them was written", "flows.login.tokens:_write", number=2), 1, goes_on=False),
        Killed(Point("they were written", "flows.login.tokens:_write", "after", number=2), 1, goes_on=True),
        Killed(Point("they were kept, and not used", "flows.login.tokens:x_grant", "after"), 1, goes_on=True),
    )
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_program_that_is_killed_while_it_renews_loses_nothing_in_silence(
    here: Consenting, forks: Zygote, moment: str
) -> None:
    killed, words = MOMENTS[moment], ("doctor", SCHOOL, "--online")
    consents = here.here.servers.x_consents

    ended = forks.run(here.environment, point=killed.point, words=words)
    exchanged = consents.renewals
    ahead = account_outlook(here.context(), here.account("x"))
    answer = here.answer("x")

    assert (ended, exchanged) == (KILLED, killed.exchanged)
    if killed.goes_on:
        assert answer == WORKS
        assert account_outlook(here.context(), here.account("x")) == ()
        assert (consents.renewals, consents.standing) == (1, 1)
        return
    says = f"the next run tries the old ones, which X may refuse: sign in again before it: {AGAIN}"
    assert [sentence.partition(" and never arrived here; ")[2] for sentence in ahead or ()] == [says]
    assert answer.startswith("New tokens of X's were lost when the program was stopped on ")
    assert answer.endswith(f"Sign in again, then run again: {AGAIN}")
    here.sign_in("x")
    assert here.answer("x") == WORKS


@pytest.mark.parametrize("is_kept", [False, True], ids=["before", "after"])
def test_a_sign_in_that_is_killed_beside_its_keeping_is_begun_again_or_is_whole(
    here: Consenting, forks: Zygote, tmp_path: Path, *, is_kept: bool
) -> None:
    here.begin()
    (visit := tmp_path / "visit.py").write_text(VISIT)
    environment = here.environment | {"BROWSER": f"{sys.executable} {visit} %s"}
    point = Point("the tokens had come", "flows.login.tokens:Tokens.keep", "after" if is_kept else "before")

    ended = forks.run(environment, point=point, words=("login", "x", SCHOOL, "--port", str(here.port)))

    assert ended == KILLED
    assert (here.kept("x") is not None) == is_kept
    here.sign_in("x")
    assert here.answer("x") == WORKS


def test_a_run_reads_what_else_there_is_and_says_what_to_do(here: Consenting) -> None:
    here.here.servers.x_consents.revoke(str((kept := here.kept("x")) and kept.grant.refresh_token))

    ended = here.pull("x")
    offline = audit("doctor", SCHOOL, **here.environment)

    assert (ended.state, ended.problem) == ("failed", "X refuses to renew what the account's owner let it read.")
    assert ended.what_to_do == f"Sign in again, then run again: {AGAIN}"
    assert "wrong  x @OusterlyVale sign-in: X refused on " in offline.out
    assert "ok     youtube @OusterlyValeSchool: credential found" in offline.out


def test_an_app_whose_secret_was_changed_is_told_and_costs_no_token(here: Consenting) -> None:
    credentials = here.here.places.folder / "credentials.toml"
    credentials.write_text(BY_CODE.replace(X_SECRET, "another-secret"))

    says = here.answer("x")
    credentials.write_text(BY_CODE)

    assert says == (
        "X answered with status 401 when it was asked for tokens. Correct the app's keys under [x_main] in "
        "credentials.toml, then run again."
    )
    assert account_outlook(here.context(), here.account("x")) == ()
    assert here.answer("x") == WORKS


def test_an_answer_that_is_lost_on_its_way_is_told_before_the_next_run(here: Consenting) -> None:
    here.here.servers.moods.set("x", "/2/oauth2/token", ["cut"])

    with pytest.raises(SourceUnavailable):
        grant(here)
    offline = audit("doctor", SCHOOL, **here.environment)
    with pytest.raises(SourceRefused, match="New tokens of X's were lost when"):
        grant(here)

    assert "and never arrived here; the next run tries the old ones" in offline.out


def test_while_x_is_out_of_service_the_old_tokens_wait_and_are_good_afterwards(here: Consenting) -> None:
    here.here.servers.moods.set("x", "/2/oauth2/token", ["503", "429"])

    with pytest.raises(SourceUnavailable):
        grant(here)
    assert here.answer("x").startswith("X answered with status 429 when it was asked for tokens.")
    assert here.answer("x").endswith("the credentials work.")


def test_several_programs_at_once_exchange_a_refresh_token_once(here: Consenting) -> None:
    begin, got = threading.Barrier(4), []

    def program() -> None:
        begin.wait()
        got.append(grant(here).access_token)

    threads = [threading.Thread(target=program) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(got), len(set(got))) == (4, 1)
    assert here.here.servers.x_consents.renewals == 1
    assert here.here.servers.x_consents.user_of(got[0]) == town.SCHOOL
