"""Term dates are read as schools publish them, written as they are typed, and read again the same."""

from datetime import date

import pytest

from flows.setup.term_dates import read_terms, written

PUBLISHED = """\
Term dates 2026-2027
Autumn Term 2026
Term starts: Thursday 3rd September 2026
Half term: Monday 26 October - Friday 30 October
Term ends: Friday 18 December
Spring term: 4 January to 26 March 2027
Spring half-term holiday 15/02/2027 - 19/02/2027
INSET day: 4 January 2027
Summer Term 2027: 12 April \u2013 21 July 2027
Photographs on 3 June 2027
"""


def test_terms_closed_days_and_lines_that_nobody_can_place_are_told_apart() -> None:
    read = read_terms(PUBLISHED)

    assert [(one["name"], one["first"], one["last"]) for one in read.terms] == [
        ("Autumn Term 2026", date(2026, 9, 3), date(2026, 12, 18)),
        ("Spring term", date(2027, 1, 4), date(2027, 3, 26)),
        ("Summer Term 2027", date(2027, 4, 12), date(2027, 7, 21)),
    ]
    assert [(one["first"], one["last"]) for one in read.closed] == [
        (date(2026, 10, 26), date(2026, 10, 30)),
        (date(2027, 2, 15), date(2027, 2, 19)),
        (date(2027, 1, 4), date(2027, 1, 4)),
    ]
    assert read.unread == ("Photographs on 3 June 2027",)


@pytest.mark.parametrize(
    ("line", "first", "last"),
    [
        ("Autumn: 3 Sept 2026 to 18 Dec 2026", date(2026, 9, 3), date(2026, 12, 18)),
        ("Winter term: 30 November to 29 January 2027", date(2026, 11, 30), date(2027, 1, 29)),
        ("Lent term 2027-01-04 until 2027-03-26", date(2027, 1, 4), date(2027, 3, 26)),
        (
            "Autumn Term 1: Wednesday 2nd of September 2026 - Friday 23rd October 2026",
            date(2026, 9, 2),
            date(2026, 10, 23),
        ),
    ],
)
def test_a_term_on_one_line_is_read_however_its_days_are_written(line: str, first: date, last: date) -> None:
    [term] = read_terms(line).terms

    assert (term["first"], term["last"]) == (first, last)


def test_what_is_kept_is_typed_back_the_same() -> None:
    calendar = read_terms(PUBLISHED + "Closed for the election: 6 May 2027\n").calendar

    assert {*read_terms(written(calendar)).calendar.term} == {*calendar.term}
    assert {(one.first, one.last) for one in read_terms(written(calendar)).calendar.closed} == {
        (one.first, one.last) for one in calendar.closed
    }
