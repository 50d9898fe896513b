"""No official post should carry personal detail about the staff."""

from checks.papers import papers
from checks.posts.wording import WordingCheck, judge_of

CHECK = WordingCheck(
    **papers(__name__),
    judge=judge_of(["staff_detail"], lambda post, _: f"{post} seems to tell something personal about the staff."),
)
