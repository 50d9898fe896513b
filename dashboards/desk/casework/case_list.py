"""All cases of the week in a list: searched, filtered and sorted by what stands in the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from dashboards.desk.access.school_pages import write_log
from dashboards.desk.casework.caseload import Caseload, cases
from dashboards.desk.casework.grounds import MOST_TOGETHER
from dashboards.desk.school.desk import TIERS
from dashboards.desk.school.rendering import render
from dashboards.safe_text import plain

Listed = TypeVar("Listed")
PER_PAGE = 50
SORTS = {"grave": "Most severe", "due": "Soonest due", "oldest": "Oldest", "newest": "Newest"}
SHOWS = {
    "waiting": "Waiting",
    "mine": "Given to you",
    "marked": "Decided since the run",
    "set_aside": "Set aside",
    "open": "Open",
    "late": "Late",
    "all": "All",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for; what it does not know is as if it were not there."""

    words: str
    show: str
    owner: str
    check: str
    sort: str
    backlog: str = ""
    clause: str = ""

    @classmethod
    def asked_by(cls, query: Mapping[str, str]) -> "Wanted":
        """Return what these parts of an address ask for."""
        return cls(
            words=plain(query.get("q", "")[:200]),
            show=query.get("show", "waiting") if query.get("show") in SHOWS else "waiting",
            owner=query.get("owner", ""),
            check=query.get("check", ""),
            sort=query.get("sort", "grave") if query.get("sort") in SORTS else "grave",
            backlog=query.get("backlog", ""),
            clause=query.get("clause", ""),
        )

    def places(self, every: Caseload, person: int) -> tuple[int, ...]:
        """Return the places of the cases that this person wants, in the order that is wanted."""
        found = _shown(self.show, every, person)
        if self.owner:
            found &= every.owned_by(self.owner)
        if self.check:
            found &= every.order.of_check(self.check)
        if self.clause:
            found &= every.order.of_clause(self.clause)
        in_order = tuple(at for at in every.order.sorted_by(self.sort) if at in found)
        parts = self.words.casefold().split()
        return (
            tuple(at for at in in_order if all(part in every.order.texts[at] for part in parts)) if parts else in_order
        )


def page_of(found: Sequence[Listed], query: Mapping[str, str]) -> tuple[Sequence[Listed], int, int]:
    """Return the page of a list that an address asks for, its number from 1, and that of the last page.

    It is the first where the address has no number, and the last where the number is too large.
    """
    asked, last = query.get("page", "1"), max(1, -(-len(found) // PER_PAGE))
    number = max(1, int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1
    page = min(number, last)
    return found[(page - 1) * PER_PAGE : page * PER_PAGE], page, last


def _shown(show: str, every: Caseload, person: int) -> frozenset[int]:
    """Return the places of what is waiting, given to this person, decided since the run, set aside, or all of them."""
    if show == "waiting":
        return every.waiting
    if show == "mine":
        return frozenset(at for at in every.marked & every.waiting if every[at].assigned_to == person)
    if show == "marked":
        return frozenset(at for at in every.marked if every[at].state)
    if show in {"open", "late"}:
        return every.open if show == "open" else every.late
    everywhere = frozenset(range(len(every)))
    return everywhere - every.open if show == "set_aside" else everywhere


def flashed(request: Request, every: Caseload) -> dict[str, Any]:
    """Return what was answered just now, by the refs in the address, and how many answers were refused."""
    given = request.query_params.get("refused", "")
    refused = int(given) if given.isascii() and given.isdecimal() else 0
    refs = request.query_params.get("marked", "").split(",")
    marked = [case for case in map(every.with_ref, refs[:MOST_TOGETHER]) if case]
    return {
        "before": marked[0] if marked else None,
        "also": marked[1:],
        "refused": refused,
    }


def case_list(request: Request) -> Response:
    """Return the list that the address asks for, a page of it."""
    desk = request.app.state.desk
    tier = TIERS[request.state.session.person.role]
    week, every = desk.week(tier), cases(desk, tier)
    wanted = Wanted.asked_by(request.query_params)
    write_log(request, "cases", week.run.run_id)
    found = wanted.places(every, request.state.session.person.number)
    if wanted.backlog:
        backlog = every.backlog_of(request.state.session.person.role)
        found = tuple(at for at in found if at in backlog and every.order.backlog_key(every[at].row) == wanted.backlog)
    shown, page, last = page_of(found, request.query_params)
    return render(
        request,
        "case_list.html",
        week=week,
        run=week.run,
        wanted=wanted,
        found=len(found),
        shown=every.at(shown),
        page=page,
        is_gone=request.query_params.get("gone") == "yes",
        last=last,
        sorts=SORTS,
        shows=SHOWS,
        owners=every.owners,
        checks=every.order.checks,
        **flashed(request, every),
        address_of=lambda number: f"/cases?{urlencode({**request.query_params, 'page': number})}",
    )
