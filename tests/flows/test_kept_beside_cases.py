"""Nothing is kept while an earlier case of its check stands or was not seen.

It alone proves the verdict, its sentence and the clauses against what became of the cases before.
"""

from collections.abc import Iterator

import pytest

from tests.flows.calling import audit
from tests.flows.few_checks import HEAD, clause
from tests.flows.own_policy import adopt
from tests.flows.village import SCHOOL, TEACHER, Village, drawn, village
from warehouse.store.open import opened

FIRST, SECOND = "2026-11-02", "2026-11-09"
CHECKS = ("pupil_follower", "staff_follower", "withdrawn_picture", "contact_details")
VIDEO = "vid00000001"
STANDS, UNSEEN = "1 earlier case still stands.", "1 earlier case was not seen in this run."
Told = dict[str, tuple[str, str, str]]


def pupils(given: str, family: str) -> str:
    return f"person_id,given_names,surname,year_group\nP1,{given},{family},8\nP2,Someone,Quite-Else,9\n"


def first_week(here: Village) -> None:
    world, folder = here.servers.world, here.places.folder
    adopt(folder, policy=None, pack=HEAD + "".join(map(clause, CHECKS)))
    (folder / "registers" / "photographs.csv").write_text(
        "photograph_id,file_name,video_id,channels,consent\nM1,m1.jpg,,x;youtube,given\n"
        "M2,m2.jpg,,x;youtube,withdrawn\n" + "".join(f"V{n},,vid0000000{n},youtube,given\n" for n in range(6))
    )
    (folder / "photographs" / "m2.jpg").write_bytes(drawn(12))
    world.x.users["8900"].name = "Edda Fenwright"
    (folder / "registers" / "pupils.csv").write_text(pupils("Edda", "Fenwright"))
    for video in world.youtube.videos:
        for _, url, _, _ in video.thumbnails:
            world.pictures[url] = drawn(12 if video.id == VIDEO else 1)


def second_week(here: Village) -> None:
    """Let the names be spoiled, a master's file name be used again, and an account be suspended."""
    folder = here.places.folder
    (folder / "registers" / "pupils.csv").write_text(pupils("Ed?a", "Fen?right"))
    (folder / "photographs" / "m2.jpg").write_bytes(drawn(14))
    (folder / "registers" / "staff.csv").write_text(
        "person_id,given_names,surname,job_title\nS1,Ambr?se,Nether?ield,Teacher of Art\n"
    )
    here.servers.world.x.users[TEACHER].suspended = True


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Told, Told]]:
    """Return by check each week's verdict, its sentences and its clause's."""
    with village(tmp_path_factory.mktemp("kept") / "home", has_warehouse=True) as here:
        first_week(here)
        assert audit("run", SCHOOL, "--as-of", FIRST, **here.environment).code == 0
        second_week(here)
        again = audit("run", SCHOOL, "--as-of", SECOND, **here.environment)
        assert (again.code, "The pupils register has 2 rows where it had 2" in again.out) == (3, True)
        yield _told(here, FIRST), _told(here, SECOND)


def _told(here: Village, day: str) -> Told:
    with opened(here.places.published, here.context().key, read_only=True) as copy:
        rows = copy.execute(
            "select check_id, coverage.verdict, coverage.why, clauses.why from published.coverage as coverage "
            "inner join published.clauses as clauses on check_id = checks and coverage.run_id = clauses.run_id "
            "where coverage.run_id = ?",
            [day],
        ).fetchall()
    return {check_id: (verdict, why, clause_why) for check_id, verdict, why, clause_why in rows}


@pytest.mark.parametrize(
    ("check_id", "before", "verdict", "says"),
    [
        ("pupil_follower", "exceptions", "could_not_tell", STANDS),
        ("withdrawn_picture", "exceptions", "exceptions", ""),  # found again, whatever its master's file holds now
        ("staff_follower", "exceptions", "could_not_tell", UNSEEN),
        ("contact_details", "kept", "kept", ""),
    ],
)
def test_a_check_is_not_kept_beside_a_case_of_its_own(
    told: tuple[Told, Told], check_id: str, before: str, verdict: str, says: str
) -> None:
    first, second = told
    assert (first[check_id][0], second[check_id][0]) == (before, verdict)
    assert not any(sentence in said for said in first[check_id] for sentence in (STANDS, UNSEEN))
    assert all(says in said for said in second[check_id][1:])
