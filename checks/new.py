"""The skeleton of a new check: its module, papers, question, canary and test, and the line that asks for it in a pack.

Everything that only a person can know is left empty or says what to write; the tests stay red until it is filled in.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from string import Template

from checks.model import CheckError
from policies.toml_text import packaged_text

_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")


class _Skeleton(Template):
    delimiter = "@@"  # a dollar is SQL's own


@dataclass(frozen=True, slots=True)
class Area:
    """What the checks of one folder look at: their population, the view that holds it, and its subjects."""

    coverage: str
    view: str
    subject: str
    subject_kind: str
    concerns: str


AREAS: Mapping[str, Area] = {
    "accounts": Area("core.profile_coverage", "core.profiles", "account_id", "account", "account"),
    "comments": Area("core.comment_coverage", "core.comments", "comment_id", "comment", "comment"),
    "followers": Area("core.follower_coverage", "core.followers", "actor_id", "actor", "account"),
    "posts": Area("core.post_coverage", "core.posts", "post_id", "post", "post"),
}


def skeleton(check_id: str, area: str) -> dict[PurePosixPath, str]:
    """Return the text of each new file by its path in the source; CheckError for a name that no check may have."""
    if not _NAME.fullmatch(check_id):
        raise CheckError(
            f"{check_id!r} is no name of a check: write what it finds in small letters, two words or more with "
            "underscores between, such as staff_repost."
        )
    if area not in AREAS:
        raise CheckError(f"There is no area {area!r}; choose one of: {', '.join(AREAS)}.")
    place = AREAS[area]
    is_account = place.subject_kind == "account"
    given = {
        "check_id": check_id,
        "area": area,
        "coverage": place.coverage,
        "covered": place.coverage.removeprefix("core."),
        "view": place.view,
        "viewed": place.view.removeprefix("core."),
        "subject": place.subject,
        "subject_kind": place.subject_kind,
        "concerns": place.concerns,
        "canary": f"canary-{check_id.replace('_', '-')}",
        "case": "100" if is_account else "caught",
        "near_miss": "200" if is_account else "near_miss",
    }
    return {
        PurePosixPath(path.format(**given)): _Skeleton(packaged_text("checks.skeleton", name)).substitute(given)
        for name, path in (
            ("check.py.txt", "checks/{area}/{check_id}.py"),
            ("papers.toml.txt", "checks/{area}/{check_id}.toml"),
            ("question.sql.txt", "checks/{area}/{check_id}.sql"),
            (f"canary.{area}.sql.txt", "checks/{area}/{check_id}.canary.sql"),
            ("test.py.txt", "tests/checks/{area}/test_{check_id}.py"),
        )
    }


def pack_line(check_id: str) -> str:
    """Return the lines that ask for the check in a clause of a pack."""
    return f'checks = [{{ check = "{check_id}", severity = "medium" }}]\ncovers = "part"\nnot_covered = ""'
