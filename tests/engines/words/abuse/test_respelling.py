"""The list of English words is filed by us as its makers would file it, only quicker."""

from importlib import resources

from symspellpy import SymSpell, Verbosity

from engines.text.normalised import normalise
from engines.words.abuse.respelling import _frequencies, _words, respelled


def test_the_words_are_those_that_their_makers_load_and_are_found_alike() -> None:
    theirs = SymSpell(max_dictionary_edit_distance=0, prefix_length=7)
    with resources.as_file(resources.files("symspellpy") / "frequency_dictionary_en_82_765.txt") as path:
        theirs.load_dictionary(path, term_index=0, count_index=1)
    for word in _words():
        theirs.create_dictionary_entry(word, 100_000)
    longest, joined = max(theirs.words, key=len), "youaresuchadirtypigandnobodylikesyou"

    assert _frequencies().words == theirs.words
    for text in (longest, f"{longest}s", "pig", "zzgh"):
        ours, others = (each.lookup(text, Verbosity.TOP, max_edit_distance=0) for each in (_frequencies(), theirs))
        assert [(one.term, one.count) for one in ours] == [(one.term, one.count) for one in others]
    assert _frequencies().word_segmentation(joined, max_edit_distance=0) == theirs.word_segmentation(
        joined, max_edit_distance=0
    )


def test_what_pupils_write_of_smoke_is_no_other_word_misspelt() -> None:
    assert respelled(normalise("vaping and vapes")).text == "vaping and vapes"
    assert respelled(normalise("rapinh")).text == "raping"
