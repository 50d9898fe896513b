"""A pack with one check for each kind of thing that a run reads, for tests of faults: what is tested is the run.

`docs/checks.md` has over thirty checks; the self-test and the judging of all of them is half of what a run costs.
"""

from importlib import resources
from pathlib import Path

from policies.coverage import sha256_of
from tests.flows.own_policy import PART, adopt

CHECKS = ("pupil_follower", "staff_follower", "contact_details", "unapproved_picture", "pupil_comment")
HEAD = 'id = "own"\ntitle = "Our policy"\nedition = "2026"\nadopted_on = 2026-09-01\nreview_by = 2027-08-31\n'


def ask_few(folder: Path) -> None:
    """Let the school in this folder ask these checks alone."""
    adopt(folder, policy=None, pack=HEAD + "".join(map(clause, CHECKS)))


def ask_staff_too(folder: Path) -> None:
    """Let the school in this folder ask all that its shipped pack asks, and whether staff follow."""
    shipped = resources.files("policies.packs").joinpath("corbets-tey-2022.toml").read_text(encoding="utf-8")
    adopt(folder, policy=None, pack=shipped + clause("staff_follower"))


def clause(check: str) -> str:
    return (
        f'\n[[clause]]\nid = "{check}"\nref = "{check}"\nsays = "In our own words: {check}."\nforce = "must"\n'
        f'binds = "staff"\nsource_sha256 = "{sha256_of(check)}"\n'
        f'checks = [{{ check = "{check}", severity = "high" }}]\n{PART}\n'
    )
