"""Reads texts by rule lists and a learned score: pure functions from a text to what it seems to say.

`read_texts` reads for every family at once. Each family of rules also has a function of its own; what the rules seek
stands in `rules/lists/*.toml`, and what the score learned in `learned/`.
"""

from engines.text.normalised import Span
from engines.words.abuse.abusive import abusive
from engines.words.age import age_stated
from engines.words.contact.details import contact_details
from engines.words.model import Sign
from engines.words.partisan import partisan_or_personal
from engines.words.people_named import NameList, names_in
from engines.words.reading import FAMILIES, TextFamily, TextKind, read_texts
from engines.words.staff import staff_detail

__all__ = [
    "FAMILIES",
    "NameList",
    "Sign",
    "Span",
    "TextFamily",
    "TextKind",
    "abusive",
    "age_stated",
    "contact_details",
    "names_in",
    "partisan_or_personal",
    "read_texts",
    "staff_detail",
]
