"""A pack held against its text: a clause whose sentence changed is red, and what nobody mapped is counted."""

from policies.coverage import compare, sha256_of
from policies.documents import Document
from policies.model import parse_pack

TEXT = """\
1. PUPILS
Pupils must not follow.  Staff should decline.
- Governors may follow.
"""


def pack(*says, background=("PUPILS",), besides=False):
    """Return a pack whose clauses c0, c1, … are mapped to these sentences."""
    clauses = "".join(
        f'[[clause]]\nid = "c{number}"\nref = "1"\nsays = "-"\nforce = "must"\nbinds = "pupils"\nunobserved = "-"\n'
        f'source_sha256 = "{sha256_of(told)}"\n'
        for number, told in enumerate(says)
    )
    if besides:
        clauses += '[[clause]]\nid = "law"\nref = "-"\nsays = "-"\nforce = "must"\nbinds = "school"\n'
        clauses += 'unobserved = "-"\nbesides = "The law."\n'
    hashes = ", ".join(f'"{sha256_of(told)}"' for told in background)
    head = 'id = "p"\ntitle = "P"\nedition = "1"\nadopted_on = 2026-09-01\nreview_by = 2027-08-31\n'
    return parse_pack(f"{head}background = [{hashes}]\n{clauses}", where="p.toml")


def test_a_text_that_is_wholly_mapped_leaves_nothing_to_say():
    whole = pack("Pupils must not follow.", "Staff should decline.", "Governors may follow.", besides=True)

    comparison = compare(whole, Document("policy.txt", TEXT))

    assert (comparison.sentences, comparison.stale, comparison.unmapped, comparison.remarks()) == (
        4,
        frozenset(),
        (),
        [],
    )


def test_a_clause_whose_sentence_has_changed_is_red_and_its_new_sentence_is_mapped_to_none():
    whole = pack("Pupils must not follow.", "Staff should decline.", "Governors may follow.", besides=True)

    comparison = compare(whole, Document("policy.txt", TEXT.replace("should", "must").replace("may", "may not")))

    assert comparison.stale == {"c1", "c2"}
    assert comparison.unmapped == (3, 4)
    assert comparison.remarks() == ["2 sentences of the text are mapped to no clause: 3, 4."]
    assert comparison.why_stale() == (
        "Its sentence is no longer in policy.txt as the pack has it; read the new text and map the clause again."
    )


def test_white_space_alone_makes_nothing_red():
    comparison = compare(pack("Staff should decline."), Document("policy.txt", TEXT.replace(" ", "\u00a0  ")))

    assert comparison.stale == frozenset()


def test_a_background_sentence_that_now_obliges_is_mapped_to_none():
    whole = pack("Staff should decline.", background=("PUPILS", "Pupils need not follow.", "Governors may follow."))

    comparison = compare(whole, Document("policy.txt", TEXT, empty_pages=(2,)))

    assert comparison.remarks() == [
        "1 sentence of the text is mapped to no clause: 2.",
        "These pages of policy.txt hold no text and were not read: 2.",
    ]
