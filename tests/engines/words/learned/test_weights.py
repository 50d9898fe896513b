"""The weights that ship are those that the page tells of, small, and worth what it says on fresh texts."""

import hashlib
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from engines.words.learned.features import BUCKETS, ReadText, feature_rows
from engines.words.learned.scorer import FamilyHead, learned_weights
from engines.words.reading import ATTACKS, FAMILIES
from tests.bench.people.page import part
from tests.bench.words.fit import TrainedHead, fitted, keeping, write
from tests.bench.words.fresh import functional_rates, school_table
from tests.bench.words.kept import MOST, MOST_OF_A_GROUP, groups_table, listed, shapes_table, told_table, twins_table
from tests.bench.words.sets import made_from

ROOT = Path(__file__).parents[4]
PAGE = (ROOT / "docs" / "words.md").read_text(encoding="utf-8")
WEIGHTS = ROOT / "engines" / "words" / "learned" / "weights.npz"


def test_the_page_notes_the_hash_of_the_weights() -> None:
    assert hashlib.sha256(WEIGHTS.read_bytes()).hexdigest() in part(PAGE, "weights")


def test_the_weights_were_made_from_the_texts_and_rules_that_stand_here() -> None:
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        assert str(stored["made_from"]) == made_from(), "Run python -m tests.bench.words.train."


def test_all_weights_together_are_small() -> None:
    assert WEIGHTS.stat().st_size <= 8_000_000


def test_every_family_has_weights() -> None:
    assert {name for names in FAMILIES.values() for name in names} <= set(learned_weights().families)


def test_the_page_gives_what_the_fresh_school_texts_yield() -> None:
    assert school_table() == part(PAGE, "school")


def test_the_page_gives_what_the_fresh_functional_cases_yield() -> None:
    seen = functional_rates()

    for name, share in (("accuracy", seen.accuracy), ("recall", seen.recall), ("false alarms", seen.alarms)):
        assert f"| all: {name} | 500 | {share:.3f} |" in part(PAGE, "functional")


def test_the_page_gives_what_the_sentences_kept_aside_yield() -> None:
    assert shapes_table("shapes") == part(PAGE, "shapes")
    for name in ("kinds", "condemning"):
        assert shapes_table(name) == part(PAGE, name)
    assert groups_table() == part(PAGE, "groups")
    for name in ("twins", "life", "roundabout"):
        assert twins_table(name) == part(PAGE, name)
    assert told_table("wes") == part(PAGE, "told")


def test_kind_sentences_about_a_group_are_hardly_listed_whichever_the_group() -> None:
    for name in ("shapes", "kinds"):
        assert listed(name, "harmless").mean() <= MOST
        assert listed(name, "harmless").mean(axis=0).max() <= MOST_OF_A_GROUP
        assert listed(name, "hateful").mean() >= 0.75


def test_most_hinted_threats_are_told_of_and_their_harmless_neighbours_are_hardly_listed() -> None:
    told = {row[0]: [int(cell) for cell in row[1:]] for row in _rows("told")}
    pairs, _, _, neighbours = next([int(cell) for cell in row[1:]] for row in _rows("roundabout") if row[0] == "all")

    for family in ("threat", "allegation"):
        there, _, _, silent = told[family]
        assert silent <= there / 2
    assert told["harmless"][1] <= told["harmless"][0] * 0.05
    assert neighbours <= pairs * 0.06


def _rows(name: str) -> list[list[str]]:
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in part(PAGE, name).splitlines()[2:]]


def test_features_fall_into_their_buckets_and_each_row_into_its_place() -> None:
    rows = feature_rows([ReadText("you are a melt", ("kind comment",)), ReadText("", ()), ReadText("hello", ())])

    assert rows.starts[0] == 0
    assert rows.starts[-1] == len(rows.columns) == len(rows.values)
    assert rows.columns.max() < BUCKETS
    assert (np.diff(rows.starts) >= 0).all()


def test_what_one_family_learns_from_moves_no_weight_of_another() -> None:
    features = csr_matrix(np.random.default_rng(7).random((60, 9)), shape=(60, BUCKETS))
    wanted = np.arange(120).reshape(60, 2) % np.array([3, 7]) == 0
    taught = np.ones((60, 2))
    taught[40:, 0] = 0

    together, alone = fitted(features, wanted, taught)[0], fitted(features[:40], wanted[:40], taught[:40])[0]

    assert (together[:, 0] == alone[:, 0]).all()
    assert (together[:, 1] != alone[:, 1]).any()


def test_an_attack_has_all_its_families() -> None:
    assert set(ATTACKS) == {"threat", "hate", "slur", "abuse", "allegation"}


def test_weights_that_are_kept_change_in_nothing_and_no_threshold_does(tmp_path: Path) -> None:
    made, nothing = FamilyHead(0.5, 0.5, 0.5, 0.5, 0.5, 0.25, 0.125), np.zeros(BUCKETS)
    heads = {name: TrainedHead(nothing, 1.0, 2.0, 3.0, made, np.array([])) for name in learned_weights().families}
    write(keeping(heads, learned_weights()), tmp_path / "kept.npz", made_from="rules")

    with np.load(WEIGHTS, allow_pickle=False) as ships, np.load(tmp_path / "kept.npz", allow_pickle=False) as kept:
        for name in ("families", "weights", "scales", "intercepts", "slopes", "offsets", "thresholds"):
            assert (ships[name] == kept[name]).all(), name
