"""`audit new check` writes the files of a check, whose tests name what is still to fill in and pass once it is.

It alone proves that a check can be begun in every area: that its canary is a row, its question runs, its test is drawn.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from flows.trial.new import AREAS
from tests.flows.calling import audit

ROOT = Path(__file__).resolve().parents[2]
PAPERS = {
    "title": "No test shouts",
    "one": "A test shouts",
    "many": "{count} tests shout",
    "why": "It is loud.",
    "sees": "Everything.",
    "cannot_see": "Nothing.",
    "next_step": "Lower the voice.",
    "owner_role": "headteacher",
    "do_not": "Do not shout back.",
}


def made(area: str) -> str:
    return f"shouting_{area}"


@pytest.fixture
def source(tmp_path, monkeypatch):
    """A copy of what a check is made of, into which one check for each area is written."""
    for folder in ("checks", "tests"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "fixtures"))
    monkeypatch.chdir(tmp_path)
    for area in AREAS:
        said = audit("new", "check", made(area), "--area", area)
        assert said.code == 0, said.said
        assert f'checks = [{{ check = "{made(area)}", severity = "medium" }}]' in said.said
    return tmp_path


def outcome_of_tests(source: Path) -> tuple[int, set[str]]:
    """Run the tests of the new checks; return how many passed, and the names of those that did not."""
    files = [
        *(source / "tests" / "checks").glob("test_*.py"),
        *(source / "tests" / "checks").rglob("test_shouting*.py"),
    ]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *map(str, files), "-k", "shouting"]
    environment = os.environ | {"PYTHONPATH": str(source)}
    ended = subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True, check=False)
    passed = re.search(r"(\d+) passed", ended.stdout)
    failed = {re.sub(r"^.*::|\[.*$", "", line) for line in re.findall(r"^FAILED (\S+)", ended.stdout, re.MULTILINE)}
    assert "error" not in ended.stdout.splitlines()[-1], ended.stdout[-3000:]
    return int(passed[1]) if passed else 0, failed


def fill_in(source: Path, area: str) -> None:
    papers = source / "checks" / area / f"{made(area)}.toml"
    text = papers.read_text()
    for paper, words in PAPERS.items():
        text = text.replace(f'{paper} = ""', f'{paper} = "{words}"')
    papers.write_text(text)
    question = papers.with_suffix(".sql")
    subject, viewed = AREAS[area].subject, AREAS[area].view.removeprefix("core.")
    caught = f"regexp_full_match({viewed}.{subject}, 'caught|100|UC1|canary-shouting-[a-z]+')"
    question.write_text(re.sub(r"^where false$", f"where {caught}", question.read_text(), flags=re.MULTILINE))


def test_a_new_check_is_red_until_it_is_filled_in_and_then_green(source):
    _, failed = outcome_of_tests(source)
    for area in AREAS:
        fill_in(source, area)
    passed, still_failed = outcome_of_tests(source)

    assert {"test_the_papers_are_filled_in", "test_lists_what_is_otherwise_and_not_what_comes_near_it"} <= failed
    assert "test_of_what_was_not_seen_it_could_not_tell" not in failed
    assert still_failed == set()
    assert passed >= 5 * len(AREAS)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("Shouting",), "is no name of a check"),
        (("shouting",), "two words or more"),
        (("../shouting_posts",), "is no name of a check"),
        (("loud_posts", "--area", "nowhere"), "choose one of: accounts, comments, followers, posts"),
        (("alt_text", "--area", "posts"), "alt_text.py is there already and stays as it is"),
    ],
)
def test_what_no_check_can_be_made_of_is_refused_in_a_sentence_and_nothing_is_written(monkeypatch, words, says):
    monkeypatch.chdir(ROOT)
    before = sorted(ROOT.glob("checks/**/*"))

    said = audit("new", "check", *words)

    assert (said.code, says in said.said) == (2, True), said.said
    assert sorted(ROOT.glob("checks/**/*")) == before


def test_elsewhere_than_in_the_programs_source_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    said = audit("new", "check", "loud_posts")

    assert said.code == 2
    assert "Run this where its Makefile is" in said.said
    assert list(tmp_path.iterdir()) == []
