"""A run is complete when every source that the school needs is, whatever part of them its last try asked for."""

from collections.abc import Callable
from pathlib import Path

import pytest

from flows.home.context import Context
from flows.notify.state import read_state
from tests.flows.calling import audit
from tests.flows.few_checks import ask_few
from tests.flows.village import SCHOOL, Village, village
from tests.simulated.moods import lasting

DAY = "2026-11-02"


def youtube_refuses(here: Village) -> None:
    """Let a first try of the run meet a YouTube that refuses the keys."""
    here.servers.moods.set("youtube", "/youtube/v3/", [lasting("invalid_grant")])
    assert audit("run", SCHOOL, "--as-of", DAY, **here.environment).code == 3
    here.servers.moods.clear()


def all_is_read(here: Village) -> None:
    """Let a first try of the run read everything."""
    assert audit("run", SCHOOL, "--as-of", DAY, **here.environment).code == 0


def nothing(_here: Village) -> None:
    """Let there be no earlier try."""


def told(context: Context) -> tuple[bool, dict[str, str], str]:
    """Return whether the published run is complete, how each source's pull ended, and how the run ended for notices."""
    with context.published() as copy:
        [(is_complete,)] = copy.execute("select complete from published.runs").fetchall()
        pulls = dict(copy.execute("select source, state from published.pulls order by source").fetchall())
    ended = read_state(context.places).run
    return is_complete, pulls, ended.ended if ended else ""


@pytest.mark.parametrize(
    ("before", "youtube", "why"),
    [
        (nothing, "failed", "No try of this run asked it: --only left it out. Run the audit again without --only."),
        (youtube_refuses, "partial", "Renew this account's credentials"),
        (all_is_read, "complete", ""),
    ],
    ids=["never asked", "refused before", "whole before"],
)
def test_a_run_of_some_sources_is_complete_just_where_the_others_are(
    tmp_path: Path, before: Callable[[Village], None], youtube: str, why: str
) -> None:
    with village(tmp_path, has_warehouse=True) as here:
        ask_few(here.places.folder)
        before(here)

        answer = audit("run", SCHOOL, "--as-of", DAY, "--only", "x", **here.environment)

        is_whole = youtube == "complete"
        pulls = {"media": "complete", "registers": "complete", "x": "complete", "youtube": youtube}
        assert told(here.context()) == (is_whole, pulls, "complete" if is_whole else "incomplete")
        assert (answer.code, why in answer.said) == (0 if is_whole else 3, True), answer.said
        assert (f"To finish this run: audit run {SCHOOL} --as-of {DAY}\n" in answer.said) is not is_whole

        again = audit("run", SCHOOL, "--as-of", DAY, **here.environment)
        assert (again.code, told(here.context())[0]) == (0, True), again.said
