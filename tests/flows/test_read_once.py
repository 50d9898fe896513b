"""What a run says of texts that an earlier one has read is, to the byte, what it would say without having read them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.home.context import Context
from flows.weekly.judge import judge
from flows.weekly.run import sequence
from tests.casebooks import decide
from tests.flows.few_checks import HEAD, clause
from tests.flows.own_policy import adopt
from tests.flows.village import MONDAY, PUPIL, SCHOOL, village
from warehouse.runs.run_memory import readings
from warehouse.store.build import models

CHECKS = ("contact_details", "abusive_comment", "underage_follower", "pupil_follower", "pupil_named", "staff_discussed")


@dataclass
class Judged:
    """A village whose week has been run, its warehouse held open."""

    context: Context
    db: duckdb.DuckDBPyConnection

    def answer(self) -> dict[str, list[Any]]:
        """Judge the week, and return every row that readers are given."""
        judge(self.context)
        views = [name for name in sorted(models()) if name.startswith(("published.", "outcome."))]
        return {view: self.db.execute(f"select * from {view} order by all").fetchall() for view in views}


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judged]:
    home: Path = tmp_path_factory.mktemp("once") / "home"
    with village(home, followers=5, has_warehouse=True) as running:
        adopt(home / SCHOOL, policy=None, pack=HEAD + "".join(map(clause, CHECKS)))
        world = running.servers.world
        world.x.users[PUPIL].description = "Year 8 at Ousterly Vale School, im 11"
        world.x.posts["100"].text = "Ring Ambrose Netherfold on 07700 900123 about the harvest"
        world.x.posts["90"].text = "@OusterlyVale you are a stupid pig"
        context = running.context(MONDAY)
        sequence(context)
        with context.warehouse() as db:
            yield Judged(replace(context, held=db), db)


def _decides(judged: Judged) -> None:
    [(fingerprint,), *_] = judged.db.execute("select fingerprint from outcome.exceptions order by 1").fetchall()
    with judged.context.casebook() as book:
        at, until = datetime(2026, 11, 3, tzinfo=UTC), date(2027, 8, 31)
        decide(book, fingerprint, "mistaken", until=until, by_role="headteacher", note="Another.", at=at)


def _allows_fewer_bands(judged: Judged) -> None:
    school = judged.context.school
    identity = school.school.model_copy(update={"bands": ("declared",)})
    judged.context = replace(judged.context, school=school.model_copy(update={"school": identity}))


def _is_another_edition(judged: Judged) -> None:  # what an upgrade leaves: hashes that are nobody's any more
    judged.db.execute("update raw.readings set sha256 = 'another ' || sha256, families = '[]'")


def _at_the_school(judged: Judged) -> None:
    judged.db.execute("update raw.people set surname = 'Pig' where person_id = 'S1'")
    _decides(judged)
    _allows_fewer_bands(judged)


def _on_the_platforms(judged: Judged) -> None:
    judged.db.execute(f"update raw.profiles set bio = 'im 10 now' where account_id = '{PUPIL}'")
    judged.db.execute("update raw.posts set text = 'Ring me on 07700 900124' where post_id = '104'")
    judged.db.execute(
        "insert into raw.profiles by name select run_id, source, platform, '777' as account_id, 'rosie_tw' as handle, "
        "'Rosalind Thistlewood' as display_name, 'Year 8' as bio, false as counts_are_rounded "
        f"from raw.profiles where account_id = '{PUPIL}'; insert into raw.follows by name select run_id, source, "
        f"platform, account_id, '777' as actor_id, direction from raw.follows where actor_id = '{PUPIL}'"
    )


CHANGES: dict[str, Callable[[Judged], None]] = {
    "nothing": lambda _: None,
    "a profile, a post and a new neighbour": _on_the_platforms,
    "a register's row, a decision and the bands that the school allows": _at_the_school,
    "the program": _is_another_edition,
}


@pytest.mark.parametrize(
    "change", [pytest.param("nothing", marks=pytest.mark.soak), *(change for change in CHANGES if change != "nothing")]
)
def test_whatever_has_changed_since_the_answer_is_that_of_reading_everything(judged: Judged, change: str) -> None:
    before = readings(judged.db)
    CHANGES[change](judged)

    remembered = judged.answer()
    known = readings(judged.db)
    judged.db.execute("delete from raw.readings")
    anew = judged.answer()

    assert remembered == anew
    assert known == readings(judged.db)
    assert before, "something was remembered"


def test_what_was_read_holds_no_word_of_it_and_only_what_this_run_read(judged: Judged) -> None:
    judged.db.execute("insert into raw.readings values ('2026-10-26', 'long gone', '')")
    judge(judged.context)
    rows = judged.db.execute("select run_id, sha256, families from raw.readings").fetchall()

    assert {run_id for run_id, *_ in rows} == {MONDAY.isoformat()}
    assert {len(sha256) for _, sha256, _ in rows} == {64}
    assert not [families for *_, families in rows if "pig" in families or "07700" in families]
