"""Who is at the keyboard, as the operating system knows it: by number, and not by what the environment says."""

import os
import pwd


def os_user() -> str:
    """Return the name of the user whose process this is; `user 1000` where the system has no name for the number."""
    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"user {number}"
