"""Registers that are spoiled from one week to the next: no case ends by it, nothing is kept, and doctor says the rows.

It alone proves what a whole run makes of them: from the bytes of a file to what is published.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.flows.audited import audited_village
from tests.flows.calling import Answer, audit
from tests.flows.village import SCHOOL, Village
from warehouse.store.open import opened

NEXT = "2026-11-09"
PUPILS = "person_id,given_names,surname,year_group\n"
SPOILED = (
    PUPILS.encode()
    + "P1,Rosal\u00edn,Thistlew\u00f6\u00f6d,8\n".encode("cp1252")
    + "P2,S\u00e9amus,Quite-Else,9\n".encode()
)
PHOTOGRAPHS = (
    "photograph_id,file_name,video_id,channels,expires_on,pupil_ids\nM1,m1.jpg,,x;youtube,31/02/2026,P1 and P9\n"
)


@dataclass
class Story:
    """The village after a week in which its registers were spoiled: what doctor said before, and the run."""

    village: Village
    doctor: Answer
    run: Answer


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    with audited_village(tmp_path_factory.mktemp("spoiled") / "home") as here:
        registers: Path = here.places.registers
        (registers / "pupils.csv").write_bytes(SPOILED)
        (registers / "photographs.csv").write_text(PHOTOGRAPHS)
        doctor = audit("doctor", SCHOOL, **here.environment)
        run = audit("run", SCHOOL, "--as-of", NEXT, "--json", **here.environment)
        yield Story(here, doctor, run)


def test_doctor_says_each_row_that_vouches_for_nothing(story: Story) -> None:
    assert story.doctor.code == 2
    for says in (
        "wrong  pupils.csv: Row 2: Letters of this row are of another encoding than the file's",
        "wrong  photographs.csv: Row 2: expires_on: The date cannot be read",
        "wrong  photographs.csv: Row 2: pupil_ids: A roll id is on neither the pupils nor the leavers register",
    ):
        assert says in story.doctor.out


def test_the_case_of_a_pupil_whose_name_was_spoiled_stands_and_nothing_is_kept(story: Story) -> None:
    answer = json.loads(story.run.out)

    assert answer["exceptions"]["gone"] == 0
    assert answer["verdicts"]["pupil_follower"] in {"could_not_tell", "exceptions"}
    with opened(story.village.places.published, story.village.context().key, read_only=True) as copy:
        cases = copy.execute(
            "select status from published.exceptions where run_id = ? and check_id = 'pupil_follower'", [NEXT]
        ).fetchall()
    assert [status for (status,) in cases if status != "gone"] != []
