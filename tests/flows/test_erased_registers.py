"""A register that still has somebody who was erased does not bring them back, and nobody else is left out for it."""

import json
from dataclasses import fields, replace

import pytest

from connectors.records import Comment, Person, Photograph, Profile, RegisteredAccount, RegisterProblem, RegisterRead
from engines.roll_ids import fold_roll_id
from flows.registers.erased_records import without_erased
from flows.weekly.pull import pull
from tests.flows.village import village
from warehouse.privacy.erase import keyed_hash
from warehouse.privacy.tombstones import ErasedAccounts, handle_mark, id_mark, name_marks, person_marks, photograph_mark
from warehouse.store.load import load

KEY = "k" * 43
MARKS = {
    ("x", "777001"), handle_mark("x", "@Zoe_M"), ("youtube", "UCzoe"), id_mark("007"), *name_marks("Zoe Marsh"),
    *person_marks("007", "Zoe Marsh", "Zoe", "Marsh", None, None), photograph_mark("F1", "sports.jpg"),
}  # fmt: skip
ERASED = ErasedAccounts(KEY, frozenset(keyed_hash(KEY, *mark) for mark in MARKS))


def person(ident, given="Tom", surname="Reed", register="pupils", **more):
    empty = dict.fromkeys((field.name for field in fields(Person)), None)
    return Person(**{**empty, "register": register, "person_id": ident, "given_names": given, "surname": surname,
                     **more})  # fmt: skip


def photograph(ident, file="a.jpg", **more):
    return Photograph(photograph_id=ident, file_name=file, video_id=None, channels="x", **more)


@pytest.mark.parametrize("row", [person("7", "Zoe", "Marsh"), person("007", "zoe", "MARSH", register="leavers"),
                                 photograph("F1", "sports.jpg")])  # fmt: skip
def test_the_row_of_somebody_who_was_erased_is_left_out_and_counted(row):
    read = RegisterRead(register=getattr(row, "register", "photographs"), file_name="f.csv", rows=2, set_aside=0,
                        sha256="s", refreshed_on=None)  # fmt: skip

    kept = without_erased([row, read], ERASED)

    assert [record.rows for record in kept.records if isinstance(record, RegisterRead)] == [1]
    assert ["1 row names" in record.problem for record in kept.records if isinstance(record, RegisterProblem)] == [True]
    assert sum(kept.registers.values()) == 1
    assert "Take it out of the file." in kept.remark


@pytest.mark.parametrize(
    "row",
    [
        person("7", "Ann", "Bell"),  # the roll id was given anew
        person("8", "Zoe", "Marsh"),  # of the same name
        photograph("F1", "other.jpg"),  # the photograph's id was given anew
        person("9", x_account="@zoe_mm", youtube_account="UCother", related_ids="8; 70"),
        photograph("F2", approved_by="Zoe Marshall", pupil_ids="8;70"),
    ],
)
def test_nobody_else_is_left_out_or_says_less(row):
    kept = without_erased([row], ERASED)

    assert (kept.records, kept.remark) == ([row], None)


@pytest.mark.parametrize(
    ("row", "field", "left"),
    [
        (person("9", x_account="https://x.com/zoe_M"), "x_account", None),
        (person("9", x_account="777001"), "x_account", None),
        (person("9", youtube_account="UCzoe"), "youtube_account", None),
        (person("9", register="parents", related_ids="8;0007"), "related_ids", "8; [erased]"),
        (photograph("F2", pupil_ids="7; 8"), "pupil_ids", "[erased]; 8"),
        (photograph("F2", approved_by="zoe  marsh"), "approved_by", "[erased]"),
        (RegisteredAccount(platform="x", account_id="1", handle="a", approved_by="Zoe Marsh"), "approved_by",
         "[erased]"),
    ],
)  # fmt: skip
def test_what_another_row_says_of_them_is_taken_out_and_the_row_stays(row, field, left):
    kept = without_erased([row], ERASED)

    assert getattr(kept.records[0], field) == left
    assert sum(kept.registers.values()) == 1


def test_an_id_that_somebody_else_has_now_stays_in_a_list():
    pupil, shown = person("07", "Ann", "Bell"), photograph("F2", pupil_ids="7;8")

    assert without_erased([pupil, shown], ERASED).records == [pupil, shown]


def test_roll_ids_are_folded_as_registers_compare_them():
    assert fold_roll_id(" P7 ") == fold_roll_id("p7")
    assert fold_roll_id("007") == fold_roll_id("7")
    assert fold_roll_id("00P7") != fold_roll_id("p7")


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """A village whose second pupil declares a handle that an account bore which was erased."""
    with village(tmp_path_factory.mktemp("borne") / "home", has_warehouse=True) as made:
        register = made.places.registers / "pupils.csv"
        register.write_text(
            "person_id,given_names,surname,year_group,x_account\nP2,Someone,Quite-Else,9,https://x.com/Zoe_M\n"
        )
        context = made.context()
        with context.casebook() as book:
            for mark in (("x", "777001"), handle_mark("x", "zoe_m")):
                book.add_tombstone(platform=mark[0], subject_sha256=keyed_hash(context.key, *mark), on=context.as_of)
        yield made


def profile(account_id, handle):
    empty = dict.fromkeys((field.name for field in fields(Profile)), None)
    return Profile(**{**empty, "platform": "x", "account_id": account_id, "handle": handle,
                      "counts_are_rounded": False})  # fmt: skip


@pytest.mark.parametrize(
    ("seen", "declared"),
    [
        ({}, None),  # nobody was seen with the handle since: it is the erased account's
        ({"2026-10-26": [profile("777001", "zoe_m")]}, None),  # the erased account itself, which is left out elsewhere
        ({"2026-10-26": [profile("9900", "Zoe_M")]}, "Zoe_M"),
        ({"2026-10-19": [profile("9900", "zoe_m")], "2026-10-26": [profile("9900", "zed")]}, None),  # given up again
        ({"2026-10-19": [profile("9900", "zoe_m")], "2026-10-26": [profile("1", "zed")]}, "Zoe_M"),
    ],
    ids=["nobody", "the-erased", "another", "another-before", "another-not-read-again"],
)
def test_a_handle_that_another_account_bears_now_stays_declared(here, seen, declared):
    context = here.context()
    with context.warehouse() as db:
        db.execute("delete from raw.profiles")
        for run_id, profiles in seen.items():
            load(db, run_id=run_id, source="x", records=profiles)

    ended = pull(context, "registers")

    with context.warehouse() as db:
        kept = db.execute("select x_account from raw.people where person_id = 'P2'").fetchall()
    assert kept == [(declared,)]
    assert ("names somebody who was erased" in (ended.remark or "")) == (declared is None)


SAID_OF = [*name_marks("Zo\u00eb O'Dwyer"), handle_mark("x", "zo_dw"), *name_marks("Rose Mary")]
TEXTS = {
    "Well done Zo\u00eb O'Dwyer!": "Well done [erased]!",
    "zoe.odwyer and #ZoeODwyer": "[erased] and #[erased]",
    "x.test/?q=Zo%C3%AB+O%27Dwyer": "x.test/?q=[erased]",
    "Thanks @zo_dw, see x.com/zo_dw": "Thanks @[erased], see x.com/[erased]",
    "The zo_dwyers sang; Zo\u00eb Marsh too": "The zo_dwyers sang; Zo\u00eb Marsh too",
    "rosemary grows": "rosemary grows",
    "Ann Lee sang": "Ann Lee sang",
}


@pytest.mark.parametrize("text", TEXTS)
def test_what_somebody_else_writes_says_no_more_who_was_erased_unless_somebody_bears_the_name_now(text):
    erased = replace(ERASED, hashes=frozenset(keyed_hash(KEY, *mark) for mark in SAID_OF))
    comment = Comment(
        platform="x", account_id="1", comment_id="2", post_id=None, parent_id=None, actor_id="3", kind="comment",
        posted_at=None, text=text,
    )  # fmt: skip

    [kept] = without_erased([comment], erased).records
    [borne] = without_erased([comment], erased.but_for(SAID_OF)).records

    assert (kept.text, borne.text) == (TEXTS[text], text)
    assert erased.are_in("x", json.dumps({"text": text}).encode()) == (kept.text != text)
