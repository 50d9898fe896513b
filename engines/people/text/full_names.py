"""Names as people write them: full names of a register and of a shown name, a name in a bio, a handle elsewhere."""

import re
from collections.abc import Iterable

from engines.people.cues.words import cue_words
from engines.people.model import RegisterPerson
from engines.text.folding import fold
from engines.text.latin import english_words

# What people write after their name: "Name | keeper", "Name (she/her)", "Name, Year 8".
AFTER_NAME = re.compile(r"[|(/\[~\u2022\u2013\u2014,]|\s-\s")
# What a bio says before a handle that its owner has elsewhere, and the handle.
QUOTED = re.compile(
    r"(?:\b(?:snap(?:chat)?|sc|tt|tik ?tok|ig|insta(?:gram)?|yt|youtube|twitch|x(?=\s?[:@])|twitter|fb|bereal|discord|"
    r"dc|threads|main|spam|priv(?:ate)?|alt|backup|second|2nd|other|personal|old|formerly|previously)"
    r"(?: acc(?:ount|t)?)?(?: (?:of|for))?(?:\.com)?|\U0001f47b)"
    r"\s?(?:[:=\-\u2013>|/\u2192\u00bb]+\s?@?|@|\s(?:is @?|@)?)([\w.-]{3,30})"
    r"|@([\w.-]{3,30}) (?:is )?(?:my )?(?:main|spam|priv|backup|other|real)\b(?-i:(?! [a-z]))",
    re.IGNORECASE,
)
# What is somebody's own, after their name: Tia's spam; what others mock is a page's, which another reader tells.
_OWN_THING = re.compile(
    r"['\u2019]s(?= (?:main|spam|priv(?:ate)?|alt|backup|second|2nd|other|acc\w*|channel|corner|world|class\w*|vinted|"
    r"depop)\b)",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['\u2019]s\b", re.IGNORECASE)
_DEGREE = re.compile(
    r"(?<=\w)[ ,]+(?:(?:BA|BSc|BEd|MA|MSc|MEd|MBA|MBE|OBE|PGCE|PhD|EdD|QTS|NPQH|FRSA|FCCT|Hons)\b[ ,()]*)+$"
)
# What stands before a name that somebody bore once.
_FORMERLY = re.compile(r"[(\[]?\s*\b(?:n[ée]e|formerly|was|previously)\b\.?", re.IGNORECASE)
_PRONOUNS = re.compile(r"[(\[]?\b(?:she|he|they)(?: ?[/|] ?[a-z]{2,6}){1,2}\b[)\]]?", re.IGNORECASE)
_GREETING = r"(?:(?:hi+|he+y+a?|hiya|hello+|howdy|hola)(?: (?:there|all|everyone|guys))?\b\W*)"
_CALLS_SELF = re.compile(
    rf"^{_GREETING}?(?:welcome to (?:my|the) \w+\W+)?(?:the real )?"
    r"(?:(?:i am|i'm|im|(?:my|the) name(?: is|'s|s)|(?:real|irl|full) name(?: is)?|name(?: is|(?= ?[:=\-]))|known as|"
    r"(?:its|it's|it is)(?: (?:ya|your|yr|ur) (?:girl|gurl|boy|boi))?|call me|called|"
    r"(?:channel |account |page |resell )?(?:(?:hand)?made|run|managed|owned) by)\b\W*)?",
    re.IGNORECASE,
)
# What a page says before the name of whom it is about.
_TELLS_OF = re.compile(
    r"^(?:this (?:page|account|acc) is )?(?:(?:all|everything) (?:about|abt)|dedicated to|"
    r"(?:(?:an?|the|daily) )?(?:\w+ )?"
    r"(?:(?:page|account|acc|posts|facts|tea|gossip|rumours|memes|quotes) (?:about|on|dedicated to)"
    r"|(?:pics?|pictures|photos|memes|videos|clips|edits|quotes) of)|who(?:'s| is|s)) (?=\w+ \w)",
    re.IGNORECASE,
)
GREETS = re.compile(_GREETING, re.IGNORECASE)
_BY = re.compile(r"^(\w+) by (.+)$", re.IGNORECASE)  # whose work it is: Makeup by Tia Brannel
_SYLLABLE = re.compile(
    r"(?:zh|ch|sh|[bcdfghjklmnpqrstwxyz])?[iuwy]?(?:ae|ai|ao|ei|eo|eu|ia|ie|iu|oo|ou|ua|ue|ui|uo|[aeiou])(?:ng|[nm])?"
)
_SYLLABLES, _RARE_IN_ENGLISH = (2, 3), 3_000_000
_SELF_STARTS = frozenset("acfhikmnoprtw")
_TRAILING_YEAR = re.compile(r" (?:year|yr|y) ?\d{1,2}$")


def full_names_of(person: RegisterPerson) -> frozenset[str]:
    """Return the folded full names of a person; a single word is never a full name."""
    given, surname = person.given_names, person.surname
    first = given.split()[0] if given and given.strip() else None
    pairs = {(given, surname), (first, surname), (person.known_as, surname)}
    written = [f"{a} {b}" for a, b in pairs if a and b]
    before, comma, after = (person.full_name or "").partition(",")
    written.append(f"{after} {before}" if comma else before)
    return _full_names(map(fold, written))


def displayed_names(display_name: str | None) -> frozenset[str]:
    """Return the folded full names that a display name may show: whole, without its title, without what follows."""
    if not display_name:
        return frozenset()
    whole = fold(display_name)
    names = {whole, fold(AFTER_NAME.split(display_name, maxsplit=1)[0]), _TRAILING_YEAR.sub("", whole)}
    return _full_names(names | {_without_title(name) for name in names})


def _without_title(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if first in cue_words()["title"] else name


def _full_names(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name for name in names if " " in name)


def name_alone(display_name: str) -> str:
    """Return a shown name without what people write after it or before a former name; `Smith, Mia` is one name."""
    whole = _PRONOUNS.sub(" ", _FORMERLY.sub(" ", display_name))
    without_degree = _DEGREE.sub("", whole)
    whole = without_degree if len(without_degree.split()) > 1 else whole
    whole = _BY.sub(r"\2 \1", whole)
    whole = _OWN_THING.sub("", whole)
    first = AFTER_NAME.split(whole, maxsplit=1)[0]
    return first if len(first.split()) > 1 else whole


def self_called(words: str) -> str:
    """Return what stands after a greeting, or after what says that a name follows."""
    return _CALLS_SELF.sub("", words, count=1) if words[:1].lower() in _SELF_STARTS else words


def told_of(words: str) -> str:
    """Return what stands after what a page says before the name of whom it is about; empty where it says none."""
    rest = _TELLS_OF.sub("", words, count=1)
    return _POSSESSIVE.sub("", rest) if rest != words else ""


def reads_as_given_name(name: str) -> bool:
    """Say whether two or three folded words are syllables of Chinese or Korean given names: `xin yi`, `jia hui`.

    The syllables are those of Hanyu Pinyin and of the Revised Romanization; a word that is common in English is not
    enough: one of them must be rare there, and all together no exclamation (`boo hoo`).
    """
    words = name.split()
    is_of_syllables = len(words) in _SYLLABLES and all(map(_SYLLABLE.fullmatch, words))
    is_of_syllables = is_of_syllables and not set(cue_words()["exclamation"]).issuperset(words)
    return is_of_syllables and any(english_words().get(word, 0) < _RARE_IN_ENGLISH for word in words)
