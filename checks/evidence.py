"""What the exceptions of a check rest on: every label is declared, with its kind and whether it identifies somebody.

From the declaration follow who may read what, what brings an open exception back to a person, and which exceptions
are about one account. A check that answers with anything else stops the run.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from policies.decisions import About

Kind = Literal["platform_id", "roll_id", "public_name", "strangers_text", "fact"]
KINDS: dict[Kind, str] = {
    "platform_id": "platform id",
    "roll_id": "roll id",
    "public_name": "public name",
    "strangers_text": "text of a stranger",
    "fact": "fact",
}
LEADING = ("platform", "account_id", "subject_id", "reason")
CONCERNS = "concerns"  # the column in which a row says whom it concerns, where that is not the check's default
# The columns in which a row says that it is no exception yet: of which families its text may be; its score, an order.
UNREAD, SCORE = "unread", "score"
# What a decision is about beside its evidence: the very words, and the hash of the very picture where a platform may
# show another one under the same id.
ABOUT_WORDS, ABOUT_PICTURE = "about_words", "about_picture"
NO_EVIDENCE = frozenset({*LEADING, CONCERNS, UNREAD, SCORE, ABOUT_WORDS, ABOUT_PICTURE})
_ALWAYS_IDENTIFY = frozenset({"roll_id", "strangers_text"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """One label of evidence: a column of a check's answer, after the reason.

    `kind` says what stands in it:
    platform_id     a platform's id of an account or of what it wrote, or an address that holds one
    roll_id         by what a register calls a person; its label is always `roll_id`
    public_name     what an account calls itself: its handle, its display name
    strangers_text  words that somebody wrote; they may name anybody
    fact            what was counted, read or concluded
    `identifies` says whether somebody outside the official accounts can be known by it. If a label `changes` an
    exception, a new value brings it back to a person. One that `links` says whose account it is, or gives the account
    that this is said of: a link that a person called mistaken is mistaken in every check that links. A decision is
    `about` what stands in some labels: once that is another person, or other words, the decision falls. Each of its
    `values`, where they are few, is a path that the self-test must walk.
    """

    label: str
    kind: Kind
    identifies: bool = False
    changes: bool = False
    links: bool = False
    about: About | None = None
    values: tuple[str, ...] = ()


ACCOUNT = Evidence("account", "public_name", identifies=True, changes=True)
ACCOUNT_LINK = Evidence("link", "platform_id", identifies=True)
SHOWN_NAME = Evidence("shown_name", "public_name", identifies=True)
POST_LINK = Evidence("link", "platform_id")  # to a post or video of the school's own
POSTED_ON = Evidence("posted_on", "fact")
BAND = Evidence("band", "fact", changes=True, about="declaration", values=("declared", "likely"))
SIGNS = Evidence("signs", "fact")
QUOTE = Evidence("quote", "strangers_text", identifies=True)  # the words that a check goes by, see checks.texts
FOUND_BY = Evidence("found_by", "fact")  # a rule, the learned score, or both
WHOSE = Evidence("roll_id", "roll_id", identifies=True, changes=True, links=True, about="person")


def mistakes(evidence: Sequence[Evidence], subject_kind: str) -> Iterator[str]:
    """Yield what is wrong with a check's declaration, each as the end of a sentence that begins with the check."""
    for label, count in Counter(declaration.label for declaration in evidence).items():
        if count > 1:
            yield f"declares {label} twice"
        if label in NO_EVIDENCE:
            yield f"declares {label}, which is no evidence"
    for declared in evidence:
        if (declared.kind == "roll_id") != (declared.label == "roll_id"):
            yield f"declares {declared.label} as a {KINDS[declared.kind]}; a roll id stands under roll_id alone"
        if declared.kind in _ALWAYS_IDENTIFY and not declared.identifies:
            yield f"declares that {declared.label}, a {KINDS[declared.kind]}, identifies nobody"
    linking = sorted(declared.kind for declared in evidence if declared.links)
    wanted = ["roll_id"] if subject_kind == "actor" else ["platform_id", "roll_id"]
    if linking and linking != wanted:
        yield f"links by {' and '.join(linking)}; it links by {' and '.join(wanted)}"
