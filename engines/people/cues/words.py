"""The words of phrases.toml that speak for or against an explanation; whether an account is a parody or a parent's."""

import re
import tomllib
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from importlib import resources

from engines.people.candidates.residual import word_lists
from engines.text.folding import fold


@cache
def cue_words() -> dict[str, tuple[str, ...]]:
    """Return the word lists of phrases.toml by their names."""
    text = resources.files(__package__).joinpath("phrases.toml").read_text(encoding="utf-8")
    return {name: tuple(listed) for name, listed in tomllib.loads(text).items()}


_PARENT = r"(?:mum|mummy|mom|mommy|mam|mama|mother|dad|daddy|father|parents?|nan|gran|guardian|carer)"
_RUN = r"(?:run|ran|managed|monitored|supervised|operated|controlled|maintained)"


@cache
def _family() -> re.Pattern[str]:
    """Return what finds words of a family; girls who play or learn are none: `girls netball`."""
    life = "|".join(cue_words()["school_life"])
    kin = r"(?<!stray )kids|children|family|sons?|daughters?|mum|dad|mama|nan|grand\w+|auntie"
    theirs = r"(?:my|our|two|2|three|3|coach\w*(?: of)?)(?: \w+)? (?:boys|girls)"
    return re.compile(rf"\b(?:{kin}|{theirs}|(?<!a )kid in (?:year|yr|y|reception)|(?:boys|girls)(?! (?:{life})\b))\b")


def speaks_of_family(text: str, our_names: Sequence[str]) -> bool:
    """Say whether a folded text, with a space at either end, speaks of a family beside our school's own names."""
    if not any(hint in text for hint in cue_words()["family_hints"]):
        return False
    return _family().search(without_names(text, our_names)) is not None


def without_names(text: str, our_names: Sequence[str]) -> str:
    """Return a folded text, with a space at either end, without our school's own names."""
    for name in our_names:
        text = text.replace(f" {name} ", " ")
    return text


_RUN_BY_PARENT = re.compile(
    rf"\b{_RUN}(?: and {_RUN})? by (?:(?:my|her|his|their|the|our|a|both) )?(?:\w+ ){{0,2}}?{_PARENT}\b"
    rf"|\b{_PARENT} (?:{_RUN}|runs|manages|monitors|controls)\b"
)


def is_run_by_parent(text: str) -> bool:
    """Say whether a folded text says that a parent runs the account."""
    return _RUN_BY_PARENT.search(text) is not None


_ADMIRED = re.compile(
    r"\b(?:fans?|fangirl|fanboy|stans?|supporter|is (?:my|the|a|our) (?:\w+ )?"
    r"(?:heroe?s?|idol|goat|legend|king|queen|inspiration|inspo|role model|fave|favou?rite|best))\b",
    re.IGNORECASE,
)


def is_admirers(part: str) -> bool:
    """Say whether a part of a profile speaks of whom its owner admires, and so says nothing of the owner."""
    return _ADMIRED.search(part) is not None


# When somebody goes to a school that is not yet theirs; what says so by itself; what says that it is theirs already.
_NEXT = r"next (?:year|sept\w*|autumn|term)|soon"
_WHEN = (
    rf"(?:{_NEXT}|(?:in|this|from|for|come) (?:the |early |late )?(?:next )?(?:sept\w*|autumn|20\d\d)|"
    r"sept\w* (?:20)?\d\d|after (?:my |the |all )?(?:gcses?|sats|summer|exams|y(?:ea)?r? ?\d+|leaving))\b"
)
_GOES = (
    r"\b(?:going|goin|gonna|off|moving|heading|headed|transferring|starting|start|joining|accepted|hop\w+|will|ill|"
    r"place|offer|excited|leaving for|onto|on to)\b"
)
_TO_COME = re.compile(
    rf"{_GOES}.*\b{_WHEN}|\b{_WHEN}.*{_GOES}|\bnext year\b|^next stop\b|^(?:a )?future\b.*\b(?:student|pupil)$|"
    r"\bsoon to be\b|\bappl(?:ying|ied) (?:to|for)\b|\bhoping to (?:go|get|be)\b|\bbound$|\bhere (?:i|we) come$|"
    r"^ca ?nt wait for\b"
)
_NOT_TO_COME = re.compile(
    r"\b(?:til|till|until|since|now|was|been|moved|started|joined|left|last|from (?!sept|the autumn|next|20\d\d))\b"
)


def is_to_come(part: str) -> bool:
    """Say whether a part of a profile speaks of a school to which its owner goes next year, and not of one of now."""
    said = fold(part)
    return _TO_COME.search(said) is not None and _NOT_TO_COME.search(said) is None


def without_past_work(text: str) -> str:
    """Return a text without work in a school that is over: of `retired maths teacher` the first word is left."""
    small = text.lower()
    return _past_work().sub(r"\1", text) if any(hint in small for hint in ("retired", "ex ", "ex-", "former")) else text


@cache
def _past_work() -> re.Pattern[str]:
    jobs, of = "|".join([*cue_words()["job"], "ta"]), "|".join(cue_words()["of_job"])
    return re.compile(rf"\b(retired|ex|former|formerly)[ -]+(?:(?:{of}) ){{0,2}}?(?:{jobs})\b", re.IGNORECASE)


_NUMBERED = re.compile(
    r"(?:^(?:PS|SP)|\bP\.S\.) ?\d{2,3}(?= *$| +[A-Z])|^(\S+) (?i:(?:no|nr|num|number)\b\.? ?\d{1,3}\b)"
)


def school_number(part: str) -> str:
    """Return, folded, the number with which a part of a profile begins to name a school, such as `Liceum nr 5`.

    What stands later is a shirt's, beside our school's own name too: `Ousterly Vale School no 9`.
    """
    if not (found := _NUMBERED.search(part.strip())):
        return ""
    kinds = {*cue_words()["school_kind"], *cue_words()["school_first"]}
    return fold(found[0]) if found[1] is None or fold(found[1]) in kinds else ""


def is_parody(text: str, handle: str) -> bool:
    """Say whether a folded text, or the letters of a handle, say that this is not the person whom it shows."""
    return _in_text().search(text) is not None or _in_handle().search(handle) is not None


def is_about(name: str, bio: str, handle: str, forms: AbstractSet[str]) -> bool:
    """Say whether an account is a page about somebody: by its folded name and bio, or its handle's letters.

    `forms` are the parts of names that it shows: a short word such as `rip` counts only beside one of them.
    """
    in_handle, in_name, in_bio = _about()
    is_made = _OF_OWN.search(bio) is None and any(match[1] in forms for match in _MADE_OF.finditer(bio))
    is_told = is_made or _is_sentence(name.split(), forms)
    if is_told or (not forms.isdisjoint(name.split()) and is_parody(name, handle)):
        return True
    if any(one[0] not in forms for one in in_handle.finditer(handle)) or in_bio.search(bio):
        return True
    return any(one[1] not in forms for one in in_name.finditer(name)) or _is_beside_word(handle, forms)


def _is_beside_word(handle: str, forms: AbstractSet[str]) -> bool:
    """Say whether a handle begins or ends in a page's word beside a form: `ripTia`, but not `RippleTia`."""
    return any(
        handle.startswith(word + form) if place == "before" else handle.endswith(form + word)
        for place, meets in (("before", str.startswith), ("after", str.endswith))
        for word in word_lists()[f"about_{place}"]
        if meets(handle, word) and not any(meets(form, word) and meets(handle, form) for form in forms)
        for form in forms
    )


def _is_sentence(words: Sequence[str], forms: AbstractSet[str]) -> bool:
    """Say whether a shown whole name is more than one: a person's fans, or `what Tia Brannel is thinking`."""
    named = [place for place, word in enumerate(words) if word in forms]
    after = words[named[-1] + 1 :] if len(named) > 1 else []
    is_told = bool(after) and (after[0] in cue_words()["third_person"] or after[0].endswith("s"))
    is_theirs = " ".join(after).startswith(cue_words()["about_after_whole"])
    return is_theirs or (is_told and words[0] in cue_words()["about_first"])


_OF_OWN = re.compile(r"\b(?:my|i|im|me)\b")  # `my edits of tia`, and not what others make: `edits of tia`
_MADE_OF = re.compile(
    r"\b(?:songs?|edits?|clips?|pics?|pictures|photos|videos|jokes?|memes?|facts?|stories|rumours|fanart|posts?|quotes?|"
    r"parody|parody account|spoof) (?:of|about|on) (?:y\d+ |year \d+ )?(\w+)"
)


def is_said_of_another(said: str) -> bool:
    """Say whether these folded words after a name in a bio speak of whom it names: `hate acc`, `is a snake`."""
    return _after_name().match(said) is not None


@cache
def _after_name() -> re.Pattern[str]:
    pages, unkind = cue_words()["about_in_name"], "|".join(cue_words()["unkind"])
    page = "|".join(word if " " in word else f"{word}$" for word in pages)  # Tia anti bullying ambassador is herself
    return re.compile(
        rf"(?:{page})\b|(?:is|was|are) (?:(?:\w+ )?(?:so|such|a|an|the|well|very|proper) )?(?:{unkind})\b"
    )


@cache
def _about() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return what finds the words of a page about somebody in a handle, a shown name and a bio."""
    in_name, in_bio = ("|".join(cue_words()[f"about_in_{text}"]) for text in ("name", "bio"))
    return re.compile("|".join(word_lists()["about"])), re.compile(rf"\b({in_name})\b"), re.compile(rf" (?:{in_bio}) ")


@cache
def _in_text() -> re.Pattern[str]:
    return re.compile(rf"^fake\b|\b(?:{'|'.join(cue_words()['parody'])})\b")


@cache
def _in_handle() -> re.Pattern[str]:
    return re.compile("|".join(cue_words()["parody_in_handle"]))
