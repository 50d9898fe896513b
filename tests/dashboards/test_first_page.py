"""The first page says what was found and what to do: findings as headings, figures that agree, words that are plain."""

import re
from html import unescape
from pathlib import Path

import pytest

from checks.catalogue import catalogue
from dashboards.report import Tier
from dashboards.report.evidence_words import account_of, evidence_label, heading
from dashboards.report.exception_groups import sections, tally
from dashboards.report.read import read_week
from dashboards.report.week_summary import late_tasks
from tests.dashboards.copies import RUN, add, copy
from tests.dashboards.ordinary import ordinary
from tests.dashboards.pages import TIERS, page, visible

MAY_FOLLOW = {"finding_one": "A pupil may follow {account}", "finding_many": "{count} pupils may follow {account}"}


@pytest.mark.parametrize(
    ("handles", "columns", "says"),
    [
        (["OusterlyVale"], MAY_FOLLOW, "A pupil may follow @OusterlyVale"),
        (["@OusterlyVale"] * 1200, MAY_FOLLOW, "1,200 pupils may follow @OusterlyVale"),
        (["OusterlyVale", "OusterlyPE"], MAY_FOLLOW, "2 pupils may follow the school's accounts"),
        ([None], MAY_FOLLOW, "A pupil may follow the school's accounts"),
        (["{count}{0}"] * 2, MAY_FOLLOW, "2 pupils may follow @{count}{0}"),
        (["OusterlyVale"], {"finding_one": "{account} followed"}, "@OusterlyVale followed"),
        ([None], {"finding_one": "{account} followed"}, "The school's accounts followed"),
        (["OusterlyVale"] * 2, {}, "No pupil's own account follows an official account"),
    ],
)
def test_a_heading_says_what_was_found(handles: list[str | None], columns: dict[str, str], says: str) -> None:
    db = copy()
    for number, handle in enumerate(handles):
        add(db, "exceptions", fingerprint=f"{number:064x}", account_handle=handle, **columns)
    rows = read_week(db, run_id=RUN, tier="lead").exceptions

    assert heading(rows) == says
    assert account_of(rows[:1]) == (f"@{handles[0].removeprefix('@')}" if handles[0] else "the school's accounts")


@pytest.mark.parametrize("tier", TIERS)
def test_every_figure_of_a_week_is_counted_once(tier: Tier) -> None:
    week = read_week(ordinary(), run_id=RUN, tier=tier)
    figures, chapters = tally(week), sections(week)

    assert figures.standing == figures.to_do + figures.open + figures.not_seen + figures.suspended
    if tier not in {"governors", "headteacher"}:
        shown = {key: section.total for key, section in chapters.items()}
        assert figures.to_do == shown["new"] + shown["changed"] + shown["reopened"]
        assert sum(shown.values()) == len(week.exceptions)
        late_anew = sum(row.is_late for row in week.exceptions if row.status in {"changed", "reopened"})
        assert figures.overdue == late_anew + sum(task.how_many for task in late_tasks(chapters))


def test_the_governors_read_in_bands_what_the_lead_reads_in_figures(tmp_path: Path) -> None:
    lead, governors = (visible(page(ordinary(), tmp_path, tier)) for tier in ("lead", "governors"))

    assert "6 to look at now; 2 more are known; 1 is late." in lead
    assert "6 to look at" not in governors
    assert "or more open, of" in governors
    for said in (lead, governors):
        assert "1 of 5 checks could not tell" in said


@pytest.mark.parametrize("tier", TIERS)
def test_no_code_date_or_view_reaches_a_reader(tier: Tier, tmp_path: Path) -> None:
    db = ordinary()
    found = {"band": "likely", "ended": "expired on 2026-11-05", "newest_on": "2026-11-06", "signs": "The full name."}
    add(db, "exceptions", fingerprint="99" * 32, concerns="pupil", reason="Not since 2026-10-01.", evidence=found)
    add(db, "quality", gate="x_floor", is_passed=False, populations="core.follower_coverage", detail="None of 3.")

    html = page(db, tmp_path, tier)
    said = re.sub(r"<code>.*?</code>", "", html.split("<body")[1])

    text = re.sub(r"<[^>]+>", " ", re.sub(r'(id|href)="[^"]*"', "", said))
    assert re.findall(r"\b\d{4}-\d\d-\d\d\b|\bcore\.|(?<!@)\b[a-z]+_[a-z_]+\b", text) == []
    assert re.findall(r"\b(Band|Signs|Judged|gate|not to be told)\b", text) == []


def test_what_was_never_seen_whole_is_one_folded_line_and_what_was_lost_is_told(tmp_path: Path) -> None:
    seen = """
      run_id     | check_id | platform | account_id | account_handle | fetched | judged | is_whole | is_enough | why
      -----------+----------+----------+------------+----------------+---------+--------+----------+-----------+----
      2026-11-09 | c        | x        | 1          | @Known         | 9       | 9      | false    | false     | Ever.
      2026-11-16 | c        | x        | 1          | @Known         | 9       | 9      | false    | false     | Ever.
      2026-11-09 | c        | x        | 2          | @Lost          | 9       | 9      | true     | true      | All.
      2026-11-16 | c        | x        | 2          | @Lost          | 2       | 2      | false    | false     | Lost.
    """
    db = copy(runs="run_id | as_of\n2026-11-09 | 2026-11-09\n2026-11-16 | 2026-11-16", sight=seen)

    html = page(db, tmp_path)
    said = visible(html)

    assert "Lost." in said
    assert "Ever." not in said
    assert "Ever." in html
    assert "Seen in part, as before or as the platform shows it: 1 list" in said


@pytest.mark.parametrize("tier", TIERS)
def test_every_check_that_rests_on_a_list_is_named_however_many_there_are(tier: Tier, tmp_path: Path) -> None:
    checks = sorted(catalogue())
    head = "check_id | platform | account_id | fetched | judged | is_whole | is_enough | why"
    rows = "\n".join(f"{check} | x | 1 | 9 | 9 | true | true | All." for check in checks)

    html = unescape(page(copy(sight=f"{head}\n{rows}"), tmp_path, tier))

    assert "more characters" not in html
    assert "; ".join(map(evidence_label, checks)) in html


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("unavailable", "Wait an hour, then finish the run"),
        ("throttled", "Wait an hour, then finish the run"),
        ("credentials", "Renew this account&#39;s credentials."),
    ],
)
def test_a_red_box_says_what_to_do_and_the_command_that_finishes_the_run(kind: str, says: str, tmp_path: Path) -> None:
    drawn = "source | state | error_kind | what_to_do\nx | partial | {} | {}"
    done = "Nothing: the run tries again." if says.startswith("Wait") else "Renew this account's credentials."

    html = page(copy(pulls=drawn.format(kind, done)), tmp_path)

    box = html.split('<section class="notice"')[1].split("</section>")[0]
    assert says in box
    assert "<code>audit run ousterly-vale --as-of 2026-11-16</code>" in box
    assert "Nothing: the run" not in html


def test_every_command_of_a_warning_is_set_apart_from_the_words_around_it(tmp_path: Path) -> None:
    accepts = [f"audit registers accept ousterly-vale {name} --by ROLE --note REASON" for name in ("pupils", "staff")]
    said = f"Export them whole and run the audit again, or, if the change is right: {'; '.join(accepts)}"

    html = page(
        copy(pulls=f"source | state | error_kind | what_to_do\nregisters | partial | RegisterShort | {said}"), tmp_path
    )

    box = html.split('<section class="notice"')[1].split("</section>")[0]
    assert re.findall("<code>(.*?)</code>", box) == [*accepts, "audit run ousterly-vale --as-of 2026-11-16"]
    assert "audit " not in re.sub("<code>.*?</code>", "", box).replace("the audit again", "")
    assert "run the audit again, or, if the change is right: <code>audit" in box
    assert "REASON</code>, then <code>audit run" in box


@pytest.mark.parametrize("tier", ["lead", "dsl"])
def test_a_decision_can_be_copied_and_is_refused_without_its_reason(tier: Tier, tmp_path: Path) -> None:
    html = page(ordinary(), tmp_path, tier)

    typed = "audit decide ousterly-vale a0a0a0a0 mistaken --by enterprise_and_technology_lead --note &#34;&#34;"
    assert f"<code>{typed}</code>" in html
    assert "<summary>Decide</summary>" in html
    assert "audit decide" not in page(ordinary(), tmp_path, "dpo")


def test_each_box_leads_back_and_every_link_within_the_page_leads_somewhere(tmp_path: Path) -> None:
    html = page(ordinary(), tmp_path)

    places = set(re.findall(r' id="([^"]+)"', html))
    led = re.findall(r'href="#([^"]+)"', html)
    assert set(led) <= places
    assert html.count('aria-label="Back to the list"') == html.count("<article")


def test_a_known_case_takes_few_words_and_a_new_one_no_more_than_it_needs(tmp_path: Path) -> None:
    db = copy()
    for number in range(60):
        more = {"check_title": f"Rule {number // 3}", "status": "open", "first_seen": "2026-11-02", "due_on": RUN}
        add(db, "exceptions", fingerprint=f"{number:064x}", evidence={"signs": "word " * 30}, **more)

    words = visible(page(db, tmp_path), until="gone").split()

    assert len(words) <= 60 * 20
