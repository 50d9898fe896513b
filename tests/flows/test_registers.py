"""Pupils cut to one year group: nothing closes, a red box says so, and one command accepts it.

It alone proves what a whole run and its report make of a register that came short, until somebody accepts it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.flows.calling import Answer, audit
from tests.flows.village import SCHOOL, Village, drawn, village
from warehouse.registers import register_states
from warehouse.store import migrate
from warehouse.store.open import opened

HEAD = "person_id,given_names,surname,year_group,picture_consent\n"
ROSALIND = "P1,Rosalind,Thistlewood,8,withdrawn\n"
OTHERS = "".join(f"P{n},Somebody,Quite-Else-{n},{7 + n % 3},given\n" for n in range(2, 13))
CUT = (
    "The pupils register has 4 rows where it had 12 on 2 November 2026: 8 of the rows that it had then are neither on "
    "it nor on the leavers register now; 2 of 3 year groups are missing."
)
COMMAND = f"audit registers accept {SCHOOL} pupils --by ROLE --note REASON"
RAISED = ("pupil_follower", "unapproved_picture")
REASON = ("--by", "headteacher", "--note", "Only Year 7 is left.")


@dataclass
class Story:
    """The village after a whole week and a short one, and what was said before, in and after the short one."""

    village: Village
    doctor: Answer
    listed: Answer
    short: Answer
    letter: Answer

    def audit(self, *words: str) -> Answer:
        return audit(*words, **self.village.environment)

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        context = self.village.context()
        with opened(context.places.published, context.key, read_only=True) as copy:
            return copy.execute(sql).fetchall()

    def report(self, name: str) -> str:
        return (self.village.places.reports("2026-11-09") / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    with village(tmp_path_factory.mktemp("registers") / "home", has_warehouse=True) as here:
        registers = here.places.registers
        photographs = (
            "photograph_id,file_name,video_id,channels,basis,consent,pupil_ids\nM1,m1.jpg,,x,consent,given,P1\n"
        )
        (registers / "photographs.csv").write_text(photographs)
        (registers / "pupils.csv").write_text(HEAD + ROSALIND + OTHERS)
        assert audit("run", SCHOOL, "--as-of", "2026-11-02", **here.environment).code == 0

        (registers / "pupils.csv").write_text(HEAD + "".join(line for line in OTHERS.splitlines(True) if ",7," in line))
        doctor, listed = (audit(*words, SCHOOL, **here.environment) for words in (("doctor",), ("registers", "list")))
        short = audit("run", SCHOOL, "--as-of", "2026-11-09", "--json", **here.environment)
        letter = audit("letter", SCHOOL, "M1", **here.environment)
        yield Story(here, doctor, listed, short, letter)


def test_the_doctor_and_the_list_say_what_the_run_would_say(story: Story) -> None:
    assert story.doctor.code == 2
    assert f"wrong  pupils: {CUT} Export them whole and run the audit again" in story.doctor.out
    assert COMMAND in story.doctor.out
    assert story.listed.code == 0
    assert CUT in story.listed.out
    assert "staff        whole" in story.listed.out


@pytest.mark.parametrize("can_be_read", [True, False])
def test_after_an_update_the_registers_are_compared_before_the_next_run_or_said_not_to_be(
    story: Story, monkeypatch: pytest.MonkeyPatch, can_be_read: bool
) -> None:
    later = migrate.shipped() | {"9999_later": "alter table raw.register_states add column later text"}
    monkeypatch.setattr(migrate, "shipped", lambda: later)
    if not can_be_read:  # as where the update asks for a column that the next run adds
        sql = "select later, $register, $before, $accepted from raw.register_states"
        monkeypatch.setattr(register_states, "question", lambda _: sql)

    doctor, listed = (story.audit(*words, SCHOOL) for words in (("doctor",), ("registers", "list")))

    unread = f"Earlier runs were {migrate.NOT_LOOKED}"
    told = f"wrong  pupils: {CUT}" if can_be_read else f"wrong  registers beside earlier runs: {unread}"
    assert (told in doctor.out, CUT in listed.out, unread in listed.err) == (True, can_be_read, not can_be_read)
    assert (listed.code, "pupils       whole" in listed.out) == (0 if can_be_read else 2, False)


def test_the_run_ends_as_one_that_saw_a_source_in_part_and_closes_nothing(story: Story) -> None:
    assert story.short.code == 3
    answer = json.loads(story.short.out)

    assert answer["exceptions"]["gone"] == 0
    assert [one["problem"] for one in answer["problems"]] == [CUT]
    assert answer["verdicts"]["pupil_follower"] == "could_not_tell"
    cases = "select check_id, status from published.exceptions where run_id = '{}' and check_id in {} order by 1"
    before, now = (story.rows(cases.format(day, RAISED)) for day in ("2026-11-02", "2026-11-09"))
    assert {check for check, _ in before} == set(RAISED)
    assert [check for check, status in now if status != "gone"] == [check for check, _ in before]


def test_a_red_box_gives_the_figures_and_the_command_and_nothing_is_called_approved_again(story: Story) -> None:
    page = story.report("index.html")
    box = page.split('<section class="notice"')[1].split("</section>")[0]

    assert "registers were seen only in part this week" in box
    assert CUT in box
    assert COMMAND in box
    assert story.rows("select state from published.takedowns where run_id = '2026-11-09'") == [("standing",)]
    assert "a register came short of what it was" in story.report("governors.html")


def test_no_letter_is_written_on_the_strength_of_it(story: Story) -> None:
    assert story.letter.code == 2
    assert story.letter.err.startswith(f"{CUT} No letter is written on the strength of that: export it whole")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("pupils", "--by", "caretaker", "--note", "Right."), "--by is the role that accepts it"),
        (("pupils", "--by", "headteacher", "--note", " "), "Say with --note why the change is right"),
        (("staff", *REASON), "The staff register is whole, so there is nothing to accept."),
        (("visitors", *REASON), "has no register called 'visitors'; it has: pupils, staff, photographs."),
    ],
)
def test_only_a_role_with_a_reason_accepts_and_only_what_came_short(story: Story, words: tuple[str, ...], says: str):
    answer = story.audit("registers", "accept", SCHOOL, *words)

    assert answer.code == 2
    assert says in answer.err


def test_once_accepted_the_register_is_whole_and_a_shorter_one_is_short_again(story: Story) -> None:
    accepted = story.audit("registers", "accept", SCHOOL, "pupils", *REASON)
    twice = story.audit("registers", "accept", SCHOOL, "pupils", *REASON)
    again = story.audit("run", SCHOOL, "--as-of", "2026-11-09")
    doctor = story.audit("doctor", SCHOOL)

    assert accepted.code == 0, accepted.said
    who = "headteacher (role claimed, not signed in)"
    assert accepted.out.startswith(f"Written down. {CUT} The {who} accepts this change")
    assert "nothing to accept" in twice.err
    assert again.code == 0, again.said
    assert "registers: complete" in again.out
    assert "pupils register has" not in doctor.out
    kept = "select state, accepted_by, why from published.register_states where register = 'pupils' order by run_id"
    assert story.rows(kept) == [("whole", None, ""), ("whole", "headteacher", CUT)]

    pupils = Path(story.village.places.registers / "pupils.csv")
    pupils.write_text(pupils.read_text().splitlines(True)[0])
    assert "pupils       partial" in story.audit("registers", "list", SCHOOL).out
    pupils.write_text("")
    assert "pupils       unread" in story.audit("registers", "list", SCHOOL).out
    unread = story.audit("registers", "accept", SCHOOL, "pupils", *REASON)
    assert (unread.code, "The pupils register cannot be read; audit doctor" in unread.err) == (2, True)


def test_the_picture_under_a_masters_name_is_said_to_be_meant_once(story: Story) -> None:
    accept = ("registers", "accept-picture", SCHOOL, "M1", *REASON)
    before = story.audit(*accept)
    (story.village.places.photographs / "m1.jpg").write_bytes(drawn(99))
    doctor, said, twice = story.audit("doctor", SCHOOL), story.audit(*accept), story.audit(*accept)

    assert (before.code, said.code, twice.code) == (2, 0, 2)
    assert "so there is nothing to say of it." in before.said
    assert "m1.jpg is not the file that was approved; put that one back, or accept it: audit registers" in doctor.said
    assert "photograph M1 is the picture in its file as it lies there now." in said.said
