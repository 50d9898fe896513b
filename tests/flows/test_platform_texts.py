"""What X shows of an account beyond its posts' own words: its handle, its articles and polls; two weeks of one school.

It alone proves so from the platform's answer to the report, the run's words and doctor's.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import duckdb
import pytest

from connectors.records import Profile
from demo.model import XPost
from flows.home.handles import handle_news, shown_handles
from policies.school import OfficialAccount
from tests.connectors import town
from tests.flows.calling import audit
from tests.flows.few_checks import HEAD, clause
from tests.flows.own_policy import adopt
from tests.flows.village import SCHOOL, Village, village
from warehouse.store.open import opened

ID = town.SCHOOL
FIRST, SECOND = "2026-11-02", "2026-11-09"
ARTICLE, POLL, UNTOLD, PLAIN = "301", "302", "303", "304"


def shows(here: Village, post_id: str, **more: Any) -> None:
    state = here.servers.world.x
    state.posts[post_id] = XPost(post_id, town.SCHOOL, "Our news", town.NOW, post_id, **more)
    state.users[town.SCHOOL].post_count += 1


def first_week(here: Village) -> None:
    adopt(here.places.folder, policy=None, pack=HEAD + "".join(map(clause, ("contact_details", "alt_text"))))
    settings = here.places.folder / "school.toml"
    settings.write_text(settings.read_text().replace('handle = "OusterlyVale"', 'handle = "HillViewSchool"'))
    shows(here, ARTICLE, article={"title": "Our new head of year", "plain_text": "Ring her mum on 07700 900123."})
    shows(here, POLL, poll=["Ring 07700 900456", "Come to the gate"])
    shows(here, PLAIN)


def second_week(here: Village) -> None:
    settings = here.places.folder / "school.toml"
    settings.write_text(settings.read_text().replace("HillViewSchool", "ousterlyvale"))
    users = here.servers.world.x.users
    users[town.SCHOOL] = replace(users[town.SCHOOL], username="OusterlyAcademy")
    shows(here, UNTOLD, article={"title": "Our new head of year"})


def asked(here: Village, question: str, day: str) -> list[tuple[Any, ...]]:
    with opened(here.places.published, here.context().key, read_only=True) as copy:
        return copy.execute(question, [day]).fetchall()


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    with village(tmp_path_factory.mktemp("texts") / "home", followers=2, has_warehouse=True) as running:
        yield running


@pytest.fixture(scope="module")
def first(here: Village) -> str:
    first_week(here)
    return audit("run", SCHOOL, "--as-of", FIRST, **here.environment).said


@pytest.fixture(scope="module")
def first_doctor(here: Village, first: str) -> list[dict[str, Any]]:  # noqa: ARG001 - it looks at the first run
    return json.loads(audit("doctor", SCHOOL, "--json", **here.environment).said)  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def second(here: Village, first_doctor: list[dict[str, Any]]) -> str:  # noqa: ARG001 - it comes after them
    second_week(here)
    return audit("run", SCHOOL, "--as-of", SECOND, **here.environment).said


def test_the_words_of_articles_and_polls_are_judged_and_what_does_not_come_whole_is_not_kept(
    here: Village, second: str
) -> None:
    of_check = "from published.{} where run_id = ? and check_id = 'contact_details'"
    found = asked(here, f"select subject_id {of_check.format('exceptions')} and status = 'new'", FIRST)
    judged = f"select fetched, judged {of_check.format('sight')} and platform = 'x'"

    assert {post_id for (post_id,) in found} == {ARTICLE, POLL}
    assert asked(here, judged, FIRST) == [(7, 7)]
    assert asked(here, judged, SECOND) == [(8, 7)]
    assert "contact_details: exceptions" in second


def test_a_wrong_handle_is_told_and_the_report_shows_the_platforms_own(
    here: Village, first: str, first_doctor: list[dict[str, Any]]
) -> None:
    told = (
        f"X shows the account {town.SCHOOL} as @OusterlyVale, and school.toml names @HillViewSchool: correct the "
        "handle there, or the account_id if another account is meant; the report says @OusterlyVale."
    )
    page = (here.places.reports(FIRST) / "index.html").read_text()

    assert told in first
    assert [(line["is_ok"], line["says"]) for line in first_doctor if line["what"].endswith("handle")] == [
        (False, told)
    ]
    assert "@OusterlyVale" in page
    assert "HillView" not in page
    named = asked(here, "select distinct account_handle from published.exceptions where run_id = ?", FIRST)
    assert named == [("OusterlyVale",)]


def test_a_renamed_account_is_told_and_is_no_error(here: Village, second: str) -> None:
    told = 'as @OusterlyAcademy, which was @ousterlyvale before: write handle = "OusterlyAcademy" in school.toml.'
    lines = json.loads(audit("doctor", SCHOOL, "--json", **here.environment).said)

    assert told in second
    assert [line["is_ok"] for line in lines if told in line["says"]] == [True]
    assert "@OusterlyAcademy" in (here.places.reports(SECOND) / "index.html").read_text()
    named = OfficialAccount(platform="x", account_id=ID, handle="HillView", credential="x_main")
    with opened(here.places.published, here.context().key, read_only=True) as copy:
        assert shown_handles(copy, [named])["x", ID] == "OusterlyAcademy"  # as a letter to a family calls it


@pytest.mark.parametrize(
    ("named", "shown", "kept", "told"),
    [
        ("OusterlyVale", "OusterlyVale", [], None),
        ("@ousterlyVALE", "OusterlyVale", [], None),
        ("OusterlyVale", None, [], None),
        ("HillView", "OusterlyVale", [], f"X shows the account {ID} as @OusterlyVale, and school.toml names @HillView"),
        ("HillView", "OusterlyVale", ["OusterlyVale", None], "and school.toml names @HillView"),
        ("OusterlyVale", "OusterlyAcademy", ["OusterlyVale"], "which was @OusterlyVale before: write handle = "),
        ("OusterlyVale", "Ousterly\x1b[31m\u202eVale\nx", [], f"X shows the account {ID} as @Ousterly[31mValex, and"),
        ("OusterlyVale", "a" * 5_000, [], f"as @{'a' * 60}, and"),
    ],
    ids=["the same", "other capitals", "not told", "wrong", "wrong for long", "renamed", "hostile", "endless"],
)
def test_what_is_said_of_a_handle(named: str, shown: str | None, kept: list[str | None], told: str | None) -> None:
    account = OfficialAccount(platform="x", account_id=ID, handle=named, credential="x_main")
    profiles = [Profile(platform="x", account_id=other, handle=shown, display_name=None) for other in (ID, "9")]
    with duckdb.connect() as db:
        db.execute("create schema raw")
        db.execute("create table raw.profiles (platform varchar, account_id varchar, handle varchar)")
        db.executemany("insert into raw.profiles values ('x', ?, ?)", [[ID, None], *([ID, handle] for handle in kept)])
        news = handle_news(db, [account], profiles)

    assert [told in one.says for one in news if told] == ([True] if told else [])
    assert bool(news) == bool(told)
    assert all(one.says.isprintable() for one in news)
