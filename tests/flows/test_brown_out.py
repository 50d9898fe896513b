"""A platform in a brown-out closes no case, and what it called gone for all that opens again within two weeks.

It alone plays weeks in which look-ups answer wrongly, from the platforms' answers to what the report says is gone.
"""

from collections.abc import Iterator

import pytest

from demo.cuts import Cut
from demo.model import YouTubeComment, YouTubeVideo
from tests.connectors import town
from tests.flows.calling import audit
from tests.flows.few_checks import HEAD, clause
from tests.flows.own_policy import adopt
from tests.flows.village import SCHOOL, TEACHER, Village, village
from warehouse.store.open import opened

WEEKS = ("2026-11-02", "2026-11-09", "2026-11-16")
CHECKS = ("staff_follower", "abusive_comment", "contact_details")
CAPTION, OMITTED, COMMENT = "vid00000001", "vid00000002", "comment-1"
HIDDEN = {
    "/youtube/v3/playlistItems": {CAPTION, OMITTED},
    "/youtube/v3/commentThreads": {COMMENT},
    f"/2/users/{town.SCHOOL}/followers": {TEACHER},
}


def first_week(here: Village) -> None:
    adopt(here.places.folder, policy=None, pack=HEAD + "".join(map(clause, CHECKS)))
    state = here.servers.world.youtube
    for video in state.videos:
        if video.id in {CAPTION, OMITTED}:
            video.description = "Ring Ada's mum on 07700 900123."
    text = "Mr Netherfold is a pathetic idiot"
    state.comments.append(YouTubeComment(COMMENT, "vid00000004", "UCsomebody", "@some", text, town.NOW))


def second_week(here: Village) -> list[YouTubeVideo]:
    """Leave every subject out of its list, and let look-ups fail; one video alone YouTube has lost for a week."""
    state = here.servers.world.youtube
    lost = [video for video in state.videos if video.id == OMITTED]
    state.videos = [video for video in state.videos if video not in lost]
    cuts = here.servers.cuts
    for path, ids in HIDDEN.items():
        cuts.set("x" if path.startswith("/2/") else "youtube", path, Cut(hides=frozenset(ids)))
    cuts.fail("youtube", "/youtube/v3/videos", "empty", about={CAPTION})
    cuts.fail("youtube", "/youtube/v3/comments", "empty")
    cuts.fail("x", "/2/users", "unlinked")
    return lost


def third_week(here: Village, lost: list[YouTubeVideo]) -> None:
    """Let look-ups answer again, while the lists still lack everybody."""
    here.servers.world.youtube.videos += lost
    here.servers.cuts.clear()
    for path, ids in HIDDEN.items():
        here.servers.cuts.set("x" if path.startswith("/2/") else "youtube", path, Cut(hides=frozenset(ids)))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, list[tuple[str, str | None]]]]:
    """Return by subject the status and proof of its case, week by week."""
    with village(tmp_path_factory.mktemp("brown-out") / "home", has_warehouse=True) as here:
        lost: list[YouTubeVideo] = []
        for number, day in enumerate(WEEKS):
            if number == 0:
                first_week(here)
            elif number == 1:
                lost = second_week(here)
            else:
                third_week(here, lost)
            answer = audit("run", SCHOOL, "--as-of", day, **here.environment)
            assert answer.code == 0, answer.said
        with opened(here.places.published, here.context().key, read_only=True) as copy:
            sql = "select subject_id, status, proof from published.exceptions order by run_id"
            rows = copy.execute(sql).fetchall()
        yield {of: [row[1:] for row in rows if row[0] == of] for of in (TEACHER, COMMENT, CAPTION, OMITTED)}


@pytest.mark.parametrize(
    ("subject", "statuses"),
    [
        (TEACHER, ["new", "not_seen", "open"]),
        (COMMENT, ["new", "not_seen", "open"]),
        (CAPTION, ["new", "not_seen", "open"]),
        (OMITTED, ["new", "gone", "reopened"]),
    ],
)
def test_only_an_answer_that_knows_its_control_closes_a_case_and_it_is_asked_again(
    told: dict[str, list[tuple[str, str | None]]], subject: str, statuses: list[str]
) -> None:
    """Everybody stands all the time, or again."""
    assert [status for status, _ in told[subject]] == statuses
    assert [proof for _, proof in told[subject] if proof] == ["asked"] * statuses.count("gone")
