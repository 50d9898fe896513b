"""A comment that may be abusive waits, keeps its clause from being kept, and becomes what a person says that it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engines.words import read_texts
from tests.flows.calling import audit
from tests.flows.few_checks import HEAD
from tests.flows.own_policy import adopt
from tests.flows.village import SCHOOL, Village, village
from warehouse.store.open import opened

CLAUSE = """
[[clause]]
id = "kind"
ref = "1"
says = "In our own words: everybody is spoken of kindly."
force = "must"
binds = "staff"
source_sha256 = "{}"
checks = [{{ check = "abusive_comment", severity = "high" }}]
covers = "part"
not_covered = "What nobody sees."
"""
# Texts on the edge, as people write them: whichever of them the reading leaves to a person serves here.
ON_THE_EDGE = (
    "typical of that lot to be honest",
    "some people should not be around kids",
    "what is wrong with you people",
    "you people make me laugh",
    "he is a bit of a pig about it",
    "hope she trips over on stage",
    "wow what a genius that one is",
    "your goalkeeper plays like my nan",
    "honestly embarrassing, sack the lot of them",
    "send them all home",
    "someone needs to sort him out",
    "why are they even allowed in",
    "nobody likes you lot",
    "go back to where you trained",
    "absolute state of the year 9s",
)


def on_the_edge() -> str:
    """Return a text of which the reading is not sure."""
    readings = zip(ON_THE_EDGE, read_texts(ON_THE_EDGE, "comment"), strict=True)
    return next(text for text, families in readings if families and not any(family.is_listed for family in families))


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    """The village under one clause, with one comment on the edge."""
    home: Path = tmp_path_factory.mktemp("weeks") / "home"
    with village(home, followers=5, has_warehouse=True) as running:
        adopt(home / SCHOOL, policy=None, pack=HEAD + CLAUSE.format("0" * 64))
        for post in running.servers.world.x.posts.values():
            post.text = "@OusterlyVale What a lovely morning it was."
        running.servers.world.youtube.comments[0].text = on_the_edge()
        yield running


def _ran(audited: Village, day: str) -> tuple[str, int, list[tuple[str, str, str | None]], list[str]]:
    """Return the verdict of a run, how much is unread, the exceptions, and the refs of what is unread."""
    assert audit("run", SCHOOL, "--as-of", day, **audited.environment).code == 0
    key = audited.places.key.read_text().strip()
    with opened(audited.places.published, key, read_only=True) as copy:
        [(verdict, unread)] = copy.execute(
            "select verdict, unread from published.coverage where run_id = ? and check_id = 'abusive_comment'", [day]
        ).fetchall()
        exceptions = copy.execute(
            "select subject_id, status, decision from published.exceptions where run_id = ?", [day]
        ).fetchall()
        texts = copy.execute("select fingerprint from published.unread_texts where run_id = ?", [day]).fetchall()
    return verdict, unread, exceptions, [fingerprint[:8] for (fingerprint,) in texts]


def test_it_waits_until_a_person_has_read_it_and_is_what_they_say(audited: Village) -> None:
    by = ("--by", "dsl", "--note", "Read under the video.")
    *first, refs = _ran(audited, "2026-11-02")
    report = (audited.places.reports("2026-11-02") / "index.html").read_text(encoding="utf-8")
    audit("decide", SCHOOL, refs[0], "confirmed", *by, **audited.environment)
    *confirmed, _ = _ran(audited, "2026-11-09")
    audit("decide", SCHOOL, refs[0], "mistaken", *by, **audited.environment)
    *harmless, _ = _ran(audited, "2026-11-16")

    assert first == ["could_not_tell", 1, []]
    assert "1 comment may be" in report
    assert on_the_edge() not in report
    assert confirmed == ["exceptions", 0, [("c1", "new", "confirmed")]]
    assert harmless[:2] == ["kept", 0]
    assert [(subject, decision) for subject, _, decision in harmless[2]] == [("c1", "mistaken")]
