"""Threats, slurs, and abuse of people in a text, apart from quoting, reporting, forbidding or condemning them."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cache, lru_cache

from engines.text.normalised import NormalisedText, normalise
from engines.words.abuse.guards import Guards
from engines.words.abuse.respelling import respelled, unmask
from engines.words.abuse.spared import spared
from engines.words.abuse.targets import GROUP, AbuseTarget, abuse_targets, single_names, with_groups_marked
from engines.words.model import Sign, in_text_order
from engines.words.rules.backing import is_backed
from engines.words.rules.phrase_patterns import phrase_pattern
from engines.words.rules.rule_lists import ANEW, Extra, any_of, apply_rules, phrase_lists, rules


def hate(marked: NormalisedText, extra: Extra | None = None, *, doubts: bool = False) -> list[Sign]:
    """Return what is said against the groups that are marked in a text.

    A threat to a group is told twice: as a threat, and as hate.
    """
    signs = apply_rules(rules("hate", extra), marked, doubts=doubts)
    told_twice = ("threat", "hate")
    return [
        replace(sign, what=w) for sign in signs for w in (told_twice if sign.what == "hate_threat" else (sign.what,))
    ]


_NEGATION = re.compile(r"(?<!\w)(?:not(?! fit| safe| right)|never|no|isn'?t|aren'?t|wasn'?t|weren'?t|hardly)(?!\w)")
_PRONOUN = re.compile(r"(?<!\w)(?:he|she|they)(?!\w)")
_LINK = re.compile(r"(?P<is>'s|'re)?[^\w.!?\n]{0,4}")
_CLAUSE_ENDS = re.compile(r"[.,;:!?\n]|(?<!\w)-(?!\w)|(?<!\w)and (?=i|we|they)")
_AROUND = " '\"-"
_PICTURE = re.compile("[\u2190-\u2bff\U0001f000-\U0001faff]")
_REACH = 100
_OF_A_STATEMENT = 3  # words
_WHY_ABUSE = "Somebody on the staff or a pupil is abused."
_WHY_ALLEGED = "Somebody is said to have done what may be a crime or a breach of trust."


def abusive(text: str, *, names: Collection[str] = (), extra: Extra | None = None, doubts: bool = False) -> list[Sign]:
    """Return the threats, slurs, obscenities aimed at somebody, and abuse of people in a text.

    `names` are full names, or surnames with a title, of staff and pupils. With `doubts` also, and as not sure, what an
    excuse elsewhere in its sentence speaks against.
    """
    given, text = text, spared(text, frozenset(names))
    undisguised = undisguise(text)
    by_list = (apply_rules(rules(name, extra), undisguised, doubts=doubts) for name in ("threats", "slurs", "insults"))
    said = [sign for signs in by_list for sign in signs]
    said += apply_rules(rules("languages/foreign", extra), normalise(text), doubts=doubts)
    of_targets = list(_abuse_of_targets(given, undisguised, names))
    marked = with_groups(text)
    against_groups = hate(marked, extra, doubts=doubts) if marked is not undisguised else []
    guards, guards_of_groups = Guards(undisguised), Guards(marked)
    heard = [guards.heard(sign) for sign in of_targets]
    heard += [guards.heard(sign, is_whole=sign.family == "allegation") for sign in said]
    heard += [guards_of_groups.heard(sign, is_whole=True) for sign in against_groups]
    return in_text_order([sign for sign in heard if sign and (sign.is_sure or doubts)])


@lru_cache(maxsize=64)
def undisguise(text: str) -> NormalisedText:
    """Return the text with words behind stars, digits and slips, or without their spaces, as they are spelt."""
    return respelled(unmask(normalise(text)).without_disguise)


@lru_cache(maxsize=64)
def with_groups(text: str) -> NormalisedText:
    """Return the text undisguised, with each group that it speaks of written as one word."""
    return with_groups_marked(undisguise(text)) or undisguise(text)


def speaks_of_a_group(text: str) -> bool:
    """Say whether a text speaks of a group that the law protects."""
    return GROUP in with_groups(text).text


def is_kindly(text: str) -> bool:
    """Say whether a text speaks of a group in respect, denial, history or against those who hate it, or only well."""
    marked = with_groups(text).text
    return GROUP in marked and (any_of("hate", "kindly").search(marked) is not None or _is_well_meant(marked))


def tells_an_ordinary_day(text: str) -> bool:
    """Say whether a text has words that make a game, a show or a day's work of what sounds like an attack."""
    plain = undisguise(text).text
    return any(any_of(name, "ordinary").search(plain) for name in ("insults", "threats"))


def only_quotes_of_a_group(text: str) -> bool:
    """Say whether a text speaks of a group only in whole statements in quotation marks, which the writer does not back.

    A word or two in such marks ("gay dads") are the writer's own, and so is what he or she goes on to say of "them".
    A picture beside them may mock whoever said them.
    """
    marked = with_groups(text)
    if _PICTURE.search(marked.text):
        return False
    named = (match.span() for match in re.finditer(GROUP, marked.text))
    return all(
        marked.is_quoted(*span)
        and len(marked.quotation(*span).split()) >= _OF_A_STATEMENT
        and not is_backed(marked, marked.sentence(span[0])[0], "hate")
        for span in named
    )


def _is_well_meant(marked: str) -> bool:
    """Say whether each clause is whole one that speaks well or plainly of a group; a picture may mock them all."""
    clauses = (clause.strip(_AROUND) for clause in _CLAUSE_ENDS.split(marked))
    whole = any_of("hate", "well_meant")
    return not _PICTURE.search(marked) and all(whole.fullmatch(clause) for clause in clauses if clause)


def _abuse_of_targets(text: str, normalised: NormalisedText, names: Collection[str]) -> Iterator[Sign]:
    """Yield what is said of somebody, or of him or her in the same sentence or the next."""
    for target in abuse_targets(text, normalised, names):
        _, ends = normalised.sentence(target.start)
        yield from _insults_after(target.start, target.end, normalised)
        yield from _insults_before(target, normalised)
        reach = normalised.sentence(ends)[1] if ends < len(normalised.text) else ends
        for pronoun in _PRONOUN.finditer(normalised.text, target.end, min(reach, target.end + 2 * _REACH)):
            yield from _insults_after(*pronoun.span(), normalised)
    for start, end in single_names(text, normalised, names):
        if name_called := _name_calling().match(normalised.text, end):
            yield Sign("abusive", "abuse", normalised.span(start, name_called.end()), _WHY_ABUSE)


def _insults_after(start: int, end: int, normalised: NormalisedText) -> Iterator[Sign]:
    linked = _LINK.match(normalised.text, end)
    begins = linked.end() if linked else end
    ends = min(normalised.sentence(start)[1], begins + _REACH)
    insult = _insult_after(is_linked=bool(linked and linked["is"])).match(normalised.text, begins, ends)
    alleged = _alleged_after().match(normalised.text, begins, ends)
    for said, what, why in ((insult, "abuse", _WHY_ABUSE), (alleged, "allegation", _WHY_ALLEGED)):
        if said and not _NEGATION.search(said[0]):
            sentence = normalised.sentence(start)
            done = any_of("insults", "ordinary").finditer(normalised.text, start, min(sentence[1], said.end() + _REACH))
            is_ordinary = any(one.start() < said.end() <= one.end() and not ANEW.search(one[0]) for one in done)
            is_ordinary |= said is alleged and _is_make_believe(normalised.text, *sentence)
            yield Sign("abusive", what, normalised.span(start, said.end()), why, is_sure=not is_ordinary)


@lru_cache(maxsize=64)
def _is_make_believe(text: str, begins: int, ends: int) -> bool:
    """Say whether a sentence is of what is played or told; asked once, however many it names."""
    return any_of("insults", "make_believe").search(text, begins, ends) is not None


def _insults_before(target: AbuseTarget, normalised: NormalisedText) -> Iterator[Sign]:
    begins = max(normalised.sentence(target.start)[0], target.start - _REACH)
    for insult in _insult_before().finditer(normalised.text, begins, target.start):
        between = normalised.text[insult.end() : target.start]
        if not between.strip(" ,:-") or insult[0].startswith("what "):
            yield Sign("abusive", "abuse", normalised.span(insult.start(), target.end), _WHY_ABUSE)


@cache
def _insult_after(*, is_linked: bool) -> re.Pattern[str]:
    very = "<very>? <very>? <very>?"
    insults = [f"{very} <adjective>? <noun>", f"{very} <adjective>"]
    if is_linked:
        return phrase_pattern(insults, phrase_lists("insults"))
    joined = [f"<link> {insult}" for insult in insults] + [f"*? *? <link> {insult}" for insult in insults]
    unlinked = ["u|you|the|a|an|such? <adjective>? <noun>", "u|you <adjective>"]
    return phrase_pattern(joined + unlinked, phrase_lists("insults"))


@cache
def _name_calling() -> re.Pattern[str]:
    """Return what counts when said of a name that stands alone: nouns, as an adjective may be said in any story."""
    insult = "<degree>? <degree>? <mean>? <name_calling>"
    phrases = phrase_pattern(
        [f"is|was <degree>? {insult}", f"a|an|such|just|nothing|the|proper {insult}"], phrase_lists("insults")
    )
    return re.compile(rf"(?:'s)?[^\w.!?\n]{{1,4}}{phrases.pattern}")


@cache
def _alleged_after() -> re.Pattern[str]:
    return phrase_pattern([".. <allegation>"], phrase_lists("insults"))


@cache
def _insult_before() -> re.Pattern[str]:
    return phrase_pattern(["<against>", "what a|an .. <adjective>", "what a|an .. <noun>"], phrase_lists("insults"))
