"""A new edition of a policy: what stands keeps its mapping, what was reworded is shown beside it, nothing is lost."""

import re
import tomllib

from policies.documents import Document
from policies.drafting.accepting import accepted
from policies.drafting.editions import compared, draft_of
from policies.drafting.skeleton import skeleton
from policies.model import parse_pack

OLD = """\
Staff
Staff must not follow pupils.
Staff must lock the office.
Staff should read the handbook each autumn term with their line manager.
Governors must meet in March.
"""
NEW = """\
Staff
Staff must lock the office.
Staff must not follow pupils.
Staff must read the handbook each autumn term with their head of year.
Parents must not film the sports day.
"""
BY_HAND = """\
checks = [{ check = "following_person", severity = "high", parameters = { roles = ["pupil"] } }]
covers = "part"
not_covered = "-"
"""
ATTEST = 'attest = { role = "headteacher", every_days = 365, evidence = "The list." }\n'


def mapped() -> str:
    """Return a pack of the old edition with three of its clauses mapped."""
    ways = iter([BY_HAND, 'unobserved = "Nobody sees it."\n', ATTEST, "[clause.proposed]\n"])
    return re.sub(r"\[clause\.proposed\]\n(?:.+\n)*", lambda _: next(ways), skeleton(Document("old.txt", OLD)))


def test_what_is_new_gone_and_reworded_is_told_with_both_wordings():
    pack = parse_pack(mapped(), where="old.toml")

    told = list(compared(pack, Document("new.txt", NEW), Document("old.txt", OLD)).lines())

    assert told[1:3] == [
        "    was   Staff should read the handbook each autumn term with their line manager.",
        "    now   Staff must read the handbook each autumn term with their head of year.",
    ]
    assert told[0].startswith("reworded  clause 4, ")
    assert told[3:] == [
        "gone      clause 5: Governors must meet in March.",
        "new       sentence 5 [parents must]: Parents must not film the sports day.",
        "2 clauses as they were, 1 reworded, 1 gone; 1 sentences are new.",
    ]


def test_the_new_draft_keeps_what_stands_and_proposes_what_was_reworded():
    text = mapped()
    pack, new = parse_pack(text, where="old.toml"), Document("new.txt", NEW)

    made = draft_of(text, pack, new, compared(pack, new), ())

    old = {clause.id: clause for clause in pack.clause}
    drafted = parse_pack(made, where="new.toml")
    assert [(clause.id, clause.state) for clause in drafted.clause] == [
        ("3", "unobserved"),
        ("2", "checked"),
        ("4", "not_mapped"),
        ("5-new", "not_mapped"),
    ]
    assert drafted.clause[0] == old["3"]
    assert drafted.clause[1] == old["2"]
    assert drafted.clause[2].proposed is not None
    assert "line manager" in drafted.clause[2].proposed.why
    taken = tomllib.loads(accepted(made, "new.toml", only=["4"]).text)["clause"][2]
    assert taken["attest"]["evidence"] == "The list."
    assert "head of year" in taken["says"]
    assert "proposed" not in taken
