"""Dockerfile and compose.yaml name what is here, publish on loopback alone, and hold no secret; no Docker is needed."""

import re
import subprocess

import yaml

from flows.prefect.schools import PATIENCE
from tests.house.test_house import ROOT, sources

DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text()
COMPOSE = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())
OURS = {name: service for name, service in COMPOSE["services"].items() if service.get("image") == "school-audit"}


def test_the_image_installs_what_runs_by_hash_and_leaves_what_develops_behind():
    [build, image] = re.split(r"^FROM \$\{BASE\}", DOCKERFILE, flags=re.MULTILINE)[1:]
    installs = re.findall(r"pip install (.*?)(?: \\)?$", build, re.MULTILINE)

    assert [re.findall(r"requirements[-a-z]*\.lock", line) for line in installs] == [
        *(["requirements-uv.lock"], ["requirements-run.lock"], ["requirements-people.lock"]),
        ["requirements.lock"],  # only what builds the program itself: hatchling
    ]
    assert [line for line in installs if "--require-hashes" not in line] == [installs[-1]]
    assert "--build-constraints" in installs[-1]
    assert "pip install" not in image
    assert "tests" in (ROOT / ".dockerignore").read_text().splitlines()


def test_nothing_here_imports_what_the_image_leaves_out():
    lean = (ROOT / "deploy" / "lean.sh").read_text()
    [packages] = re.findall(r"uv pip uninstall .*\$python\" (.*)$", lean, re.MULTILINE)
    parts = r"phonenumbers\W.*\b(geocoder|carrier|timezone)|pyarrow\W.*\b(flight|fs)"
    imports = re.compile(rf"^ *(from|import) ({'|'.join(packages.split())}|{parts})\b", re.MULTILINE)

    assert "deploy/lean.sh" in DOCKERFILE
    assert all(imports.search(f"import {name}") for name in ("altair", "scipy.stats", "pyarrow.fs"))
    assert imports.search("    from phonenumbers import geocoder")
    assert [path.name for path in sources() if imports.search(path.read_text())] == []


def test_every_file_that_is_copied_by_name_is_here_and_nothing_of_a_school_is_copied():
    lines = re.findall(r"^COPY (.*)$", DOCKERFILE, re.MULTILINE)
    copied = [name for line in lines if not line.startswith("--from") for name in line.split()[:-1]]
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
    users = {
        name: [service for service, each in COMPOSE["services"].items() if name in each.get("secrets", [])]
        for name in COMPOSE["secrets"]
    }

    assert {name: secret["file"] for name, secret in COMPOSE["secrets"].items()} == {
        "database_password": "../secrets/database.password",
        "redis_password": "../secrets/redis.password",
    }
    assert users == {
        "database_password": ["database", "migrate", "server-1", "server-2", "services"],
        "redis_password": ["redis", "server-1", "server-2", "services"],
    }
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
    others = {name: COMPOSE["services"][name] for name in ("redis", "address")}
    for name, service in (shells | others).items():
        [_, _, script, *_] = [*service.get("entrypoint", []), *service.get("command", [])]
        said = subprocess.run(
            ["sh", "-n", "-c", script.replace("$$", "$")], capture_output=True, text=True, check=False
        )
        assert (name, said.returncode, said.stderr) == (name, 0, "")
        assert (". deploy/prefect.env" in script) is (name in shells)
    assert set(OURS) - set(shells) == {"audit"}


def test_the_one_address_leads_to_both_servers_and_to_nobody_else():
    nginx = (ROOT / "deploy" / "nginx.conf").read_text()

    assert re.findall(r"^ +server ([\w-]+:\d+)", nginx, re.MULTILINE) == ["server-1:4200", "server-2:4200"]
    assert re.findall(r"proxy_pass (.*);", nginx) == ["http://prefect"]
    assert COMPOSE["services"]["address"]["volumes"] == ["./nginx.conf:/etc/nginx/nginx.conf.here:ro"]
    assert re.findall(r"resolver (\S+)", nginx) == ["RESOLVER"]  # whom compose.yaml finds in the container's own list
    assert "s/RESOLVER/" in COMPOSE["services"]["address"]["command"][0]
