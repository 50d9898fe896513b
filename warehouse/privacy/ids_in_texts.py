"""How an id is found in a text: long ones as whole tokens, short ones where what stands before says that it is one.

And of a single word of a name whether what stands around it says that it is one.
"""

import json
import re
import unicodedata
from collections.abc import Collection, Iterator
from collections.abc import Set as AbstractSet
from typing import Any

from engines.naming import with_escapes_read
from engines.roll_ids import ERASED_ID

_SHORTEST_IN_A_LIST = 3
SPELT_OUT = 5  # characters from which an id or a handle is looked for in any text
# What stands before an id in a command or in SQL, whatever its length. "person 7" alone is somebody who uses the desk.
_OPTIONS = [
    f"--{name}{between}" for name in ("person", "pupil", "photograph", "post", "of", "actor") for between in " ="
]
_VALUES = [
    f"{name}{between}" for name in ("person", "pupil", "photograph", "post", "_id", "$of") for between in ("=", " = ")
]
_ACCOUNTS = [f"--actor{between}{platform}:" for platform in ("x", "youtube") for between in " ="]
_BEFORE = "|".join(rf"(?<={re.escape(each)})" for each in (*_OPTIONS, *_VALUES, *_ACCOUNTS, "photograph "))


_SIGNS = r"(?:%[0-9a-fA-F]{2}|[^\w\[\]]|_){0,4}"  # between two words of a name, however a text writes them
_AT_MOST = 24  # letters in which a mark and such signs stand


def is_beside(mark: str, text: str, start: int, end: int) -> bool:
    """Say whether nothing but signs stands between these letters of a text and a mark, before or after them."""
    of_mark = re.escape(mark)
    is_after_it = re.search(rf"{of_mark}{_SIGNS}\Z", text[max(0, start - _AT_MOST) : start]) is not None
    return is_after_it or re.match(_SIGNS + of_mark, text[end : end + _AT_MOST]) is not None


def is_asked(text: str, start: int, end: int) -> bool:
    """Say whether these letters are all of a question's text, stand beside a sign of SQL, or within quotes."""
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return not around or bool(set(around) & {"'", '"', "%"}) or text.count("'", 0, start) % 2 == 1


def plain(text: str) -> str:
    """Return a text as ids and handles are compared in it: JSON escapes read, NFKC, casefolded."""
    text = with_escapes_read(text)
    return text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def unmarked(text: str) -> str:
    """Return a text with blanks for each mark of an erasure, as long as it is, so that no id is found in one."""
    return text.replace(ERASED_ID, " " * len(ERASED_ID))


def json_of(text: str) -> Any:
    """Return what a JSON object or list holds; None for any other text."""
    if text.lstrip()[:1] not in {"{", "["}:
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def ids_in_texts(actors: AbstractSet[str], rolls: AbstractSet[str], photographs: AbstractSet[str]) -> list[str]:
    """Return what finds these ids of accounts, people and photographs in a text in small letters, each part by itself.

    Roll ids are folded, as registers compare them; in a text a number may have zeros before it.
    """
    ids = {re.escape(each): len(each) for each in actors | photographs}
    ids |= {f"0*{each}" if each.isdecimal() else re.escape(each): len(each) for each in rolls}
    parts = [rf"(?<![\w-]){each}(?![\w-])" for each, length in ids.items() if length >= SPELT_OUT]
    parts += [rf"(?<='){each}(?=')" for each in ids]  # as SQL quotes a value
    if short := sorted(each for each, length in ids.items() if length < SPELT_OUT):
        parts += [rf"(?:{_BEFORE})(?:{'|'.join(short)})(?![\w-])"]
    parts += [rf"(?<![\w-]){re.escape(each)}(?= --pupil[ =])" for each in photographs]
    return parts + [rf"(?<=[^\d]/){re.escape(each)}(?![\w-])" for each in actors]


def parts_in_questions(ids: AbstractSet[str]) -> list[str]:
    """Return what finds an id of any length where a question of the casebook looks for it.

    It stands between quotes or signs of percent, behind its platform, or as a number before the column or in a list. Of
    fewer than three characters it is not looked for in a list.
    """
    parts = list[str]()
    for each in sorted(ids):
        said = re.escape(each)
        parts += [rf"(?<=['%$]){said}(?=['%$])", rf"(?<=\bx:){said}\b", rf"(?<=\byoutube:){said}\b"]
        parts += [rf"(?<![\w-]){said}(?=\s*=\s*[\w.]*_id\b)"]
        if len(each) >= _SHORTEST_IN_A_LIST:
            parts += [rf"(?<=[(,]){said}(?=\s*[,)])|(?<=[(,]\s){said}(?=\s*[,)])"]
    return parts


def as_bytes(word: str) -> Iterator[bytes]:
    """Yield a word in small letters as files may hold it."""
    yield word.casefold().encode()
    yield word.casefold().encode("utf-16-le")
    yield json.dumps(word.casefold())[1:-1].encode()


def is_of(ids: Collection[tuple[str, str]], token: str, platform: str | None) -> bool:
    """Say whether a token is one of these ids of accounts, on this platform or, without one, on any."""
    return any(token == ident for its, ident in ids if platform in (None, its))
