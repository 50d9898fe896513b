"""Dockerfile and compose.yaml name what is here, publish on loopback alone, and hold no secret; no Docker is needed."""

import os
import re
import shutil
import subprocess

import pytest
import yaml

from flows.prefect.schools import PATIENCE
from tests.house.test_house import ROOT
from tests.isolation import PROGRAMS

DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text()
COMPOSE = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())
OURS = {name: service for name, service in COMPOSE["services"].items() if service.get("image") == "school-audit"}


def test_the_image_installs_what_the_makefile_installs_and_nothing_unpinned():
    made = re.findall(r"pip install (.*)", (ROOT / "Makefile").read_text().split("demo: setup")[0])
    image = re.findall(r"pip install (.*?)(?: &&.*)?$", DOCKERFILE, re.MULTILINE)

    assert [line for line in image if "--require-hashes" not in line] == [image[-1]]
    assert image == made


def test_every_file_that_is_copied_by_name_is_here_and_nothing_of_a_school_is_copied():
    lines = re.findall(r"^COPY (.*)$", DOCKERFILE, re.MULTILINE)
    copied = [name for line in lines for name in line.split()[:-1]]
    ignored = (ROOT / ".dockerignore").read_text().splitlines()

    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert {"audit-home", "secrets", ".venv", ".git"} <= set(ignored)


def test_nobody_runs_as_root_and_a_service_may_do_no_more_than_it_must():
    assert re.findall(r"^USER (.*)$", DOCKERFILE, re.MULTILINE) == ["1000"]
    assert set(OURS) == {
        *("migrate", "server-1", "server-2", "services"),
        *("worker", "group-worker", "group", "audit"),
    }
    for service in OURS.values():
        assert service["user"] == "${AUDIT_UID:-1000}:${AUDIT_GID:-1000}"
    for service in (*OURS.values(), COMPOSE["services"]["address"]):
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]


def test_one_service_makes_the_image_and_none_looks_for_it_elsewhere():
    build = OURS["migrate"]["build"]
    assert ((ROOT / "deploy" / build["context"]).resolve(), build["dockerfile"]) == (ROOT, "deploy/Dockerfile")
    assert [name for name, service in OURS.items() if "build" in service] == ["migrate"]
    assert {service["pull_policy"] for service in OURS.values()} == {"never"}


def test_the_database_s_extension_may_be_loaded_from_where_it_is_unpacked():
    [home] = re.findall(r"\bHOME=(\S+)", DOCKERFILE)
    for service in OURS.values():
        [(folder, options)] = [mounted.split(":") for mounted in service["tmpfs"]]
        assert (folder, "exec" in options.split(",")) == (home, True)


def test_workers_are_told_to_end_and_have_longer_than_they_wait_for_their_schools():
    assert all(service["init"] for service in OURS.values())
    for name in ("worker", "group-worker"):
        assert float(COMPOSE["services"][name]["stop_grace_period"].rstrip("s")) > PATIENCE


def test_ports_are_published_on_loopback_alone_and_the_database_nowhere():
    ports = {name: service["ports"] for name, service in COMPOSE["services"].items() if "ports" in service}

    assert ports == {"address": ["127.0.0.1:4200:4200"]}
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    for name in ("database", "redis", "migrate", "server-1", "server-2", "services"):
        assert COMPOSE["services"][name]["networks"] == ["inside"]
    for name in ("address", "worker", "group-worker", "group"):
        assert COMPOSE["services"][name]["networks"] == ["inside", "default"]


def test_secrets_come_from_files_that_are_not_kept_here():
    [(name, secret)] = COMPOSE["secrets"].items()
    users = [service for service, each in COMPOSE["services"].items() if name in each.get("secrets", [])]

    assert secret == {"file": "../secrets/database.password"}
    assert users == ["database", "migrate", "server-1", "server-2", "services"]
    assert "/secrets/" in (ROOT / ".gitignore").read_text().splitlines()
    assert not re.search(r"PASSWORD: ", (ROOT / "deploy" / "compose.yaml").read_text())


def test_what_a_service_needs_of_another_is_there():
    for service in COMPOSE["services"].values():
        needed = [*service.get("depends_on", {}), *re.findall(r"service:(\w+)", service.get("network_mode", ""))]
        assert [name for name in needed if name not in COMPOSE["services"]] == []
        for name, when in service.get("depends_on", {}).items():
            waits_for_its_end = when["condition"] == "service_completed_successfully"
            assert waits_for_its_end or "healthcheck" in COMPOSE["services"][name]


def test_the_shells_of_the_services_are_shell():
    shells = {name: service for name, service in OURS.items() if "entrypoint" in service}
    for name, service in shells.items():
        [_, _, script, *_] = [*service["entrypoint"], *service.get("command", [])]
        said = subprocess.run(
            ["sh", "-n", "-c", script.replace("$$", "$")], capture_output=True, text=True, check=False
        )
        assert (name, said.returncode, said.stderr) == (name, 0, "")
        assert ". deploy/prefect.env" in script
    assert set(OURS) - set(shells) == {"audit"}


def test_the_one_address_leads_to_both_servers_and_to_nobody_else():
    nginx = (ROOT / "deploy" / "nginx.conf").read_text()

    assert re.findall(r"^ +server ([\w-]+:\d+)", nginx, re.MULTILINE) == ["server-1:4200", "server-2:4200"]
    assert re.findall(r"proxy_pass (.*);", nginx) == ["http://prefect"]
    assert COMPOSE["services"]["address"]["volumes"] == ["./nginx.conf:/etc/nginx/nginx.conf:ro"]


@pytest.mark.soak
def test_docker_itself_reads_it(tmp_path):
    there = shutil.which("docker", path=os.defpath + ":/usr/local/bin")
    if not there or subprocess.run([there, "compose", "version"], capture_output=True, check=False).returncode:
        pytest.skip("no docker compose here")

    read = subprocess.run(
        [there, "compose", "--file", "deploy/compose.yaml", "--profile", "by-hand", "config", "--quiet"],
        cwd=ROOT,
        env={"PATH": PROGRAMS, "HOME": str(tmp_path), "AUDIT_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (read.returncode, read.stderr) == (0, "")
