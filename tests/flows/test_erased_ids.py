"""An id that was erased may be given anew: who has it now was not erased, and the command says so.

It alone proves what `audit erase` says of an id with a tombstone that no run has read since.
"""

import pytest

from tests.flows.calling import audit
from tests.flows.village import SCHOOL, village
from warehouse.privacy.erase import keyed_hash
from warehouse.privacy.tombstones import id_mark, name_marks, person_marks, photograph_mark

PUPILS = "person_id,given_names,surname,year_group\nP2,Someone,Quite-Else,9\n"
PHOTOGRAPHS = "photograph_id,file_name,video_id,channels\nV1,,vid00000001,youtube\n"
ERASED = "Whoever had this id was erased on 2026-11-02."
PERSON, PHOTOGRAPH = ("--person", "7"), ("--photograph", "F1")


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """A village that no run was made of since a pupil and a photograph were erased."""
    with village(tmp_path_factory.mktemp("anew") / "home", has_warehouse=True) as made:
        context = made.context()
        names = ("Zoe Marsh", "Zoe", "Marsh", None, None)
        marks = {id_mark("007"), *name_marks("Zoe Marsh"), *person_marks("007", *names),
                 ("photograph", "F1"), photograph_mark("F1", "sports.jpg")}  # fmt: skip
        with context.casebook() as book:
            for mark in sorted(marks):
                book.add_tombstone(platform=mark[0], subject_sha256=keyed_hash(context.key, *mark), on=context.as_of)
        yield made


@pytest.fixture
def here(school):
    (school.places.registers / "pupils.csv").write_text(PUPILS)
    (school.places.registers / "photographs.csv").write_text(PHOTOGRAPHS)
    return school


def erase(here, whom):
    return audit("erase", SCHOOL, *whom, "--reason", "A request.", "--yes", **here.environment)


def add(here, register, line):
    file = here.places.registers / f"{register}.csv"
    file.write_text(f"{file.read_text()}{line}\n")


@pytest.mark.parametrize("whom", [PERSON, PHOTOGRAPH], ids=["person", "photograph"])
def test_an_id_that_no_register_has_any_more_was_erased_already(here, whom):
    answer = erase(here, whom)

    assert (answer.code, answer.out) == (0, "Already erased on 2026-11-02. Nothing is left to erase.\n")


@pytest.mark.parametrize(
    ("whom", "register", "line"),
    [(PERSON, "pupils", "07,Ann,Bell,7"), (PHOTOGRAPH, "photographs", "F1,other.jpg,,x")],
    ids=["person", "photograph"],
)
def test_an_id_that_was_given_anew_is_refused_and_never_called_erased(here, whom, register, line):
    add(here, register, line)

    answer = erase(here, whom)

    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(ERASED)
    assert f"the register of {register} gives it to another row now" in answer.err
    assert not any(word in answer.said for word in ("Ann", "Bell", "other.jpg"))


@pytest.mark.parametrize(
    ("whom", "register", "line"),
    [(PERSON, "pupils", "0007,Zoe,Marsh,7"), (PHOTOGRAPH, "photographs", "F1,sports.jpg,,x")],
    ids=["person", "photograph"],
)
def test_a_row_of_the_erased_that_was_put_back_is_told(here, whom, register, line):
    add(here, register, line)

    answer = erase(here, whom)

    assert answer.code == 0, answer.said
    assert answer.out == (
        f"Already erased on 2026-11-02. The register of {register} has the row still, and every run leaves it out: "
        "take it out of the file.\n"
    )


def test_where_a_register_cannot_be_read_nothing_is_called_erased(here):
    (here.places.registers / "pupils.csv").write_bytes(b"\x00\xff")

    answer = erase(here, PERSON)

    assert (answer.code, "cannot be told" in answer.err, "Already" in answer.said) == (2, True, False)
