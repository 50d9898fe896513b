"""The page must be understood without help, whatever the week was like and whatever strangers call themselves."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from dashboards.report import ReportError, Tier, write_report
from tests.dashboards.copies import add, copy
from tests.dashboards.ordinary import ordinary
from tests.dashboards.pages import TIERS, Balance, page


def summary(html: str) -> str:
    found = re.search(r'<p class="summary">(.*?)</p>', html)
    assert found
    return found[1]


@pytest.mark.parametrize("tier", TIERS)
def test_every_tier_is_one_whole_page_with_no_script_and_no_request(tier: Tier, tmp_path: Path) -> None:
    html = page(ordinary(), tmp_path, tier)

    balance = Balance()
    balance.feed(html)
    assert balance.open == []
    assert len(balance.ids) == len(set(balance.ids))
    assert not balance.seen & {"script", "link", "img", "iframe", "form", "object"}
    assert "default-src 'none'" in html


def test_the_week_is_told_in_one_sentence(tmp_path: Path) -> None:
    html = page(ordinary(), tmp_path)

    assert summary(html) == "6 to look at now; 2 more are known; 1 is late."
    assert '<p class="caveats">1 of 5 checks could not tell.</p>' in html


def test_a_failed_source_is_told_before_anything_else(tmp_path: Path) -> None:
    for tier in TIERS:
        html = page(ordinary(), tmp_path, tier)

        assert html.index("YouTube was not seen this week.") < html.index("<ul class=")


def test_a_source_seen_in_part_is_told_too(tmp_path: Path) -> None:
    html = page(copy(pulls="source | state | error_kind\nx | partial | budget"), tmp_path)

    assert "X was seen only in part this week." in html
    assert "the run&#39;s budget was spent" in html


def test_an_old_archive_is_told_with_its_day_before_anything_else(tmp_path: Path) -> None:
    drawn = """
        source      | archive_made_on | archive_is_old
        x_archive:1 | 2022-03-03      | true
        x_archive:2 | 2026-11-15      | false
    """
    for tier in TIERS:
        html = page(copy(pulls=drawn), tmp_path, tier)

        assert "X (from the archive file) is of Thu 3 Mar 2022; nothing later was seen." in html
        assert "15 Nov 2026; nothing later" not in html
    assert "X (from the archive file), of Sun 15 Nov 2026" in page(copy(pulls=drawn), tmp_path)


def test_an_unfinished_run_says_so(tmp_path: Path) -> None:
    assert "This run is not complete." in page(copy(runs="run_id | complete\n2026-11-16 | false"), tmp_path)


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize("noted", ["true", "false", ""])
def test_a_run_on_a_doubted_day_says_that_nothing_was_deleted_to_whoever_answers_for_it(
    tmp_path: Path, tier: Tier, noted: str
) -> None:
    html = page(copy(runs=f"run_id | is_day_doubted\n2026-11-16 | {noted}"), tmp_path, tier)

    assert ("This run deleted nothing for its age." in html) == (noted == "true" and tier in ("lead", "dpo"))


def test_a_run_without_a_judgement_claims_nothing(tmp_path: Path) -> None:
    for tier in TIERS:
        assert summary(page(copy(), tmp_path, tier)) == "Nothing was judged in this run."


def test_a_good_week_says_that_everything_was_seen(tmp_path: Path) -> None:
    db = copy(coverage="check_id | check_title | verdict | judged\nc | A title | kept | 3")

    assert summary(page(db, tmp_path)) == "Nothing to do: no exception is open, and every check saw everything."


def test_nothing_unseen_is_called_kept(tmp_path: Path) -> None:
    db = copy(coverage="check_id | check_title | verdict | why\nc | A title | could_not_tell | No roll was given.")

    html = page(db, tmp_path)

    assert summary(html) == "Nothing is open in what could be seen."
    assert '<p class="caveats">1 of 1 check could not tell.</p>' in html
    assert "No roll was given." in html


def test_what_is_to_do_stands_by_gravity_then_by_due_date(tmp_path: Path) -> None:
    db = copy(
        exceptions="""
            fingerprint | check_id | check_title    | severity | status   | due_on
            ------------+----------+----------------+----------+----------+-----------
            f1          | a        | Low and soon   | low      | new      | 2026-11-17
            f2          | b        | Grave and late | critical | open     | 2026-11-09
            f3          | c        | Grave          | critical | reopened | 2026-11-30
            f4          | d        | Grave and soon | critical | changed  | 2026-11-18
            f5          | e        | Open, not late | critical | open     | 2026-11-30
        """
    )

    html = page(db, tmp_path)
    agenda = html.split('<ol class="agenda">')[1].split("</ol>")[0]
    assert re.findall(r"<a [^>]+>(.*?)</a>", agenda) == [
        "Grave and soon (changed)",
        "Grave (came back)",
        "Low and soon",
    ]
    late = html.split('<ul class="agenda tasks">')[1].split("</ul>")[0]
    assert re.findall(r">([^<>\n]+)<", late) == ["Enterprise and Technology Lead", "1 known case", "up to 7 days late"]


def test_each_exception_says_what_where_why_who_and_by_when(tmp_path: Path) -> None:
    html = page(ordinary(), tmp_path)

    for told in (
        "An account that may belong to a pupil in Year 4 follows @OusterlyVale.",
        '<a href="https://x.com/i/user/700001" rel="noreferrer noopener nofollow">',
        '<b class="ref">4.2</b> Pupils are not accepted as followers',
        "Look at the account with the class teacher",
        "Do not write to the account",
        "Enterprise and Technology Lead",
        "<b>Due Mon 23 Nov 2026</b>, in 7 days",
        "First seen Mon 26 Oct 2026, open for 3 weeks",
        "<b>Due Mon 9 Nov 2026</b>, 7 days late",
        "<b>Last seen Mon 9 Nov 2026</b>",
        "<b>Mistaken</b> until Tue 31 Aug 2027",
        "Ref <code>a0a0a0a0</code>",
    ):
        assert told in html


def test_many_exceptions_of_a_check_are_folded_and_all_there(tmp_path: Path) -> None:
    db = copy()
    for number in range(240):
        add(db, "exceptions", fingerprint=f"{number:08x}", subject_id=str(number))

    html = page(db, tmp_path)

    assert html.count('<p class="reason">') == 240
    assert "<summary>The other 235</summary>" in html
    assert html.count("<h3>No pupil&#39;s own account follows an official account</h3>") == 1


def test_exceptions_to_be_cleared_differently_are_not_lumped_together(tmp_path: Path) -> None:
    db = copy(
        exceptions="""
            fingerprint | next_step
            ------------+----------
            f1          | Ask the parent.
            f2          | Ask the teacher.
        """
    )

    html = page(db, tmp_path)
    assert html.count('<article class="group') == 2
    assert html.index("Ask the parent.") < html.index('<article class="group', html.index("Ask the parent."))


def test_clauses_and_counts_stand_in_the_policys_order(tmp_path: Path) -> None:
    db = copy(
        clauses="""
            clause | ref  | says
            -------+------+-------
            b      | 4.9  | First
            c      | 4.10 | Second
            a      | 5    | Third
        """,
        exceptions="""
            fingerprint | clause | check_title
            ------------+--------+------------
            f1          | a      | Last check
            f2          | b      | Former check
        """,
    )

    html = page(db, tmp_path, "governors")
    assert html.index("First") < html.index("Second") < html.index("Third")
    assert html.index("Former check") < html.index("Last check")


def test_evidence_that_is_no_object_is_an_error_that_names_nobody(tmp_path: Path) -> None:
    for evidence_text in ("Mia", '["Mia"]'):
        db = copy()
        add(db, "exceptions", fingerprint="f00df00df00d", evidence=evidence_text)

        with pytest.raises(ReportError, match="evidence of exception f00df00d is not a JSON object") as caught:
            page(db, tmp_path)
        assert "Mia" not in str(caught.value)


def test_an_unknown_run_is_an_error_that_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"no run '2020-01-06' in the published copy\. It holds: 2026-11-16"):
        write_report(copy(), tmp_path, run_id="2020-01-06")


def test_late_and_weeks_open_are_counted_from_the_runs_own_day(tmp_path: Path) -> None:
    db = copy()
    run_day = date(2026, 11, 16)
    add(db, "exceptions", fingerprint="f", status="open", first_seen=run_day - timedelta(days=13), due_on=run_day)

    html = page(db, tmp_path)
    assert "open for 1 week" in html
    assert "<b>Due Mon 16 Nov 2026</b>, today" in html


def test_a_picture_of_nobody_comes_after_one_that_shows_people(tmp_path: Path) -> None:
    db = copy()
    for fingerprint, people in (("a" * 64, "no"), ("b" * 64, "yes"), ("c" * 64, None)):
        evidence = json.dumps({"faces_seen": people, "link": f"https://x.com/i/status/{fingerprint[:3]}"})
        add(db, "exceptions", run_id="2026-11-16", fingerprint=fingerprint, evidence=evidence)

    html = page(db, tmp_path)

    places = [html.index(f"https://x.com/i/status/{letters}") for letters in ("bbb", "ccc", "aaa")]
    assert places == sorted(places)
