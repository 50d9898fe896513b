"""Ten worked explanations on invented people, for docs/identity.md: `python -m tests.bench.people.examples`."""

from collections.abc import Mapping, Sequence
from datetime import date

from engines.people.explanation.sentences import Explanation, explain_ranking
from engines.people.matching import match_people, ranked_accounts
from engines.people.model import ActorProfile, RegisterPerson, Role, SchoolNames
from tests.bench.people import page

SCHOOL = SchoolNames("Ousterly Vale School", ("OVS", "Ousterly Vale"), "Ousterly", "Marchshire")
AS_OF = date(2026, 11, 20)
LEAST = 0.8


def _pupil(ident: str, given: str, surname: str, year: str, class_name: str, born: str) -> RegisterPerson:
    return RegisterPerson(role="pupil", person_id=ident, given_names=given, surname=surname, year_group=year,
                  class_name=class_name, date_of_birth=date.fromisoformat(born))  # fmt: skip


def _other(role: Role, ident: str, given: str, surname: str, **more: str) -> RegisterPerson:
    return RegisterPerson(role=role, person_id=ident, given_names=given, surname=surname, title=more.get("title"),
                  job_title=more.get("job"), related_ids=more.get("children"))  # fmt: skip


PEOPLE: Sequence[RegisterPerson] = (
    _pupil("p1", "Tia Wren", "Brannel", "8", "8D", "2014-03-02"),
    _pupil("p2", "Ola", "Brannel", "5", "5K", "2016-08-21"),
    _pupil("p3", "Zofia", "Kowalinska", "6", "6M", "2016-01-14"),
    _pupil("p4", "Chidiebere", "Okonjo-Wray", "4", "4K", "2018-04-30"),
    _pupil("p5", "Bram", "Stanhopp", "8", "8S", "2013-11-09"),
    _other("parent", "f1", "Pat", "Brannel", children="p1;p2"),
    _other("staff", "s1", "Lee", "Verrick", title="Mr", job="Class Teacher"),
    _other("governor", "g1", "Marit", "Hollin", title="Dr"),
    _other("leaver", "l1", "Ida", "Farrowby"),
)
CASES: Sequence[tuple[str, str | None, str | None, str | None]] = (
    ("A pupil's whole name, the year and the school", "tia.brannel", "Tia B", "y8 OVS"),
    ("Digits for letters, and nothing else", "t14_br4nn3l", None, None),
    ("A pet form, and the school", "zosiakowalinska", "Zosia", "ovs | horses"),
    ("Half a surname, cut short, and an age", "chidi.wray", "Chidi", "8 yrs old, roblox"),
    ("A parent's account with the child's name in the handle", "tiabrannelmum", "Pat Brannel", "Mum to Tia and Ola"),
    ("Brother and sister share an account", "brannelkids", "Tia & Ola Brannel", "Tia (12) and Ola (10)"),
    ("A teacher who shows no given name", "mrverrick_y4", "Mr Verrick", "Class teacher at Ousterly Vale School"),
    ("A namesake at another school", "bram.stanhopp", "Bram Stanhopp", "Year 10, Marlcombe Academy"),
    ("A given name alone", "marit_x", "Marit", "cats"),
    ("A leaver", "idafarrowby", "Ida Farrowby", "OVS class of 2025"),
)  # fmt: skip


def accounts() -> list[ActorProfile]:
    """Return the ten accounts, among forty that are nobody's."""
    crowd = [
        ActorProfile(platform="x", actor_id=f"c{n}", handle=f"maple{n}vibes", display_name="Velvet") for n in range(40)
    ]
    shown = [
        ActorProfile(platform="x", actor_id=str(n), handle=handle, display_name=name, bio=bio)
        for n, (_, handle, name, bio) in enumerate(CASES, start=1)
    ]
    return [*shown, *crowd]


def text() -> str:
    """Return the ten explanations as Markdown."""
    actors = accounts()
    bands = {(one.actor_id, one.person_id): one.band for one in match_people(PEOPLE, actors, SCHOOL, as_of=AS_OF)}
    met = {
        actor.actor_id: explain_ranking(every) for actor, every in ranked_accounts(PEOPLE, actors, SCHOOL, as_of=AS_OF)
    }
    return "\n\n".join(_example(n, met.get(str(n), []), bands) for n in range(1, len(CASES) + 1))


def _example(number: int, blocks: Sequence[Explanation], bands: Mapping[tuple[str, str], str]) -> str:
    title, handle, name, bio = CASES[number - 1]
    lines = [
        f"### {number}. {title}",
        "",
        f"`@{handle}`, shown as {name or 'nothing'}, bio: {bio or 'empty'}",
        "",
        "```",
    ]
    for block in blocks[:3]:
        band = bands.get((str(number), block.person_id), "not listed" if block.role else "")
        who = f"{block.role} {block.person_id}".strip()
        lines.append(
            f"{who}: {block.score:+.1f} bits, probability {block.probability:.2f}{f', {band}' if band else ''}"
        )
        small = sum(line.bits for line in block.lines if abs(line.bits) < LEAST)
        lines += [f"  {line.bits:+6.1f}  {line.says}" for line in block.lines if abs(line.bits) >= LEAST]
        lines += [f"  {small:+6.1f}  All else together."] if abs(small) >= 0.05 else []
    return "\n".join([*lines, "```"])


if __name__ == "__main__":
    page.put("examples", text())
