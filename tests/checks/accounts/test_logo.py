"""Where the logo was looked for and not found is an exception; where it was not looked for, nobody could tell."""

import duckdb
import pytest

from tests.checks.ask import CHANNEL, PE, TOWN, ask, found
from tests.drawn import drawing, fill

FACE = "https://pbs.twimg.com/profile_images/1/crest_normal.jpg"


def test_a_profile_picture_without_the_logo_is_listed_and_another_is_not(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        profiles=f"""
            platform | account_id | picture_url
            x        | 100        | {FACE}
            x        | 200        | {FACE}
            youtube  | UC1        | https://yt3.ggpht.com/crest=s800
        """,
        profile_pictures="platform | account_id | is_shown\nx | 100 | true\nx | 200 | false\nyoutube | UC1 | false",
        logo_coverage="""
            platform | account_id | platform_count | fetched | judged | is_whole | why
            x        | 100        | 1              | 1       | 1      | true     | end
            x        | 200        | 1              | 1       | 1      | true     | end
            youtube  | UC1        | 1              | 1       | 1      | true     | end
        """,
    )

    outcome = ask(db, "logo", [TOWN, PE, CHANNEL])

    assert found(outcome, "account", "picture") == drawing(f"""
        subject | reason                                                                       | account             | picture
        200     | The school's logo was not found in the profile picture of @OusterlyPE.       | @OusterlyPE         | {FACE}
        UC1     | The school's logo was not found in the profile picture of @OusterlyValeSchool. | @OusterlyValeSchool | https://yt3.ggpht.com/crest
    """)  # noqa: E501


@pytest.mark.parametrize(
    ("why", "says"),
    [
        ("no_logo", "The settings name no logo: "),
        ("no_master", "is not on the photographs register with a file that can be opened"),
        ("in_archive", "An archive does not have the profile picture: look at the profile yourself."),
        ("no_picture", "The profile picture could not be fetched or opened: the next run tries again"),
    ],
)
def test_what_was_not_looked_at_is_not_kept_and_says_what_to_do(
    db: duckdb.DuckDBPyConnection, why: str, says: str
) -> None:
    fill(
        db,
        profiles=f"account_id | picture_url\n100 | {FACE}",
        profile_pictures=f"account_id | is_shown | problem\n100 | | {why}",
        logo_coverage=f"platform_count | fetched | judged | is_whole | why\n1 | 1 | 0 | false | {why}",
    )

    outcome = ask(db, "logo")

    assert (outcome.verdict, outcome.exceptions) == ("could_not_tell", ())
    assert says in outcome.why
