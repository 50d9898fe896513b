"""Dockerfile and compose.yaml name what is here, publish on loopback alone, and hold no secret; no Docker is needed."""

import re
import shutil
import subprocess

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
    assert set(OURS) == {"server", "worker", "deploy", "audit"}
    for service in OURS.values():
        assert service["user"] == "${AUDIT_UID:-1000}:${AUDIT_GID:-1000}"
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]


def test_ports_are_published_on_loopback_alone_and_the_database_nowhere():
    ports = {name: service["ports"] for name, service in COMPOSE["services"].items() if "ports" in service}

    assert ports == {"server": ["127.0.0.1:4200:4200"]}
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert COMPOSE["services"]["database"]["networks"] == ["inside"]


def test_secrets_come_from_files_that_are_not_kept_here():
    [(name, secret)] = COMPOSE["secrets"].items()
    users = [service for service, each in COMPOSE["services"].items() if name in each.get("secrets", [])]

    assert secret == {"file": "secrets/database.password"}
    assert users == ["database", "server"]
    assert "/secrets/" in (ROOT / ".gitignore").read_text().splitlines()
    assert not re.search(r"PASSWORD: ", (ROOT / "compose.yaml").read_text())


def test_what_a_service_needs_of_another_is_there():
    for service in COMPOSE["services"].values():
        needed = [*service.get("depends_on", {}), *re.findall(r"service:(\w+)", service.get("network_mode", ""))]
        assert [name for name in needed if name not in COMPOSE["services"]] == []
        assert [name for name in service.get("depends_on", {}) if "healthcheck" not in COMPOSE["services"][name]] == []


def test_the_shells_of_the_services_are_shell():
    for name, service in OURS.items():
        if "command" in service:
            [script] = service["command"]
            said = subprocess.run(
                ["sh", "-n", "-c", script.replace("$$", "$")], capture_output=True, text=True, check=False
            )
            assert (name, said.returncode, said.stderr) == (name, 0, "")
            assert ". ./prefect.env" in script


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
