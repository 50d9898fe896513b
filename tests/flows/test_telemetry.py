"""What operators are told by OpenTelemetry: a real Prometheus reads it, the board is answered, and nobody is named.

Debian's Prometheus (2.42) receives no OTLP, so that what is sent goes to a receiver here that reads it by the published
protobuf messages.
"""

import contextlib
import json
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dashboards.group.costs import AllowanceLine
from dashboards.group.report import GroupWeek, SchoolCounts
from dashboards.group.states import STATES, ObjectiveMet
from flows.home.settings import Settings
from flows.notify.telemetry import PROM, gauges, send_metrics
from flows.weekly.progress import recorded
from tests.house.test_house import ROOT

DAY = date(2026, 11, 9)
PUPIL = "Rosalind Thistlewood"
EXPR = [target["expr"] for panel in json.loads((ROOT / "deploy/grafana-group.json").read_text())["panels"]
        for target in panel["targets"]]  # fmt: skip


def allowance(label: str, digest: str, spent: int) -> AllowanceLine:
    usd = (Decimal("1.50"), Decimal("2.50"), Decimal("7.50"))
    return AllowanceLine(label, "x", 3, 9, spent, 90, *usd, datetime.now(UTC), is_used_up=False, digest=digest)


def week(schools: int = 3) -> GroupWeek:
    """Return a week in which one school is published and the others are late; two allowances have one label."""
    every = tuple(
        SchoolCounts(f"school-{n}", PUPIL, state="late" if n else "published", run_seconds=10.0 + n)
        for n in range(schools)
    )
    met = ObjectiveMet(datetime(2026, 11, 9, 8, tzinfo=UTC), 0.99, 1, schools)
    return GroupWeek(DAY, every, (allowance("ours", "a" * 16, 4), allowance("ours", "b" * 16, 5)), met)


@contextlib.contextmanager
def answering(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def asked(url: str) -> object:
    with urllib.request.urlopen(url, timeout=5) as answer:
        return json.loads(answer.read())


@pytest.fixture(scope="module")
def prometheus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the written file to a Prometheus of our own, and return where it answers once it has read it."""
    if shutil.which("prometheus") is None:
        pytest.skip("no Prometheus on this machine: make prometheus")
    folder = tmp_path_factory.mktemp("prometheus")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OTEL_METRICS_EXPORTER", "prometheus")
        send_metrics(week(), folder)
    body = (folder / PROM).read_bytes()

    class Metrics(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; version=0.0.4")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with answering(Metrics) as target, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        here = f"127.0.0.1:{free.getsockname()[1]}"
        free.close()
        job = {"job_name": "audit", "scrape_interval": "1s", "static_configs": [{"targets": [target]}]}
        (folder / "prometheus.yml").write_text(json.dumps({"scrape_configs": [job]}))
        words = [f"--config.file={folder / 'prometheus.yml'}", f"--storage.tsdb.path={folder / 'data'}"]
        with subprocess.Popen(
            ["prometheus", *words, f"--web.listen-address={here}"], stderr=subprocess.DEVNULL, cwd=folder
        ) as run:
            try:
                yield read_by(f"http://{here}/api/v1/query?query=")
            finally:
                run.terminate()


def read_by(address: str) -> str:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            if asked(address + "audit_schools_audited")["data"]["result"]:
                return address
        time.sleep(0.2)
    raise AssertionError("Prometheus did not read the metrics within half a minute")


def answer(prometheus: str, expression: str) -> list[tuple[dict[str, str], float]]:
    said = asked(prometheus + urllib.parse.quote(expression))
    assert said["status"] == "success"
    plain = [(row["metric"], float(row["value"][1])) for row in said["data"]["result"]]
    return [({k: v for k, v in of.items() if k not in ("instance", "job", "__name__")}, value) for of, value in plain]


def test_prometheus_reads_the_states_the_objective_each_run_and_each_allowance(prometheus):
    states = {of["state"]: value for of, value in answer(prometheus, "audit_schools")}
    assert states == {state: {"late": 2.0, "published": 1.0}.get(state, 0.0) for state in STATES}
    assert answer(prometheus, "audit_objective_missed") == [({}, 1.0)]
    seconds = {of["school"]: value for of, value in answer(prometheus, "audit_run_duration_seconds")}
    assert seconds == {"school-0": 10.0, "school-1": 11.0, "school-2": 12.0}
    spent = {(of["allowance"], of["digest"]): value for of, value in answer(prometheus, "audit_allowance_units_spent")}
    assert spent == {("ours", "a" * 16): 4.0, ("ours", "b" * 16): 5.0}


@pytest.mark.parametrize("expression", EXPR)
def test_each_question_of_the_board_is_of_a_metric_that_is_exported_and_is_answered(prometheus, expression):
    exported = {f"{each.name.replace('.', '_')}{'_seconds' if each.unit else ''}" for each in gauges(week())}

    assert (names := set(re.findall(r"audit_\w+", expression))) <= exported
    assert names != set()
    assert answer(prometheus, expression) != []


def test_no_school_of_many_is_poured_into_one_with_others_and_nobody_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("OTEL_METRICS_EXPORTER", "prometheus")

    send_metrics(week(2_100), tmp_path)

    text = (tmp_path / PROM).read_text()
    assert text.count("audit_run_duration_seconds{") == 2_100
    assert (PUPIL in text, (tmp_path / PROM).stat().st_mode & 0o777) == (False, 0o600)


@pytest.fixture
def receiver(monkeypatch) -> Iterator[dict[str, list[bytes]]]:
    got: dict[str, list[bytes]] = {}

    class Otlp(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.setdefault(self.path, []).append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with answering(Otlp) as here:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://{here}")
        monkeypatch.setenv("OTEL_TRACES_EXPORTER", "otlp")
        monkeypatch.setenv("OTEL_METRICS_EXPORTER", "otlp")
        yield got


def run(home: Path, *, fails: bool = False) -> None:
    """Record a run of a school: a stage that ends, and one that an error which names a pupil may break off."""
    (home / "hill-view").mkdir(exist_ok=True)
    at = datetime(2026, 11, 9, 6, tzinfo=UTC)
    ticks = (at + timedelta(seconds=n) for n in range(100))
    with contextlib.suppress(ValueError), recorded(Settings(home, clock=lambda: next(ticks)), "hill-view", DAY) as told:
        told.plan(DAY, ("x_archive:77001", "judge"))
        with told.phase("x_archive:77001") as phase:
            phase.state = "complete"
        with told.phase("judge"):
            if fails:
                int(PUPIL)


@pytest.mark.parametrize("fails", [False, True])
def test_a_run_is_a_span_and_each_of_its_stages_one_within_it(receiver, tmp_path, fails):
    from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

    run(tmp_path, fails=fails)

    [body] = receiver["/v1/traces"]
    spans = [
        each
        for of in ExportTraceServiceRequest.FromString(body).resource_spans
        for s in of.scope_spans
        for each in s.spans
    ]
    archive, judge, whole = spans
    assert [span.name for span in spans] == ["x_archive", "judge", "run"]
    assert [span.parent_span_id for span in (archive, judge)] == [whole.span_id] * 2
    said = {each.key: each.value.string_value or each.value.int_value for each in whole.attributes}
    assert said == {"audit.school": "hill-view", "audit.run": "2026-11-09", "audit.code": 4 if fails else 0}
    assert archive.end_time_unix_nano - archive.start_time_unix_nano == 1_000_000_000
    assert [span.status.code for span in spans] == [1, 2 if fails else 1, 2 if fails else 1]
    assert [word for word in (PUPIL, "77001") if word.encode() in body] == []


def test_the_same_metrics_are_sent_where_that_is_asked(receiver, tmp_path):
    from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest

    send_metrics(week(), tmp_path)

    [body] = receiver["/v1/metrics"]
    [of] = ExportMetricsServiceRequest.FromString(body).resource_metrics
    assert {each.name for each in of.scope_metrics[0].metrics} == {each.name for each in gauges(week())}
    assert (list(tmp_path.iterdir()), PUPIL.encode() in body) == ([], False)


@pytest.mark.usefixtures("receiver")
def test_a_receiver_that_is_not_there_is_logged_and_changes_nothing_of_the_run(tmp_path, monkeypatch, caplog):
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "1")

    run(tmp_path)

    assert "Telemetry could not be sent" in caplog.text
    assert json.loads((tmp_path / "hill-view" / "run.json").read_text())["code"] == 0


def test_nothing_is_imported_unless_it_is_asked_for_and_without_the_extra_one_sentence_says_so(tmp_path):
    tell = "t.send_metrics(t.week(), Path(sys.argv[1])); t.run(Path(sys.argv[1]))\n"
    asks = "os.environ |= {'OTEL_METRICS_EXPORTER': 'prometheus', 'OTEL_TRACES_EXPORTER': 'otlp'}\n"
    shown = "print([name for name in sys.modules if name.startswith('opentelemetry.sdk')], flush=True)\n"
    code = (
        f"import os, sys; from pathlib import Path; from tests.flows import test_telemetry as t\n{tell}{shown}"
        f"sys.modules['opentelemetry.exporter'] = None; print('asked', file=sys.stderr)\n{asks}{tell}"
    )

    said = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, cwd=ROOT, check=True
    )

    says = "Telemetry is asked for, and is not installed: install school-social-accounts-audit[telemetry].\n"
    assert (said.stdout, said.stderr) == ("[]\n", f"asked\n{says * 2}")
