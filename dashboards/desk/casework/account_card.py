"""What an account shows of itself in public, and who it may belong to: what speaks for each, and what against."""

import json
from dataclasses import dataclass
from datetime import date

from dashboards.desk.casework.cases import Case
from dashboards.desk.school.desk import Desk
from dashboards.queries import rows
from dashboards.report.words import count
from dashboards.safe_text import plain
from policies.roles import may_clear

_ONE = {
    "pupil": ("pupil on roll", "pupils on roll"),
    "staff": ("member of staff", "members of staff"),
    "governor": ("governor", "governors"),
    "parent": ("parent", "parents"),
    "leaver": ("former pupil", "former pupils"),
}
_LEAST = 0.005  # a share below which it is no explanation that anybody has to think of


@dataclass(frozen=True, slots=True)
class ShownProfile:
    """The public profile of an account as it was seen on a day; None is what the platform did not show."""

    handle: str | None
    display_name: str | None
    bio: str | None
    followers_count: int | None
    following_count: int | None
    is_protected: bool | None
    link: str | None
    seen_on: date


@dataclass(frozen=True, slots=True)
class Touch:
    """That an account follows an official one, or is followed by it, and since which run this is known."""

    does: str
    account_handle: str | None
    account_id: str
    first_seen: date
    last_seen: date


@dataclass(frozen=True, slots=True)
class _Match:
    """The people of one role for whom the same evidence speaks; both lists are JSON, `against` None in older runs."""

    as_of: date
    role: str
    band: str
    probability: float
    reasons: str | None
    against: str | None
    people: int


@dataclass(frozen=True, slots=True)
class AccountExplanation:
    """One explanation of whose an account is, in words that name nobody."""

    who: str
    band: str
    share: str
    supports: tuple[str, ...]
    opposes: tuple[str, ...]
    is_split: bool  # whether it is known which reasons speak against


@dataclass(frozen=True, slots=True)
class AccountCard:
    """What a case about an account says of it: None for a profile that was not seen, and the day of the matching."""

    profile: ShownProfile | None
    touches: tuple[Touch, ...]
    candidates: tuple[AccountExplanation, ...]
    matched_on: date | None


def account_card(desk: Desk, role: str, case: Case) -> AccountCard | None:
    """Return the card of a case about an account, for a role that clears such cases; None for everybody else."""
    row = case.row
    if row.subject_kind != "actor" or not may_clear(role, row.concerns):
        return None
    actor = {"platform": row.platform, "actor_id": row.subject_id}
    with desk.copy() as db:
        profiles = rows(db, "account_card", ShownProfile, **actor)
        touches = rows(db, "account_touches", Touch, run_id=case.run_id, **actor)
        matches = rows(db, "explanations", _Match, run_id=case.run_id, **actor)
    matched_on = matches[0].as_of if matches else None
    return AccountCard(profiles[0] if profiles else None, touches, _candidates(matches), matched_on)


def _candidates(matches: tuple[_Match, ...]) -> tuple[AccountExplanation, ...]:
    """Return every explanation that counts, the likeliest first, and somebody whom no register knows beside them."""
    known = [(match.probability * match.people, _candidate(match)) for match in matches]
    if not known:
        return ()
    declared = any(match.band == "declared" for match in matches)
    rest = max(0.0, 1 - sum(share for share, _ in known))
    if not declared and rest >= _LEAST:
        nobody = AccountExplanation("Somebody on none of the registers", "", _share(rest), (), (), is_split=True)
        known.append((rest, nobody))
    return tuple(candidate for _, candidate in sorted(known, key=lambda pair: -pair[0]))


def _candidate(match: _Match) -> AccountExplanation:
    reasons, against = _sentences(match.reasons), frozenset(_sentences(match.against))
    return AccountExplanation(
        who=_who(match),
        band=match.band,
        share="" if match.band == "declared" else _share(match.probability * match.people),
        supports=tuple(reason for reason in reasons if reason not in against),
        opposes=tuple(reason for reason in reasons if reason in against),
        is_split=match.against is not None or match.band == "declared",
    )


def _who(match: _Match) -> str:
    one, several = _ONE.get(match.role, ("person on a register", "people on a register"))
    return f"A {one}" if match.people == 1 else f"One of {count(match.people, one, several)}"


def _share(share: float) -> str:
    """Return how likely it is in words that do not say more than the matcher knows."""
    if share >= 0.95:
        return "nearly sure"
    if share >= 0.5:
        return f"about {round(share * 10)} in 10"
    return f"about 1 in {round(1 / share)}" if share >= 0.01 else "hardly likely"


def _sentences(text: str | None) -> tuple[str, ...]:
    return tuple(plain(str(sentence)) for sentence in json.loads(text)) if text else ()
