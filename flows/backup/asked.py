"""How a backup is called in the log of questions, by which doctor finds the last one again."""


def backup_question(school: str) -> str:
    """Return the statement under which a backup of this school is written down."""
    return f"audit backup {school}"
