"""Prefect's process worker, except that a school's process is forked from one that has imported what every run needs.

A run began with three seconds of imports, as much as half of all that it does: here they are made once for each worker.
No process has two schools' data all the same: the one that is forked from imports and opens nothing.

It follows Prefect's guide to workers of one's own, and `prefect.workers.process`, whose parts it puts together; Prefect
finds it by the entry point `prefect.collections`.
"""

import contextlib
import multiprocessing
import os
import tempfile
import time
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from typing import Self

import anyio
import anyio.abc
from prefect.client.schemas.objects import FlowRun
from prefect.flows import load_flow_from_flow_run
from prefect.runner._control_channel import ControlChannel
from prefect.runner._flow_run_executor import FlowRunExecutorContext
from prefect.runner._process_manager import ProcessHandle
from prefect.settings import get_current_settings
from prefect.utilities.processutils import sanitize_subprocess_env
from prefect.workers.process import ProcessJobConfiguration, ProcessWorker, ProcessWorkerResult

from flows.prefect.engine import forked

_IMPORTS = [
    "prefect.cli",
    "prefect.flow_engine",
    "prefect.task_engine",
    "flows.prefect.audit",
    "flows.prefect.run_imports",
]
_SEEN_TO_LIVE = 15.0  # seconds; what did not ask for a minute is shown as not ready
_PATIENCE = 10.0  # seconds that a process has to tell Prefect why it ends


class ForkedProcessWorker(ProcessWorker):
    """A worker of pools of the type `forked-process`."""

    type = "forked-process"
    _display_name = "Forked process"
    _description = "Runs each flow run in a process of its own, forked from one that has its imports."
    _asked = 0.0

    async def __aenter__(self) -> Self:
        """Begin, and let the imports be made while no run waits for them."""
        _context()
        forkserver.ensure_running()
        self._settings = get_current_settings().to_environment_variables(exclude_unset=True)
        await super().__aenter__()
        return self

    async def get_and_submit_flow_runs(self) -> list[FlowRun]:
        """Ask for runs that are due; of a worker that has no place for one only as often as tells that it lives."""
        is_full = self._limiter is not None and self._limiter.available_tokens < 1
        now = time.monotonic()
        if is_full and now - self._asked < _SEEN_TO_LIVE:
            return []
        self._asked = now
        return await super().get_and_submit_flow_runs()

    async def run(
        self,
        flow_run: FlowRun,
        configuration: ProcessJobConfiguration,
        task_status: anyio.abc.TaskStatus[int] | None = None,
    ) -> ProcessWorkerResult:
        """Run a flow run to the end of its process; as in Prefect's own worker, its id is told once it is there."""
        with tempfile.TemporaryDirectory(suffix="prefect") as folder:
            async with FlowRunExecutorContext() as context:
                starter = _ForkingStarter({**configuration.env, **self._settings}, folder, context.control_channel)
                executor = context.create_executor(
                    flow_run, starter, resolve_flow=load_flow_from_flow_run, propose_submitting=False
                )
                ended = None

                async def execute(
                    *, task_status: anyio.abc.TaskStatus[ProcessHandle] = anyio.TASK_STATUS_IGNORED
                ) -> None:
                    nonlocal ended
                    ended = await executor.submit(task_status=task_status)

                async with anyio.create_task_group() as group:
                    handle: ProcessHandle = await group.start(execute)
                    if task_status is not None and handle.pid is not None:
                        task_status.started(handle.pid)
        if ended is None or ended.status_code is None:
            raise RuntimeError("The flow run's process could not be started.")
        return ProcessWorkerResult(status_code=ended.status_code, identifier=str(ended.handle.pid))


class _ForkingStarter:
    """Starts the process of one flow run, as Prefect's `EngineCommandStarter` does by a command."""

    def __init__(self, values: dict[str, str | None], folder: str, channel: ControlChannel) -> None:
        self._values = values
        self._folder = folder
        self._channel = channel

    async def start(
        self, flow_run: FlowRun, task_status: anyio.abc.TaskStatus[ProcessHandle] = anyio.TASK_STATUS_IGNORED
    ) -> None:
        """Start the process, tell of it, and wait until it has ended."""
        process = _context().Process(target=forked, args=(self._environment(flow_run), self._folder))
        try:
            await anyio.to_thread.run_sync(process.start)
        except BaseException:
            self._channel.unregister(flow_run.id)
            raise
        task_status.started(ProcessHandle(process))  # type: ignore[arg-type] # it asks for a pid and an exit code
        try:
            await anyio.wait_readable(process.sentinel)
        finally:
            with anyio.CancelScope(shield=True):
                await _ended(process)

    def _environment(self, flow_run: FlowRun) -> dict[str, str]:
        control = {}
        with contextlib.suppress(RuntimeError):  # Prefect goes without where it could not listen on loopback
            port, token = self._channel.register(flow_run.id)
            control = {"PREFECT__CONTROL_PORT": str(port), "PREFECT__CONTROL_TOKEN": token}
        own = {
            "PREFECT__FLOW_RUN_ID": str(flow_run.id),
            "PREFECT__ENABLE_CANCELLATION_AND_CRASHED_HOOKS": "false",
            "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",  # the worker has asked for the server's version
        }
        return sanitize_subprocess_env({**os.environ, **self._values, **own, **control})


def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_IMPORTS)
    return context


async def _ended(process: BaseProcess) -> None:
    """Tell a process that runs still to end, and kill it if it does not; take note of its end."""
    if process.is_alive():
        process.terminate()
        with anyio.move_on_after(_PATIENCE):
            await anyio.wait_readable(process.sentinel)
    if process.is_alive():
        process.kill()
    process.join()
