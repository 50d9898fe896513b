"""A small policy of the school's own and the pack made from it, for tests of packs, red clauses and attestations."""

from pathlib import Path

from policies.coverage import sha256_of

POLICY = """\
PUPILS
No pupil may follow the school's account.
STAFF
Staff must not follow the school's account.
The headteacher must train all staff each year.
Staff should change their passwords.
Nobody may gossip.
"""
BACKGROUND = ("PUPILS", "STAFF")
PART = 'covers = "part"\nnot_covered = "What nobody sees."'  # of a clause whose checks do not see all that it asks
TRAIN = 'attest = { role = "headteacher", every_days = 365, evidence = "The record.", ended_by = ["staff_follower"] }'
CLAUSES = (
    ("pupils", POLICY.splitlines()[1], f'checks = [{{ check = "pupil_follower", severity = "high" }}]\n{PART}'),
    ("staff", POLICY.splitlines()[3], f'checks = [{{ check = "staff_follower", severity = "medium" }}]\n{PART}'),
    ("train", POLICY.splitlines()[4], TRAIN),
    (
        "passwords",
        POLICY.splitlines()[5],
        'attest = { role = "it_technician", every_days = 91, evidence = "The log." }',
    ),
    ("gossip", POLICY.splitlines()[6], 'unobserved = "Nobody can see it."'),
)


def own_pack() -> str:
    """Return the text of the pack."""
    hashes = ", ".join(f'"{sha256_of(sentence)}"' for sentence in BACKGROUND)
    head = 'id = "own"\ntitle = "Our policy"\nedition = "2026"\nadopted_on = 2026-09-01\nreview_by = 2027-08-31\n'
    return f"{head}background = [{hashes}]\n" + "".join(_clause(*clause) for clause in CLAUSES)


def _clause(name: str, sentence: str, way: str) -> str:
    return (
        f'\n[[clause]]\nid = "{name}"\nref = "{name}"\nsays = "In our own words: {name}."\nforce = "must"\n'
        f'binds = "staff"\nsource_sha256 = "{sha256_of(sentence)}"\n{way}\n'
    )


def adopt(folder: Path, *, policy: str | None = POLICY, pack: str | None = None) -> None:
    """Give the school in this folder the pack and, unless it is None, the policy's own text."""
    settings = folder / "school.toml"
    named = 'pack = "own.toml"' + ('\npolicy_source = "policy.txt"' if policy is not None else "")
    text = settings.read_text(encoding="utf-8")
    before = next(line for line in text.splitlines() if line.startswith(("pack = ", "# pack = ")))
    text = text.replace('"Name of the school"', '"Ousterly Vale School"')
    settings.write_text(text.replace(before, named), encoding="utf-8")
    (folder / "own.toml").write_text(pack or own_pack(), encoding="utf-8")
    if policy is not None:
        (folder / "policy.txt").write_text(policy, encoding="utf-8")
