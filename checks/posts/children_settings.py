"""Each video's settings that protect children should be as the school's policy asks."""

from checks.canary import planted
from checks.evidence import POST_LINK, POSTED_ON, Evidence
from checks.finding import Finding
from checks.model import Check, from_sql
from policies.platforms.registry import platforms_with

_IS_ON = ("on", "off", "any")

CHECK = Check(
    id="children_settings",
    title="Each video's made-for-kids, comments, embedding and visibility are as the policy asks",
    finding=Finding(
        one="A video is not set as the policy asks",
        many="{count} videos are not set as the policy asks",
    ),
    why="Open comments under a video of children draw strangers to it, embedding carries it to places that the school "
    "does not know, and made-for-kids decides what YouTube may collect about those who watch.",
    sources=platforms_with("audience_settings"),
    coverage="core.post_coverage",
    sees="For each video that is public or unlisted: whether YouTube treats it as made for kids, whether people may "
    "comment, whether other sites may show it, and who may find it. The policy's pack says which of these it asks "
    "for; a setting that it asks for and YouTube does not tell is listed as not said.",
    cannot_see="Private videos; why a setting is as it is: YouTube takes comments off a video made for kids by itself; "
    "comments that are held back until somebody looks at them, which count as on.",
    next_step="Open the video in YouTube Studio and set what is listed as the policy asks; if the video was approved "
    "with another setting, write that into the policy's pack.",
    owner_role="enterprise_and_technology_lead",
    days_to_act=7,
    do_not="Do not make a private video public to try a setting out.",
    subject_kind="post",
    concerns="post",
    judge=from_sql("checks.posts", "children_settings"),
    evidence=(
        POST_LINK,
        POSTED_ON,
        Evidence("settings", "fact", changes=True, about="setting"),
        Evidence("not_said", "fact", changes=True, about="setting"),
    ),
    defaults={
        "made_for_kids": "any",
        "comments": "any",
        "embedding": "any",
        "visibility": ["public", "unlisted", "private"],
    },
    vocabulary={
        "made_for_kids": ("yes", "no", "any"),
        "comments": _IS_ON,
        "embedding": _IS_ON,
        "visibility": ("public", "unlisted", "private"),
    },
    canary=planted("checks.posts", "children_settings", subject="canary-children-settings"),
)
