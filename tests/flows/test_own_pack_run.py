"""A whole run with a pack of the school's own: a finding ends what a person attested, a changed clause is red.

It alone proves a pack that is not shipped, from the file to the published clauses.
"""

import json

import pytest

from tests.flows.calling import audit
from tests.flows.own_policy import POLICY, adopt
from tests.flows.test_standing import FIRST, attest
from tests.flows.village import SCHOOL, village


@pytest.mark.slow
def test_a_run_on_a_pack_of_the_schools_own_says_how_each_of_its_clauses_stands(tmp_path):
    with village(tmp_path, has_warehouse=True) as here:
        adopt(here.places.folder, policy=POLICY.replace("No pupil may", "No pupil or leaver may"))
        attest(tmp_path, "train", FIRST)
        attest(tmp_path, "passwords", FIRST)

        ran = audit("run", SCHOOL, "--as-of", FIRST.isoformat(), "--json", **here.environment)
        asked = audit(
            "ask",
            SCHOOL,
            "select clause, state, attested_until::text as until, why from published.clauses order by number",
            *("--purpose", "a look at the clauses", "--format", "json"),
            **here.environment,
        )

    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["verdicts"] == {"pupil_follower": "exceptions", "staff_follower": "exceptions"}
    clauses = {row["clause"]: row for row in json.loads(asked.out)}
    assert {name: (row["state"], row["until"]) for name, row in clauses.items()} == {
        "pupils": ("red", None),
        "staff": ("checked", None),
        "train": ("attested", None),
        "passwords": ("attested", "2027-02-01"),
        "gossip": ("unobserved", None),
    }
    assert "found the contrary on Mon 2 Nov 2026" in clauses["train"]["why"]
    assert clauses["pupils"]["why"].startswith("Its sentence is no longer in policy.txt")
    assert len(clauses["pupils"]["why"]) > len("Its sentence is no longer in policy.txt") + 100


def test_a_policy_that_cannot_be_read_ends_a_run_before_any_platform_is_asked(tmp_path):
    with village(tmp_path, has_warehouse=True) as here:
        adopt(here.places.folder)
        (here.places.folder / "policy.txt").unlink()

        answer = audit("run", SCHOOL, "--as-of", FIRST.isoformat(), **here.environment)

        assert (answer.code, answer.err) == (2, "policy.txt cannot be read: No such file or directory.\n")
        assert here.servers.meter.requests == ()
