"""What may be so stands in the report by its link, for those who may read of it; the others read how much there is."""

import pytest

from dashboards.report.read import read_week
from dashboards.report.write import page
from tests.dashboards.copies import RUN, copy

COVERAGE = """
    check_id             | check_title                  | verdict        | fetched | judged | unread | why
    abusive_comment      | No comment is abusive        | could_not_tell | 40      | 40     | 2      | All were judged. 2 comments may be abusive; a person should read them.
    partisan_or_personal | No post is political         | exceptions     | 9       | 9      | 1      | All were judged. 1 post may be party-political; a person should read it.
    pupil_follower       | No pupil follows             | kept           | 5       | 5      | 0      | All were judged.
"""  # noqa: E501
TEXTS = """
    run_id     | fingerprint  | check_id             | check_title           | platform | account_handle | subject_kind | concerns | link                      | posted_on  | family      | score
    2026-11-16 | aaaaaaaaaaaa | abusive_comment      | No comment is abusive | x        | @Ousterly      | comment      | comment  | https://x.com/i/status/c1 | 2026-11-12 | hate        | 0.31
    2026-11-16 | bbbbbbbbbbbb | abusive_comment      | No comment is abusive | x        | @Ousterly      | comment      | comment  | https://x.com/i/status/c2 |            | abuse, hate | 0.52
    2026-11-16 | cccccccccccc | partisan_or_personal | No post is political  | x        | @Ousterly      | post         | post     | https://x.com/i/status/p1 | 2026-11-10 | partisan    | 0.44
    2026-11-09 | dddddddddddd | abusive_comment      | No comment is abusive | x        | @Ousterly      | comment      | comment  | https://x.com/i/status/c3 |            | hate        | 0.31
"""  # noqa: E501


def of(tier: str) -> str:
    week = read_week(copy(coverage=COVERAGE, unread_texts=TEXTS), run_id=RUN, tier=tier)  # type: ignore[arg-type]
    return " ".join(page(week).split())


def test_the_lead_finds_each_text_by_its_link_with_what_it_may_be_and_its_ref() -> None:
    said = of("lead")

    assert "<b>2 comments may be abuse or hate</b>: No comment is abusive." in said
    assert "<b>1 post may be partisan</b>: No post is political." in said
    assert "May be abuse, hate</span> <span>X, @Ousterly</span> <span>Ref <code>bbbbbbbb</code>" in said
    assert "X, @Ousterly, Thu 12 Nov 2026</span> <span>Ref <code>aaaaaaaa</code>" in said
    assert said.index("status/c2") < said.index("status/c1") < said.index("status/p1")
    assert "status/c3" not in said
    assert "<p><code>audit words harmless ousterly-vale bbbbbbbb --by ROLE --note" in said


def test_the_dsl_reads_of_comments_alone() -> None:
    said = of("dsl")

    assert "2 comments may be abuse or hate" in said
    assert "status/p1" not in said


@pytest.mark.parametrize("tier", ["governors", "headteacher"])
def test_who_reads_counts_reads_that_there_are_some_and_no_link(tier: str) -> None:
    said = of(tier)

    assert "Some texts may be what this check looks for; a person should read what is not listed." in said
    assert "Fewer than 5 texts wait for a person to read." in said
    assert "status/" not in said
    assert "bbbbbbbb" not in said


def test_the_line_of_each_check_and_the_week_say_what_waits() -> None:
    said = of("lead")

    assert "2 comments may be abusive; a person should read them." in said
    assert "1 post may be party-political; a person should read it." in said
    assert "1 of 3 checks could not tell. 3 texts wait for a person to read." in said


def test_many_texts_are_folded_with_the_likeliest_first() -> None:
    heads, *_ = TEXTS.strip().splitlines()
    many = "\n".join(
        f"2026-11-16 | {number:012} | abusive_comment | No comment is abusive | x | @Ousterly | comment | comment "
        f"| https://x.com/i/status/n{number} | | hate | 0.{number:02}"
        for number in range(10, 50)
    )
    said = page(read_week(copy(coverage=COVERAGE, unread_texts=f"{heads}\n{many}"), run_id=RUN, tier="lead"))

    assert "The other 20" in said
    assert said.index("status/n49") < said.index("The other 20") < said.index("status/n10")


def test_nothing_is_said_where_no_text_waits() -> None:
    assert "To be read by a person" not in page(read_week(copy(), run_id=RUN, tier="lead"))
