"""The measures of tests/bench/people: a threshold that is surely precise, and none where nothing is sure."""

from math import isclose

from tests.bench.people.measure import Link, quality, sure_threshold, wilson_low


def _links(*rights: bool) -> list[Link]:
    return [Link(f"a{n}", f"p{n}", float(len(rights) - n), is_right) for n, is_right in enumerate(rights)]


def _low(links: list[Link], threshold: float) -> float:
    kept = [link.is_right for link in links if link.score >= threshold]
    return wilson_low(sum(kept), len(kept))


def test_the_lower_end_of_a_share_is_wilsons() -> None:
    assert isclose(wilson_low(95, 100), 0.8882, abs_tol=1e-4)
    assert isclose(wilson_low(10, 10), 0.7225, abs_tol=1e-4)
    assert wilson_low(0, 0) == 0.0


def test_the_lowest_surely_precise_threshold_is_taken() -> None:
    links = _links(*[True] * 200, False, *[True] * 5, *[False] * 20)

    threshold = sure_threshold(links, 0.95)

    assert threshold is not None
    assert _low(links, threshold) >= 0.95
    assert quality(links, 205, threshold)[1] == 1.0
    assert all(_low(links, link.score) < 0.95 for link in links if link.score < threshold)


def test_too_few_links_are_never_sure() -> None:
    assert sure_threshold(_links(*[True] * 20), 0.95) is None


def test_links_of_one_score_are_taken_or_left_together() -> None:
    tied = [Link("a", "p", 1.0, is_right) for is_right in [*[True] * 100, *[False] * 100]]

    assert sure_threshold(tied, 0.95) is None
