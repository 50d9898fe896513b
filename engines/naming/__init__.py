"""Whom a text names, and where. Every door asks here, and the doors differ only by how much of a name they ask for.

    names = Names()
    names.learn("P002", PersonName(given_names="Zoë", surname="O'Dwyer").forms)
    names.mentions("Well done ZOE ODWYER!", least=Strength.FULL)    # one mention of P002, with its place

| door | least strength |
|---|---|
| checks of posts and comments | `FULL`: a false accusation is dear |
| erasure, holds, packs, what is typed and kept about anybody | `ROW`: the words side by side, whatever stands between |
| redaction of others in a pack, a reason about somebody | `PART` with a capital: one word of the name will do |
"""

from engines.naming.forms import PersonName, folded_words, is_whole_name, parts_of, spellings_of
from engines.naming.names import Mention, Names, Strength
from engines.naming.spelling import ESCAPED_IN_SQL, plain_letters, runs_of_words, with_escapes_read

__all__ = [
    "ESCAPED_IN_SQL",
    "Mention",
    "Names",
    "PersonName",
    "Strength",
    "folded_words",
    "is_whole_name",
    "parts_of",
    "plain_letters",
    "runs_of_words",
    "spellings_of",
    "with_escapes_read",
]
