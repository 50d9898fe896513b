"""What the set-up says of a policy: how its clauses stand, what is proposed for each, and what a press may answer."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from dashboards.desk.school.setup_steps import Item
from flows.policies.policies import how
from flows.setup.owner import in_counts
from policies.model import Clause, Pack

SURE = "sure"
BY_HAND: dict[str, dict[str, Any]] = {
    "attest": {
        "attest": {
            "role": "headteacher",
            "every_days": 365,
            "evidence": "What shows that it was kept since it was signed last.",
        }
    },
    "unobserved": {"unobserved": "The school says that nothing the accounts show would tell whether it is kept."},
}
_IN_WORDS = {"attest": "somebody signs it", "unobserved": "no machine can see it"}
_PRESSES = (
    ("attest", "Somebody signs it once a year"),
    ("unobserved", "No machine can see this"),
    ("aside", "Put aside: no rule"),
)


def standing(pack: Pack, states: Counter[str]) -> str:
    """Return in a sentence how the clauses of a pack stand."""
    said = ", ".join(f"{states[state]:,} {state.replace('_', ' ')}" for state in sorted(states))
    return f"{pack.title}: {in_counts(len(pack.clause), 'clause')}, {said}."


def way(clause: Clause) -> str:
    """Return in words what is proposed for a clause."""
    proposed = clause.proposed
    if proposed is None or not proposed.is_one:
        perhaps = [_IN_WORDS.get(one, one) for one in proposed.perhaps] if proposed else []
        return f"perhaps {' or '.join(perhaps)}" if perhaps else "nothing"
    named = ", ".join(question.check for question in proposed.checks)
    way = named or (f"signed by the {proposed.attest['role']}" if proposed.attest else _IN_WORDS["unobserved"])
    return f"{way}{' (sure)' if proposed.sure else ''}"


def items(pack: Pack, *, is_own: bool) -> Iterator[Item]:
    """Yield what a press answers: all that are sure, each clause that is not mapped yet, then how each other is kept.

    Of a policy that ships, which `is_own` says that it is not, nothing is answered by a press.
    """
    waiting = [clause for clause in pack.clause if clause.state == "not_mapped"] if is_own else []
    sure = sum(bool(clause.proposed and clause.proposed.sure and clause.proposed.is_one) for clause in waiting)
    if sure:
        yield Item(SURE, f"{in_counts(sure, 'proposal')} that are sure", (), (("accept", "Accept all that are sure"),))
    for clause in waiting:
        can = clause.proposed is not None and clause.proposed.is_one
        says = (_binding(clause), f"Proposed: {way(clause)}.", *how(clause))
        presses = ((("accept", "Accept"),) if can else ()) + _PRESSES
        yield Item(clause.id, clause.says, says, presses)
    for clause in pack.clause:
        if clause not in waiting:
            presses = (("anew", "Map it anew"),) if is_own and clause.source_sha256 else ()
            yield Item(clause.id, clause.says, (_binding(clause), *how(clause)), presses, is_done=True)


def _binding(clause: Clause) -> str:
    return f"{clause.ref}; {clause.force}, binds {clause.binds}."
