"""A request to the simulated X that is in order, and the bodies it is answered with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from demo.cuts import WHOLE, Cut
from demo.endpoint import SimulatedRequest
from demo.x.endpoints import XEndpoint
from demo.x.serialise import View

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class XRequest:
    """A request in order: the endpoint, who looks at what, the list's name for tokens, the clock, the list's cut."""

    endpoint: XEndpoint
    question: SimulatedRequest
    view: View
    listing: str
    now: datetime
    cut: Cut = WHOLE

    @property
    def id(self) -> str:
        """The id in the path."""
        return self.question.ids["id"]


def filled(**parts: Any) -> Body:
    """Return a body with those of its parts that hold something."""
    return {name: part for name, part in parts.items() if part}
