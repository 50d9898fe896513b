"""The policy wants each official profile to show the school's name, a picture, its website and an official address."""

import duckdb
import pytest

from checks.model import CheckError
from tests.checks.ask import CHANNEL, PE, TOWN, ask, found
from tests.drawn import drawing, fill

SCHOOL = """
    school_name          | aliases            | website
    Ousterly Vale School | OVS; Ousterly Vale | https://www.ousterly-vale.example/welcome
"""
SIGHT = """
    platform | account_id | platform_count | fetched | judged
    x        | 100        | 1              | 1       | 1
    x        | 200        | 1              | 1       | 1
    youtube  | UC1        | 1              | 1       | 1
"""
FACE = "https://pbs.twimg.com/profile_images/1/crest_normal.jpg"
NO_FACE = "https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png"


def _shows(
    db: duckdb.DuckDBPyConnection,
    *,
    name: str = "Ousterly Vale School",
    bio: str = "office@ousterly-vale.example",
    url: str = "https://ousterly-vale.example",
    picture: str = FACE,
    place: tuple[str, str] = TOWN,
) -> None:
    fill(
        db,
        school=SCHOOL,
        profile_coverage=SIGHT,
        profiles=f"""
            platform | account_id | display_name | bio | url | picture_url | seen_on
            {place[0]} | {place[1]} | {name} | {bio} | {url} | {picture} | 2026-11-02
        """,
    )


def test_lists_what_each_profile_does_not_show(db: duckdb.DuckDBPyConnection) -> None:
    _shows(db)
    fill(
        db,
        profiles=f"""
            platform | account_id | display_name | bio                  | url                   | picture_url
            x        | 200        | Sport        | Fixtures and results | https://sport.example | {NO_FACE}
            youtube  | UC1        | OVS          | Concerts             |                       | https://yt3.ggpht.com/1=s800
        """,
    )

    outcome = ask(db, "profile_identity", accounts=[TOWN, PE, CHANNEL])

    assert outcome.verdict == "exceptions"
    assert found(outcome, "account", "missing", "shown_name", "link") == drawing("""
        subject | reason                                                                                                                                                   | account             | missing                                                                                   | shown_name | link
        --------+----------------------------------------------------------------------------------------------------------------------------------------------------------+---------------------+-------------------------------------------------------------------------------------------+------------+------------------------------------
        200     | The public profile of @OusterlyPE does not show the school's name, a picture of its own, the school's website or an official address. | @OusterlyPE         | the school's name; a picture of its own; the school's website; an official address | Sport      | https://x.com/i/user/200
        UC1     | The public profile of @OusterlyValeSchool does not show the school's website or an official address.                                                 | @OusterlyValeSchool | the school's website; an official address                                               | OVS        | https://www.youtube.com/channel/UC1
    """)  # noqa: E501


@pytest.mark.parametrize(
    "shown",
    [
        {},
        {"name": "OVS"},
        {"name": "OUSTERLY VALE SCHOOL"},
        {"name": "PE", "bio": "Sport at Ousterly-Vale. office@ousterly-vale.example"},
        {"url": "http://WWW.Ousterly-Vale.example/pe"},
        {"url": "ousterly-vale.example"},
        {"url": "", "bio": "See www.ousterly-vale.example."},
        {"url": "https://t.co/a1b2", "bio": "https://ousterly-vale.example/contact"},
        {"bio": "Write to sport@mail.ousterly-vale.example"},
    ],
)
def test_a_profile_that_shows_all_is_kept(db: duckdb.DuckDBPyConnection, shown: dict[str, str]) -> None:
    _shows(db, **shown)

    outcome = ask(db, "profile_identity")

    assert outcome.verdict == "kept"
    assert outcome.why == "@OusterlyVale has 1 public profile; all were judged."


@pytest.mark.parametrize(
    ("shown", "missing"),
    [
        ({"name": "Govs United", "bio": "office@ousterly-vale.example"}, "the school's name"),
        ({"name": "Ousterly Valentine"}, "the school's name"),
        ({"picture": NO_FACE}, "a picture of its own"),
        ({"picture": ""}, "a picture of its own"),
        ({"picture": "https://lh3.googleusercontent.com/a/default-user=s88"}, "a picture of its own"),
        ({"url": "https://notousterly-vale.example"}, "the school's website"),
        ({"url": "https://ousterly-vale.example.evil.example"}, "the school's website"),
        ({"url": "https://shop.ousterly-vale.example"}, "the school's website"),
        ({"url": "https://t.co/a1b2"}, "the school's website"),
        ({"bio": "office@notousterly-vale.example"}, "an official address"),
        ({"bio": "ousterly-vale@mail.example"}, "an official address"),
        ({"bio": ""}, "an official address"),
        ({"url": "", "bio": "Welcome"}, "the school's website; an official address"),
    ],
)
def test_lists_what_merely_looks_alike(db: duckdb.DuckDBPyConnection, shown: dict[str, str], missing: str) -> None:
    _shows(db, **shown)

    [one] = ask(db, "profile_identity").exceptions

    assert one.evidence["missing"] == missing
    assert one.subject_id == "100"


def test_a_channel_that_gives_the_website_in_its_description_is_kept(db: duckdb.DuckDBPyConnection) -> None:
    _shows(
        db, place=CHANNEL, url="", bio="Concerts. https://www.ousterly-vale.example", picture="https://yt3.ggpht.com/1"
    )

    assert ask(db, "profile_identity", accounts=[CHANNEL]).verdict == "kept"


def test_without_a_website_in_the_settings_no_address_is_looked_for(db: duckdb.DuckDBPyConnection) -> None:
    _shows(db, url="", bio="Welcome")
    db.execute("update core.school set website = null")

    outcome = ask(db, "profile_identity")

    assert outcome.verdict == "kept"
    assert outcome.why.endswith(
        "The settings name no website of the school, so that neither it nor an official address was looked for."
    )


def test_a_policy_may_want_less_and_nothing_unknown(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        school="website\nhttps://ousterly-vale.example",
        profile_coverage="platform_count | fetched | judged\n1 | 1 | 1",
        profiles="""
            account_id | handle       | display_name         | picture_url         | bio
            100        | OusterlyVale | Ousterly Vale School | https://pbs/own.jpg | Nothing else
        """,
    )

    assert [one.evidence["missing"] for one in ask(db, "profile_identity").exceptions] == [
        "the school's website; an official address"
    ]
    assert ask(db, "profile_identity", wants=["name", "picture"]).verdict == "kept"
    with pytest.raises(CheckError, match=r"needs wants to be a list .*: name, picture, website, address"):
        ask(db, "profile_identity", wants=["logo"])
