"""Cases that no run looks at again: nobody is offered to leave one to the next run, on any page, for any role."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from policies.roles import LEAD
from tests.dashboards.copies import add
from tests.dashboards.desks import ROLES, Served, served
from tests.dashboards.test_desk_backlog import first_week

OFFERS = ("check on the next run", 'name="kind" value="done"')


@pytest.fixture(params=[True, False], ids=["no clause asks", "a clause asks"], scope="module")
def here(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, bool]]:
    db = first_week(past=30, present=30, urgent=2)
    task = {"check_id": "two_factor", "concerns": "account", "subject_kind": "account"}
    for number, role in enumerate(ROLES):
        add(db, "exceptions", fingerprint=f"{number}e" * 32, owner_role=role, **task)
    if request.param:
        db.execute("update published.exceptions set breaks = []")
    with served(db, tmp_path_factory.mktemp("unasked") / "desk") as desk:
        yield desk, request.param


@pytest.mark.parametrize("role", ROLES)
def test_only_what_a_run_looks_at_is_offered_to_be_left_to_it(here: tuple[Served, bool], role: str) -> None:
    desk, is_unasked = here
    client, refs = desk.signed_in(role), [f"{number}e" * 8 for number in range(len(ROLES))]
    ways = ["/", "/cases", *(f"/{kind}/{ref}" for ref in (*refs, "2" * 16) for kind in ("case", "task"))]
    pages = {way: said.text for way in ways if (said := client.get(way)).status_code == 200}

    offering = {way for way, page in pages.items() if any(offer in page for offer in OFFERS)}
    assert bool(offering) is not is_unasked, offering


def test_of_a_page_of_both_the_list_offers_it_and_a_group_with_one_does_not(tmp_path: Path) -> None:
    db = first_week(past=30, present=0, urgent=0)
    db.execute("update published.exceptions set breaks = [] where subject_id like '%-7'")
    with served(db, tmp_path / "desk") as desk:
        client = desk.signed_in(LEAD)
        assert [OFFERS[0] in client.get(way).text for way in ("/", "/cases")] == [False, True]
