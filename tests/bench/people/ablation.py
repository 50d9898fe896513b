"""What each kind of evidence is worth: learned and measured without it. `python -m tests.bench.people.ablation`."""

from collections.abc import Callable, Sequence
from functools import partial

from engines.people.score.weights import evidence_classes, meaning_of
from tests.bench.people import fit, measure, own_styles, page, sets, train
from tests.bench.people.evidence_names import every_evidence
from tests.bench.people.loaded import Loaded, load

Dropped = Callable[[str], bool]
# Pieces of evidence of their own, by the ends of their names.
PIECES = {
    "a misspelt surname": (".misspelt",),
    "first letters of a name": (".prefix", ".cut"),
    "a date of birth in the handle": ("birth.date", "birth.day", "birth.yy", "birth.other_yy"),
    "a school called alike": (".school_called_alike",),
    "parody": (".parody",),
    "run by a parent": (".run_by_parent",),
    "a child in the handle": (".child_in_handle",),
}
HEAD = "| without | schools F1 | R@P95 | figures F1 | R@P99 | own styles F1 |\n|---|---|---|---|---|---|\n"


def row(
    name: str, parts: Sequence[Loaded], schools: Sequence[Loaded], figures: Loaded, own: Loaded, dropped: Dropped
) -> str:
    """Return one line of the table: learned from the parts without some of the evidence."""
    cases = fit.merged([part.cases for part in parts])
    names = [name for name in every_evidence() if not dropped(name)]
    weights = fit.fit(cases, names)
    known = train.links_of([(one, weights) for one in schools])
    owned = sum(one.owned for one in schools)
    taught = train.links_of([(one, weights) for one in parts[:3]])
    threshold = measure.best_threshold(taught, sum(one.owned for one in parts[:3]))
    public = train.links_of([(figures, weights)])
    tuned = measure.best_threshold(train.links_of([(parts[-1], weights)]), parts[-1].owned)
    values = (
        measure.quality(known, owned, threshold)[2],
        measure.recall_at(known, owned, 0.95),
        measure.quality(public, figures.owned, tuned)[2],
        measure.recall_at(public, figures.owned, 0.99),
        measure.quality(train.links_of([(own, weights)]), own.owned, threshold)[2],
    )
    return f"| {name} | {' | '.join(f'{one:.3f}' for one in values)} |"


def _is_of(kinds: frozenset[str], name: str) -> bool:
    return meaning_of(name).kind in kinds


def _ends_in(ends: tuple[str, ...], name: str) -> bool:
    return name.endswith(ends)


def main() -> None:
    """Learn from three schools and the first half of the figures, measure on the fourth and the second half."""
    schools = [load(sets.school(name)) for name in sets.SCHOOLS]
    tune, report = (load(sets.public_figures(half)) for half in ("tune", "report"))
    parts, own = [*schools[:3], tune], load(own_styles.own_set(own_styles.SEEN, "first"))
    on = (parts, schools[3:], report, own)
    every = evidence_classes() - {"handle", "display_name", "nickname", "initials", "bio"}
    dropped: dict[str, Dropped] = {"nothing (all evidence)": lambda _: False}
    dropped |= {kind.replace("_", " "): partial(_is_of, frozenset({kind})) for kind in sorted(evidence_classes())}
    dropped |= {said: partial(_ends_in, ends) for said, ends in PIECES.items()}
    dropped["all that is not a name"] = partial(_is_of, every)
    lines = []
    for said, is_dropped in dropped.items():
        lines.append(row(said, *on, is_dropped))
        print(lines[-1], flush=True)
    page.put("ablation", HEAD + "\n".join(lines))


if __name__ == "__main__":
    main()
