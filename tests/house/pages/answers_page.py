"""Writes docs/answers.md from the desk's choices: run `python -m tests.house.pages.answers_page docs/answers.md`."""

import sys
from pathlib import Path

from dashboards.desk.casework.choices import Choice, answers_of_kinds
from policies.decisions import UNSEEN

_HEAD = """\
# The answers at the desk

<!-- Made by tests/house/pages/answers_page.py from dashboards/desk/casework/choices.toml: do not edit. -->

Each answer that is given with one press, by the kind of a case: what must have been shown before it, on this case, to
whoever gives it, in this sitting; and the sentence that is kept, unless another is written under the button. An answer
whose ground was not shown is not offered, and is refused where it is sent all the same.

Whatever the reason, a person is named only by two who were both shown whom the case is about, and what is decided of a
picture that the desk can show needs a look at it (`unseen` in `warehouse/casebook/may_decide.py`, at every door).
"""
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
    return "\n".join(parts)


def _row(choice: Choice) -> str:
    return f"| {choice.label} | {choice.answer} | {_SHOWN[choice.needs]} | {choice.reason} |"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
