"""The truth about the invented school: written by hand, and borne out by a second, plain judge of the world."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import demo
from demo.school import album, cast, followers, register_files, story
from demo.school.story import WEEKS
from demo.school.weekly_world import build
from demo.town import truth
from policies.model import read_pack
from tests.demo import judge
from tests.demo.rules import OFFICIAL, Key

# Texts and faces are judged by people alone; the second judge knows nothing of them.
ONLY_WRITTEN = {
    "abusive_comment",
    "lookalike_account",
    "official_words",
    "partisan_or_personal",
    "pupil_confidence",
    "security_given_away",
    "staff_discussed",
    "underage_follower",
}
# Nothing of the invented school is read from an archive, so that nothing is found: it could not tell.
OF_ARCHIVES = {"sign_in_facts"}
STATUSES = {"new", "open", "gone", "reopened", "changed", "not_seen"}
HANDLES = {
    "@OusterlyVale": "x",
    "@OusterlyPE": "x",
    "@OusterlyTrips": "x",
    "@OusterlyValeSchool": "youtube",
    "ousterly-vale": "school",
}

# The list that is read down to those already known: an exception outlives its leaving it until the next full sync.
READ_IN_PART = ("@OusterlyPE", "pupil_follower")


def _asked() -> set[str]:
    policy = Path(demo.__file__).parent / "school" / "folder" / "policy.toml"
    return set(read_pack(policy).check_ids)


def _rows() -> list[tuple[int, dict[str, Any]]]:
    return [(week["number"], row) for week in truth()["week"] for row in week["exception"]]


def _keys(number: int, *statuses: str) -> set[Key]:
    return {
        (row["check"], row["platform"], row["account"], row["subject"])
        for week, row in _rows()
        if week == number and row["status"] in statuses
    }


def test_every_row_is_whole_and_uses_known_words() -> None:
    for _, row in _rows():
        assert set(row) == {"check", "platform", "account", "subject", "status", "first_seen", "why"}
        assert row["check"] in _asked()
        assert row["status"] in STATUSES
        assert HANDLES[row["account"]] == row["platform"]


def test_the_weeks_are_the_mondays() -> None:
    assert [(week["number"], week["as_of"]) for week in truth()["week"]] == [(w.number, w.as_of) for w in WEEKS]


def test_no_exception_stands_twice_in_a_week() -> None:
    for week in WEEKS:
        keys = [key for status in STATUSES for key in _keys(week.number, status)]

        assert len(keys) == len(set(keys))


def test_the_story_has_every_turn_that_an_exception_can_take() -> None:
    for week in WEEKS:
        assert bool(_keys(week.number, "new")) is (week.number != story.SHORT)
    assert all(_keys(number, status) for number in (2, 3, 4) for status in ("open", "gone"))
    assert _keys(2, "changed")
    assert _keys(story.MOVED, "changed")
    assert _keys(3, "reopened") == _keys(2, "gone") & _keys(3, "reopened")


def test_each_week_follows_from_the_week_before() -> None:
    for number in (2, 3, 4, 5, 6):
        before = _keys(number - 1, "new", "open", "changed", "reopened", "not_seen")

        assert _keys(number, "open", "changed", "gone", "not_seen") == before
        assert not _keys(number, "new", "reopened") & before


def test_first_seen_is_the_monday_on_which_it_was_new() -> None:
    first: dict[str, date] = {}
    for number, row in _rows():
        key = f"{row['check']} {row['account']} {row['subject']}"
        if row["status"] == "new":
            first[key] = WEEKS[number - 1].as_of

        assert row["first_seen"] == first[key]


@pytest.mark.parametrize("week", WEEKS, ids=lambda week: f"week {week.number}")
def test_every_subject_stands_in_its_weeks_world(week: Any) -> None:
    there = _subjects(week)
    for check, _, account, subject in _keys(week.number, "new", "open", "changed", "reopened"):
        if (account, check) != READ_IN_PART:
            assert subject in there[account], subject


def test_in_the_fifth_week_everything_comes_short_and_nothing_is_gone_but_what_was_taken_down() -> None:
    week, cuts = WEEKS[story.SHORT - 1], story.CUTS[story.SHORT]
    world = build(week)
    left_out = {ident for _, path, cut in cuts if "playlistItems" in path for ident in cut.hides}

    assert _keys(week.number, "new", "changed", "reopened") == set()
    before, there = _subjects(WEEKS[story.SHORT - 2]), _subjects(week)
    for _, _, account, subject in _keys(week.number, "gone"):
        assert subject in before[account] - there[account]
    assert left_out < {video.id for video in world.youtube.videos if video.privacy == "public"}
    assert {subject.partition("/")[0] for _, _, _, subject in _keys(5, "open")} & left_out
    assert {*truth()["week"][story.SHORT - 1]["could_not_tell"]} < _asked()


def test_who_left_a_list_seen_in_part_is_absent_and_is_not_seen() -> None:
    there = _subjects(WEEKS[2])

    # The one list is only read down to those already known until week 5; the other is read, and lacks who is private.
    left = (("@OusterlyPE", "9100000000000000107", 5), ("@OusterlyValeSchool", "UCdemoPupil0000000000109", 2))
    for account, subject, first in left:
        assert subject not in there[account]
        for number in (2, 3, 4, 5):
            status = "not_seen" if number >= first else "open"
            assert ("pupil_follower", HANDLES[account], account, subject) in _keys(number, status)


def test_the_second_and_third_week_exercise_every_check_of_the_policy() -> None:
    assert _asked()
    for number in (2, 3):
        assert {check for check, *_ in _keys(number, *STATUSES)} == _asked() - OF_ARCHIVES


def test_no_decoy_is_in_the_truth() -> None:
    assert len(followers.DECOY_IDS) >= 10
    assert not followers.DECOY_IDS & {row["subject"] for _, row in _rows()}


def test_a_second_judge_of_the_world_comes_to_the_same_answer() -> None:
    told = judge.story_of_the_world()

    for week, rows in zip(truth()["week"][: story.MOVED - 1], told, strict=True):
        written = {
            ((row["check"], row["platform"], row["account"], row["subject"]), row["status"], row["first_seen"])
            for row in week["exception"]
            if row["check"] not in ONLY_WRITTEN
        }
        assert written - rows == set(), f"week {week['number']}: written, but not so"
        assert rows - written == set(), f"week {week['number']}: so, but not written"


def _subjects(week: Any) -> dict[str, set[str]]:
    """Return the ids an exception may name in this week, by official handle: whom and what the account deals with."""
    world = build(week)
    posts = world.x.posts.values()
    there: dict[str, set[str]] = {"ousterly-vale": {"ousterly-vale-2025", *register_files.FILES}}
    there["ousterly-vale"] |= {master.photograph_id for master in album.approved_photographs(week)}
    there["ousterly-vale"] |= {"policy_read_on", "trained_on"}  # columns of the staff register
    for account, account_id in OFFICIAL.items():
        own = [post for post in posts if post.author_id == account_id]
        about = [post for post in posts if account_id in post.mentions]
        there[account] = {account_id, *world.x.liked.get(account_id, []), *(post.id for post in (*own, *about))}
        there[account] |= {key for post in own for key in post.media_keys} | {post.author_id for post in about}
        there[account] |= {*world.x.followers[account_id], *world.x.following[account_id]}
    videos = {video.id for video in world.youtube.videos if video.privacy != "private"}
    listed = {subscriber.channel_id for subscriber in world.youtube.subscribers if subscriber.is_public}
    there["@OusterlyValeSchool"] = (
        {cast.CHANNEL_ID} | listed | videos | {f"{video_id}/thumbnail" for video_id in videos}
    )
    there["@OusterlyValeSchool"] |= {f"{film.video_id}/shorts" for film in story.FILMS if film.upright}
    there["@OusterlyValeSchool"] |= {comment.id for comment in world.youtube.comments}
    there["@OusterlyValeSchool"] |= {f"{one.id}/picture" for one in world.youtube.comments if one.image_url}
    return there


def test_the_consent_goes_from_approved_to_taken_back_to_half_proved_to_gone() -> None:
    places = {"3_9200000000000000921", "ovsDemo0105/thumbnail"}
    told = [
        {(row["subject"], row["status"]) for week, row in _rows() if week == number and row["subject"] in places}
        for number in (1, 2, 3, 4)
    ]

    assert told == [
        set(),
        {("3_9200000000000000921", "new"), ("ovsDemo0105/thumbnail", "new")},
        {("3_9200000000000000921", "gone"), ("ovsDemo0105/thumbnail", "open")},
        {("ovsDemo0105/thumbnail", "gone")},
    ]
