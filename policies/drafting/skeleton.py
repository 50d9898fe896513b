"""Writes the draft of a pack: a clause for each sentence that obliges somebody, with what is proposed for it and why.

It is sound as it stands: a clause that nobody has mapped yet is one, and never counts as kept.
"""

import json
import re
from collections.abc import Sequence
from pathlib import PurePath

from policies.coverage import sha256_of
from policies.documents import Document
from policies.draft import Sentence, guess_all
from policies.drafting.proposals import Proposal, WatchingCheck, proposals_for

HINT_WORDS = 8
_YEAR = re.compile(r"\b20[12]\d\b")


def skeleton(document: Document, checks: Sequence[WatchingCheck] = ()) -> str:
    """Return the text of a pack in TOML; the same sentence twice is one clause."""
    guessed = guess_all(document.text)
    clauses = {sha256_of(one.text): one for one in reversed(guessed) if one.force}
    background: dict[str, Sentence] = {}
    for sentence in guessed:
        if (sha256 := sha256_of(sentence.text)) not in clauses:
            background.setdefault(sha256, sentence)
    ordered = sorted(clauses.values(), key=lambda one: one.number)
    parts = [_head(document, len(guessed), len(ordered)), _background(list(background.values()))]
    by_id = {check.id: check for check in checks}
    made = [(one, proposals_for(one, checks)) for one in ordered]
    return "\n".join(parts + [_clause(one, document.page_of(one.text), found, by_id) for one, found in made])


def _head(document: Document, sentences_in_all: int, clauses: int) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", PurePath(document.name).stem.lower()).strip("-") or "own-policy"
    years = _YEAR.findall(document.text)
    return f"""\
# A pack made from {_plain(document.name)}: {clauses} of {sentences_in_all} sentences are clauses, others background.
# ref, force and binds are guesses: put each right. says is the sentence itself, with the words that lead in to it.
# force: must, should or may. binds: staff, governors, pupils, parents, headteacher, school or everybody.
# [clause.proposed] is what is proposed, and why; nothing of it holds until somebody accepts it. Until then the clause
# stands in the report as not mapped yet. Accept all that are sure:  audit policies accept THIS-FILE --sure
# or some by their ids:  audit policies accept THIS-FILE 4 7 12
# or map one by hand: put checks, attest or unobserved in the place of [clause.proposed] and what is below it.

id = {json.dumps(slug)}
title = {_text(re.sub(r"[-_]+", " ", PurePath(document.name).stem).strip() or "Our policy")}
edition = {_text(years[-1] if years else "as drafted")}
# adopted_on = 2026-09-01
# review_by = 2027-08-31
made_from = {_text(document.name)}
"""


def _background(facts: list[Sentence]) -> str:
    lines = "".join(f'    "{sha256_of(one.text)}",  # sentence {one.number}: {_hint(one.text)}\n' for one in facts)
    return f"# These oblige nobody to anything. Make a clause of each that does.\nbackground = [\n{lines}]\n"


def _hint(text: str) -> str:
    words = _plain(text).split()
    return " ".join(words[:HINT_WORDS]) + (" \u2026" if len(words) > HINT_WORDS else "")


def _clause(one: Sentence, page: int | None, found: list[Proposal], checks: dict[str, WatchingCheck]) -> str:
    where = f"Sentence {one.number}" + (f", page {page}" if page else "")
    return f"""\
# {where}: {one.whole}
[[clause]]
id = "{one.number}"
ref = {_text(one.ref)}
says = {_text(one.whole)}
force = "{one.force}"
binds = "{one.binds}"
source_sha256 = "{sha256_of(one.text)}"
[clause.proposed]
{_proposed(found, checks)}"""


def _proposed(found: list[Proposal], checks: dict[str, WatchingCheck]) -> str:
    first = found[0] if found and not found[0].is_perhaps else None
    others = [" and ".join(one.ways) for one in found if one is not first][:2]
    lines = [f"perhaps = {json.dumps(others)}"] if others else []
    if first is None:
        return "".join(f"{line}\n" for line in lines)
    lines = [f"why = {_text(first.why)}", *(["sure = true"] if first.is_sure else []), *lines]
    if first.checks:
        asked = ", ".join(f'{{ check = "{check}", severity = "{severity}" }}' for check, severity in first.checks)
        sees_all = all(checks[check].sees_all for check, _ in first.checks)
        unseen = " ".join(checks[check].cannot_see for check, _ in first.checks)
        part = [] if sees_all else [f"not_covered = {_text(unseen)}"]
        lines += [f"checks = [{asked}]", f'covers = "{"whole" if sees_all else "part"}"', *part]
    elif first.attest:
        given = ", ".join(f"{key} = {_text(value)}" for key, value in first.attest.items())
        lines.append(f"attest = {{ {given} }}")
    else:
        lines.append(f"unobserved = {_text(first.unobserved or '')}")
    return "".join(f"{line}\n" for line in lines)


def _text(value: object) -> str:
    """Return a TOML string or number; JSON's strings are TOML's but for the delete sign."""
    return json.dumps(_plain(value) if isinstance(value, str) else value, ensure_ascii=False)


def _plain(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())
