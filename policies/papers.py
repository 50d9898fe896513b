"""What only the school can say in its papers of data protection, under [papers] in school.toml, and what is missing."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

from pydantic import Field

from policies.toml_text import Filled, TomlTable, packaged_toml

# Each risk: what may happen, and what is done about it.
RISKS = {name: (risk["says"], risk["done"]) for name, risk in packaged_toml("policies", "risks.toml").items()}

# On which of the two lawful bases the audit may rest, in law and as a notice says it.
BASES = {
    "public_task": ("public task (Article 6(1)(e) of the UK GDPR)", "as a public task"),
    "legitimate_interests": ("legitimate interests (Article 6(1)(f) of the UK GDPR)", "for our legitimate interests"),
}
_OF_EACH_RISK = {
    "likelihood": "how likely is the risk: remote, possible or probable",
    "severity": "how severe is the risk: minimal, significant or severe",
    "left": "what is left of the risk",
    "residual": "how high is what is left of the risk: low, medium or high",
}
Level = Literal["low", "medium", "high"]
# How high a risk is, by how severe and how likely it is, as the ICO's guidance on assessments has it.
LEVELS: Mapping[str, Mapping[str, Level]] = {
    "minimal": {"remote": "low", "possible": "low", "probable": "low"},
    "significant": {"remote": "low", "possible": "medium", "probable": "high"},
    "severe": {"remote": "low", "possible": "high", "probable": "high"},
}


class PaperAnswers(TomlTable):
    """What only the school can say; its papers are drafts until all of it is said.

    `lawful_basis` is that on which the audit itself rests; what the law asks of the school stands on the law.
    """

    lawful_basis: Literal["public_task", "legitimate_interests"] = "public_task"
    controller_address: Filled | None = Field(
        default=None, description="the postal address of the school as controller"
    )
    dpo_name: Filled | None = Field(default=None, description="who the Data Protection Officer is")
    dpo_contact: Filled | None = Field(default=None, description="how the Data Protection Officer is reached")
    ico_registration: Filled | None = Field(default=None, description="the school's registration number at the ICO")
    processors: Filled | None = Field(
        default=None,
        description="who keeps or runs anything for the school, such as an object store, a PostgreSQL server or the "
        "provider that people sign in with, or nobody",
    )
    transfers: Filled | None = Field(
        default=None,
        description="what of it is kept outside the United Kingdom, where, and by which safeguard, or none",
    )
    article_9_condition: Filled | None = Field(
        default=None,
        description="the condition of Article 9 for special categories, such as substantial public interest",
    )
    schedule_1_condition: Filled | None = Field(
        default=None,
        description="the condition of Schedule 1 to the Data Protection Act 2018, for them and for offences",
    )
    appropriate_policy_document: Filled | None = Field(
        default=None, description="where the signed appropriate policy document lies, and of which day it is"
    )
    consulted: Filled | None = Field(
        default=None, description="which pupils, parents and staff were asked, and what they said"
    )
    task_in_law: Filled | None = Field(
        default=None, description="the law that gives the school this task, or the interest that it weighed"
    )
    expected: Filled | None = Field(
        default=None,
        description="what pupils, parents and staff expect of the school here, how far they may avoid it, and what "
        "concerns there were before",
    )
    people_met: Filled | None = Field(
        default=None, description="about how many people are met, and how many of them are children"
    )
    alternatives: Filled | None = Field(default=None, description="what else was thought of, and why it does not do")
    dpo_advice: Filled | None = Field(default=None, description="what the Data Protection Officer advised, and when")
    advice_taken: Filled | None = Field(
        default=None, description="whether that advice was taken, by whom, and why where it was not"
    )
    measures_approved: Filled | None = Field(
        default=None, description="who approved the measures, and by which day each that is still to be taken is taken"
    )
    decided: Filled | None = Field(default=None, description="who accepted the risk that is left, and on which day")
    review_on: date | None = Field(default=None, description="when the assessment is looked at again")
    likelihood: dict[str, Literal["remote", "possible", "probable"]] = Field(default_factory=dict)
    severity: dict[str, Literal["minimal", "significant", "severe"]] = Field(default_factory=dict)
    left: dict[str, Filled] = Field(default_factory=dict)
    residual: dict[str, Level] = Field(default_factory=dict)

    def level(self, risk: str) -> Level | None:
        """Return how high a risk is before anything is left of it; None where likelihood or severity is not said."""
        return LEVELS.get(self.severity.get(risk, ""), {}).get(self.likelihood.get(risk, ""))

    def to_complete(self) -> Iterator[str]:
        """Yield in words each thing that the school has not said yet, with where it is said."""
        for name, field in type(self).model_fields.items():
            if getattr(self, name) is None:
                yield f"{field.description} ([papers] {name})"
        for risk, (says, _) in RISKS.items():
            for name, asks in _OF_EACH_RISK.items():
                if risk not in getattr(self, name):
                    yield f"{asks}: {says[0].lower()}{says[1:]} ([papers.{name}] {risk})"
