"""`python -m tests.bench.words.run`: how well texts are read, ours beside a peer; the tables of docs/words.md.

The peer is alt-profanity-check, a linear model that says how probably a text is profane or offensive.
"""

import time
from pathlib import Path

import numpy as np
from profanity_check import predict_prob

from engines.words.reading import ATTACKS, read_texts
from tests.bench.people.page import put
from tests.bench.words.fresh import HATEFUL, called_by, rates, read, school_table
from tests.bench.words.kept import groups_table, shapes_table, told_table, twins_table
from tests.bench.words.sets import fresh_texts, hatemoji, public_set

PAGE = Path("docs/words.md")
PUBLIC = {
    "olid": "OLID's training set, offensive or not (never learned from)",
    "vicomtech": "Vicomtech, hate or not (never learned from)",
    "hatemoji": "HatemojiBuild's validation part, hate or not (never learned from)",
}


def public_table() -> str:
    """Return a Markdown table: attacks in the public sets, by three readers."""
    lines = ["| set | reader | precision | recall | false alarms |", "|---|---|---|---|---|"]
    for name, title in PUBLIC.items():
        texts = hatemoji("validation") if name == "hatemoji" else public_set(name)
        labelled = np.array([bool(text.labels) for text in texts])
        readings = read(texts)
        readers = {
            "ours, listed": called_by(readings, ATTACKS),
            "ours, listed or to be read": called_by(readings, ATTACKS, listed=False),
            "alt-profanity-check": np.asarray(predict_prob([text.text for text in texts])) >= 0.5,
        }
        for reader, called in readers.items():
            seen = rates(called, labelled)
            lines.append(f"| {title} | {reader} | {seen.precision:.2f} | {seen.recall:.2f} | {seen.alarms:.2f} |")
    return "\n".join(lines)


def functional_table() -> str:
    """Return a Markdown table: accuracy of each functional case, ours beside the peer; and all together."""
    texts = fresh_texts("functional")
    labelled = np.array([not text.labels.isdisjoint(HATEFUL) for text in texts])
    ours = called_by(read(texts), HATEFUL)
    peer = np.asarray(predict_prob([text.text for text in texts])) >= 0.5
    cases = np.array([text.case for text in texts])
    lines = ["| case | texts | ours | alt-profanity-check |", "|---|---|---|---|"]
    for case in dict.fromkeys(cases):
        chosen = cases == case
        lines.append(
            f"| {case} | {chosen.sum()} | {(ours == labelled)[chosen].mean():.2f} "
            f"| {(peer == labelled)[chosen].mean():.2f} |"
        )
    for name, share in (
        ("accuracy", "accuracy"),
        ("recall", "recall"),
        ("false alarms", "alarms"),
        ("precision", "precision"),
    ):
        both = [getattr(rates(called, labelled), share) for called in (ours, peer)]
        lines.append(f"| all: {name} | {len(texts)} | {both[0]:.3f} | {both[1]:.3f} |")
    return "\n".join(lines)


def speed_line() -> str:
    """Return how long ours takes beside the peer on the same texts in one run, and how many a second on one core."""
    texts = [text.text for text in public_set("olid")[:4000]]
    read_texts(texts[:500], "comment")
    begun = time.process_time()
    read_texts(texts, "comment")
    ours = time.process_time() - begun
    begun = time.process_time()
    predict_prob(texts)
    peer = time.process_time() - begun
    return (
        f"{len(texts) / ours:,.0f} comments a second on one core; "
        f"ours takes {ours / peer:.1f} times the time of alt-profanity-check."
    )


def main() -> None:
    """Print every table, and put them into docs/words.md."""
    parts = {
        "public": public_table(),
        "school": school_table(),
        "functional": functional_table(),
        "shapes": shapes_table("shapes"),
        "kinds": shapes_table("kinds"),
        "condemning": shapes_table("condemning"),
        "groups": groups_table(),
        "twins": twins_table("twins"),
        "life": twins_table("life"),
        "roundabout": twins_table("roundabout"),
        "told": told_table("wes"),
        "speed": speed_line(),
    }
    for name, body in parts.items():
        print(body, end="\n\n")
        put(name, body, PAGE)


if __name__ == "__main__":
    main()
