"""Well-known libraries on the same sets: names alone, each as its own documents say; none of them knows a school."""

import importlib.util
from collections.abc import Callable, Sequence

import numpy as np
from rapidfuzz import fuzz, process

from engines.people.model import ActorProfile, RegisterPerson
from engines.text.latin import latin_letters, to_latin
from tests.bench.people.measure import Link
from tests.bench.people.sets import DevSet

_NEAREST = 10
_NOT_COMPARED = -99.0
Peer = Callable[[DevSet], list[Link]]


def rapidfuzz_ratio(given: DevSet) -> list[Link]:
    """Compare squashed names, in both orders, with the squashed handle and the squashed name shown."""
    return _links(given, _ratios(given))


def rapidfuzz_token_set(given: DevSet) -> list[Link]:
    """Compare the words of the name with the words of the name shown, or of the handle."""
    people = _people(given)
    names = [_name(one).lower() for one in people]
    shown = [
        to_latin(one.display_name or one.handle).lower().replace("_", " ").replace(".", " ") for one in given.actors
    ]
    return _links(given, process.cdist(shown, names, scorer=fuzz.token_set_ratio, workers=1))


def nomenklatura_logic_v2(given: DevSet) -> list[Link]:
    """Compare with logic-v2 the nearest people of each account, found by rapidfuzz."""
    from followthemoney import model
    from nomenklatura.matching import LogicV2
    from nomenklatura.matching.types import ScoringConfig

    def entity(ident: str, name: str) -> object:
        return model.get_proxy({"id": f"{given.name}-{ident}", "schema": "Person", "properties": {"name": [name]}})

    people = _people(given)
    proxies = [entity(one.person_id, _name(one)) for one in people]
    config, near = ScoringConfig.defaults(), _ratios(given)
    scores = np.zeros_like(near)
    for row, actor in enumerate(given.actors):
        query = entity(actor.actor_id, to_latin(actor.display_name or actor.handle).replace("_", " ").replace(".", " "))
        for column in np.argsort(-near[row])[:_NEAREST]:
            scores[row, column] = LogicV2.compare(query, proxies[column], config).score
    return _links(given, scores)


def splink_duckdb(given: DevSet) -> list[Link]:
    """Link with Splink on DuckDB: Jaro-Winkler levels of the squashed name, term frequencies, no labels."""
    import pandas as pd
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    people = _people(given)
    left = pd.DataFrame({"unique_id": range(len(given.actors)), "name": [_shown(one) for one in given.actors]})
    right = pd.DataFrame({"unique_id": range(len(people)), "name": [latin_letters(_name(one)) for one in people]})
    settings = SettingsCreator(
        link_type="link_only",
        probability_two_random_records_match=0.3 / len(people),
        comparisons=[cl.JaroWinklerAtThresholds("name", [0.97, 0.92, 0.85]).configure(term_frequency_adjustments=True)],
        blocking_rules_to_generate_predictions=[block_on("substr(name, 1, 2)"), block_on("substr(name, -3)")],
    )
    api = DuckDBAPI()
    linker = Linker([api.register(left), api.register(right)], settings)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    found = linker.inference.predict().as_pandas_dataframe()
    scores = np.full((len(given.actors), len(people)), _NOT_COMPARED)
    scores[found["unique_id_l"].to_numpy(int), found["unique_id_r"].to_numpy(int)] = found["match_weight"]
    return _links(given, scores)


PEERS: dict[str, tuple[str, Peer]] = {
    "rapidfuzz ratio": ("rapidfuzz", rapidfuzz_ratio),
    "rapidfuzz token_set_ratio": ("rapidfuzz", rapidfuzz_token_set),
    "nomenklatura logic-v2, blocked": ("nomenklatura", nomenklatura_logic_v2),
    "Splink 5, DuckDB": ("splink", splink_duckdb),
}


def is_installed(package: str) -> bool:
    """Say whether a peer can be run here."""
    return importlib.util.find_spec(package) is not None


def _people(given: DevSet) -> list[RegisterPerson]:
    return [one for one in given.people if one.role != "parent"]


def _name(one: RegisterPerson) -> str:
    return to_latin(f"{one.known_as or (one.given_names or '').split()[0]} {one.surname or ''}")


def _shown(one: ActorProfile) -> str:
    return latin_letters(one.display_name) or latin_letters(one.handle)


def _ratios(given: DevSet) -> np.ndarray:
    people = _people(given)
    forward = [latin_letters(_name(one)) for one in people]
    backward = [latin_letters(" ".join(reversed(_name(one).split()))) for one in people]
    best = np.zeros((len(given.actors), len(people)))
    for texts in (
        [latin_letters(one.handle) for one in given.actors],
        [latin_letters(one.display_name) for one in given.actors],
    ):
        for names in (forward, backward):
            best = np.maximum(best, process.cdist(texts, names, scorer=fuzz.ratio, workers=1))
    return best


def _links(given: DevSet, scores: np.ndarray) -> list[Link]:
    people = _people(given)
    found = []
    for actor, row in zip(given.actors, scores, strict=True):
        most = row.max()
        owners: Sequence[str] | frozenset[str] = given.truth.get(actor.actor_id, frozenset())
        if most > _NOT_COMPARED:
            ids = [people[place].person_id for place in np.flatnonzero(row >= most)]
            found += [Link(actor.actor_id, ident, float(most), ident in owners) for ident in ids]
    return found
