"""Writes docs/answers.md from the desk's choices: run `python -m tests.house.pages.answers_page docs/answers.md`."""

import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from dashboards.desk.casework.choices import Choice, answers_of_kinds
from dashboards.report.story import ANSWERS, Said, Stood, words_of
from policies.decisions import UNSEEN
from policies.roles import LEAD
from warehouse.casebook.decisions import Answer, Decision

_HEAD = """\
# The answers at the desk

<!-- Made by tests/house/pages/answers_page.py from dashboards/desk/casework/choices.toml: do not edit. -->

Each answer that is given with one press, by the kind of a case: what must have been shown before it, on this case, to
whoever gives it, in this sitting; and the sentence that is kept, unless another is written under the button. An answer
whose ground was not shown is not offered, and is refused where it is sent all the same.

Whatever the reason, a person is named only by two who were both shown whom the case is about, and what is decided of a
picture that the desk can show needs a look at it (`unseen` in `warehouse/casebook/may_decide.py`, at every door).
"""
_AFTERWARDS = """\
## What becomes of an answer

Whoever reads a case, and the next report of it as a page, as a table and in the message, is told who said what, when,
and how the run found it (`dashboards/report/story.py`); here as the Lead said it on Monday, and as the run of the
Monday after found the case open, or set aside. It may also be gone, not seen (so not proved gone), or suspended by the
platform. An answer counts up to the next one. What it rests on stays at the desk.
"""
_ASIDE = ("mistaken", "allowed")
RUN, NOON, NEXT = "2026-11-16", datetime(2026, 11, 16, 12, tzinfo=UTC), date(2026, 11, 23)
_UNTIL = date(2026, 12, 31)
_KINDS = {
    "people": "An account that may be somebody's",
    "pages": "A page about somebody",
    "profiles": "An account that the registers give nobody for",
    "pictures": "A picture",
    "withdrawn_pictures": "A picture whose approval is over",
    "known_pictures": "A photograph of the register whose approval does not stand there",
    "exposures": "A picture that tells a place or too much",
    "hours": "Hours of posting",
    "texts": "A post or a comment",
    "records": "A record or a setting",
}
_SHOWN = {
    None: "nothing",
    "case": "the case",
    "picture": "the picture, not blurred",
    "comparison": "the picture and each approved photograph beside it, not blurred",
    "name": "whom it may be, where the case gives somebody",
}


def page() -> str:
    """Return the page in Markdown: a table of each kind's answers, and what a refusal says."""
    parts = [_HEAD]
    for kind, choices in answers_of_kinds().items():
        rows = "\n".join(map(_row, choices))
        parts.append(f"## {_KINDS[kind]}\n\n| answer | means | shown before | kept |\n|---|---|---|---|\n{rows}\n")
    refusals = "\n".join(f"| {_SHOWN[ground]} | {said} |" for ground, said in UNSEEN.items())
    parts.append(f"## What a refusal says\n\n| not shown | says |\n|---|---|\n{refusals}\n")
    rows = [_told(answer) for answer in ANSWERS]
    at = list(ANSWERS).index("assigned") + 1
    rows[at:at] = [_told("assigned", to_person=one) for one in (2, 1)]
    told = "\n".join(rows)
    heads = "| answer | on the desk, and on its report | in the next report, and on the desk then |\n|---|---|---|"
    parts.append(f"{_AFTERWARDS}\n{heads}\n{told}\n")
    return "\n".join(parts)


def _told(answer: Answer, *, to_person: int | None = None) -> str:
    decision = Decision("", 1, RUN, answer, 1, LEAD, "", NOON, _UNTIL, "dsl", to_person=to_person)
    if answer in {"undone", "said"}:
        return f"| {answer} | {words_of(decision)}; {ANSWERS[answer][1]} | at the desk alone, in the case's history |"
    at_once = Said(decision, NOON.date(), None)
    later = replace(at_once, became=Stood(NEXT.isoformat(), NEXT, "open", answer not in _ASIDE, None))
    return f"| {answer} | {at_once.sentence} | {later.sentence} |"


def _row(choice: Choice) -> str:
    return f"| {choice.label} | {choice.answer} | {_SHOWN[choice.needs]} | {choice.reason} |"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
