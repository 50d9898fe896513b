"""Holds requests to YouTube, and its answers, against the discovery document that comes with the Google client."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import googleapiclient.discovery_cache

DOCUMENTS = Path(googleapiclient.discovery_cache.__file__).parent / "documents"
TYPES = {"string": str, "boolean": bool, "integer": int, "number": float, "object": dict, "array": list}


@cache
def document() -> dict[str, Any]:
    """Return the bundled description of YouTube's Data API v3."""
    whole: dict[str, Any] = json.loads((DOCUMENTS / "youtube.v3.json").read_bytes())
    return whole


def check_request(endpoint: str, asked: Mapping[str, object]) -> None:
    """Raise AssertionError with every parameter that this list method, such as videos.list, does not take so."""
    collection, _, method = endpoint.partition(".")
    known = document()["resources"][collection]["methods"][method]["parameters"]
    problems = [f"{name}: missing" for name, one in known.items() if one.get("required") and name not in asked]
    for name, value in asked.items():
        one = (known | document()["parameters"]).get(name)
        if one is None:
            problems.append(f"{name}: not a parameter")
        elif one["type"] == "integer" and not int(one["minimum"]) <= int(str(value)) <= int(one["maximum"]):
            problems.append(f"{name}: not from {one['minimum']} to {one['maximum']}")
        elif value not in one.get("enum", [value]):
            problems.append(f"{name}: not one of {one['enum']}")
    assert not problems, f"{endpoint}:\n" + "\n".join(problems)


def check_answer(body: dict[str, Any]) -> None:
    """Raise AssertionError with every field that the schema of this list response does not know or types otherwise."""
    name = body["kind"].removeprefix("youtube#")
    schema = name[0].upper() + name[1:]
    problems = list(_problems({"$ref": schema}, body, "$"))
    assert not problems, f"{schema}:\n" + "\n".join(problems)


def _problems(schema: dict[str, Any], value: Any, where: str) -> Iterator[str]:
    if "$ref" in schema:
        schema = document()["schemas"][schema["$ref"]]
    wanted = TYPES[schema["type"]]
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        yield f"{where}: not {schema['type']}"
    elif schema.get("enum") and value not in schema["enum"]:
        yield f"{where}: not one of {schema['enum']}"
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _problems(schema["items"], item, f"{where}[{number}]")
    elif isinstance(value, dict) and "properties" in schema:
        for name, item in value.items():
            if name not in schema["properties"]:
                yield f"{where}.{name}: not declared"
            else:
                yield from _problems(schema["properties"][name], item, f"{where}.{name}")
