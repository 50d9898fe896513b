"""Two schools of one federation share a pack: each is audited by it, and nothing of one gets to the other.

It alone proves that nothing of one school gets to another that has the same home and the same pack.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from flows.home.context import open_context
from flows.home.init import make_key
from flows.home.settings import Settings, from_environment
from tests.demo.federation import PACK, SCHOOLS, STRANGERS, WEEK, Sister, world, write_homes
from tests.flows.calling import audit
from tests.published_text import text_of
from tests.simulated.serve import serve
from warehouse.store.open import opened
from warehouse.store.places import Places

pytestmark = pytest.mark.slow
BOTH = pytest.mark.parametrize("school", SCHOOLS, ids=lambda school: school.id)
DAY = WEEK.as_of.isoformat()


@dataclass(frozen=True)
class Ran:
    """Both schools in one home, each audited by a command of its own; `said` is all that its command said."""

    settings: Settings
    said: dict[str, str]

    def published(self, school: Sister, sql: str) -> list[tuple[object, ...]]:
        context = open_context(self.settings, school.id, WEEK.as_of)
        with opened(context.places.published, context.key, read_only=True) as copy:
            return copy.execute(sql).fetchall()

    def kept(self, school: Sister) -> str:
        """Everything that the school's published copy and its report hold, as text, and how the files are called."""
        tables = self.published(school, "select view_name from duckdb_views() where schema_name = 'published'")
        tables += self.published(school, "select table_name from duckdb_tables() where schema_name = 'published'")
        rows = [str(self.published(school, f"select * from published.{name}")) for (name,) in sorted(set(tables))]
        reports = Places(self.settings.home, school.id).reports(DAY)
        files = [path for path in sorted(reports.rglob("*")) if path.is_file()]
        return "\n".join([*rows, *map(text_of, files), *map(str, files)])


def _other(school: Sister) -> Sister:
    [other] = [one for one in SCHOOLS if one is not school]
    return other


def _own(school: Sister) -> tuple[str, ...]:
    """What tells of a school: names, accounts and pictures that the other has nothing to do with."""
    given = [name for name, _, _ in school.pupils]
    return (*school.names, *given, school.staff[1], school.account_id, school.handle, *school.credential.values())


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    home = tmp_path_factory.mktemp("federation")
    write_homes(home)
    with serve(world(), now=lambda: WEEK.looked_at) as servers:
        urls = {"X": servers.x_url, "YOUTUBE": servers.youtube_url, "MEDIA": servers.media_url}
        where = {"AUDIT_HOME": str(home), **{f"AUDIT_{name}_URL": url for name, url in urls.items()}}
        settings = from_environment(where)
        said = {}
        for school in SCHOOLS:
            make_key(settings, Places(home, school.id))
            answer = audit("--debug", "run", school.id, "--as-of", DAY, **where)
            assert answer.code == 0, answer.said
            said[school.id] = answer.said
        yield Ran(settings, said)


@BOTH
def test_each_school_holds_its_own_forty_followers_and_finds_its_own_pupils(ran: Ran, school: Sister) -> None:
    found = ran.published(school, "select check_id, subject_id, account_id from published.exceptions order by 1")
    [(followers,)] = ran.published(school, "select count(*) from published.followers")
    pupil = str(int(school.account_id) + 1)

    assert followers == STRANGERS + 2
    assert [(check, account) for check, _, account in found] == [
        ("policy_review", school.id),
        ("pupil_follower", school.account_id),
        ("pupil_named", school.account_id),
    ]
    assert ("pupil_follower", pupil, school.account_id) in found


@BOTH
def test_nothing_of_one_school_is_in_the_others_copy_report_or_log(ran: Ran, school: Sister) -> None:
    kept, said, other = ran.kept(school), ran.said[school.id], _other(school)

    assert all(name in kept for name in (school.name, school.account_id, school.stranger))
    assert school.account_id in said
    assert [name for name in _own(other) if name in kept] == []
    assert [name for name in (*_own(other), other.id) if name in said] == []
    assert [name for name in school.names if name in said] == []


@BOTH
def test_each_report_goes_clause_by_clause_through_the_one_pack(ran: Ran, school: Sister) -> None:
    sql = "select pack, clause, ref, state from published.clauses order by number"
    mine, others = ran.published(school, sql), ran.published(_other(school), sql)
    page = (Places(ran.settings.home, school.id).reports(DAY) / "index.html").read_text(encoding="utf-8")

    assert mine == others
    assert {pack for pack, *_ in mine} == {PACK}
    assert {state for *_, state in mine} == {"checked", "attested", "unobserved"}
    assert len(mine) > 40
    assert "4.1(v)" in page


@BOTH
def test_the_policy_that_they_share_is_overdue_for_both(ran: Ran, school: Sister) -> None:
    [(status, subject, evidence)] = ran.published(
        school, "select status, subject_id, evidence from published.exceptions where check_id = 'policy_review'"
    )

    assert (status, subject) == ("new", PACK)
    assert "2025-09-30" in str(evidence)
