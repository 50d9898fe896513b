"""Holds requests and answers against X's own published description, in either edition.

`check_response` and `check_request` raise AssertionError with every difference; a field or a parameter that the
description does not declare is a difference too, although its JSON schemas would let it pass.

It stands on jsonschema and not on openapi-core (0.23.1 was tried on both editions), which lets any undeclared query
parameter pass, and with it the old spelling; follows no discriminator without a oneOf, so that a medium of an unknown
kind passes; and, told to forbid undeclared fields, refuses each photograph, whose url only the discriminator leads to.
"""

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

REFERENCE = Path(__file__).resolve().parents[2].parent / "shared" / "reference"
VERSIONS = ("2.166", "2.167")
# Problems of X's gateway; the newer edition no longer describes them, though X goes on sending them.
GATEWAY = {"about:blank", "https://api.x.com/2/problems/unsupported-authentication"}
GATEWAY_FIELDS = {"title", "detail", "type", "status"}
_ANY = "_any"
Json = dict[str, Any]

formats = FormatChecker(formats=())


def _is_time(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


formats.checks("date-time", raises=ValueError)(_is_time)


@dataclass(frozen=True, eq=False)
class Spec:
    """One edition, its schemas turned into plain JSON Schema under `components`."""

    version: str
    document: Json
    components: Json

    def operation(self, method: str, path: str) -> Json:
        """Return the description of this method of the template that fits this path."""
        fitting = [t for t in self.document["paths"] if re.fullmatch(re.sub(r"{\w+}", "[^/]+", t), path)]
        assert fitting, f"{path} is not in X {self.version}"
        operation: Json = self.document["paths"][min(fitting, key=lambda t: t.count("{"))][method.lower()]
        return operation

    def errors(self, schema: Json, value: object) -> list[str]:
        """Return every difference between this value and this schema."""
        whole = {**_plain(schema, self._unions, inside=""), "components": self.components}
        validator = Draft202012Validator(whole, format_checker=formats)
        found = [f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(value)]
        return found or [f"{where}: not declared" for where in self._undeclared(whole, value, "$")]

    @property
    def _unions(self) -> set[str]:
        return {name.removesuffix(_ANY) for name in self.components["schemas"] if name.endswith(_ANY)}

    def _undeclared(self, schema: Json, value: object, where: str) -> Iterator[str]:
        branches = list(self._branches(schema, value))
        if isinstance(value, list):
            for number, item in enumerate(value):
                inner = [branch["items"] for branch in branches if "items" in branch]
                yield from self._undeclared({"allOf": inner}, item, f"{where}[{number}]")
        if isinstance(value, dict):
            declared = [branch["properties"] for branch in branches if "properties" in branch]
            for name, item in value.items() if declared else ():
                inner = [properties[name] for properties in declared if name in properties]
                if not inner:
                    yield f"{where}.{name}"
                yield from self._undeclared({"allOf": inner}, item, f"{where}.{name}")

    def _branches(self, schema: Json, value: object) -> Iterator[Json]:
        if "$ref" in schema:
            yield from self._branches(self.components["schemas"][schema["$ref"].rpartition("/")[2]], value)
        yield schema
        for part in schema.get("allOf", ()):
            yield from self._branches(part, value)
        for part in (*schema.get("oneOf", ()), *schema.get("anyOf", ())):
            if self._fits(part, value):
                yield from self._branches(part, value)
        if "if" in schema and self._fits(schema["if"], value):
            yield from self._branches(schema["then"], value)

    def _fits(self, schema: Json, value: object) -> bool:
        return bool(Draft202012Validator({**schema, "components": self.components}).is_valid(value))


@cache
def _load(version: str) -> Spec | None:
    file = REFERENCE / f"x-openapi-{version}.json.gz"
    if not file.exists():
        return None
    document = json.loads(gzip.decompress(file.read_bytes()))
    schemas = document["components"]["schemas"]
    unions = {name for name, schema in schemas.items() if "discriminator" in schema and "oneOf" not in schema}
    plain = {name: _plain(schema, unions, inside=name) for name, schema in schemas.items()}
    for name in unions:
        plain[name + _ANY] = _union(name, schemas[name]["discriminator"])
    return Spec(version, document, {"schemas": plain})


def load(version: str) -> Spec:
    """Return X's description of this version; skip the test, loudly, where the file is absent."""
    spec = _load(version)
    if spec is None:
        pytest.skip(f"../shared/reference/x-openapi-{version}.json.gz is absent: X's own description was not checked")
    return spec


def check_response(spec: Spec, method: str, path: str, status: int, body: Any) -> None:
    """Raise AssertionError with every difference between this answer and the description."""
    responses = spec.operation(method, path)["responses"]
    if status == 200:
        errors = spec.errors(responses["200"]["content"]["application/json"]["schema"], body)
    elif spec.version == "2.167" and body.get("type") in GATEWAY:
        errors = [f"$.{name}: not declared" for name in body.keys() - GATEWAY_FIELDS]
    else:
        content = "application/problem+json" if "type" in body else "application/json"
        errors = spec.errors(responses["default"]["content"][content]["schema"], body)
    assert not errors, f"X {spec.version} {method} {path} {status}:\n" + "\n".join(errors)


def check_request(spec: Spec, method: str, path: str, params: Mapping[str, object]) -> None:
    """Raise AssertionError with every difference between these query parameters and the description."""
    declared = {}
    for parameter in spec.operation(method, path)["parameters"]:
        whole = (
            spec.document["components"]["parameters"][parameter["$ref"].rpartition("/")[2]]
            if "$ref" in parameter
            else parameter
        )
        if whole["in"] == "query":
            declared[whole["name"]] = whole
    errors = [f"{name}: not a parameter" for name in params if name not in declared]
    errors += [f"{name}: missing" for name, one in declared.items() if one.get("required") and name not in params]
    for name in params.keys() & declared.keys():
        schema = declared[name]["schema"]
        errors += [f"{name}: {error}" for error in spec.errors(schema, _typed(schema, str(params[name])))]
    assert not errors, f"X {spec.version} {method} {path}:\n" + "\n".join(errors)


def _typed(schema: Json, value: str) -> object:
    if schema.get("type") == "array":
        return value.split(",")
    return int(value) if schema.get("type") == "integer" and value.isdecimal() else value


def _plain(schema: Any, unions: set[str], *, inside: str) -> Any:
    """Return an OpenAPI 3.0 schema as JSON Schema: `nullable` and `discriminator` are OpenAPI's alone."""
    if isinstance(schema, list):
        return [_plain(part, unions, inside=inside) for part in schema]
    if not isinstance(schema, dict):
        return schema
    reference = schema.get("$ref", "")
    name = reference.rpartition("/")[2] if isinstance(reference, str) else ""
    # A member of a union refers to its base for the shared fields; everybody else means the union.
    if name in unions and not _is_member(inside, name):
        return {"$ref": reference + _ANY}
    plain = {
        key: _plain(part, unions, inside=inside)
        for key, part in schema.items()
        if key not in {"discriminator", "nullable", "example"}
    }
    return {"anyOf": [plain, {"type": "null"}]} if schema.get("nullable") is True else plain


def _is_member(inside: str, union: str) -> bool:
    members = {"Media": {"Photo", "Video", "AnimatedGif"}}
    return inside in members.get(union, set()) or (union == "Problem" and inside.endswith("Problem"))


def _union(name: str, discriminator: Json) -> Json:
    key, mapping = discriminator["propertyName"], discriminator["mapping"]
    return {
        "allOf": [
            {"$ref": f"#/components/schemas/{name}"},
            {"properties": {key: {"enum": list(mapping)}}},
            *(
                {"if": {"properties": {key: {"const": value}}, "required": [key]}, "then": {"$ref": member}}
                for value, member in mapping.items()
            ),
        ]
    }
