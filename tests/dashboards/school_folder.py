"""A school's own folder for tests of the desk: settings, registers with photographs, and a policy that asks people."""

from pathlib import Path

from tests.flows.village import drawn

SETTINGS = """\
[school]
id = "ousterly-vale"
name = "Ousterly Vale School"
pack = "policy.toml"

[registers]
pupils = "pupils.csv"
staff = "staff.csv"
leavers = "leavers.csv"
photographs = "photographs.csv"
accounts = "accounts.csv"
"""
POLICY = """\
id = "ousterly-vale-2026"
title = "Our policy"
edition = "2026"

[[clause]]
id = "train"
ref = "1.1"
says = "Staff are trained every year."
force = "must"
binds = "staff"
besides = "The school's own rule."
attest = {role = "headteacher", every_days = 365, evidence = "The record of training."}

[[clause]]
id = "walk"
ref = "1.2"
says = "The headteacher looks at the accounts every month."
force = "must"
binds = "headteacher"
besides = "The school's own rule."
attest = {role = "headteacher", every_days = 31, evidence = "The diary."}

[[clause]]
id = "locks"
ref = "1.3"
says = "Passwords are kept in the safe."
force = "must"
binds = "staff"
besides = "The school's own rule."
attest = {role = "it_technician", every_days = 92, evidence = "The list of the safe."}
"""
REGISTERS = {
    "pupils.csv": (
        "person_id,given_names,surname,year_group,date_of_birth,picture_consent\r\n"
        + "".join(f"{4100 + n},Somebody,Quite-Else-{n},{7 + n % 3},0{1 + n % 9}/05/2013,given\r\n" for n in range(12))
        + "4190,Nobody,Here-Atall,9,11/11/2012,withdrawn\r\n"
    ),
    "staff.csv": (
        "Staff Code;Title;Forename;Surname;Job title;Twitter;YouTube channel\n"
        "ST1;Mr;Ambrose;Netherfold;Teacher of Art;;\n"
        "ST2;Ms;Orla;Pennhallow;Teacher of Music;@orla_p;\n"
    ),
    "leavers.csv": "Admission Number,Forename,Surname,Date of leaving\n3990,Someone,Long-Gone,22/07/2025\n",
    "photographs.csv": (
        "photograph_id,file_name,video_id,channels,approved_by,approved_on,expires_on,basis,consent,objection,pupil_ids"
        "\nph-1,ph-1.jpg,,x;website,Headteacher,2026-09-02,,public_task,,,\n"
        "ph-2,ph-2.jpg,,x,Headteacher,2026-09-02,,consent,withdrawn,,4101\n"
    ),
    "accounts.csv": "platform,account_id,handle\nx,9100000000000000001,@OusterlyVale\n",
}


def write_school(folder: Path) -> None:
    """Write the school's folder."""
    for name in ("registers", "photographs"):
        (folder / name).mkdir(parents=True)
    (folder / "school.toml").write_text(SETTINGS)
    (folder / "policy.toml").write_text(POLICY)
    for name, text in REGISTERS.items():
        (folder / "registers" / name).write_bytes(text.encode())
    for number in (1, 2):
        (folder / "photographs" / f"ph-{number}.jpg").write_bytes(drawn(number))


def expect_more(folder: Path) -> None:
    """Let the school's settings say that there are more pupils and staff than their registers have."""
    with (folder / "school.toml").open("a", encoding="utf-8") as file:
        file.write("\n[registers.expected]\npupils = 20\nstaff = 4\n")
