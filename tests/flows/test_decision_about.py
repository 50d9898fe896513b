"""A decision is about what it was shown, and falls once the case is about another person, other words or picture.

It alone proves so from the platform's answer and the register's row to the report, for every kind of thing.
"""

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from demo.model import YouTubeComment
from tests.casebooks import decide
from tests.connectors import town
from tests.flows.calling import audit
from tests.flows.few_checks import HEAD, clause
from tests.flows.own_policy import adopt
from tests.flows.village import SCHOOL, TEACHER, Village, drawn, village
from warehouse.store.open import opened

FIRST, SECOND = "2026-11-02", "2026-11-09"
CHECKS = ("pupil_follower", "staff_follower", "abusive_comment", "contact_details", "withdrawn_picture")
LEAD = ("--by", "enterprise_and_technology_lead", "--note", "Looked at with the form tutor.")
# Three declared pupils whose names move down a row, one whose row stays, two who are taken for one pupil and then are
# another's, and one who is nobody's at first.
SHIFTED, KEPT, RENAMED, DECLARED = ("8001", "8002", "8003"), "8004", "8005", "8006"
PUPILS = {
    "P1": ("Ada", "Brookes", "8001"),
    "P2": ("Bram", "Tolland", "8002"),
    "P3": ("Cleo", "Danvers", "8003"),
    "P4": ("Dora", "Eastwick", "8004"),
    "P5": ("Edda", "Fenwright", ""),
    "P6": ("Finn", "Garraway", ""),
    "P7": ("Greta", "Hollins", ""),
    "P8": ("Hugo", "Inchbald", ""),
}
IDIOT, STAYS = "comment-1", "comment-2"
CAPTION, WITHDRAWN, UNDECIDED = "vid00000001", "vid00000002", "vid00000003"


def write_registers(here: Village, pupils: dict[str, tuple[str, str, str]], teacher: str = "") -> None:
    folder = here.places.folder / "registers"
    with (folder / "pupils.csv").open("w", newline="") as file:
        lines = ([number, given, family, "8", account] for number, (given, family, account) in pupils.items())
        csv.writer(file).writerows([["person_id", "given_names", "surname", "year_group", "x_account"], *lines])
    (folder / "staff.csv").write_text(
        f"person_id,given_names,surname,job_title,x_account\nS1,Ambrose,Netherfold,Teacher of Art,{teacher}\n"
    )
    photographs = ["photograph_id,file_name,video_id,channels,consent", "M1,m1.jpg,,x;youtube,given"]
    for number in range(2, 6):
        (here.places.folder / "photographs" / f"m{number}.jpg").write_bytes(drawn(number + 10))
        photographs.append(f"M{number},m{number}.jpg,,x;youtube,withdrawn")
    photographs += [f"V{number},,vid0000000{number},youtube,given" for number in range(6)]
    (folder / "photographs.csv").write_text("\n".join(photographs) + "\n")


def thumbnail(here: Village, video_id: str, seed: int) -> None:
    [video] = [video for video in here.servers.world.youtube.videos if video.id == video_id]
    for _, url, _, _ in video.thumbnails:
        here.servers.world.pictures[url] = drawn(seed)


def reworded(here: Village, comment_id: str, text: str) -> None:
    state = here.servers.world.youtube
    state.comments = [replace(each, text=text) if each.id == comment_id else each for each in state.comments]


def first_week(here: Village) -> None:
    world = here.servers.world
    adopt(here.places.folder, policy=None, pack=HEAD + "".join(map(clause, CHECKS)))
    write_registers(here, PUPILS)
    for actor, name in ((RENAMED, "Edda Fenwright"), (DECLARED, "Edda Fenwright")):
        world.x.users[actor] = replace(world.x.users[actor], name=name, description="Year 8 at Ousterly Vale School")
    for video in world.youtube.videos:
        thumbnail(here, video.id, 1)
    for comment_id in (IDIOT, STAYS):
        text = "Mr Netherfold is a pathetic idiot"
        world.youtube.comments.append(YouTubeComment(comment_id, CAPTION, "UCsomebody", "@some", text, town.NOW))
    [video] = [video for video in world.youtube.videos if video.id == CAPTION]
    video.description = "Ring Ada's mum on 07700 900123."
    thumbnail(here, WITHDRAWN, 12)
    thumbnail(here, UNDECIDED, 14)


def second_week(here: Village) -> None:
    world = here.servers.world
    names = [PUPILS[number][:2] for number in ("P3", "P1", "P2")]
    shifted = {f"P{place + 1}": (*name, PUPILS[f"P{place + 1}"][2]) for place, name in enumerate(names)}
    declared = {"P6": ("Finn", "Garraway", DECLARED)}
    write_registers(here, PUPILS | shifted | declared, teacher=TEACHER)
    world.x.users[RENAMED] = replace(world.x.users[RENAMED], name="Greta Hollins")
    world.x.users[KEPT] = replace(world.x.users[KEPT], username="another_handle", name="D.")
    reworded(here, IDIOT, "Mr Netherfold, I will stab you at the gate tomorrow")
    [video] = [video for video in world.youtube.videos if video.id == CAPTION]
    video.description = "Ring Bram's mum on 07700 900456."
    thumbnail(here, WITHDRAWN, 13)
    thumbnail(here, UNDECIDED, 15)


def rows(here: Village, check_id: str, day: str) -> dict[str, dict[str, Any]]:
    """Return the exceptions of one check in one run, by their subjects."""
    with opened(here.places.published, here.context().key, read_only=True) as copy:
        found = copy.execute(
            "select * from published.exceptions where run_id = ? and check_id = ?", [day, check_id]
        ).pl()
    return {row["subject_id"]: row for row in found.iter_rows(named=True)}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    with village(tmp_path_factory.mktemp("about") / "home", has_warehouse=True) as running:
        first_week(running)
        assert audit("run", SCHOOL, "--as-of", FIRST, **running.environment).code == 0
        _decide(running)
        second_week(running)
        answer = audit("run", SCHOOL, "--as-of", SECOND, **running.environment)
        assert (answer.code, "given names says something else now in 3 of 8 rows" in answer.out) == (3, True)
        yield running


def _decide(here: Village) -> None:
    pupils = rows(here, "pupil_follower", FIRST)
    withdrawn = rows(here, "withdrawn_picture", FIRST)
    said = [(pupils[actor], "confirmed") for actor in (*SHIFTED, KEPT)]
    said += [(pupils[actor], "mistaken") for actor in (RENAMED, DECLARED)]
    said += [(rows(here, "staff_follower", FIRST)[TEACHER], "allowed")]
    said += [(row, "mistaken") for row in rows(here, "abusive_comment", FIRST).values()]
    said += [(rows(here, "contact_details", FIRST)[CAPTION], "mistaken")]
    said += [(row, "mistaken") for subject, row in withdrawn.items() if subject.startswith(WITHDRAWN)]
    for row, verdict in said:
        if verdict == "confirmed" or row["concerns"] == "picture":  # at the desk, where it was shown
            with here.context().casebook() as book:
                at = here.settings.clock()
                decide(book, row["fingerprint"], verdict, by_role="dsl", note="Theirs.", at=at, about=row["about"])
            continue
        until = ("--until", "2027-05-01") if verdict == "allowed" else ()
        answer = audit("decide", SCHOOL, row["fingerprint"][:16], verdict, *LEAD, *until, **here.environment)
        assert answer.code == 0, answer.said


@pytest.mark.parametrize(
    ("check_id", "subject", "verdict", "kinds"),
    [
        *(("pupil_follower", actor, "confirmed", {"person"}) for actor in SHIFTED),
        ("pupil_follower", RENAMED, "mistaken", {"person"}),
        ("pupil_follower", DECLARED, "mistaken", {"person", "declaration"}),
        ("staff_follower", TEACHER, "allowed", {"declaration"}),
        ("abusive_comment", IDIOT, "mistaken", {"words"}),
        ("contact_details", CAPTION, "mistaken", {"words"}),
        ("withdrawn_picture", WITHDRAWN, "mistaken", {"picture"}),
    ],
)
def test_a_decision_falls_once_the_case_is_about_something_else(
    here: Village, check_id: str, subject: str, verdict: str, kinds: set[str]
) -> None:
    [row] = [row for of, row in rows(here, check_id, SECOND).items() if of.startswith(subject)]

    assert (row["status"], row["decision"], row["confirmed_name"], row["is_open"]) == ("changed", None, None, True)
    assert (row["fallen_decision"], {*row["fallen_for"]}) == (verdict, kinds)
    is_today = check_id in {"abusive_comment", "contact_details", "withdrawn_picture"}  # what the guidance says of them
    assert str(row["due_on"]) == SECOND if is_today else str(row["due_on"]) > SECOND


def test_a_decision_stands_while_the_case_is_about_the_same(here: Village) -> None:
    confirmed, mistaken = rows(here, "pupil_follower", SECOND)[KEPT], rows(here, "abusive_comment", SECOND)[STAYS]

    assert (confirmed["decision"], confirmed["confirmed_name"]) == ("confirmed", "Dora Eastwick")
    assert (mistaken["decision"], mistaken["status"], mistaken["is_open"]) == ("mistaken", "open", False)


def test_another_withdrawn_photograph_on_the_same_video_is_another_case_without_any_decision_too(here: Village) -> None:
    [before] = [row for of, row in rows(here, "withdrawn_picture", FIRST).items() if of.startswith(UNDECIDED)]
    [row] = [row for of, row in rows(here, "withdrawn_picture", SECOND).items() if of.startswith(UNDECIDED)]

    assert (row["status"], str(row["first_seen"])) == ("changed", SECOND)
    assert row["due_on"] > before["due_on"]


def test_the_report_says_what_was_decided_and_about_what_else(here: Village) -> None:
    folder: Path = here.places.reports(SECOND)
    page, table = (folder / "index.html").read_text(), (folder / "exceptions.csv").read_text(encoding="utf-8-sig")

    for text in (page, table):
        assert ", for other words." in text
        assert ", before a register declared the account." in text
    [said] = [row for row in csv.DictReader(table.splitlines()) if row["subject_id"] == IDIOT]
    assert said["earlier_decision"].startswith("Called mistaken on ")
    assert "Dora Eastwick" in page
    assert not [name for name in ("Ada Brookes", "Bram Tolland", "Cleo Danvers") if name in page]
