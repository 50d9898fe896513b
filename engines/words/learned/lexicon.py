"""The classes of words that the learned score sees: insults, swearing, violence, praise, a sentence's frame."""

from functools import cache
from importlib import resources

from engines.words.abuse.targets import GROUP
from engines.words.rules.rule_lists import phrase_lists

LONGEST_TERM = 3  # in words
_CODES = {
    "slur": "SLUR",
    "insult_noun": "INSULT",
    "insult_adjective": "BAD",
    "contempt_phrase": "CONTEMPT",
    "dehumanising": "VERMIN",
    "crime": "CRIME",
    "violence": "HARM",
    "death": "DEATH",
    "exclusion": "SHUTOUT",
    "disgust": "DISGUST",
    "sexual": "SEX",
    "swear": "SWEAR",
    "report": "REPORT",
    "sympathy": "SYMPATHY",
    "praise": "PRAISE",
    "neutral_strong": "STRONG",
}
_FRAME = ("not", "you", "he", "they", "i", "title", "staff", "pupil", "ought", "hatred", "untrue")


@cache
def lexicon() -> dict[str, tuple[str, ...]]:
    """Return the codes of each term (of up to three words), the surest first: INSULT3 is always meant as an insult."""
    text = resources.files(__package__).joinpath("lexicon.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    order = {code: at for at, code in enumerate(_CODES.values())}
    terms: dict[str, list[tuple[int, int, str]]] = {}
    for term, name, strength in rows:
        terms.setdefault(term, []).append((-int(strength), order[_CODES[name]], _CODES[name] + strength))
    codes = {term: tuple(code for *_, code in sorted(found)) for term, found in terms.items()}
    for name, code in (("word", "SLUR3"), ("two_faced", "SLUR2")):
        codes |= {term: (code,) for term in phrase_lists("slurs")[name] if term not in codes}
    frame = phrase_lists("frame")
    codes |= {word: (name.upper(),) for name in _FRAME for word in frame[name]}
    return codes | {GROUP: ("GROUP",)}


@cache
def begins_terms() -> frozenset[str]:
    """Return the first words of the terms of several words."""
    return frozenset(term.split()[0] for term in lexicon() if " " in term)


@cache
def plain_words() -> frozenset[str]:
    """Return the words of the frame of sentences, which stand for themselves."""
    return frozenset(phrase_lists("frame")["plain"])
