"""A decision at the desk and the same one with `audit decide`: the same answer, written alike, or the same refusal."""

import html
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
import typer._click.termui as terminal
from sqlalchemy import text

from policies.roles import CLEARS
from tests.casebooks import CASEBOOK_KEY
from tests.dashboards.copies import EDITION, add, copy
from tests.dashboards.desks import DESK_TABLES, KEY, ROLES, SCHOOL, Served, field_of, served
from tests.flows.calling import Answer, audit
from warehouse.casebook.decisions import NONE_YET
from warehouse.casebook.people.desk_command import CommandSignIn
from warehouse.store.open import opened

LEAD = "enterprise_and_technology_lead"
REASON = "Looked at with the form tutor."
KINDS = {
    "pupil_follower": ("pupil", "actor", LEAD),
    "staff_follower": ("staff", "actor", LEAD),
    "unapproved_picture": ("picture", "medium", "dsl"),
    "two_factor": ("account", "account", "it_technician"),
}
CASES = {check: f"{number}a" * 32 for number, check in zip(count(1), KINDS, strict=False)}
NAMED, SHOWN, UNASKED = "8a" * 32, "9a" * 32, "7a" * 32
SPOKEN = "0000 00-AF"
OLDER = CASES["two_factor"][:16]  # asked about where an older program made the copy
DAYS = {"near": 30, "far": 7_300, "past": -30}
ANSWERS = (
    ("confirmed", None),
    ("mistaken", None),
    ("allowed", None),
    *(("allowed", when) for when in DAYS),
    ("done", None),
)
TOO_BAD = (".", " ", "- - -", "x" * 2_001, "It is Rosalind Thistlewood's\u200b", "a\u202eb")


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    db = copy()
    for check, (concerns, kind, owner) in KINDS.items():
        add(db, "exceptions", fingerprint=CASES[check], check_id=check, concerns=concerns, subject_kind=kind,
            owner_role=owner)  # fmt: skip
    add(
        db,
        "exceptions",
        fingerprint=UNASKED,
        check_id="two_factor",
        concerns="account",
        subject_kind="account",
        breaks=[],
    )
    add(db, "exceptions", fingerprint=NAMED, about='{"person": "hash"}')
    add(db, "exceptions", fingerprint=SHOWN, check_id="unapproved_picture", concerns="picture", subject_kind="medium")
    db.execute(f"create schema desk; {DESK_TABLES}; insert into desk.pictures values ('p', 'x', 'image/webp')")
    columns = "fingerprint, side, part, picture, medium_id, boxes"
    db.execute(f"insert into desk.previews ({columns}) values ('{SHOWN}', 'posted', 0, 'p', 'm', [])")
    folder = tmp_path_factory.mktemp("doors")
    with served(db, folder, has_school=True, clock=now) as desk:
        shutil.copy(folder / "published.duckdb", folder / SCHOOL)
        yield desk


@pytest.fixture(autouse=True)
def fresh(here: Served) -> None:
    undecided(here)


def undecided(here: Served) -> None:
    with here.desk.book.engine.begin() as connection:
        connection.execute(text("delete from decisions"))


def day(when: str | None) -> str:
    return "" if when is None else (now().date() + timedelta(days=DAYS[when])).isoformat()


def at_the_desk(here: Served, case: str, answer: str, *, role: str, note: str, until: str = "") -> tuple[int, str]:
    client, ref = here.signed_in(role), case[:16]
    fields = {"csrf": field_of(client.get("/").text, "csrf"), "edition": EDITION, "kind": answer, "note": note}
    sequence = here.desk.decisions.by_case().get(case, NONE_YET).sequence
    way = f"/case/{ref}/mark" if role in CLEARS or answer != "done" else f"/task/{ref}/answer"
    said = client.post(way, data={**fields, "sequence": str(sequence), "until": until})
    client.get("/")  # which lets the case go
    return said.status_code, html.unescape(said.text)


def with_the_command(here: Served, case: str, answer: str, *, role: str, note: str, until: str = "") -> Answer:
    """Run the command as the desk's person of this role, whose code it asks for."""
    more = ("--until", until) if until else ()
    home = {"AUDIT_HOME": str(here.desk.published.parent), "AUDIT_KEY": KEY, "AUDIT_CASEBOOK_KEY": CASEBOOK_KEY}
    with pytest.MonkeyPatch.context() as patch:
        if person := next((each for each in here.people.people() if each.role == role), None):
            typed = iter([person.sign_in_name, CommandSignIn(here.desk.book, KEY).give(person, "decide", now())])
            for name in ("visible_prompt_func", "hidden_prompt_func"):
                patch.setattr(terminal, name, lambda _prompt: next(typed))
        return audit("decide", SCHOOL, case[:16], answer, "--by", role, "--note", note, *more, **home)


def written(here: Served, case: str) -> list[tuple[object, ...]]:
    made = here.desk.decisions.of(case)
    return [(each.run_id, each.answer, each.until, each.to_role, each.by_role) for each in made]


def both(here: Served, case: str, answer: str, **asked: str) -> tuple[tuple[int, str], Answer]:
    """Decide the same at both doors, and hold what was written together."""
    undecided(here)
    desk = at_the_desk(here, case, answer, **asked)
    at_desk = written(here, case)
    undecided(here)
    command = with_the_command(here, case, answer, **asked)

    assert written(here, case) == at_desk, (desk, command)
    assert (desk[0] == 303, command.code == 0) == (bool(at_desk), bool(at_desk)), (desk, command)
    return desk, command


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("check", KINDS)
def test_who_may_decide_what_is_one_answer_at_both_doors(here: Served, check: str, role: str) -> None:
    for answer, when in ANSWERS:
        desk, command = both(here, CASES[check], answer, role=role, note=REASON, until=day(when))
        if desk[0] == 409 and role == LEAD:
            assert command.err.rpartition("desk:")[2].strip() in desk[1]  # what follows the prompts


@pytest.mark.parametrize("note", TOO_BAD, ids=range(len(TOO_BAD)))
def test_a_reason_that_cannot_be_kept_is_refused_at_both_doors(here: Served, note: str) -> None:
    both(here, CASES["pupil_follower"], "mistaken", role=LEAD, note=note)

    assert written(here, CASES["pupil_follower"]) == []


@pytest.mark.parametrize(
    ("case", "answer", "says"),
    [
        (NAMED, "confirmed", "You have not been told whom this is about."),
        (SHOWN, "mistaken", "You have not looked at the picture."),
        (SHOWN, "confirmed", "You have not looked at the picture."),
    ],
)
def test_what_nobody_was_shown_is_refused_at_both_doors(here: Served, case: str, answer: str, says: str) -> None:
    desk, command = both(here, case, answer, role=LEAD, note=REASON)

    assert (desk[0], command.code, says in desk[1], says in command.err) == (409, 2, True, True)


def test_no_case_that_no_run_looks_at_again_is_left_to_the_next_run_at_either_door(here: Served) -> None:
    desk, command = both(here, UNASKED, "done", role=LEAD, note=REASON)
    assert ["No run looks at this case again" in said for said in (desk[1], command.err)] == [True, True]
    pages = [here.signed_in(LEAD).get(f"/case/{case[:16]}").text for case in (UNASKED, CASES["two_factor"])]
    assert ["; check on the next run" in page for page in pages] == [False, True]
    both(here, UNASKED, "allowed", role=LEAD, note=REASON, until=day("near"))
    assert [made[1] for made in written(here, UNASKED)] == ["allowed"]


@pytest.mark.parametrize(
    "words",
    [
        ("decide", SCHOOL, OLDER, "confirmed", "--by", LEAD, "--note", REASON),
        ("challenge", SCHOOL, "open", OLDER, "--received", "2026-11-16", "--by", "parent", "--ground", REASON),
        ("verify", SCHOOL, "--line", OLDER),
        ("words", "unread", SCHOOL),
        ("report", SCHOOL),
    ],
    ids=lambda words: words[0],
)
def test_a_copy_that_an_older_program_made_is_refused_in_one_sentence_by_every_command_as_by_the_desk(
    here: Served, words: tuple[str, ...]
) -> None:
    kept = here.desk.published.parent / SCHOOL / "published.duckdb"
    newer = kept.read_bytes()
    with opened(kept, KEY) as copy:
        copy.execute("alter table published.exceptions drop column is_unasked")
    home = {"AUDIT_HOME": str(here.desk.published.parent), "AUDIT_KEY": KEY, "AUDIT_CASEBOOK_KEY": CASEBOOK_KEY}
    command = audit(*words, **home)
    kept.write_bytes(newer)

    assert (command.code, "made by an older program. Run `audit run` once" in command.err) == (2, True)


@pytest.mark.parametrize(
    "words",
    [
        ("decide", SCHOOL, SPOKEN, "confirmed", "--by", LEAD, "--note", REASON),
        ("challenge", SCHOOL, "open", SPOKEN, "--received", "2026-11-16", "--by", "parent", "--ground", REASON),
        ("verify", SCHOOL, "--line", SPOKEN),
        ("words", "harmless", SCHOOL, SPOKEN, "--by", LEAD, "--note", REASON),
    ],
    ids=lambda words: words[0],
)
def test_a_ref_is_read_by_every_command_however_it_is_spoken_and_one_that_is_none_is_refused_alike(
    here: Served, words: tuple[str, ...]
) -> None:
    home = {"AUDIT_HOME": str(here.desk.published.parent), "AUDIT_KEY": KEY, "AUDIT_CASEBOOK_KEY": CASEBOOK_KEY}
    unknown, bad = audit(*words, **home), audit(*("short" if word == SPOKEN else word for word in words), **home)

    assert (unknown.code, "000000af" in unknown.err) == (2, True)
    assert (bad.code, "A ref is the eight letters and figures that the report shows beside a case." in bad.err) == (
        2,
        True,
    )


def test_the_three_that_only_the_command_line_took_are_refused_by_it_too(here: Served) -> None:
    case = CASES["pupil_follower"]
    both(here, case, "confirmed", role="it_technician", note="x")
    both(here, case, "allowed", role=LEAD, note=REASON, until="2046-01-01")
    both(here, case, "mistaken", role=LEAD, note=".")

    assert written(here, case) == []


def test_naming_somebody_takes_two_people_at_whichever_door_and_never_one_of_them_twice(here: Served) -> None:
    case = CASES["pupil_follower"]
    first = with_the_command(here, case, "confirmed", role=LEAD, note=REASON)
    again = with_the_command(here, case, "confirmed", role=LEAD, note=REASON)
    assert (first.code, "Naming somebody takes two people" in first.out) == (0, True)
    assert (again.code, "You said so already." in again.err) == (2, True)
    code, said = at_the_desk(here, case, "confirmed", role=LEAD, note=REASON)
    assert (code, here.desk.book.decisions.standing()) == (409, {}), said

    assert at_the_desk(here, case, "confirmed", role="dsl", note=REASON)[0] == 303
    assert [each.verdict for each in here.desk.book.decisions.standing().values()] == ["confirmed"]
    made = here.desk.decisions.of(case)
    assert [(each.answer, each.by_person is None, each.by_user is None) for each in made] == [
        ("proposed", False, False), ("confirmed", False, True),
    ]  # fmt: skip


def test_what_the_command_decided_is_taken_back_at_either_door(here: Served) -> None:
    case = CASES["two_factor"]
    for role in (LEAD, LEAD):
        assert with_the_command(here, case, "mistaken", role=role, note=REASON).code == 0
    client = here.signed_in(LEAD)
    fields = {"csrf": field_of(client.get("/").text, "csrf"), "edition": EDITION, "sequence": "2"}
    assert client.post(f"/case/{case[:16]}/undo", data=fields).status_code == 303
    assert with_the_command(here, case, "undone", role=LEAD, note="It was a slip.").code == 0
    assert here.desk.book.decisions.standing() == {}
    assert "There is nothing to take back." in with_the_command(here, case, "undone", role=LEAD, note="Again.").err
