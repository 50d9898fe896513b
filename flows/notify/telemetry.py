"""Metrics and traces for whoever operates many schools, by OpenTelemetry's SDK and settings: ids and counts alone.

OTEL_TRACES_EXPORTER=otlp          a span for each run of a school, and in it one for each of its stages
OTEL_METRICS_EXPORTER=otlp         how the group stands, sent whenever its report is written
OTEL_METRICS_EXPORTER=prometheus   the same as group.prom beside the report, for node_exporter's folder of text files
OTEL_EXPORTER_OTLP_ENDPOINT        and its like: where to, as the SDK reads them

Without these nothing of the extra `telemetry` is imported. What cannot be sent is logged, and changes nothing else.
"""

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from dashboards.group.report import GroupWeek
from warehouse.runs.run_progress import RunProgress
from warehouse.store.private_files import put_in_place

log = logging.getLogger(__name__)
PROM = "group.prom"
_SERVICE = {"service.name": "school-audit"}


@dataclass(frozen=True, slots=True)
class Gauge:
    """One metric at one moment: its name and unit as OpenTelemetry has them, and its values with what they are of."""

    name: str
    says: str
    values: tuple[tuple[float, Mapping[str, str]], ...]
    unit: str = ""


def gauges(week: GroupWeek) -> tuple[Gauge, ...]:
    """Return how a group stands: its schools by state, the objective, each school's run, and each allowance."""
    met, nothing = week.objective, dict[str, str]()
    reached = () if met is None else (met.published, met.of, met.is_missed)
    published, asked, missed = (((float(each), nothing),) for each in reached) if reached else ((), (), ())
    timed = tuple((each.run_seconds, {"school": each.school}) for each in week.schools if each.run_seconds is not None)
    return (
        Gauge(
            "audit.schools",
            "Schools of the group in each state this week.",
            tuple((float(count), {"state": state}) for state, count in week.states.items()),
        ),
        Gauge("audit.schools.audited", "Schools judged this week on what was seen.", ((float(week.audited), nothing),)),
        Gauge("audit.objective.published", "Schools that were published by the objective's hour.", published),
        Gauge("audit.objective.asked", "Schools that the objective counts.", asked),
        Gauge("audit.objective.missed", "Whether fewer schools were published by then than are to be.", missed),
        Gauge("audit.run.duration", "How long the last run of each school of this week took.", timed, "s"),
        _of_allowances(week, "units_spent", "Quota units spent of an allowance on its platform's day."),
        _of_allowances(week, "units_left", "Quota units left of an allowance on its platform's day, where limited."),
        _of_allowances(week, "usd_spent", "US dollars spent of an allowance this month."),
        _of_allowances(week, "usd_left", "US dollars left of an allowance this month, where limited."),
    )


def _of_allowances(week: GroupWeek, field: str, says: str) -> Gauge:
    """Return what each line of costs has in a field, where it has something there."""
    values = [
        (float(value), {"allowance": line.called, "digest": line.digest, "platform": line.platform})
        for line in week.costs
        if (value := getattr(line, field)) is not None
    ]
    return Gauge(f"audit.allowance.{field.replace('_', '.')}", says, tuple(values))


def are_metrics_asked() -> bool:
    """Say whether OTEL_METRICS_EXPORTER asks for any metrics."""
    return bool({"prometheus", "otlp"} & {*_asked("OTEL_METRICS_EXPORTER")})


def send_metrics(week: GroupWeek, folder: Path) -> None:
    """Send how a group stands, or write it into its report's folder, as OTEL_METRICS_EXPORTER asks."""
    asked = _asked("OTEL_METRICS_EXPORTER")
    if "prometheus" in asked:
        with _harmless():
            put_in_place(folder / PROM, _prometheus(gauges(week)))
    if "otlp" in asked:
        with _harmless():
            from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter  # noqa: PLC0415
            from opentelemetry.sdk.metrics.export import InMemoryMetricReader  # noqa: PLC0415

            reader = InMemoryMetricReader(cardinality_limits=_limits(every := gauges(week)))
            _measure(every, reader)
            if (made := reader.get_metrics_data()) is not None:
                _ensure_taken(OTLPMetricExporter().export(made))


def _prometheus(every: tuple[Gauge, ...]) -> bytes:
    from opentelemetry.exporter.prometheus import PrometheusMetricReader  # noqa: PLC0415
    from prometheus_client import CollectorRegistry, generate_latest  # noqa: PLC0415

    registry = CollectorRegistry()
    limits = _limits(every)
    _measure(
        every, PrometheusMetricReader(True, scope_info_enabled=False, registry=registry, cardinality_limits=limits)
    )
    return bytes(generate_latest(registry))


def _measure(every: tuple[Gauge, ...], reader: Any) -> None:
    """Let a reader of the SDK's read these."""
    from opentelemetry.metrics import Observation  # noqa: PLC0415
    from opentelemetry.sdk.metrics import MeterProvider  # noqa: PLC0415
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415

    meter = MeterProvider([reader], Resource(_SERVICE), shutdown_on_exit=False).get_meter("audit")
    for each in every:
        observed = partial(_observed, [Observation(value, dict(of)) for value, of in each.values])
        meter.create_observable_gauge(each.name, [observed], each.unit, each.says)


def _observed(seen: list[Any], _: object) -> list[Any]:
    return seen


def _limits(every: tuple[Gauge, ...]) -> dict[Any, int]:
    """Return what lets a reader keep every value: by itself it would pour those beyond 2,000 schools into one."""
    from opentelemetry.sdk.metrics import ObservableGauge  # noqa: PLC0415

    return {ObservableGauge: 1 + max(len(each.values) for each in every)}


def send_trace(school: str, progress: RunProgress) -> None:
    """Send what a run that has ended did when, where OTEL_TRACES_EXPORTER asks: a span, and one for each stage."""
    if "otlp" not in _asked("OTEL_TRACES_EXPORTER"):
        return
    with _harmless():
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415

        _ensure_taken(OTLPSpanExporter().export(_spans(school, progress)))


def _spans(school: str, progress: RunProgress) -> Any:
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor  # noqa: PLC0415
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter  # noqa: PLC0415
    from opentelemetry.trace import Status, StatusCode, set_span_in_context  # noqa: PLC0415

    kept, provider = InMemorySpanExporter(), TracerProvider(resource=Resource(_SERVICE), shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(kept))
    tracer, end = provider.get_tracer("audit"), progress.ended_at or progress.began_at
    of: dict[str, str | int] = {
        "audit.school": school,
        "audit.run": str(progress.as_of or ""),
        "audit.code": progress.code or 0,
    }
    run = tracer.start_span("run", start_time=_nanoseconds(progress.began_at), attributes=of)
    for phase in progress.phases:
        state = phase.state or ("ended" if phase.ended_at else "broken off")
        said = {"audit.school": school, "audit.state": state}
        name, began = phase.name.partition(":")[0], _nanoseconds(phase.began_at)
        span = tracer.start_span(name, set_span_in_context(run), start_time=began, attributes=said)
        span.set_status(Status(StatusCode.ERROR if state in ("broken off", "failed") else StatusCode.OK))
        span.end(_nanoseconds(phase.ended_at or end))
    run.set_status(Status(StatusCode.ERROR if (progress.code or 0) > 1 else StatusCode.OK))
    run.end(_nanoseconds(end))
    return kept.get_finished_spans()


def _nanoseconds(at: datetime) -> int:
    return int(at.timestamp() * 1_000_000) * 1_000


def _asked(setting: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in os.environ.get(setting, "").split(","))


def _ensure_taken(result: Any) -> None:
    if result.name != "SUCCESS":
        raise ConnectionError(result.name)


@contextmanager
def _harmless() -> Iterator[None]:
    """Do what tells an operator; what goes wrong in it is logged, and changes nothing about the run or the report."""
    try:
        yield
    except ImportError:
        log.warning("Telemetry is asked for, and is not installed: install school-social-accounts-audit[telemetry].")
    except Exception as error:  # noqa: BLE001 - whatever goes wrong in telling, the run is as it is
        log.warning("Telemetry could not be sent (%s). Look at OTEL_EXPORTER_OTLP_ENDPOINT.", type(error).__name__)
