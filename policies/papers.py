"""What only the school can say in its papers of data protection, under [papers] in school.toml, and what is missing."""

import tomllib
from collections.abc import Iterator
from datetime import date
from importlib import resources

from pydantic import Field

from policies.toml_text import Filled, TomlTable

_FILE = resources.files("policies").joinpath("risks.toml").read_text(encoding="utf-8")
# Each risk: what may happen, and what is done about it.
RISKS = {name: (risk["says"], risk["done"]) for name, risk in tomllib.loads(_FILE).items()}


class PaperAnswers(TomlTable):
    """What only the school can say; its papers are drafts until all of it is said."""

    controller_address: Filled | None = Field(
        default=None, description="the postal address of the school as controller"
    )
    dpo_name: Filled | None = Field(default=None, description="who the Data Protection Officer is")
    dpo_contact: Filled | None = Field(default=None, description="how the Data Protection Officer is reached")
    ico_registration: Filled | None = Field(default=None, description="the school's registration number at the ICO")
    article_9_condition: Filled | None = Field(
        default=None,
        description="the condition of Article 9 for special categories, such as substantial public interest",
    )
    schedule_1_condition: Filled | None = Field(
        default=None,
        description="the condition of Schedule 1 to the Data Protection Act 2018, for them and for offences",
    )
    appropriate_policy_document: Filled | None = Field(
        default=None, description="where the appropriate policy document lies, and of which day it is"
    )
    consulted: Filled | None = Field(
        default=None, description="which pupils, parents and staff were asked, and what they said"
    )
    decided: Filled | None = Field(default=None, description="who accepted the risk that is left, and on which day")
    review_on: date | None = Field(default=None, description="when the assessment is looked at again")
    left: dict[str, Filled] = Field(default_factory=dict, description="what is left of a risk")

    def to_complete(self) -> Iterator[str]:
        """Yield in words each thing that the school has not said yet, with where it is said."""
        for name, field in type(self).model_fields.items():
            if name != "left" and getattr(self, name) is None:
                yield f"{field.description} ([papers] {name})"
        for risk, (says, _) in RISKS.items():
            if risk not in self.left:
                yield f"what is left of the risk: {says[0].lower()}{says[1:]} ([papers.left] {risk})"
