"""People who move on the registers, change their names or share them, and handles that pass from account to account.

Three weeks of one small school; each row is one follower, with what is true of it and what the reports must say.
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from tests.flows.calling import audit
from tests.flows.few_checks import HEAD, clause
from tests.flows.own_policy import adopt
from tests.flows.village import SCHOOL, Village, village
from warehouse.store.open import opened

WEEKS = ("2026-11-02", "2026-11-09", "2026-11-16")
CHECKS = ("pupil_follower", "leaver_follower", "staff_follower", "governor_follower")
Person = dict[str, str]
COLUMNS = {
    "pupils": ("person_id", "given_names", "surname", "date_of_birth", "year_group", "x_account"),
    "leavers": ("person_id", "given_names", "surname", "date_of_birth", "left_on"),
    "staff": ("person_id", "given_names", "surname", "job_title", "x_account"),
    "governors": ("person_id", "given_names", "surname"),
}
YEAR_8 = "Year 8 at Ousterly Vale School"


def a(person_id: str, name: str, account: str = "", *, born: str = "", year: str = "8") -> Person:
    given, surname = name.split(" ", 1)
    return {
        "person_id": person_id,
        "given_names": given,
        "surname": surname,
        "date_of_birth": born,
        "year_group": year,
        "x_account": account,
        "job_title": "Site Manager",
        "left_on": "2026-11-06",
    }


@dataclass(frozen=True)
class Row:
    """What is true of one or two followers, on which registers the people stand each week, and what is said of them.

    `shows` is what the first account shows; `said` is for each week each check's status, and words of its reason or
    signs. `handles` are those of the accounts in the second week.
    """

    true: str
    weeks: tuple[dict[str, list[Person]], ...]
    said: tuple[dict[str, str], ...]
    shows: tuple[str, ...] = ("moth lamp",)
    bio: str = ""
    words: str = ""
    handles: tuple[str, ...] = ()
    people: int = 1
    ids: list[str] = field(default_factory=list)


def moving(first: Person, register: str, second: Person | None = None, *, of: str = "pupils") -> tuple[Any, ...]:
    return ({of: [first]}, {register: [second or first]}, {register: [second or first]})


def staying(*weeks: list[Person]) -> tuple[Any, ...]:
    each = [*weeks, *[weeks[-1]] * (3 - len(weeks))]
    return tuple({"pupils": people} for people in each)


NEW_LEAVER = {"pupil_follower": "gone", "leaver_follower": "new"}
THEN = {"leaver_follower": "open"}
PUPIL, CHANGED, OPEN = {"pupil_follower": "new"}, {"pupil_follower": "changed"}, {"pupil_follower": "open"}
NAMED = {"shows": ("Ada Brookes",), "bio": YEAR_8}
ROWS = (
    Row("declared by id, on the leavers register, which has no column for accounts",
        moving(a("A1", "Ivo Marsh", "@1"), "leavers"), (PUPIL, NEW_LEAVER, THEN), words="declared this account"),
    Row("declared by handle, on the leavers register", moving(a("0A2", "Ivo Quarry", "@h1"), "leavers"),
        (PUPIL, NEW_LEAVER, THEN)),
    Row("on the leavers register under a chosen forename", moving(
        a("A3", "Ivo Harbour", "@1", born="2013-04-05"), "leavers", a("A3", "Ivy Harbour", born="2013-04-05")),
        (PUPIL, NEW_LEAVER, THEN)),
    Row("the leavers register gives the id to somebody else", moving(
        a("A4", "Ivo Fenland", "@1", born="2013-04-05"), "leavers", a("A4", "Una Heath", born="2011-01-09")),
        (PUPIL, CHANGED, OPEN)),
    Row("of the staff, and a governor since", moving(a("S4", "Ivo Coppice", "@1"), "governors", of="staff"),
        ({"staff_follower": "new"}, {"staff_follower": "changed", "governor_follower": "new"},
         {"staff_follower": "open", "governor_follower": "open"})),
    Row("the governors number somebody else so", moving(
        a("S5", "Ivo Spinney", "@1"), "governors", a("S5", "Una Orchard"), of="staff"),
        ({"staff_follower": "new"}, {"staff_follower": "changed"}, {"staff_follower": "open"})),
    Row("named, on the leavers register", moving(a("A6", "Tamsin Larkrise"), "leavers"),
        (PUPIL, NEW_LEAVER, THEN), ("Tamsin Larkrise",), YEAR_8),
    Row("back from the leavers", ({"pupils": [a("A7", "Ivo Meadow", "@1")]}, {"leavers": [a("A7", "Ivo Meadow")]},
        {"pupils": [a("A7", "Ivo Meadow", "@1")]}),
        (PUPIL, NEW_LEAVER, {"pupil_follower": "reopened", "leaver_follower": "gone"})),
    Row("on no register any more", ({"pupils": [a("A8", "Ivo Thicket", "@1")]}, {}, {}), (PUPIL, OPEN, OPEN)),
    Row("called otherwise by the register", staying([a("B1", "Ada Brookes")], [a("B1", "Alex Brookes")]),
        (PUPIL, CHANGED, OPEN), **NAMED, words="A register gives the person another name now than on "),
    Row("of another surname on the register", staying([a("B2", "Edda Fenwright")], [a("B2", "Edda Stone")]),
        (PUPIL, CHANGED, OPEN), ("Edda Fenwright",), YEAR_8),
    Row("somebody else's by the register's own correction", staying([a("C1", "Ivo Bracken", "@1")],
        [a("C1", "Ivo Bracken")]), (PUPIL, {"pupil_follower": "gone"}, {})),
    Row("no more declared, and still bearing the name", staying([a("C2", "Orla Tidewater", "@1")],
        [a("C2", "Orla Tidewater")]), (PUPIL, CHANGED, OPEN), ("Orla Tidewater",)),
    Row("no more declared, and called otherwise", staying([a("C3", "Orla Saltmarsh", "@1")],
        [a("C3", "Oscar Saltmarsh")]), (PUPIL, CHANGED, OPEN)),
    Row("one of two pupils of one name and year", staying([a("D1", "Nia Kettering"), a("D2", "Nia Kettering")]),
        (PUPIL, OPEN, OPEN), ("Nia Kettering",), YEAR_8, words="one of 2", people=2),
    Row("one of two of one name, of whom one leaves", (
        {"pupils": [a("D3", "Jo Wivelsfield"), a("D4", "Jo Wivelsfield")]},
        *[{"pupils": [a("D3", "Jo Wivelsfield")], "leavers": [a("D4", "Jo Wivelsfield")]}] * 2),
        (PUPIL, CHANGED, OPEN), ("Jo Wivelsfield",), YEAR_8, people=2),
    Row("handles swapped between two declared pupils", staying(
        [a("E1", "Ivo Ashdown", "@h1"), a("E2", "Una Barrow", "h2")]),
        (PUPIL, CHANGED, OPEN), ("moth", "lamp"), words="belongs to another account id now", handles=("h2", "h1")),
    Row("a declared handle that a stranger took over", staying([a("E3", "Ivo Cranleigh", "@h1")]),
        (PUPIL, CHANGED, OPEN), ("moth", "Marrow"), words="belongs to another account id now", handles=("new", "h1")),
)  # fmt: skip


def _marked(text: str, row: Row, number: int) -> str:
    """Return a declared account: `@1` stands for the first account's id, `h1` and `h2` for the handles."""
    bare = text.lstrip("@")
    return row.ids[0] if bare == "1" else f"{text[: -len(bare)]}{bare}_{number}" if bare else ""


def write_registers(here: Village, week: int) -> None:
    lines: dict[str, list[Person]] = {name: [] for name in COLUMNS}
    for number in range(40):
        lines["pupils"].append(a(f"Z{number}", f"Zed{number} Filler{number}", f"@nobody{number}"))
        for name in ("staff", "governors", "leavers"):
            lines[name].append(a(f"Y{name}{number}", f"Yed{number} {name.title()}{number}", f"@no{name}{number}"))
    for number, row in enumerate(ROWS):
        for name, people in row.weeks[week].items():
            lines[name] += [{**one, "x_account": _marked(one["x_account"], row, number)} for one in people]
    for name, columns in COLUMNS.items():
        with (here.places.folder / "registers" / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([columns, *([one[column] for column in columns] for one in lines[name])])


def show(here: Village, *, week: int) -> None:
    users = here.servers.world.x.users
    for number, row in enumerate(ROWS):
        handles = row.handles if week and row.handles else ("h1", "h2")
        for actor, name, handle in zip(row.ids, row.shows, handles, strict=False):
            users[actor] = replace(
                users[actor], name=name, description=row.bio, username=f"{handle}_{number}", location=""
            )


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[dict[tuple[str, str], dict[str, Any]]]]:
    """Return for each week what was said, by follower and check."""
    with village(tmp_path_factory.mktemp("moving") / "home", has_warehouse=True) as here:
        adopt(here.places.folder, policy=None, pack=HEAD + "".join(map(clause, CHECKS)))
        settings = here.places.folder / "school.toml"
        settings.write_text(settings.read_text() + 'leavers = "leavers.csv"\ngovernors = "governors.csv"\n')
        actors = iter(str(number) for number in range(8001, 8040))
        for row in ROWS:
            row.ids[:] = [next(actors) for _ in row.shows]
        yield [_week(here, week) for week in range(3)]


def _week(here: Village, week: int) -> dict[tuple[str, str], dict[str, Any]]:
    show(here, week=week)
    write_registers(here, week)
    answer = audit("run", SCHOOL, "--as-of", WEEKS[week], **here.environment)
    assert answer.code == 0, answer.said
    with opened(here.places.published, here.context().key, read_only=True) as copy:
        found = copy.execute("select * from published.exceptions where run_id = ?", [WEEKS[week]]).pl()
        states = copy.execute("select register, state, why from published.register_states").fetchall()
    assert {state for _, state, _ in states} == {"whole"}, states
    return {(row["subject_id"], row["check_id"]): row for row in found.iter_rows(named=True)}


@pytest.mark.parametrize("row", ROWS, ids=[row.true for row in ROWS])
def test_what_is_said_of_a_follower_follows_the_account_and_the_registers(
    row: Row, said: list[dict[tuple[str, str], dict[str, Any]]]
) -> None:
    statuses = [{check: one["status"] for (actor, check), one in week.items() if actor == row.ids[0]} for week in said]
    second = [f"{one['reason']} {one['evidence']}" for (actor, _), one in said[1].items() if actor == row.ids[0]]
    about = [
        json.loads(one["about"])["person"]
        for week in said[:2]
        for (actor, _), one in week.items()
        if actor == row.ids[0]
    ]

    assert statuses == list(row.said)
    assert any(row.words in words for words in second)
    assert len(about[0].split()) == row.people
    assert not row.handles or about[1] == about[0]


def test_who_takes_a_declared_handle_over_may_be_anybody(
    said: list[dict[tuple[str, str], dict[str, Any]]],
) -> None:
    stranger = ROWS[-1].ids[1]

    taken = said[1][stranger, "pupil_follower"]

    assert (stranger, "pupil_follower") not in said[0]
    assert taken["reason"].startswith("An account that may belong to a pupil in Year 8 follows")
    assert "was another account id's before" in taken["evidence"]
