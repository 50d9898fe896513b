"""The policy wants each video's settings to be as it asks; a setting that the platform does not tell is not kept."""

import duckdb
import pytest

from checks.model import CheckError
from tests.checks.ask import CHANNEL, TOWN, ask, found
from tests.drawn import drawing, fill


def _videos(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        post_coverage="""
            platform | account_id | fetched | judged
            youtube  | UC1        | 4       | 4
        """,
        posts="""
            platform | account_id | post_id | kind  | visibility | is_made_for_kids | is_embeddable | reply_count | posted_at              | is_current
            ---------+------------+---------+-------+------------+------------------+---------------+-------------+------------------------+-----------
            youtube  | UC1        | v1      | video | public     | true             | false         |             | 2026-10-01 09:00:00+00 | true
            youtube  | UC1        | v2      | video | unlisted   | false            | true          | 0           | 2026-10-02 09:00:00+00 | true
            youtube  | UC1        | v3      | video | public     |                  |               | 7           | 2026-10-03 09:00:00+00 | true
            youtube  | UC1        | v4      | video | private    | false            | true          | 7           | 2026-10-04 09:00:00+00 | false
        """,  # noqa: E501
    )


def test_lists_each_setting_that_differs_and_each_that_was_not_told(db: duckdb.DuckDBPyConnection) -> None:
    _videos(db)

    outcome = ask(
        db,
        "children_settings",
        [CHANNEL],
        made_for_kids="yes",
        comments="off",
        embedding="off",
        visibility=["public"],
    )

    assert found(outcome, "settings", "not_said", "posted_on") == drawing("""
        subject | reason                                                                                                                       | settings                                                                              | not_said                 | posted_on
        --------+------------------------------------------------------------------------------------------------------------------------------+---------------------------------------------------------------------------------------+--------------------------+-----------
        v2      | A video by @OusterlyValeSchool is not set as the policy asks.                                                                  | made for kids is no; comments are on; embedding is on; visibility is unlisted | | 2026-10-02
        v3      | A video by @OusterlyValeSchool is not set as the policy asks. YouTube did not say how a video by @OusterlyValeSchool is set. | comments are on                                                                       | made for kids; embedding | 2026-10-03
    """)  # noqa: E501


def test_what_was_not_told_is_not_kept_when_all_else_is_right(db: duckdb.DuckDBPyConnection) -> None:
    _videos(db)

    outcome = ask(db, "children_settings", [CHANNEL], embedding="on", visibility=["public", "unlisted"])

    assert found(outcome, "settings", "not_said") == drawing("""
        subject | reason                                                           | settings         | not_said
        --------+------------------------------------------------------------------+------------------+----------
        v1      | A video by @OusterlyValeSchool is not set as the policy asks.    | embedding is off |
        v3      | YouTube did not say how a video by @OusterlyValeSchool is set. |                  | embedding
    """)


@pytest.mark.parametrize(
    ("parameters", "listed"),
    [
        ({}, []),
        ({"made_for_kids": "no"}, ["v1", "v3"]),
        ({"comments": "on"}, ["v1"]),
        ({"comments": "off"}, ["v2", "v3"]),
        ({"visibility": ["unlisted", "private"]}, ["v1", "v3"]),
    ],
)
def test_only_what_the_pack_asks_for_counts(db, parameters, listed) -> None:
    _videos(db)

    outcome = ask(db, "children_settings", [CHANNEL], **parameters)

    assert [one.subject_id for one in outcome.exceptions] == listed
    assert outcome.verdict == ("exceptions" if listed else "kept")


@pytest.mark.parametrize(
    "parameters", [{"made_for_kids": True}, {"comments": "none"}, {"visibility": ["hidden"]}, {"embedding": "yes"}]
)
def test_a_pack_that_asks_for_what_there_is_not_is_refused(db, parameters) -> None:
    _videos(db)

    with pytest.raises(CheckError, match=f"children_settings needs {next(iter(parameters))}"):
        ask(db, "children_settings", [CHANNEL], **parameters)


def test_a_school_without_a_channel_has_no_such_settings(db: duckdb.DuckDBPyConnection) -> None:
    assert ask(db, "children_settings", [TOWN], comments="off").verdict == "not_applicable"
