"""A check is only as good as the registers that it is compared with: each should be there, and fresh."""

from checks.canary import planted
from checks.evidence import Evidence
from checks.finding import Finding
from checks.model import Check, from_sql

CHECK = Check(
    id="register_fresh",
    title="Every register was refreshed within its stated time",
    finding=Finding(
        one="A register is older than it may be",
        many="{count} registers are older than they may be",
    ),
    why="Who is on roll, who has left and who has withdrawn consent changes every week; on an old register a leaver "
    "still counts as a pupil, and a picture that must come down still counts as approved.",
    sources=("school",),
    coverage="core.register_coverage",
    sees="Whether each register that the school's settings name was read in this run, and the day on which its file "
    "was last saved.",
    cannot_see="Whether what the file says is right: a file that was saved again without a change looks fresh.",
    next_step="Export the register anew from the school's records into the registers folder, and run the audit again.",
    owner_role="dpo",
    days_to_act=7,
    do_not="Do not save the old file again only to renew its date, and do not send a register by e-mail.",
    subject_kind="register",
    concerns="policy",
    judge=from_sql("checks.governance", "register_fresh"),
    evidence=(Evidence("refreshed_on", "fact", changes=True, about="setting"), Evidence("days_allowed", "fact")),
    defaults={"days": 31, "registers": []},
    canary=planted("checks.governance", "register_fresh", subject="canary-register-fresh"),
)
