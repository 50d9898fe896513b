"""When a pull is tried again: only where a later try may bring more, after a wait that grows, and not for ever."""

from collections.abc import Callable
from datetime import datetime

from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    stop_before_delay,
    wait_exponential_jitter,
    wait_random,
)

from connectors.errors import SourceThrottled, SourceUnavailable
from flows.home.settings import RetryPolicy, Settings


def retrying(settings: Settings) -> Retrying:
    """Return what calls a pull again until it ends, or its tries or its time are over.

    Where the source says when to come back it is asked then, and otherwise after a wait that doubles each time. The
    last error is raised as it is.
    """
    policy = settings.retry_policy
    return Retrying(
        retry=retry_if_exception_type((SourceThrottled, SourceUnavailable)),
        stop=stop_after_attempt(policy.tries) | stop_before_delay(policy.max_seconds),
        wait=_wait(policy, settings.clock),
        sleep=settings.sleep,
        reraise=True,
    )


def _wait(policy: RetryPolicy, clock: Callable[[], datetime]) -> Callable[[RetryCallState], float]:
    jitter = policy.first_wait / 2
    backoff = wait_exponential_jitter(multiplier=policy.first_wait, jitter=jitter)
    spread = wait_random(0, jitter)

    def seconds(state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        retry_at = error.retry_at if isinstance(error, SourceThrottled) else None
        if retry_at is None:
            return float(backoff(state))
        return max((retry_at - clock()).total_seconds(), 0.0) + float(spread(state))

    return seconds
