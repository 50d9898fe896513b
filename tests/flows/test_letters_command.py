"""`audit letter` drafts for one family, tells of nobody else, logs who asked, and refuses what it cannot know.

It alone proves the letter over two weeks of runs: while a picture stands, and when it was taken down.
"""

import re
import stat
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.casebooks import key_of, looked_into
from tests.flows.calling import Answer, audit
from tests.flows.few_checks import ask_few
from tests.flows.village import SCHOOL, Village, drawn, village, world

PEOPLE = {
    "pupils": """person_id,given_names,surname,known_as,year_group,class_name,picture_consent
P1,Rosalind Mary,Thistlewood,Rosie,8,8 Zebrafinch,withdrawn
P2,Marigold,Quiverwood,,9,9 Kittiwake,given
P3,Peregrine,Thistlewood,,9,9 Kittiwake,given
""",
    "leavers": "person_id,given_names,surname,left_on\nL1,Cosmo,Wrenfield,2026-07-20\n",
    "parents": """person_id,title,given_names,surname,related_ids
G1,Ms,Adelheid,Thistlewood,P1;P3
G2,Mr,Bertram,Nightjar,P1
G3,,Odile,Quiverwood,P2
""",
    "photographs": """photograph_id,file_name,video_id,channels,basis,consent,expires_on,pupil_ids
hall,m1.jpg,,x;youtube,consent,given,,P1;P2
field,m2.jpg,,x;youtube,consent,given,,L1
film,,vid00000001,youtube,consent,given,,P1
drawer,m3.jpg,,x,consent,given,2020-01-01,P3
stands,m4.jpg,,x,consent,given,,P3
nobody,m5.jpg,,x,consent,withdrawn,,
stranger,m5.jpg,,x,consent,withdrawn,,P99
missing,m6.jpg,,x,consent,withdrawn,,P3
broken,m7.jpg,,x,consent,withdrawn,,P3
newer,m8.jpg,,x,consent,withdrawn,,P3
twin-1,m9.jpg,,x,consent,withdrawn,,P3
twin-2,m9-again.jpg,,x,consent,given,,P3
""",
}
# What each family may read of; all else that stands here is somebody else's.
OWN = {
    "P1": {"Rosie", "Ms A. Thistlewood", "Mr B. Nightjar"},
    "P2": {"Marigold", "Odile Quiverwood"},
    "P3": {"Peregrine", "Ms A. Thistlewood"},
    "L1": {"Cosmo"},
}
PLANTED = re.compile(
    r"Rosalind|Rosie|Thistlewood|Marigold|Quiverwood|Peregrine|Cosmo|Wrenfield|Adelheid|Bertram|Nightjar|Odile"
    r"|Zebrafinch|Kittiwake|Netherfold|\b[PLG]\d\b|hall|field|film|drawer|m\d\.jpg"
)


@dataclass(slots=True)
class Told:
    """The village, and the letters by week, photograph and pupil."""

    village: Village
    letters: dict[tuple[int, str, str], Answer] = field(default_factory=dict)

    def draft(self, *words: str) -> Answer:
        return audit("letter", SCHOOL, *words, **self.village.environment)

    def week(self, number: int, day: str) -> None:
        assert audit("run", SCHOOL, "--as-of", day, **self.village.environment).code == 0
        for name, pupil in (("hall", "P1"), ("hall", "P2"), ("field", "L1"), ("film", "P1"), ("drawer", "P3")):
            self.letters[number, name, pupil] = self.draft(name, "--pupil", pupil)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory):
    with village(tmp_path_factory.mktemp("letter") / "home", has_warehouse=True) as running:
        told = Told(running)
        folder = running.places.folder
        for name, text in PEOPLE.items():
            (folder / "registers" / f"{name}.csv").write_text(text, encoding="utf-8")
        settings = (folder / "school.toml").read_text()
        (folder / "school.toml").write_text(settings + 'leavers = "leavers.csv"\nparents = "parents.csv"\n')
        ask_few(folder)
        for name, seed in (("m2", 2), ("m3", 3), ("m4", 4), ("m5", 5), ("m9", 9), ("m9-again", 9)):
            (folder / "photographs" / f"{name}.jpg").write_bytes(drawn(seed))
        (folder / "photographs" / "m7.jpg").write_bytes(b"no picture at all")
        shown = world()
        for _, url, _, _ in shown.youtube.videos[2].thumbnails:
            shown.pictures[url] = drawn(1)
        running.servers.show(shown)
        told.week(1, "2026-11-02")
        for post in ("104", "105", "106"):
            del shown.x.posts[post]
        running.servers.show(shown)
        told.week(2, "2026-11-09")
        yield told


def body(answer: Answer) -> str:
    assert (answer.code, answer.err) == (0, "")
    return answer.out


def test_the_family_whose_consent_ended_reads_so_and_where_it_stands(told):
    text = body(told.letters[1, "hall", "P1"])

    assert "Dear Ms A. Thistlewood and Mr B. Nightjar," in text
    assert "consent for pictures of Rosie has been refused or withdrawn" in text
    assert "It stands on our accounts, and is still to be taken down:" in text
    assert "- X, @OusterlyVale, posted on Monday 2 November 2026." in text
    assert "https://x.com/i/status/104\n" in text
    assert "https://www.youtube.com/watch?v=vid00000002\n" in text


def test_another_family_learns_that_it_ended_and_not_through_whom(told):
    text = body(told.letters[1, "hall", "P2"])

    assert "Dear Odile Quiverwood," in text
    assert "\n\nThe approval of this photograph has ended, so it may no longer" in text
    assert "consent" not in text


def test_half_taken_down_is_told_as_half_with_the_day_it_was_seen(told):
    down, standing = body(told.letters[2, "hall", "P1"]).split("The rest is still to be taken down:")

    assert "We asked X for it on Monday 9 November 2026, and it is not there. https://x.com/i/status/104\n" in down
    assert "vid00000002" in standing
    assert "104" not in standing


def test_a_leavers_family_is_addressed_by_the_child_where_no_parent_is_on_the_register(told):
    text = body(told.letters[1, "field", "L1"])

    assert "Dear parent or carer of Cosmo," in text
    assert "Our records say that Cosmo has left our school." in text


def test_a_video_is_found_by_its_id_and_one_pupil_needs_no_naming(told):
    text = body(told.letters[2, "film", "P1"])

    assert "This video shows Rosie" in text
    assert "- YouTube, @OusterlyValeSchool" in text
    assert body(told.draft("film")) == text


def test_what_was_never_posted_is_said_to_stand_nowhere(told):
    text = body(told.letters[2, "drawer", "P3"])

    assert "The approval of this photograph has ended" in text
    assert "https://" not in text
    assert "2020" not in text


def test_no_letter_holds_a_word_of_anybody_else(told):
    for (_, _, pupil), answer in told.letters.items():
        text = body(answer).replace("YouTube, @OusterlyValeSchool", "")
        for own in OWN[pupil]:
            text = text.replace(own, "")

        assert PLANTED.findall(text) == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("hall",), "Say with --pupil whose family the letter is for: P1, P2."),
        (("hall", "--pupil", "P3"), "The photographs register does not name pupil P3 in photograph hall."),
        (("none",), "The photographs register has no photograph 'none'."),
        (("nobody",), "The photographs register names no pupil in photograph nobody."),
        (("stranger",), "Roll id P99 is on neither the pupils nor the leavers register."),
        (("stands",), "The approval of photograph stands has not ended, so there is no letter to write."),
        (("twin-1",), "also on the photographs register as twin-2, and that approval stands."),
        (("missing",), "The file of photograph missing is not in the photographs folder"),
        (("broken",), "The file of photograph broken cannot be read"),
    ],
)
def test_what_cannot_be_written_is_one_sentence_and_exit_2(told, words, says):
    answer = told.draft(*words)

    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err
    assert not re.search("Rosalind|Rosie|Marigold|Peregrine|Thistlewood|Quiverwood", answer.err)


def test_a_master_that_no_run_has_looked_for_yet_is_said_to_be_nowhere_by_nobody(told):
    (told.village.places.photographs / "m8.jpg").write_bytes(drawn(8))

    answer = told.draft("newer")

    assert answer.code == 2
    assert "is newer than the newest run. Run the audit again." in answer.err


def test_a_letter_on_disk_is_its_owners_alone_and_never_overwritten(told, tmp_path: Path):
    out = tmp_path / "letter.txt"

    first = told.draft("film", "--out", str(out))
    again = told.draft("hall", "--pupil", "P2", "--out", str(out))

    assert (first.code, again.code) == (0, 2)
    assert "Rosie" not in first.said
    assert "is there already, and is never overwritten." in again.err
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert out.read_text(encoding="utf-8") == body(told.letters[2, "film", "P1"])


def test_who_read_of_which_child_and_why_is_in_the_casebook(told):
    told.draft("stands")
    told.draft("hall", "--pupil", "P2")

    places = told.village.places
    with closing(looked_into(places.casebook, key_of(places))) as book:
        logged = book.execute("select purpose, sql, rows, problem, by_user from query_log order by number").fetchall()

    refused, written = logged[-2:]
    assert refused[:4] == (
        "letter to a family about photograph stands",
        f"audit letter {SCHOOL} stands --pupil P3",
        None,
        "No letter was written (ConfigurationError).",
    )
    assert written[:4] == (
        "letter to a family about photograph hall",
        f"audit letter {SCHOOL} hall --pupil P2",
        1,
        None,
    )
    assert refused[4]
