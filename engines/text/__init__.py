"""One home for folding and transliteration: what makes two ways of writing a text equal. It imports nothing of ours.

fold                 names and phrases: lower case, no accents, words one space apart; other alphabets stay
to_latin             handles and names: every alphabet in letters a to z, case and separators kept
latin_letters        the same, its small letters alone
normalise            texts to read: the plain form, with the place of each letter in the text as given
without_lookalikes   letters drawn like Latin ones, where they pose as Latin
heading_key, made_id_key, account_key   what makes two headings, made ids and accounts equal
"""

from engines.text.characters import leet_signs, without_lookalikes
from engines.text.folding import account_key, fold, heading_key, made_id_key
from engines.text.latin import collapse_repeats, latin_letters, to_latin
from engines.text.normalised import NormalisedText, Span, normalise

__all__ = [
    "NormalisedText",
    "Span",
    "account_key",
    "collapse_repeats",
    "fold",
    "heading_key",
    "latin_letters",
    "leet_signs",
    "made_id_key",
    "normalise",
    "to_latin",
    "without_lookalikes",
]
