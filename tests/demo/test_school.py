"""The invented school: as large, as varied and as repeatable as it says it is."""

import hashlib
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from demo.model import World
from demo.school import album, cast
from demo.school.cast import MAIN_ID, PE_ID, TRIPS_ID
from demo.school.names import fold
from demo.school.people import registers
from demo.school.story import TURNS, WEEKS
from demo.school.weekly_world import build
from tests.demo import pictured

FIRST, SECOND, *_ = WEEKS
DIGEST = """
from demo.school import album, weekly_world
from demo.school.people import registers
from demo.school.story import WEEKS
from tests.demo.test_school import digest
states = [(registers(week), weekly_world.x_state(week), weekly_world.youtube_state(week)) for week in WEEKS]
print(digest(states, album.scene_files(1), album.scene_files(72)))
"""


def digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()


@pytest.fixture(scope="module")
def worlds() -> list[World]:
    return [build(week) for week in WEEKS]


def test_the_registers_hold_the_stated_numbers_of_people() -> None:
    people = registers(FIRST)

    assert [len(part) for part in (people.pupils, people.staff, people.governors, people.parents, people.leavers)] == [
        900, 90, 12, 1_100, 60,
    ]  # fmt: skip


def test_no_two_people_have_one_id() -> None:
    ids = [entry.person_id for entry in registers(FIRST).everyone]

    assert len(ids) == len(set(ids))


def test_every_pupil_but_some_of_the_cast_has_a_parent_and_every_parent_a_child() -> None:
    people = registers(FIRST)
    pupils = {pupil.person_id for pupil in people.pupils}
    linked = Counter(child for parent in people.parents for child in parent.related_ids)

    assert set(linked) <= pupils
    assert len(pupils - set(linked)) <= len(cast.PUPILS)
    assert max(len(parent.related_ids) for parent in people.parents) == 3


def test_some_children_bear_a_parents_whole_name_and_some_pupils_each_others() -> None:
    people = registers(FIRST)
    pupils = Counter(fold(pupil.names[0]) for pupil in people.pupils)
    parents = {fold(parent.names[0]) for parent in people.parents}

    assert len(set(pupils) & parents) >= 4
    assert sum(number > 1 for number in pupils.values()) == 2


def test_pupils_are_of_the_age_of_their_year_group() -> None:
    for pupil in registers(FIRST).pupils:
        year = int(pupil.year_group.removeprefix("Year "))
        assert pupil.born_on is not None
        school_year_of_birth = pupil.born_on.year - (pupil.born_on.month < 9)

        assert school_year_of_birth == 2026 - 5 - year


def test_both_platforms_hold_the_stated_numbers(worlds: list[World]) -> None:
    x, youtube = worlds[0].x, worlds[0].youtube

    assert [len(x.followers[account]) for account in (MAIN_ID, PE_ID, TRIPS_ID)] == [1_200, 300, 9]
    assert [len(x.following[account]) for account in (MAIN_ID, PE_ID, TRIPS_ID)] == [80, 30, 1]
    assert len(youtube.subscribers) == 1_200
    assert sum(subscriber.is_public for subscriber in youtube.subscribers) == 400
    assert len(youtube.videos) == 41
    assert Counter(video.privacy for video in youtube.videos) == {"public": 35, "unlisted": 5, "private": 1}
    assert [video.id for video in youtube.videos if not video.comments_disabled] == ["ovsDemo0012"]
    assert len(youtube.comments) == 301
    assert max(Counter(comment.parent_id for comment in youtube.comments if comment.parent_id).values()) == 8


@pytest.mark.parametrize("number", range(len(WEEKS)))
def test_everything_a_world_names_is_in_it_and_lists_run_newest_first(worlds: list[World], number: int) -> None:
    x, youtube = worlds[number].x, worlds[number].youtube
    now = WEEKS[number].looked_at
    actors = [*x.followers.values(), *x.following.values(), *x.reposters.values()]
    times = [post.created_at for post in x.posts.values()]

    assert {user for part in actors for user in part} <= set(x.users)
    assert {post.author_id for post in x.posts.values()} <= set(x.users)
    assert {other for post in x.posts.values() for _, other in post.references} <= set(x.posts)
    assert {medium.url for medium in x.media.values()} <= set(worlds[number].pictures)
    assert {url for video in youtube.videos for _, url, *_ in video.thumbnails} <= set(worlds[number].pictures)
    assert {comment.video_id for comment in youtube.comments} <= {video.id for video in youtube.videos}
    assert times == sorted(times, reverse=True)
    assert [int(post_id) for post_id in x.posts] == sorted(map(int, x.posts), reverse=True)
    assert max(times) < now
    for dated in (
        [subscriber.subscribed_at for subscriber in youtube.subscribers],
        [video.published_at for video in youtube.videos],
        [comment.published_at for comment in youtube.comments],
    ):
        assert dated == sorted(dated, reverse=True)
        assert max(dated) < now
    assert max(user.created_at for user in x.users.values()) < now


def test_handles_are_of_xs_form_and_nobodys_twice(worlds: list[World]) -> None:
    handles = [user.username for user in worlds[2].x.users.values()]

    assert len({handle.casefold() for handle in handles}) == len(handles)
    assert all(len(handle) <= 15 and handle.isascii() for handle in handles)
    assert all(handle.replace("_", "").isalnum() for handle in handles)


def test_some_accounts_are_suspended_or_protected_and_repost_counts_move(worlds: list[World]) -> None:
    users = worlds[0].x.users.values()
    counts = [sum(post.repost_count for post in world.x.posts.values()) for world in worlds[: len(TURNS)]]

    assert sum(user.suspended for user in users) == 6
    assert sum(user.protected for user in users) > 10
    assert counts == sorted(set(counts))


def test_who_is_new_on_pe_stands_on_top_and_nobody_else_moves(worlds: list[World]) -> None:
    before, after = worlds[1].x.followers[PE_ID], worlds[2].x.followers[PE_ID]
    new = [user for user in after if user not in before]

    assert after[: len(new)] == new
    assert after[len(new) :] == [user for user in before if user in after]


def test_pictures_are_of_good_quality_and_far_apart() -> None:
    hashes = [pictured.pdq(album.scene_files(scene).master) for scene in (*album.APPROVED, *album.UNAPPROVED)]
    together = np.array([bits for bits, _ in hashes])
    distances = np.bitwise_count(together[:, None] ^ together[None]).sum(axis=2).astype(int)
    np.fill_diagonal(distances, 256)

    assert len(hashes) == 74
    assert min(quality for _, quality in hashes) >= 60
    assert distances.min() >= 80


def test_another_process_builds_the_same_world(worlds: list[World]) -> None:
    command = [sys.executable, "-c", DIGEST]
    other = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])

    states = [(registers(week), world.x, world.youtube) for week, world in zip(WEEKS, worlds, strict=True)]
    assert other.stdout.strip() == digest(states, album.scene_files(1), album.scene_files(72))


def test_a_world_is_ones_own_to_change(worlds: list[World]) -> None:
    mine = build(SECOND)
    mine.x.followers[MAIN_ID].clear()
    mine.x.users[MAIN_ID].name = "Changed"
    next(iter(mine.x.posts.values())).media_keys.append("3_1")
    mine.youtube.comments.clear()

    assert build(SECOND) == worlds[1]
