"""The words of phrases.toml that speak for or against an explanation; whether an account is a parent's."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

from engines.text.folding import fold
from engines.text.latin import latin_letters


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
    got = r"got (?:a|one|two|three|\d) kids?"
    theirs = r"(?:my|our|two|2|three|3|coach\w*(?: of)?)(?: \w+)? (?:boys|girls)"
    return re.compile(
        rf"\b(?:{kin}|{theirs}|{got}|(?<!a )kid in (?:year|yr|y|reception)|(?:boys|girls)(?! (?:{life})\b))\b"
    )


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


# What pupils say in passing with the words of grown people: of their own parents, and in jest.
_THEIRS = r"(?:mum|mam|mom|mummy|dad|daddy|nan|grandad)"
_IN_JEST = re.compile(
    rf"\b(?:my|me|our|his|her|ma|wi|with|tell|ask|blame|grounded by) {_THEIRS}\b(?! of\b)|\b{_THEIRS} jokes?\b"
    rf"|\b{_THEIRS} (?:says?|said|lets?|wont|won't|doesnt|doesn't|made|makes|has|hates|thinks|knows|took|takes)\b"
    r"|\b(?:my|our|his|her) (?:uncle|aunt|auntie|aunty|nana|gran|granny|grandma|grandpa)\b|\b24/7\b|\bwannabe \w+"
    r"|\b(?:youngest|oldest|eldest|one) of \d+ kids\b"
    r"|\bmarried to my (?:ps\d|xbox|pc|bed|phone|dog|cat|pillow|duvet)\b"
    r"|\bretired from (?:fortnite|roblox|minecraft|fifa|cod|ballet|gaming|life)\b"
    r"|\b(?:ceo|director|founder|manager|minister) of (?:chaos|sleep\w*|naps?|failing|nothing|vibes|being|overthinking|"
    r"procrastinat\w+|crying|eating|memes|yapping|bad)\b",
    re.IGNORECASE,
)


def without_jest(bio: str) -> str:
    """Return a bio without what a pupil says in passing with words of grown people: `mum lets me`, `ceo of naps`."""
    found = _IN_JEST.sub(" ", bio)
    return bio if found == bio or is_run_by_parent(fold(bio)) else found


_OF_FAMILY = (
    r"(?:mum|mummy|mom|mam|dad|daddy|parent|nan|nana|nanny|gran|granny|grandma|grandad|grandpa|auntie|aunty|uncle|"
    r"grandmother|grandfather|mother|father|mama|papa|baba|ammi|amma|abbu|tata|mami|granda|nain|taid|mamgu|tadcu|sister|brother|sis|cousin|god\w{3,6}|carer)"
)
_DRIVES = r"taxi(?: driver| service)?|chauffeur"
_CHILD_OF = re.compile(
    rf"\b(?:{_OF_FAMILY}s?|{_DRIVES}) (?:to|of|2|for) ((?:[a-z]+(?: and | ?& ?|, ?| )?){{1,4}})"
    r"|\b((?:[a-z]+ )?[a-z]{3,})s "
    rf"(?:\w+ )?{_OF_FAMILY}\b"
    r"|\b(?:my|our) (?:girl|boy|lad|lass|son|daughter|eldest|youngest|little one) ([a-z]+)\b",
    re.IGNORECASE,
)
_WORLD = re.compile(
    r"^([\w-]+(?:(?:,| &| and) ?[\w-]+)*) (?:(?:is|are) )?my (?:\w+ )?(?:world|life|everything)\b", re.IGNORECASE
)
_FAN_OF = re.compile(r"\b([a-z]{3,})'?s (?:no|number|biggest) ?1? fan\b", re.IGNORECASE)  # in a name it is a page's
_CHILD_HINTS = (" to ", " of ", " 2 ", " for ", "s ", "my ", "our ")


def children_named(display: str, bio: str) -> frozenset[str]:
    """Return the words, three letters or more, that a name shown and a bio give as names of their owner's children."""
    if not any(hint in f"{display} | {bio}".lower() for hint in _CHILD_HINTS):
        return frozenset()
    text = " ".join(match[1] or match[2] or match[3] for match in _CHILD_OF.finditer(f"{display} | {bio}"))
    text += " ".join(["", *_FAN_OF.findall(bio)])
    world = _WORLD.search(bio)
    words = set(re.findall(r"[a-z]+", f"{text} {world[1] if world else ''}".lower()))
    joined_name = {latin_letters(world[1])} if world else set()
    return frozenset(word for word in words if len(word) > 2 and word != "and") | joined_name


_ADMIRED = re.compile(
    r"\b(?:fans?|fangirl|fanboy|stans?|supporter|is (?:my|the|a|our) (?:\w+ )?"
    r"(?:heroe?s?|idol|goat|legend|king|queen|inspiration|inspo|role model|fave|favou?rite|best))\b",
    re.IGNORECASE,
)


def is_admirers(part: str) -> bool:
    """Say whether a part of a profile speaks of whom its owner admires, and so says nothing of the owner."""
    return _ADMIRED.search(part) is not None


# Subjects that have a longer name too.
_SUBJECTS = {"mathematics": "maths", "physical education": "pe", "religious education": "re", "religious studies": "re"}


def with_short_subjects(text: str) -> str:
    """Return a folded text in which each subject goes by its shorter name: `teacher of maths` of mathematics."""
    for name, short in _SUBJECTS.items():
        text = text.replace(name, short)
    return text


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
