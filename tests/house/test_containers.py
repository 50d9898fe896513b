"""Dockerfile and compose.yaml name what is here, publish on loopback alone, and hold no secret; no Docker is needed."""

import re
import shutil
import ssl
import subprocess
from datetime import timedelta

import pytest
import yaml

from tests.house.test_house import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
OURS = {name: service for name, service in COMPOSE["services"].items() if service.get("image") == "school-audit"}


def test_the_image_installs_what_the_makefile_installs_and_nothing_unpinned():
    made = re.findall(r"pip install (.*)", (ROOT / "Makefile").read_text().split("demo: setup")[0])
    image = re.findall(r"pip install (.*?)(?: &&.*)?$", DOCKERFILE, re.MULTILINE)

    assert [line for line in image if "--require-hashes" not in line] == [image[-1]]
    assert image == made


def test_every_file_that_is_copied_by_name_is_here_and_nothing_of_a_school_is_copied():
    copied = [name for line in re.findall(r"^COPY (.*)$", DOCKERFILE, re.MULTILINE) for name in line.split()[:-1]]
    ignored = (ROOT / ".dockerignore").read_text().splitlines()

    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert {"audit-home", "secrets", ".venv", ".git"} <= set(ignored)


def test_nobody_runs_as_root_and_a_service_may_do_no_more_than_it_must():
    assert re.findall(r"^USER (.*)$", DOCKERFILE, re.MULTILINE) == ["1000"]
    assert set(OURS) == {
        *("migrate", "server-1", "server-2", "services"),
        *("worker", "group-worker", "deploy", "audit"),
    }
    for service in OURS.values():
        assert service["user"] == "${AUDIT_UID:-1000}:${AUDIT_GID:-1000}"
    for service in (*OURS.values(), COMPOSE["services"]["address"]):
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]


def test_ports_are_published_on_loopback_alone_and_the_database_nowhere():
    ports = {name: service["ports"] for name, service in COMPOSE["services"].items() if "ports" in service}

    assert ports == {"address": ["127.0.0.1:4200:4200"]}
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    for name in ("database", "redis", "migrate", "server-1", "server-2", "services"):
        assert COMPOSE["services"][name]["networks"] == ["inside"]


def test_secrets_come_from_files_that_are_not_kept_here():
    [(name, secret)] = COMPOSE["secrets"].items()
    users = [service for service, each in COMPOSE["services"].items() if name in each.get("secrets", [])]

    assert secret == {"file": "secrets/database.password"}
    assert users == ["database", "migrate", "server-1", "server-2", "services"]
    assert "/secrets/" in (ROOT / ".gitignore").read_text().splitlines()
    assert not re.search(r"PASSWORD: ", (ROOT / "compose.yaml").read_text())


def test_what_a_service_needs_of_another_is_there():
    for service in COMPOSE["services"].values():
        needed = [*service.get("depends_on", {}), *re.findall(r"service:(\w+)", service.get("network_mode", ""))]
        assert [name for name in needed if name not in COMPOSE["services"]] == []
        for name, when in service.get("depends_on", {}).items():
            waits_for_its_end = when["condition"] == "service_completed_successfully"
            assert waits_for_its_end or "healthcheck" in COMPOSE["services"][name]


def test_the_shells_of_the_services_are_shell():
    for name, service in OURS.items():
        if "command" in service:
            [script] = service["command"]
            said = subprocess.run(
                ["sh", "-n", "-c", script.replace("$$", "$")], capture_output=True, text=True, check=False
            )
            assert (name, said.returncode, said.stderr) == (name, 0, "")
            assert ". ./prefect.env" in script


def test_the_one_address_leads_to_both_servers_and_to_nobody_else():
    nginx = (ROOT / "deploy" / "nginx.conf").read_text()

    assert re.findall(r"^ +server ([\w-]+:\d+)", nginx, re.MULTILINE) == ["server-1:4200", "server-2:4200"]
    assert re.findall(r"proxy_pass (.*);", nginx) == ["http://prefect"]
    assert COMPOSE["services"]["address"]["volumes"] == ["./deploy/nginx.conf:/etc/nginx/nginx.conf:ro"]


def sourced(tmp_path, **values):
    """Return the environment that prefect.env makes of these values."""
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "prefect.password").write_text("a-password\n")
    said = subprocess.run(
        ["sh", "-ec", ". ./prefect.env; env -0"],
        cwd=ROOT, env={"PATH": "/usr/bin:/bin", "AUDIT_HOME": str(tmp_path), **values}, capture_output=True, check=True,
    )  # fmt: skip
    return dict(line.split("=", 1) for line in said.stdout.decode().split("\0") if line)


def test_compose_prefect_env_and_helm_tell_servers_the_same(tmp_path):
    from prefect.settings import Settings

    helm = yaml.safe_load((ROOT / "deploy" / "helm" / "server-values.yaml").read_text())
    in_helm = {each["name"]: each["value"] for each in helm["global"]["prefect"]["env"]}
    address = COMPOSE["services"]["server-1"]["environment"]["AUDIT_REDIS_URL"]
    here = sourced(tmp_path, AUDIT_REDIS_URL=address)
    redis = {name: value for name, value in here.items() if "redis" in value and name.startswith("PREFECT_")}

    kept = "PREFECT_SERVER_EVENTS_EXPIRED_BUCKET_BUFFER"
    assert len(redis) == 8
    assert redis.items() | {(kept, here[kept])} <= in_helm.items()
    assert Settings().server.worker_channel.cleanup_queue_storage.endswith("memory")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in in_helm.items():
            patch.setenv(name, value)
        server = Settings().server
    assert server.events.messaging_broker == server.events.messaging_cache == "prefect_redis.messaging"
    assert server.events.causal_ordering == "prefect_redis.ordering"
    assert server.concurrency.lease_storage == "prefect_redis.lease_storage"
    assert server.worker_channel.cleanup_queue_storage == "prefect_redis.cleanup_queue"
    assert server.docket.url == f"{address}/1"
    assert server.events.expired_bucket_buffer == timedelta(days=1)


@pytest.mark.parametrize(("told", "seconds"), [({}, 1), ({"PREFECT_WORKER_QUERY_SECONDS": "5"}, 5)])
def test_a_worker_looks_for_the_next_school_every_second_or_as_it_is_told(tmp_path, told, seconds):
    from prefect.settings import Settings

    here = sourced(tmp_path, **told)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PREFECT_WORKER_QUERY_SECONDS", here["PREFECT_WORKER_QUERY_SECONDS"])
        assert Settings().worker.query_seconds == seconds


def test_clients_of_an_address_without_tls_read_one_list_and_trust_nobody(tmp_path):
    here = sourced(tmp_path)
    context = ssl.create_default_context(cafile=here["PREFECT_API_SSL_CERT_FILE"])

    assert here["PREFECT_API_URL"].startswith("http://127.0.0.1:")
    assert context.cert_store_stats() == {"x509": 0, "crl": 1, "x509_ca": 0}
    assert context.verify_mode == ssl.CERT_REQUIRED


@pytest.mark.parametrize("given_out", ["", "false", "true"])
def test_clients_ask_for_a_token_where_the_server_gives_one_out(tmp_path, given_out):
    here = sourced(tmp_path, PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED=given_out)

    assert here["PREFECT_CLIENT_CSRF_SUPPORT_ENABLED"] == (given_out or "false")


def test_helm_has_two_servers_a_password_and_no_secret_of_its_own():
    server = yaml.safe_load((ROOT / "deploy" / "helm" / "server-values.yaml").read_text())
    worker = yaml.safe_load((ROOT / "deploy" / "helm" / "worker-values.yaml").read_text())["worker"]

    assert server["server"]["replicaCount"] == 2
    assert server["server"]["basicAuth"] == {"enabled": True, "existingSecret": "prefect-password"}
    assert worker["selfHostedServerApiConfig"]["basicAuth"] == server["server"]["basicAuth"]
    assert (server["postgresql"]["enabled"], server["secret"]["create"]) == (False, False)
    assert server["ingress"]["enabled"] is False


def test_docker_itself_reads_it(tmp_path):
    there = shutil.which("docker") and subprocess.run(
        ["docker", "compose", "version"], capture_output=True, check=False
    )
    if not there or there.returncode:
        pytest.skip("no docker compose here")

    read = subprocess.run(
        ["docker", "compose", "--profile", "by-hand", "config", "--quiet"],
        cwd=ROOT,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(tmp_path), "AUDIT_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (read.returncode, read.stderr) == (0, "")
