"""What servers, workers and clients of Prefect are told: the same by prefect.env, by compose.yaml and in a cluster."""

import json
import ssl
import subprocess
from datetime import timedelta
from inspect import signature

import pytest
import yaml
from docket import Worker
from prefect.client.schemas.objects import WorkPool
from prefect.workers.process import ProcessWorker

from flows.prefect.deploying import GROUP_POOL, SCHOOLS_POOL, unfit
from tests.house.test_containers import COMPOSE
from tests.house.test_house import ROOT
from tests.isolation import PROGRAMS

SECRET = "PREFECT_INTEGRATIONS_KUBERNETES_WORKER_API_AUTH_STRING_SECRET"


def with_password(tmp_path):
    """Return the environment of a shell with a home that has the servers' password."""
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "prefect.password").write_text("a-password\n")
    return {"PATH": PROGRAMS, "AUDIT_HOME": str(tmp_path)}


def sourced(tmp_path, **values):
    """Return the environment that prefect.env makes of these values."""
    said = subprocess.run(
        ["sh", "-ec", ". deploy/prefect.env; env -0"], cwd=ROOT, env=with_password(tmp_path) | values,
        capture_output=True, check=True,
    )  # fmt: skip
    return dict(line.split("=", 1) for line in said.stdout.decode().split("\0") if line)


def made_by_the_chart(values):
    """Return what the server's chart makes of its `messaging`, as its `backgroundServices.envVars` says."""
    redis = values["backgroundServices"]["messaging"]["redis"]
    return {
        "PREFECT_MESSAGING_BROKER": "prefect_redis.messaging",
        "PREFECT_MESSAGING_CACHE": "prefect_redis.messaging",
        "PREFECT_SERVER_EVENTS_CAUSAL_ORDERING": "prefect_redis.ordering",
        "PREFECT_REDIS_MESSAGING_HOST": redis["host"],
        "PREFECT_REDIS_MESSAGING_PORT": str(redis["port"]),
        "PREFECT_REDIS_MESSAGING_DB": str(redis["db"]),
    }


def started(tmp_path, name, words, **programs):
    """Start a service of compose.yaml with these words, and with shell scripts for programs; return what it said."""
    (tmp_path / "bin").mkdir()
    for program, script in programs.items():
        (tmp_path / "bin" / program).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / "bin" / program).chmod(0o755)
    service = COMPOSE["services"][name]
    given = with_password(tmp_path) | service["environment"] | {"PATH": f"{tmp_path / 'bin'}:{PROGRAMS}"}
    entrypoint = [word.replace("$$", "$") for word in service["entrypoint"]]
    said = subprocess.run([*entrypoint, *words], cwd=ROOT, env=given, capture_output=True, text=True, check=True)
    return said.stdout


def test_the_group_s_service_hands_its_words_on_to_the_group_s_commands(tmp_path):
    said = started(tmp_path, "group", ["run", "--schools", "north *"], audit='printf "<%s>" "$PREFECT_API_URL" "$@"')

    assert said == "<http://address:4200/api><group><run><--schools><north *>"


def test_a_worker_waits_for_its_pool_instead_of_making_one(tmp_path):
    asked = tmp_path / "asked"  # the pool is there when it is asked for the second time
    prefect = f'[ "$1" = work-pool ] || {{ echo "$@"; exit; }}; echo "$3" >> {asked}; [ "$(wc -l < {asked})" = 2 ]'
    said = started(tmp_path, "worker", ["audits", "3"], prefect=prefect, sleep="")

    assert said == "worker start --pool audits --limit 3\n"
    assert asked.read_text() == "audits\naudits\n"
    assert [COMPOSE["services"][name]["command"][0] for name in ("worker", "group-worker")] == [
        SCHOOLS_POOL,
        GROUP_POOL,
    ]


ANYTHING = {"type": "object", "properties": {}}


@pytest.mark.parametrize(
    "template",
    [{}, {"variables": {}}, {"variables": ANYTHING}, ProcessWorker.get_default_base_job_template()],
    ids=["nothing said", "no variables", "more than is named", "Prefect's own"],
)
def test_a_pool_that_does_not_forbid_every_wish_is_open(template):
    pool = WorkPool(name="audits", type="process", base_job_template=template)

    assert "prefect work-pool delete audits" in str(unfit(pool))


@pytest.mark.parametrize(
    ("kind", "job"), [("forked-process", {}), ("docker", {"command": "python -m flows.prefect.engine"})]
)
def test_a_pool_of_an_earlier_release_is_told(kind, job):
    closed = json.loads((ROOT / "deploy" / "prefect-pool.json").read_text())["variables"]
    template = {"job_configuration": job, "variables": closed}

    assert "it is an earlier release's" in str(unfit(WorkPool(name="audits", type=kind, base_job_template=template)))


def test_prefect_writes_json_where_the_audit_does(tmp_path):
    asked = "PREFECT_LOGGING_HANDLERS_CONSOLE_FORMATTER"

    for name, said in {"asked": {"AUDIT_LOG": "json"}, "not": {}}.items():
        (tmp_path / name).mkdir()
        assert sourced(tmp_path / name, **said).get(asked) == said.get("AUDIT_LOG")


def test_what_redis_lost_is_handed_out_again_after_the_five_minutes_that_scale_md_says():
    [there] = [parameter.default for name, parameter in signature(Worker).parameters.items() if "redelivery" in name]

    assert there == timedelta(minutes=5)
    assert "may stand still for five minutes" in (ROOT / "docs" / "scale.md").read_text()


def test_compose_prefect_env_and_helm_tell_servers_the_same(tmp_path):
    from prefect.settings import Settings

    helm = yaml.safe_load((ROOT / "deploy" / "helm" / "server-values.yaml").read_text())
    in_helm = {each["name"]: each["value"] for each in helm["global"]["prefect"]["env"]}
    by_chart = made_by_the_chart(helm)
    here = sourced(tmp_path, AUDIT_REDIS_URL="redis://redis:6379")
    redis = {name: value for name, value in here.items() if "redis" in value and name.startswith("PREFECT_")}

    kept, asked = "PREFECT_SERVER_EVENTS_EXPIRED_BUCKET_BUFFER", "PREFECT_REDIS_MESSAGING_URL"
    host, port, db = (by_chart[f"PREFECT_REDIS_MESSAGING_{name}"] for name in ("HOST", "PORT", "DB"))
    assert len(redis) == 8
    assert redis.pop(asked) == f"redis://{host}:{port}/{db}"
    assert redis.items() | {(kept, here[kept])} <= (in_helm | by_chart).items()
    assert in_helm.keys() & by_chart.keys() == set()  # a cluster refuses what is said twice
    assert Settings().server.worker_channel.cleanup_queue_storage.endswith("memory")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (in_helm | by_chart).items():
            patch.setenv(name, value)
        server = Settings().server
    assert server.events.messaging_broker == server.events.messaging_cache == "prefect_redis.messaging"
    assert server.events.causal_ordering == "prefect_redis.ordering"
    assert server.concurrency.lease_storage == "prefect_redis.lease_storage"
    assert server.worker_channel.cleanup_queue_storage == "prefect_redis.cleanup_queue"
    assert server.docket.url == "redis://redis:6379/1"
    assert server.events.expired_bucket_buffer == timedelta(days=1)


def test_what_a_run_tells_and_how_long_it_asks_is_the_same_in_a_cluster(tmp_path):
    worker = yaml.safe_load((ROOT / "deploy" / "helm" / "worker-values.yaml").read_text())["worker"]
    in_helm = {each["name"]: each["value"] for each in worker["extraEnvVars"]}

    secret = {name: in_helm.pop(f"{SECRET}_{name}") for name in ("NAME", "KEY")}
    assert {"PREFECT_FLOWS_HEARTBEAT_FREQUENCY", "PREFECT_CLIENT_MAX_RETRIES"} < in_helm.keys()
    assert in_helm.items() <= sourced(tmp_path).items()
    basic = worker["selfHostedServerApiConfig"]["basicAuth"]
    assert secret == {"NAME": basic["existingSecret"], "KEY": "auth-string"}


def test_a_worker_of_a_home_in_the_store_has_the_password_that_lies_beside_its_keys(tmp_path):
    here = sourced(tmp_path, AUDIT_HOME="s3://schools/homes", AUDIT_KEYS=str(tmp_path / "keys"))

    assert here["PREFECT_API_AUTH_STRING"] == "audit:a-password"


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


@pytest.mark.parametrize("name", ["deploy/prefect-pool.json", "deploy/docker-pool.json", "deploy/kubernetes-pool.json"])
def test_a_work_pool_leaves_nothing_to_choose_for_whoever_starts_a_run(name):
    template = (ROOT / name).read_text()

    assert unfit(WorkPool(name="audits", type="any", base_job_template=json.loads(template))) is None
    assert "{{" not in template


def test_a_run_in_a_container_of_its_own_may_do_no_more_than_a_worker_s(tmp_path):
    job = json.loads((ROOT / "deploy" / "docker-pool.json").read_text())["job_configuration"]
    made, worker = job["container_create_kwargs"], COMPOSE["services"]["worker"]

    for name in ("read_only", "cap_drop", "security_opt", "init"):
        assert made[name] == worker[name]
    assert [f"{folder}:{options}" for folder, options in made["tmpfs"].items()] == worker["tmpfs"]
    assert (job["image"], job["image_pull_policy"].lower()) == (worker["image"], worker["pull_policy"])
    [(inside, given)] = job["env"].items()
    assert given == sourced(tmp_path, AUDIT_CODE="/srv/audit-code")[inside]


def test_a_run_in_a_cluster_may_write_to_its_school_s_folder_and_to_a_scratch_one():
    job = json.loads((ROOT / "deploy" / "kubernetes-pool.json").read_text())["job_configuration"]
    pod = job["job_manifest"]["spec"]["template"]["spec"]
    [container] = pod["containers"]

    assert [*container["command"], *container["args"]] == ["/usr/bin/env", *job["command"].split()]
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert {each["mountPath"] for each in container["volumeMounts"]} == {"/srv/audit", "/tmp"}  # noqa: S108
    assert pod["securityContext"] == {"runAsNonRoot": True, "runAsUser": 1000, "runAsGroup": 1000}
    assert pod["automountServiceAccountToken"] is False
