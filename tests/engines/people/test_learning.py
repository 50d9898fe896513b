"""The weights are learned by what tests/bench/people does, on a set drawn here: so that no renaming stops it unseen."""

from datetime import date
from math import log2

import numpy as np
import pytest

from engines.people.model import ActorProfile, RegisterPerson
from engines.people.score.matcher import AccountMatcher
from engines.people.score.ranking import rank_candidates
from engines.people.score.weights import Scale, Weights, least_odds
from tests.bench.people import bands, cultures, fit, own_styles, priors, train, unseen, worlds
from tests.bench.people.evidence_names import every_evidence
from tests.bench.people.loaded import Loaded, load
from tests.bench.people.measure import Link
from tests.bench.people.sets import DevSet
from tests.engines.people.faces import SCHOOL

PEOPLE = [
    RegisterPerson(role="pupil", person_id=f"p{n}", given_names=given, surname=surname, year_group=str(n + 5))
    for n, (given, surname) in enumerate(
        (("Tia", "Brannel"), ("Ola", "Farrow"), ("Ida", "Hollin"), ("Wren", "Verrick"))
    )
]


def _drawn(name: str) -> DevSet:
    """Return a school where two pupils are found in two styles, and where a namesake and a crowd are nobody's."""
    shown = [("tia.brannel", "OVS y5"), ("olafarrow12", "y6"), ("ida.hollin", "Year 9, Marlcombe Academy")]
    shown += [(f"maple{n}wren", "cats") for n in range(30)]
    actors = [
        ActorProfile(platform="x", actor_id=f"{name}{n}", handle=handle, bio=bio)
        for n, (handle, bio) in enumerate(shown)
    ]
    truth = {f"{name}0": frozenset({"p0"}), f"{name}1": frozenset({"p1"})}
    kinds = {actor.actor_id: f"pupil/style{n}" for n, actor in enumerate(actors)}
    return DevSet(name, PEOPLE, actors, SCHOOL, date(2026, 11, 20), truth, {}, kinds, frozenset(truth))


@pytest.fixture(scope="module")
def schools() -> list[Loaded]:
    return [load(_drawn(name)) for name in ("a", "b")]


def test_evidence_that_nobody_showed_weighs_what_is_expected_of_it(schools: list[Loaded]) -> None:
    weights = train.learn(schools)
    shown = {name for school in schools for row in school.cases.rows for name in row}

    assert weights.keys() == set(every_evidence())
    for name in weights.keys() - shown:
        assert weights[name] == pytest.approx(priors.prior(name)[0], abs=1e-6)
    assert weights["child.school"] != pytest.approx(priors.prior("child.school")[0], abs=1e-6)


def test_every_expectation_keeps_its_own_sign() -> None:
    for name in every_evidence():
        mean, strength, lowest, highest = priors.prior(name)

        assert strength > 0
        assert lowest is None or mean >= lowest
        assert highest is None or mean <= highest


def test_what_nothing_can_outweigh_is_not_outweighed_here_either(schools: list[Loaded]) -> None:
    weights = {**train.learn(schools), "child.other_school": -0.5}
    links = fit.links_of(schools[0].cases, schools[0].given, weights)

    assert [link.score for link in links if (link.account, link.person) == ("a2", "p2")] == [pytest.approx(-2.0)]


def test_the_cases_of_some_accounts_are_theirs_alone(schools: list[Loaded]) -> None:
    merged = fit.merged([school.cases for school in schools])
    chosen = fit.chosen(merged, {"a0", "b1"})

    assert set(chosen.accounts) == {"a0", "b1"}
    assert len(chosen.rows) == len(chosen.people) == len(chosen.seats) < len(merged.rows)
    assert len(chosen.starts) == len(chosen.weight) == 2


def test_a_style_is_judged_by_weights_that_never_saw_it(schools: list[Loaded]) -> None:
    part = unseen.by_style(schools[0], schools, [])

    assert part.owned == 2
    assert {link.account for link in part.links if link.is_right} == {"a0", "a1"}


def test_each_family_of_styles_is_left_out_once(schools: list[Loaded]) -> None:
    shares = [cultures.without_families(schools, share, 2) for share in range(2)]
    kept = [{account for part in parts for account in part.cases.accounts} for parts in shares]
    everybody = {account for school in schools for account in school.cases.accounts}

    assert kept[0] | kept[1] == everybody
    assert {"a0", "b0"} & (everybody - kept[0])
    assert "a1" in kept[0]
    assert "a1" not in kept[1]


def test_too_few_are_never_surely_right_enough_to_be_likely() -> None:
    links = [Link(f"a{n}", "p", 200.0 - n, is_right=n != 195) for n in range(200)]

    assert bands.sure_from(links[:100]) == float("inf")
    assert bands.sure_from(links) == 6.0


def test_the_band_holds_who_is_sure_and_counts_the_pupils_that_can_be_found(schools: list[Loaded]) -> None:
    band = bands.likely(schools[0], train.learn(schools), fit.UNSCALED, 0.0)

    assert {link.account for link in band.links} == {"a0", "a1"}
    assert (len(band.pupils), band.findable) == (2, 2)


@pytest.mark.parametrize("styles", [own_styles.SEEN, own_styles.UNSEEN], ids=["seen", "unseen"])
def test_our_own_styles_are_ten_and_ten_with_near_misses_beside_each(styles: dict[str, own_styles.Style]) -> None:
    own = own_styles.own_set(styles, "test")

    assert len(styles) == 10
    assert not own_styles.SEEN.keys() & own_styles.UNSEEN.keys()
    assert len(own.truth) == 10 * own_styles.EACH
    assert len({actor.actor_id for actor in own.actors}) == len(own.actors) == own_styles.CROWD + 3 * len(own.truth)


def test_drawn_schools_are_the_same_each_time_and_keep_half_of_their_words() -> None:
    again, kept = [worlds.world("test", kept=is_kept, cultures=["slavic", "african"]) for is_kept in (False, True)]

    assert worlds.world("test", cultures=["slavic", "african"]).actors == again.actors
    assert {worlds.culture_of(person.person_id) for person in again.people} == {"slavic", "african"}
    assert set(worlds.half(worlds.lists()["words"]["about"], kept=True)).isdisjoint(
        worlds.half(worlds.lists()["words"]["about"], kept=False)
    )
    for given in (again, kept):
        assert sum(kind == "about" for kind in given.kinds.values()) == worlds.COUNTS["about"]
        assert not given.truth.keys() & {account for account, kind in given.kinds.items() if kind == "namesake"}


SCALES = [fit.UNSCALED, Scale(1.1, (-5.0, 0.0, 3.0), (-6.0, 1.0, 5.0)), Scale(0.9, (-5.0, 2.0), (-3.0, 1.0))]


@pytest.mark.parametrize("scale", SCALES)
def test_the_odds_that_are_moved_keep_their_order_and_nobody_below_reach_is_lost(scale: Scale) -> None:
    odds = [step / 10 for step in range(-150, 151)]
    moved = [at + scale.shift(at) for at in odds]

    assert moved == sorted(moved)
    assert list(odds + fit.shifts(np.array(odds), scale)) == pytest.approx(moved)
    least = log2(0.01 / 0.99)
    assert all(at >= least_odds(scale, least) for at, after in zip(odds, moved, strict=True) if after >= least)


@pytest.mark.parametrize("scale", SCALES)
def test_the_bench_moves_the_odds_as_the_matcher_does(schools: list[Loaded], scale: Scale) -> None:
    weights, given = train.learn(schools), schools[0].given
    engine = AccountMatcher(given.people, given.actors, given.school, as_of=given.as_of)
    ranked = {
        account.actor.actor_id: rank_candidates(
            account, engine.name_index.person_forms, Weights(weights, 0.0, scale), len(given.actors)
        )
        for account in engine.account_candidates()
    }
    links = fit.links_of(schools[0].cases, given, weights, scale)

    assert links
    for link in links:
        everybody = ranked[link.account]
        assert link.score == pytest.approx(everybody[0].score)
        assert sum(group.probability * len(group.everybody) for group in everybody) <= 1 + 1e-9
        assert sum(bits for _, bits, _ in everybody[0].pieces) == pytest.approx(everybody[0].total)


def test_the_odds_are_moved_to_what_was_right_and_stay_in_order() -> None:
    said = np.repeat(np.arange(-6.0, 6.1), 500)
    truly = np.where(said > 0, 1.6 * said, 0.8 * said)
    rights = np.tile(np.arange(500) / 500, 13) < 1 / (1 + np.exp2(-truly))
    right = train.moved(said, np.ones(len(said)), rights)

    assert list(right) == sorted(right)
    assert np.interp([-3.0, -1.0, 1.0, 3.0], train.POINTS, right) == pytest.approx([-2.4, -0.8, 1.6, 4.8], abs=0.3)
    assert train.moved(said, np.ones(len(said)), rights).tolist() == right.tolist()


def test_a_scale_of_what_was_left_out_has_points_that_rise(schools: list[Loaded]) -> None:
    scale = train.scale_of([(school, train.learn(schools)) for school in schools])

    assert len(scale.said) == len(scale.right)
    assert list(scale.right) == sorted(scale.right)
