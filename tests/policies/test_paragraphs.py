"""Lines that were cut at a width become paragraphs again; what was never one stays apart."""

from policies.drafting.paragraphs import is_hard_wrapped, unwrapped, without_running_heads

LETTER = [
    "2. Staff",
    "Staff must not accept requests from pupils on their own",
    "accounts, and must tell the headteacher of each. This holds for",
    "former pupils",
    "who are under eighteen, and for their brothers and sisters at the",
    "school.",
    "",
    "a) staff sign for this policy every",
    "year, and whenever it",
    "changes;",
    "-",
    "Governors do so too.",
]


def test_a_line_that_goes_on_is_joined_and_a_heading_a_bullet_or_a_gap_is_not():
    whole = "Staff must not accept requests from pupils on their own accounts, and must tell the headteacher of each. "
    whole += "This holds for former pupils who are under eighteen, and for their brothers and sisters at the school."

    assert unwrapped(LETTER) == [
        "2. Staff",
        whole,
        "",
        "a) staff sign for this policy every year, and whenever it changes;",
        "- Governors do so too.",
    ]


def test_a_word_cut_at_its_hyphen_is_joined_without_a_space():
    assert unwrapped(["a well-", "known rule", "and -", "so on"]) == ["a well-known rule and - so on"]


def test_text_is_hard_wrapped_only_if_no_line_is_long_and_several_go_on():
    assert is_hard_wrapped(LETTER)
    assert not is_hard_wrapped([*LETTER, "x" * 101])
    assert not is_hard_wrapped(["Staff must:", "- decline;", "a) report;", "b) tell;", "c) ask;", "d) stop;", "e) go"])


def test_what_most_pages_begin_or_end_with_is_dropped_but_not_from_their_middle():
    kept = [[f"First of {page}", "Our policy", "and", f"last of {page}"] for page in ("this", "that", "those")]
    pages = [["Our policy", *page, f"Page {number} of 3"] for number, page in enumerate(kept, start=1)]

    assert without_running_heads(pages) == kept
    assert without_running_heads(pages[:2]) == pages[:2]
