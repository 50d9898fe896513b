"""What an answer of X says of itself before it is read: its next page, and what it returned and bills."""

from dataclasses import dataclass

from connectors.errors import SourceChanged, SourceUnavailable
from connectors.json_parsing import parsed


@dataclass(frozen=True, slots=True)
class Envelope:
    """The next page's token, how many resources came (None: it could not be read) and the ids of all that have one."""

    next_token: str | None = None
    returned: int | None = None
    ids: tuple[str, ...] = ()


def envelope(body: bytes, endpoint: str) -> Envelope:
    """Return what an answer says of itself; nothing where it is nested too deep to be read.

    Raises SourceUnavailable when the body is no answer of X's at all, SourceChanged when it is not an object.
    """
    try:
        answer = parsed(body, endpoint)
    except ValueError:
        raise SourceUnavailable(f"X answered {endpoint} with something other than JSON.", status=200) from None
    except SourceChanged:
        return Envelope()
    if not isinstance(answer, dict):
        raise SourceChanged(f"In an answer of {endpoint}, the whole is not an object.")
    if not answer.keys() & {"data", "meta", "errors"}:
        raise SourceUnavailable(f"X answered {endpoint} with an empty answer.", status=200)
    meta, data = answer.get("meta"), answer.get("data")
    token = meta.get("next_token") if isinstance(meta, dict) else None
    came = data if isinstance(data, list) else [data] if data is not None else []
    ids = tuple(resource.get("id") for resource in came if isinstance(resource, dict))
    token = token if isinstance(token, str) else None
    return Envelope(token, len(came), tuple(each for each in ids if isinstance(each, str) and each))
