"""Whether an account is a parody or a page that others made about somebody: what it says of whom it names."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cache

from engines.people.candidates.residual import word_lists
from engines.people.cues.words import cue_words


def is_parody(text: str, handle: str, forms: AbstractSet[str]) -> bool:
    """Say whether a folded text, or the letters of a handle, say that this is not the person whom it shows."""
    return _in_text().search(text) is not None or _has_word(_in_handle(), handle, forms)


def _has_word(words: re.Pattern[str], handle: str, forms: AbstractSet[str]) -> bool:
    """Say whether a handle has one of these words, no name itself nor begun by the end of one: `balogun official`."""
    return any(
        one[0] not in forms
        and not any(0 <= (begin := handle.find(form)) < one.start() < begin + len(form) for form in forms)
        for one in words.finditer(handle)
    )


def is_about(name: str, bio: str, handle: str, forms: AbstractSet[str]) -> bool:
    """Say whether an account is a page about somebody: by its folded name and bio, or its handle's letters.

    `forms` are the parts of names that it shows: a short word such as `rip` counts only beside one of them.
    """
    in_handle, in_name, in_bio = _about()
    if _STAR.search(bio) or (_is_owners(bio, forms) and _has_word(_softly(), f"{handle} {name}", forms)):
        return False
    is_told = _is_told_by_others(name, bio, forms) or _is_sentence(name.split(), forms)
    if is_told or (not forms.isdisjoint(name.split()) and is_parody(name, handle, forms)):
        return True
    if _has_word(in_handle, handle, forms) or in_bio.search(bio):
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
    is_whole = len(named) > 1 or (bool(named) and words[named[0] - 1] in cue_words()["title"])
    after = words[named[-1] + 1 :] if is_whole else []
    is_told = bool(after) and (after[0] in cue_words()["third_person"] or after[0].endswith(("s", "ing")))
    is_theirs = " ".join(after).startswith(cue_words()["about_after_whole"])
    return is_theirs or (is_told and words[0] in cue_words()["about_first"])


# Of whom a fan's page is who bears a famous name; what a pupil's own page may be called too, who speaks as its owner.
_STAR = re.compile(
    r"\b(?:the|irish|english|american|british|korean|bollywood) (?:singer|actor|actress|footballer|rapper|"
    r"player|drummer|guitarist|youtuber|presenter|comedian|author|boxer|wrestler|driver|dancer|model) "
)
_AS_OWNER = re.compile(
    r"\b(?:y(?:ea)?r? ?\d{1,2}|\d{1,2}|\d{1,2}[a-z])\b|\bi (?:post|do|make|eat|like|draw|play|love|take|film|upload)\b|"
    r"\bmy (?:own|art|day|days|life|music|thoughts|work|baking|drawings)\b"
)
_OF_ANOTHER = re.compile(r"\b(?:he|she|him|her|his|hers|they|them|their)\b")


def _is_owners(bio: str, forms: AbstractSet[str]) -> bool:
    """Say whether a folded bio speaks as a page's owner, with a year, an age or what they do, and names nobody."""
    is_own = _OF_OWN.search(bio) and _AS_OWNER.search(bio)
    return is_own is not None and _OF_ANOTHER.search(bio) is None and forms.isdisjoint(bio.split())


@cache
def _softly() -> re.Pattern[str]:
    return re.compile("|".join(cue_words()["own_pages_too"]))


_OF_OWN = re.compile(r"\b(?:my|i|im|me)\b")  # `my edits of tia`, and not what others make: `edits of tia`
_MADE = (
    r"(?:songs?|edits?|clips?|pics?|pictures|photos|videos|vids|jokes?|memes?|facts?|stories|rumours|fanart|posts?|quotes?|"
    r"parody|parody account|spoof)"
)
_MADE_OF = re.compile(rf"\b{_MADE} (?:of|about|on) (?:y\d+ |year \d+ )?(\w+)")
_OF_WHOM_IT_SHOWS = re.compile(
    r"\b(?:he|she) (?:thinks (?:hes|shes|he is|she is)|(?:doesnt|does not|dont) know (?:about|we|i|this|that)|"
    r"has no idea|fell|cried|snores|stinks|smells)\b"
)
_OF_TEACHER = re.compile(
    r"\b(?:our (?:\w+ )?teacher|(?:who )?teaches us|worst teacher|worst head|head of (?:\w+ ){1,6}?to go)\b"
)


def _is_told_by_others(name: str, bio: str, forms: AbstractSet[str]) -> bool:
    """Say whether a folded bio speaks of whom the name shows as others do: pupils of a teacher, a friend."""
    shown = name.split()
    if forms.isdisjoint(shown):
        return False
    if shown[0] in cue_words()["title"] and (shown[-1] == "out" or _OF_TEACHER.search(bio)):
        return True
    by_friend = any(not forms.isdisjoint(match.groups()) for match in _by_friend().finditer(bio))
    is_made = _OF_OWN.search(bio) is None and any(match[1] in forms for match in _MADE_OF.finditer(bio))
    return is_made or by_friend or _OF_WHOM_IT_SHOWS.search(bio) is not None


@cache
def _by_friend() -> re.Pattern[str]:
    """Return what only a friend says of somebody: `clips of my mate tia`, `posting tias pics`, `tia fancies leo`."""
    whose = "|".join((*cue_words()["friend"], *cue_words()["dear"]))
    return re.compile(
        rf"\b{_MADE} (?:of|about|on) (?:my|our) (?:\w+ )?(?:{whose}) (\w+)|\b(\w+) (?:fancies|stinks)\b"
        rf"|\b(?:posting|sharing|leaking|exposing|collecting) (\w+)s (?:\w+ )?{_MADE}\b"
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
        r"|has (?:nits|lice|worms|fleas|bo|no friends|no mates|a crush)\b"
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
