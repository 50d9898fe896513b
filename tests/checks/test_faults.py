"""Subtle faults in the checks, each alone, in a copy of the source: the self-test notices every one.

The first fourteen once passed it: it planted one case of each check, on one platform.
"""

import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import pytest

import checks
from checks.model import Check
from tests.checks.test_canary import Planted, planted, told

__all__ = ["planted"]
ROOT = Path(checks.__file__).parent
# The file, what stands there, what stands there instead, the check that must tell, and how.
FAULTS = {
    "people known by name alone are dropped": (
        "followers/known_person.sql",
        "band in ('declared', 'likely')",
        "band = 'declared'",
        "pupil_follower",
        "did not find the planted case of 'known by name' on X",
    ),
    "leavers of 16 and 17 count as grown up": (
        "followers/known.py",
        "GROWN_UP = 18",
        "GROWN_UP = 16",
        "leaver_follower",
        "did not find the planted case of 'of 16' on X",
    ),
    "addresses are unseen": (
        "accounts/profile_identity.py",
        'has["address"] = any(',
        'has["address"] = True or any(',
        "profile_identity",
        "did not find the planted case of 'no official address' on X",
    ),
    "objections are unheeded": (
        "posts/uncovered.sql",
        "        when 'objection' then 'objection'\n",
        "",
        "withdrawn_picture",
        "did not find the planted case of 'objection' on X",
    ),
    "refusals are unheeded": (
        "posts/approvals.py",
        "kind = obstacle_here.kind if obstacle_here else None",
        'kind = obstacle_here.kind if obstacle_here and obstacle_here.kind != "consent" else None',
        "withdrawn_picture",
        "did not find the planted case of 'consent refused' on X",
    ),
    "altered pictures pass": (
        "posts/uncovered.sql",
        "parts.verdict in ('unapproved', 'altered')",
        "parts.verdict = 'unapproved'",
        "unapproved_picture",
        "did not find the planted case of 'an altered picture' on X",
    ),
    "unlisted videos pass": (
        "posts/uncovered.sql",
        "posts.visibility in ('public', 'unlisted')",
        "posts.visibility = 'public'",
        "unapproved_picture",
        "did not find the planted case of 'an unlisted video' on YouTube",
    ),
    "subscribers are unseen": (
        "followers/follow_line.sql",
        "where is_current and $direction = 'follower'",
        "where is_current and $direction = 'follower' and core.platform_has(platform, 'mentions')",
        "staff_follower",
        "did not find the planted case of 'declared by id' on YouTube",
    ),
    "quotes are unread": (
        "comments/abusive_comment.sql",
        "comments.is_current\n",
        "comments.is_current\n    and comments.kind != 'quote'\n",
        "abusive_comment",
        "did not find the planted case of 'in a quote' on X",
    ),
    "display names are unread for age": (
        "followers/underage_follower.py",
        '_SHOWN_IN = {"bio": "bio", "shown_name": "display name"}',
        '_SHOWN_IN = {"bio": "bio"}',
        "underage_follower",
        "did not find the planted case of 'an age in the display name' on X",
    ),
    "hours at weekends alone": (
        "posts/posting_hours.sql",
        "to_hour - 1 as is_outside_hours",
        "to_hour - 1 and isodow(at_school) > 5 as is_outside_hours",
        "posting_hours",
        "did not find the planted case of 'at night on a weekday' on X",
    ),
    "alternative texts of one day": (
        "posts/alt_text.sql",
        "$as_of::date - $look_back_days::integer as since",
        "$as_of::date - least($look_back_days, 1)::integer as since",
        "alt_text",
        "did not find the planted case of 'a photograph of four weeks ago' on X",
    ),
    "descriptions are unread": (
        "posts/wording.sql",
        "        text as words\n    from core.posts\n",
        "        text as words\n    from core.posts\n    where kind != 'video'\n",
        "staff_discussed",
        "did not find the planted case of 'health' on YouTube",
    ),
    "reposts of dated posts are unseen": (
        "comments/staff_repost.sql",
        "    where posts.is_current\n",
        "    where posts.is_current and posts.posted_at is null\n",
        "staff_repost",
        "did not find the planted case of 'a picture of a dated post' on X",
    ),
    "former pupils without an age are dropped": (
        "followers/known_person.sql",
        "to_years($until_age) <= $as_of, false)",
        "to_years($until_age) <= $as_of, true)",
        "leaver_follower",
        "did not find the planted case of 'of no known age' on X",
    ),
    "who has grown up today counts as a child": (
        "followers/known_person.sql",
        "to_years($until_age) <= $as_of",
        "to_years($until_age) < $as_of",
        "leaver_follower",
        "found what is none beside 'of 16' on X",
    ),
    "who has left is listed still": (
        "followers/follow_line.sql",
        "where is_current and $direction = 'follower'",
        "where $direction = 'follower'",
        "underage_follower",
        "found what is none beside 'a year of birth' on X",
    ),
    "a band is told for another": (
        "followers/known_person.sql",
        "        min(matched.band) as band,\n",
        "        'likely' as band,\n",
        "pupil_comment",
        "told the band wrongly of the planted case of 'declared' on X",
    ),
    "threats are told as something else": (
        "comments/abusive_comment.py",
        '"threat": "yes" if "threat" in kinds else "no"',
        '"threat": "no"',
        "abusive_comment",
        "told the threat wrongly of the planted case of 'a threat' on X",
    ),
    "the school's own answers count as abuse": (
        "comments/abusive_comment.sql",
        "and comments.actor_id = ours.account_id",
        "and comments.actor_id = ours.handle",
        "abusive_comment",
        "found what is none beside 'in a reply' on X",
    ),
    "the last day of an approval counts as over": (
        "posts/approvals.py",
        "obstacle(Approval.of(row), platform, as_of, pupils_now)",
        "obstacle(Approval.of(row), platform, date.fromordinal(as_of.toordinal() + 1), pupils_now)",
        "withdrawn_picture",
        "found what is none beside 'expired' on X",
    ),
    "pictures in comments pass": (
        "posts/uncovered.sql",
        "where comments.is_current and comments.picture_url is not null",
        "where false",
        "unapproved_picture",
        "did not find the planted case of 'a picture in a comment' on YouTube",
    ),
    "pictures that did not come are judged": (
        "posts/uncovered.sql",
        " and parts.why != words.not_fetched",
        "",
        "unapproved_picture",
        "found what is none beside 'an unreadable picture' on X",
    ),
    "descriptions of pictures are unread": (
        "posts/wording.sql",
        "        alt_text as words\n",
        "        null as words\n",
        "pupil_named",
        "did not find the planted case of 'in a picture's description' on X",
    ),
    "what was deleted is read": (
        "posts/wording.sql",
        "    posts.is_current\n",
        "    true\n",
        "contact_details",
        "found what is none beside 'a telephone number' on X",
    ),
    "likes are unseen": (
        "comments/official_interaction.sql",
        "where actor_id is not null",
        "where actor_id is not null and kind != 'like'",
        "official_interaction",
        "did not find the planted case of 'a like' on X",
    ),
    "masters are unsearched for places": (
        "posts/location_metadata.sql",
        "where masters.has_position",
        "where masters.has_position and masters.sha256 is not null",
        "location_metadata",
        "did not find the planted case of 'a master' on the school",
    ),
    "a policy that names no day is never overdue": (
        "governance/policy_review.sql",
        "coalesce(review_by, adopted_on + cast($longest_days as integer)) as due_on",
        "coalesce(review_by, date '2999-01-01') as due_on",
        "policy_review",
        "did not find the planted case of 'adopted too long ago' on the school",
    ),
    "training is held to the months of reading": (
        "governance/policy_read.sql",
        "if(wanted.column_name = 'trained_on', wanted.trained_since, wanted.read_since) as since",
        "wanted.read_since as since",
        "policy_read",
        "told the too_long_ago wrongly of the planted case of 'trained too long ago' on the school",
    ),
    "editions are all one": (
        "governance/policy_read.sql",
        "filter (where done_on < adopted_on) as earlier",
        "filter (where false) as earlier",
        "policy_read",
        "told the earlier_edition wrongly of the planted case of 'read an older edition' on the school",
    ),
    "whoever approved an account may": (
        "accounts/approved_before_use.py",
        "approvers.isdisjoint(_roles",
        "not any(one in _role(row['approved_by']) for one in approvers) and (_roles",
        "approved_before_use",
        "did not find the planted case of 'approved by another role' on X",
    ),
    "a picture without the logo shows it": (
        "accounts/logo.sql",
        "where not pictures.is_shown",
        "where pictures.is_shown is null",
        "logo",
        "did not find the planted case of 'a profile picture without the logo' on X",
    ),
    "accounts of which nobody knows are open": (
        "accounts/approval_possible.sql",
        "and not profiles.is_protected",
        "and profiles.is_protected is null",
        "approval_possible",
        "did not find the planted case of 'an open account' on X",
    ),
    "an address that nobody knows is the school's": (
        "accounts/sign_in_facts.py",
        'row["has_school_email"] is False',
        'row["has_school_email"] is None',
        "sign_in_facts",
        "did not find the planted case of 'a private address' on X",
    ),
    "details of any age will do": (
        "accounts/sign_in_details.sql",
        " or (column_name = 'changed_on' and done_on < changed_since)",
        "",
        "sign_in_details",
        "did not find the planted case of 'changed too long ago' on X",
    ),
    "approvals of tomorrow count": (
        "accounts/account_register.py",
        'line["approved_on"] > as_of',
        "False",
        "account_register",
        "did not find the planted case of 'approved from tomorrow' on X",
    ),
    "whoever the school follows is no lookalike": (
        "accounts/lookalike_account.sql",
        "from core.touching as touching\n",
        "from (from core.touching semi join core.followers using (platform, actor_id)) as touching\n",
        "lookalike_account",
        "did not find the planted case of 'one whom the school follows' on X",
    ),
    "comments may be on": (
        "posts/children_settings.sql",
        "case when reply_count is null then 'off' else 'on' end",
        "case when coalesce(reply_count, 0) = 0 then 'off' else 'on' end",
        "children_settings",
        "did not find the planted case of 'comments' on YouTube",
    ),
    "what the school comments itself is unread": (
        "posts/wording.sql",
        "where $with_own_comments or part",
        "where ($with_own_comments and false) or part",
        "official_words",
        "did not find the planted case of 'in a comment of the school's own' on YouTube",
    ),
    "what others comment is read as the school's": (
        "posts/wording.sql",
        "            and comments.actor_id = writers.account_id\n",
        "",
        "pupil_confidence",
        "found what is none beside 'in a comment of the school's own' on YouTube",
    ),
    "names of pupils are not known": (
        "posts/wording.py",
        "return frozenset(forms | {form.split()[0] for form in forms})",
        "return frozenset()",
        "pupil_confidence",
        "was not sure of the planted case of 'by a name on the register' on X",
    ),
    "handles that were never met are unsought": (
        "posts/staff_handle_shown.py",
        "handles = {**_declared(db, as_of), **_known(db, as_of, parameters)}",
        "handles = {**_known(db, as_of, parameters)}",
        "staff_handle_shown",
        "did not find the planted case of 'one that is declared and was never met' on X",
    ),
    "size counts of landscapes too": (
        "posts/picture_exposure.py",
        'is_large & (is_named | pl.col("people").eq_missing("yes"))',
        "is_large",
        "picture_exposure",
        "found what is none beside 'many pixels of somebody' on X",
    ),
}


@contextmanager
def edited(copy: Path, file: str, there: str, instead: str) -> Iterator[Mapping[str, Check]]:
    """Give the checks of a copy of the source in which this stands instead."""
    path = copy / "checks" / file
    text = path.read_text()
    assert there in text
    path.write_text(text.replace(there, instead))
    ours = {name: sys.modules.pop(name) for name in [*sys.modules] if name.partition(".")[0] == "checks"}
    sys.path.insert(0, str(copy))
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # two editions may be of one second and length
    try:
        yield import_module("checks.catalogue").catalogue()
    finally:
        sys.dont_write_bytecode = writes
        path.write_text(text)
        sys.path.remove(str(copy))
        for name in [name for name in sys.modules if name.partition(".")[0] == "checks"]:
            del sys.modules[name]
        sys.modules.update(ours)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("source")
    shutil.copytree(ROOT, folder / "checks", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.mark.parametrize("fault", FAULTS)
def test_a_subtle_fault_alone_is_noticed(planted: Planted, copy: Path, fault: str) -> None:
    file, there, instead, check_id, says = FAULTS[fault]

    with edited(copy, file, there, instead) as catalogue:
        failed = told(planted, catalogue[check_id])

    assert f"{check_id} {says}" in [how.replace('"', "'") for how in failed]
