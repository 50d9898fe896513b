"""What is remembered of pictures is kept while the register or a standing post has the file, and no longer."""

import duckdb

from warehouse.runs import run_memory


def look(sha256: str, register: str = "r1") -> dict[str, object]:
    return {
        "sha256": sha256,
        "register": register,
        "parts": "[]",
        "people": "unknown",
        "face_share": None,
        "pdq": None,
        "has_position": None,
    }


def test_a_look_is_replaced_and_let_go_of_when_no_standing_post_has_the_picture(db: duckdb.DuckDBPyConnection) -> None:
    run_memory.keep_looks(db, [look("a"), look("b")], of={"a", "b"})
    run_memory.keep_looks(db, [look("a", "r2")], of={"a"})

    assert {sha: row["register"] for sha, row in run_memory.looks(db).items()} == {"a": "r2"}


def test_features_are_let_go_of_with_the_file_that_they_are_of(db: duckdb.DuckDBPyConnection) -> None:
    made = [{"master": f"film#{n:04}", "sha256": "film", "body": bytes([n])} for n in (1, 0)]
    run_memory.keep_features(db, [*made, {"master": "p", "sha256": "p", "body": b"p"}], of={"film", "p"})

    assert run_memory.features(db) == {"film": [("film#0000", b"\0"), ("film#0001", b"\1")], "p": [("p", b"p")]}

    run_memory.keep_features(db, [], of={"p"})

    assert list(run_memory.features(db)) == ["p"]


def test_features_made_anew_take_the_place_of_all_that_a_file_had(db: duckdb.DuckDBPyConnection) -> None:
    old = [{"master": f"film#{n:04}", "sha256": "film", "body": b"old"} for n in (0, 1)]
    run_memory.keep_features(db, old, of={"film"})
    run_memory.keep_features(db, [{"master": "film#0000", "sha256": "film", "body": b"new"}], of={"film"})

    assert run_memory.features(db) == {"film": [("film#0000", b"new")]}
