"""Writes a letter to a family about a photograph that may no longer be shown: a dataclass in, plain text out."""

from dataclasses import replace
from functools import cache
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined

from dashboards.letters.model import Letter
from dashboards.report.words import listed, long_day, source
from dashboards.safe_text import plain


def written(letter: Letter) -> str:
    """Return the letter's text; whatever the registers hold stands in it as plain text on its own line."""
    plainly = _plain(letter)
    child = plainly.child or "your child"
    where = listed([source(platform) for platform in plainly.platforms])
    return (
        _environment()
        .get_template("letter.txt")
        .render(
            letter=plainly,
            to=listed(plainly.parents) or (f"parent or carer of {child}" if plainly.child else "parent or carer"),
            child=child,
            accounts=f"our accounts on {where}" if where else "our accounts",
        )
    )


def _plain(letter: Letter) -> Letter:
    return replace(
        letter,
        school=_line(letter.school),
        parents=tuple(line for parent in letter.parents if (line := _line(parent))),
        child=_line(letter.child) or None,
        places=tuple(
            replace(place, handle=_line(place.handle) or None, link=_line(place.link)) for place in letter.places
        ),
        ask=_line(letter.ask),
    )


def _line(text: str | None) -> str:
    return " ".join(plain(text or "").split())


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_template),
        autoescape=False,  # noqa: S701 - plain text, never HTML
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(long_day=long_day, source=source)
    return environment


def _template(name: str) -> str:
    return resources.files("dashboards.letters.templates").joinpath(name).read_text(encoding="utf-8")
