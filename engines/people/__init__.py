"""Who an account may belong to: registers and public profiles in, matches out; no database, no clock.

What stands here is all that the rest of the program uses; each folder below is one step of the way:

register      every form of everybody's names, as an index of name parts
text          parts of names in a handle, a display name and the start of a bio
cues          what else a profile says: school, year, age, job, family
candidates    who may be meant: which part of whose name stands where, and what is left over
score         evidence as log-odds (bits), probabilities, bands
explanation   the evidence in sentences that name nobody
"""

from engines.people.explanation.sentences import EvidenceLine, Explanation
from engines.people.matching import SURE, explain_account, match_people
from engines.people.model import BANDS, REGISTER_OF, ActorProfile, Band, PersonMatch, RegisterPerson, Role, SchoolNames
from engines.people.score.weights import evidence_classes
from engines.people.text.full_names import full_names_of

__all__ = [
    "BANDS",
    "REGISTER_OF",
    "SURE",
    "ActorProfile",
    "Band",
    "EvidenceLine",
    "Explanation",
    "PersonMatch",
    "RegisterPerson",
    "Role",
    "SchoolNames",
    "evidence_classes",
    "explain_account",
    "full_names_of",
    "match_people",
]
