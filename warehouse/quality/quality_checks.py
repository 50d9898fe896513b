"""Is the data whole? Great Expectations, over frames of counts and marks, so that no value about a person reaches it.

A failed data-quality check turns the checks that rest on its populations to could_not_tell; it is never an exception about anyone.
The import takes about five seconds, so it happens when the data-quality checks are first run.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

import duckdb

FOLLOWERS = "core.follower_coverage"
PICTURES = ("core.picture_coverage", "core.position_coverage", "core.photo_coverage", "core.exposure_coverage")
WRITINGS = ("core.post_coverage", "core.posting_coverage", "core.named_post_coverage", "core.comment_coverage")
# What the registers of people are compared with.
WHO = (
    FOLLOWERS,
    "core.following_coverage",
    "core.commenter_coverage",
    "core.repost_coverage",
    "core.interaction_coverage",
    "core.named_post_coverage",
    "core.exposure_coverage",
)
EVERYTHING = tuple(dict.fromkeys((*WHO, *PICTURES, *WRITINGS, "core.actor_coverage", "core.profile_coverage")))


@dataclass(frozen=True, slots=True)
class Expectation:
    """One expectation by its Great Expectations class name, and its parameters."""

    kind: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class QualityCheck:
    """One data-quality check: its frame is `warehouse/quality/<name>.sql`; `populations` are what it guards."""

    name: str
    populations: tuple[str, ...]
    expectations: tuple[Expectation, ...]


@dataclass(frozen=True, slots=True)
class Passed:
    """How one data-quality check stood; `detail` is a sentence with counts only."""

    quality_check: str
    is_passed: bool
    populations: tuple[str, ...]
    detail: str


def _between(column: str, low: float | None, high: float | None = None) -> Expectation:
    return Expectation("ExpectColumnValuesToBeBetween", {"column": column, "min_value": low, "max_value": high})


def _differs(column: str, least: float) -> Expectation:
    """Expect this share of the rows, at least, to have a value that no other row has."""
    return Expectation("ExpectColumnValuesToBeUnique", {"column": column, "mostly": least})


def _some_rows(least: int) -> Expectation:
    return Expectation("ExpectTableRowCountToBeBetween", {"min_value": least})


QUALITY_CHECKS: tuple[QualityCheck, ...] = (
    QualityCheck("follower_counts", (FOLLOWERS,), (_between("share", 0.9, 1.05),)),
    QualityCheck("follower_growth", (FOLLOWERS,), (_between("share", 0.5, 2.0),)),
    QualityCheck("profiles_present", EVERYTHING, (_some_rows(1), _between("profiles_seen", 1))),
    QualityCheck("references_whole", EVERYTHING, (_between("orphans", 0, 0),)),
    QualityCheck("registers_of_people", WHO, (_between("rows_kept", 1), _between("share_set_aside", 0, 0.1))),
    # Of 5,000 pupils one in fifteen shares a birthday with nobody; of a broken export's, none.
    QualityCheck("pupils_differ", WHO, (_differs("name_mark", 0.5), _differs("birth_mark", 0.01))),
    QualityCheck(
        "register_of_photographs",
        ("core.picture_coverage", "core.position_coverage"),
        (_some_rows(1), _between("share_set_aside", 0, 0.1)),
    ),
)


def quality_check(db: duckdb.DuckDBPyConnection, run_id: str) -> list[Passed]:
    """Run every data-quality check on the run at hand, write raw.quality_checks, and return how each stood."""
    context = _ephemeral()
    answers = [_run(context, one, db.sql(_sql(one.name)).df()) for one in QUALITY_CHECKS]
    db.execute("delete from raw.quality_checks where run_id = ?", [run_id])
    for answer in answers:
        row = [run_id, answer.quality_check, answer.is_passed, ", ".join(answer.populations), answer.detail]
        db.execute("insert into raw.quality_checks values (?, ?, ?, ?, ?)", row)
    return answers


def failed_populations(answers: Sequence[Passed]) -> frozenset[str]:
    """Return the populations that some failed data-quality check guards."""
    return frozenset(name for answer in answers if not answer.is_passed for name in answer.populations)


def _sql(name: str) -> str:
    return resources.files("warehouse.quality").joinpath(f"{name}.sql").read_text(encoding="utf-8")


def _run(context: Any, one: QualityCheck, frame: Any) -> Passed:
    says = _sql(one.name).splitlines()[0].removeprefix("--").strip()
    results = _validate(context, one, frame)
    failed = sum(not success for success in results)
    seen = f"{len(frame)} rows were looked at"
    detail = f"{says} ({seen}.)" if not failed else f"Not so: {says} ({failed} of {len(results)} tests failed; {seen}.)"
    return Passed(one.name, failed == 0, one.populations, detail)


def _ephemeral() -> Any:
    import great_expectations as gx  # noqa: PLC0415 - takes about five seconds, so only when it is needed
    from great_expectations.data_context.types.base import ProgressBarsConfig  # noqa: PLC0415

    for name in ("great_expectations", "great_expectations.data_context.types.base"):
        logging.getLogger(name).setLevel(logging.WARNING)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return context


def _validate(context: Any, one: QualityCheck, frame: Any) -> list[bool]:
    import great_expectations as gx  # noqa: PLC0415

    asset = context.data_sources.add_pandas(one.name).add_dataframe_asset(one.name)
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch(batch_parameters={"dataframe": frame})
    made = [getattr(gx.expectations, e.kind)(**e.parameters) for e in one.expectations]
    suite = gx.ExpectationSuite(name=one.name, expectations=made)
    return [bool(r.success) for r in batch.validate(suite, result_format="BOOLEAN_ONLY").results]
