"""All cases of the week in a list: searched, filtered and sorted by what stands in the address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from dashboards.desk.cases import Case, cases
from dashboards.desk.desk import TIERS
from dashboards.report.exception_groups import by_due, gravity
from dashboards.report.model import Week
from dashboards.safe_text import plain

PER_PAGE = 50
_SORTS: Mapping[str, Callable[[Case], tuple[object, ...]]] = {
    "grave": lambda case: (gravity(case.row), *by_due(case.row)),
    "due": lambda case: by_due(case.row),
    "oldest": lambda case: (case.row.first_seen, *by_due(case.row)),
    "newest": lambda case: (-case.row.first_seen.toordinal(), *by_due(case.row)),
}
SORTS = {"grave": "Most severe", "due": "Soonest due", "oldest": "Oldest", "newest": "Newest"}
SHOWS = {"waiting": "Waiting", "marked": "Decided since the run", "set_aside": "Set aside", "all": "All"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for; what it does not know is as if it were not there."""

    words: str
    show: str
    owner: str
    check: str
    sort: str
    page: int

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Wanted":
        """Return what these parts of an address ask for."""
        number = query.get("page", "1")
        return cls(
            words=plain(query.get("q", "")[:200]),
            show=query.get("show", "waiting") if query.get("show") in SHOWS else "waiting",
            owner=query.get("owner", ""),
            check=query.get("check", ""),
            sort=query.get("sort", "grave") if query.get("sort") in _SORTS else "grave",
            page=int(number) if number.isdecimal() and len(number) < 6 else 1,
        )

    def holds(self, case: Case, week: Week) -> bool:
        """Say whether a case is wanted."""
        shown = {
            "waiting": case.is_waiting,
            "marked": bool(case.state),
            "set_aside": not case.row.is_open,
            "all": True,
        }
        return (
            shown[self.show]
            and self.owner in {"", case.owner_role}
            and self.check in {"", case.row.check_id}
            and all(word in _text(case, week) for word in self.words.casefold().split())
        )


def case_list(request: Request) -> Response:
    """Return the list that the address asks for, a page of it."""
    desk = request.app.state.desk
    tier = TIERS[request.state.session.person.role]
    week, every = desk.week(tier), cases(desk, tier)
    wanted = Wanted.of(request.query_params)
    request.app.state.log.write(
        person=request.state.session.person, action="cases", subject=week.run.run_id, at=desk.clock()
    )
    found = sorted((case for case in every if wanted.holds(case, week)), key=_SORTS[wanted.sort])
    last = max(1, -(-len(found) // PER_PAGE))
    page = min(max(1, wanted.page), last)
    response: Response = request.app.state.render(
        request,
        "case_list.html",
        week=week,
        run=week.run,
        wanted=wanted,
        found=len(found),
        shown=found[(page - 1) * PER_PAGE : page * PER_PAGE],
        page=page,
        last=last,
        sorts=SORTS,
        shows=SHOWS,
        owners=sorted({case.owner_role for case in every}),
        checks={
            case.row.check_id: case.row.check_title for case in sorted(every, key=lambda case: case.row.check_title)
        },
        address_of=lambda number: f"/cases?{urlencode({**request.query_params, 'page': number})}",
    )
    return response


def _text(case: Case, week: Week) -> str:
    row = case.row
    shown = week.evidence[row.fingerprint].values()
    parts = (case.heading, row.reason, row.check_title, row.fingerprint, row.account_handle or "", *shown)
    return " ".join(parts).casefold()
