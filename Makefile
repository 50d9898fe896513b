# Everything is done from here: `make demo` and `make test` set up what they need.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
# uv installs, from where pip is told to look on this machine, and believes the certificates that the machine believes.
INDEX = $(shell $(PYTHON) -m pip config get global.index-url 2>/dev/null)
UV = $(if $(INDEX),UV_DEFAULT_INDEX=$(INDEX) )UV_SYSTEM_CERTS=1 VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/uv
COMPILE = $(UV) pip compile --universal --generate-hashes --no-emit-index-url
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadgroup

.PHONY: postgresql redis prometheus setup demo desk check test coverage soak lint fmt bench review clean lock wheel image release browser openid

$(STAMP): deploy/requirements-uv.lock deploy/requirements-pip.lock deploy/requirements.lock deploy/requirements-people.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r deploy/requirements-uv.lock
	$(UV) pip install --quiet --require-hashes -r deploy/requirements-pip.lock
	$(UV) pip install --quiet --require-hashes -r deploy/requirements.lock
	$(UV) pip install --quiet --no-deps --require-hashes -r deploy/requirements-people.lock
	$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

setup: $(STAMP)  ## Make .venv from deploy/requirements.lock and install the program into it

demo: setup  ## The whole job on an invented school: six weeks, then the report
	$(BIN)/audit demo --out demo-report

desk: setup  ## After `make demo`: the invented school's desk, with a sign-in for each of its people
	AUDIT_HOME=demo-report $(BIN)/audit review ousterly-vale --demo --port $(or $(PORT),8377)

check: setup  ## make check NAME=pupil_follower (or a view): its SQL and its rows, in the demo's school or in another
	$(BIN)/python -m tests.show $(NAME) --home $(or $(AUDIT_HOME),demo-report) --school $(or $(SCHOOL),ousterly-vale)

test: setup browser postgresql prometheus openid  ## Every test but the soak's, on two cores
	$(PYTEST) --no-loadscope-reorder tests

coverage: setup postgresql  ## The coverage of what decides, from the tests of the parts; it doubles their time
	$(PYTEST) tests/checks tests/connectors tests/engines tests/house tests/policies tests/warehouse --cov

soak: setup postgresql redis  ## What takes long: a fleet, kills at every point, the casebook on PostgreSQL, twenty schools' half a year: about an hour
	$(PYTEST) -m soak tests --ignore tests/flows/test_half_a_year.py
	$(BIN)/python -m pytest -m soak tests/flows/test_half_a_year.py

lint: setup  ## The one definition of clean; changes nothing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint --disable-progress-bar warehouse dashboards checks

fmt: setup  ## Put the code into the house's form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/sqlfluff fix --disable-progress-bar warehouse dashboards checks

bench: setup  ## Ours beside its peers, ratios in one run
	$(UV) pip install --quiet --require-hashes -r deploy/requirements-bench.lock
	$(BIN)/python -m tests.bench.run

browser:  ## Chromium for the browser tests, where Debian's packages can be had
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
		&& apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } \
		|| echo "No chromium here: the browser tests are skipped."

postgresql:  ## PostgreSQL's server for the tests of the casebook, where Debian's packages can be had
	@command -v pg_ctl >/dev/null || ls /usr/lib/postgresql/*/bin/pg_ctl >/dev/null 2>&1 \
		|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq \
		&& apt-get install -y -qq --no-install-recommends postgresql >/dev/null; } \
		|| echo "No PostgreSQL here: neither the casebook nor a fleet is tried on it."

redis:  ## Redis's server for the tests of many schools, where Debian's packages can be had
	@command -v redis-server >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
		&& apt-get update -qq && apt-get install -y -qq --no-install-recommends redis-server >/dev/null; } \
		|| echo "No Redis here: a fleet is not tried."

prometheus:  ## Prometheus, which reads what a group exports, where Debian's packages can be had
	@command -v prometheus >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
		&& apt-get update -qq && apt-get install -y -qq --no-install-recommends prometheus >/dev/null; } \
		|| echo "No Prometheus here: neither the metrics nor the board of Grafana is tried."

openid:  ## A certified OpenID provider for the tests of the sign-in, where node and npm's packages can be had
	@cd tests/dashboards/openid && { test -d node_modules/oidc-provider \
		|| { command -v npm >/dev/null && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null; }; } \
		|| echo "No node here: the sign-in is not tried at a certified provider."

lock: setup  ## Pin everything anew, with hashes and without addresses
	$(COMPILE) --allow-unsafe --group pip -o deploy/requirements-pip.lock
	$(COMPILE) --allow-unsafe --group uv -o deploy/requirements-uv.lock
	$(COMPILE) -c deploy/constraints.txt --extra fleet --extra telemetry --extra pdf --extra dev pyproject.toml -o deploy/requirements.lock
	$(COMPILE) -c deploy/requirements.lock --extra fleet --extra telemetry pyproject.toml -o deploy/requirements-run.lock
	$(COMPILE) -c deploy/requirements.lock --group release -o deploy/requirements-release.lock
	$(COMPILE) -c deploy/requirements.lock --extra fleet --extra telemetry --extra pdf --extra dev --extra bench pyproject.toml -o deploy/requirements-bench.lock

wheel: setup  ## The program as one file, the face detector's model in it: pipx install dist/*.whl
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct 2>/dev/null || echo 0) $(BIN)/python -m hatchling build -t wheel -d dist

image: setup  ## The image of deploy/Dockerfile on a base of Debian's packages, and the demo in it (as root, by buildah)
	.ci/image

release: setup  ## make release KEY=~/.ssh/id_ed25519: dist/ with the wheel, what it is made of (CycloneDX), and their signed sums
	deploy/release.sh "$(KEY)"

review: lint test  ## What to run before a change is shown to anyone

clean:  ## Remove what was made here
	rm -rf .venv demo-report .coverage .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
