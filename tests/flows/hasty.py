"""Prefect's server with a shorter clock: `python -m tests.flows.hasty SECONDS server start`.

What its tasks by the clock were doing when Redis died is handed out again after so long, and not after five minutes,
which Docket's worker has by itself and Prefect has no setting for.
"""

import sys
from datetime import timedelta
from functools import partialmethod

from docket import Worker

if __name__ == "__main__":
    seconds = float(sys.argv.pop(1))
    Worker.__init__ = partialmethod(Worker.__init__, redelivery_timeout=timedelta(seconds=seconds))  # type: ignore[method-assign,assignment]
    from prefect.cli import app

    app()
