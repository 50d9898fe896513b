"""What a run left for a person to read is listed by link, and decided on by the ref that stands beside it."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from flows.home.context import open_casebook
from tests.flows.calling import audit
from tests.flows.village import SCHOOL, Village, village
from warehouse.runs.publish import publish
from warehouse.store.open import opened

TEXTS = """
insert into outcome.unread_texts values
('2026-11-02', 'aaaaaaaa01', 'abusive_comment', 'x', '100', 'c1', 'comment', 'comment', 'https://x.com/i/status/c1',
 '2026-10-30', 'hate', 0.31, '{}'),
('2026-11-02', 'bbbbbbbb02', 'abusive_comment', 'x', '100', 'c2', 'comment', 'comment', 'https://x.com/i/status/c2',
 null, 'abuse, hate', 0.52, '{}'),
('2026-10-26', 'cccccccc03', 'abusive_comment', 'x', '100', 'c3', 'comment', 'comment', null, null, 'abuse', 0.4, '{}');
insert into outcome.coverage
select distinct run_id, check_id, 'No comment is abusive', 'could_not_tell', null, 9, 9, 'Why.', 2
from outcome.unread_texts;
insert into raw.runs (run_id, school_id, school_name, pack, as_of, started_at)
select distinct run_id, 'ousterly-vale', 'Ousterly Vale School', 'p', run_id::date, now() from outcome.unread_texts;
"""


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    """A village whose published copy has what two runs left to be read."""
    with village(tmp_path_factory.mktemp("unread") / "home", has_warehouse=True) as running:
        _publish(running, TEXTS)
        yield running


def _publish(running: Village, sql: str) -> None:
    key = running.places.key.read_text().strip()
    with opened(running.places.warehouse, key) as db:
        db.execute(sql)
        publish(db, running.places.published, key)


def test_lists_what_the_newest_run_left_with_the_likeliest_first(audited: Village) -> None:
    answer = audit("words", "unread", SCHOOL, **audited.environment)

    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines() == [
        "2 comments may be abuse or hate; a person should read them:",
        "  bbbbbbbb              abuse, hate  https://x.com/i/status/c2",
        "  aaaaaaaa  2026-10-30  hate  https://x.com/i/status/c1",
        "Then run: audit words harmless ousterly-vale REF, or audit decide ousterly-vale REF confirmed.",
    ]


def test_a_script_reads_the_same(audited: Village) -> None:
    answer = audit("words", "unread", SCHOOL, "--json", **audited.environment)

    assert [(text["ref"], text["family"], text["posted_on"]) for text in json.loads(answer.out)] == [
        ("bbbbbbbb", "abuse, hate", None),
        ("aaaaaaaa", "hate", "2026-10-30"),
    ]


def test_who_read_one_writes_down_what_it_is_by_its_ref(audited: Village) -> None:
    given = ("--by", "dsl", "--note", "A quotation.")
    decided = audit("decide", SCHOOL, "aaaaaaaa", "mistaken", *given, **audited.environment)
    of_earlier_run = audit("decide", SCHOOL, "cccccccc", "mistaken", *given, **audited.environment)

    assert decided.code == 0
    assert decided.out.startswith("aaaaaaaa (abusive_comment) is mistaken")
    assert (of_earlier_run.code, of_earlier_run.err.strip()) == (
        2,
        "The newest report has no exception cccccccc. Copy the ref from it.",
    )
    with closing(open_casebook(audited.settings, audited.places)) as book:
        assert [(name, one.verdict) for name, one in book.decisions.standing().items()] == [("aaaaaaaa01", "mistaken")]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ((), "Name the refs of the texts that were read, or say --all."),
        (("aaaaaaaa", "--all"), "Name the refs of the texts that were read, or say --all."),
        (("aaaaaaaa", "dddddddd"), "0 texts that wait begin with 'dddddddd'; see audit words unread ousterly-vale."),
        (("aaaa",), "A ref is the eight letters and figures that the report shows beside a case."),
    ],
)
def test_what_cannot_be_meant_is_told_and_nothing_is_written_down(
    audited: Village, given: tuple[str, ...], says: str
) -> None:
    answer = audit("words", "harmless", SCHOOL, *given, "--by", "dsl", "--note", "Read.", **audited.environment)

    assert (answer.code, answer.err.strip()) == (2, says)
    with closing(open_casebook(audited.settings, audited.places)) as book:
        assert "bbbbbbbb02" not in book.decisions.standing()


def test_all_that_waits_can_be_called_harmless_at_once(audited: Village) -> None:
    answer = audit("words", "harmless", SCHOOL, "--all", "--by", "dsl", "--note", "Read.", **audited.environment)

    assert answer.code == 0
    assert answer.out.startswith("2 texts read and harmless, until 20")
    with closing(open_casebook(audited.settings, audited.places)) as book:
        standing = {name: decision.verdict for name, decision in book.decisions.standing().items()}
    assert standing == {"aaaaaaaa01": "mistaken", "bbbbbbbb02": "mistaken"}


def test_a_school_without_a_run_is_told(tmp_path: Path) -> None:
    with village(tmp_path / "home", has_warehouse=True) as running:
        answer = audit("words", "unread", SCHOOL, **running.environment)
        _publish(running, "select 1")
        empty = audit("words", "unread", SCHOOL, **running.environment)

    assert (answer.code, answer.err.strip()) == (2, "Nothing is published yet. Run `audit run ousterly-vale` first.")
    assert (empty.code, empty.out.strip()) == (0, "No text waits for a person to read it.")
