"""How long the school keeps what: the `[retention]` table of school.toml, in days.

The platforms' own limits stand in their records, and win where they are shorter; a recorded hold alone wins over both.
"""

from typing import Annotated

from pydantic import Field

from policies.toml_text import TomlTable

LONGEST_REPORT = 28  # a report quotes what the platforms told, and the shortest of their limits is 28 days

Days = Annotated[int, Field(ge=7, le=3_653)]


class RetentionSchedule(TomlTable):
    """Days by what is kept; docs/compliance.md says why each default is what it is.

    `platform_records` is what a platform told where its terms set no time, `registers` the rows of a register after the
    run that read them, `approvals` the registers of photographs and accounts, `cases` a case and what was decided of it
    after it is closed, `reports` a run's report files, `questions` the question log, `access_log` who opened what at
    the desk, `records` attestations, acceptances, holds and changes of registers.
    """

    platform_records: Days = 400
    registers: Days = 90
    approvals: Days = 730
    cases: Days = 730
    reports: Annotated[int, Field(ge=1, le=LONGEST_REPORT)] = 28
    questions: Days = 1_095
    access_log: Days = 365
    records: Days = 1_095
