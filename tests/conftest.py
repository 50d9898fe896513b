"""What every test lives by: warnings are errors, made-up data come from a fixed seed, nothing is fetched.

Fixtures live beside the tests that use them; add one here only when three folders need it.
"""

import os

from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")

os.umask(0o077)  # what a test writes for the program is private, as what the program writes is
