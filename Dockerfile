# The audit, Prefect's server and its worker are one image; compose.yaml says which is which.
FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /srv/audit-code
RUN python -m venv .venv
ENV PATH="/srv/audit-code/.venv/bin:$PATH"

# As the Makefile does: everything is pinned by hash, in three steps, and these layers last until a lock changes.
COPY deploy/requirements-pip.lock deploy/requirements.lock deploy/requirements-people.lock deploy/
RUN python -m pip install --quiet --require-hashes -r deploy/requirements-pip.lock
RUN python -m pip install --quiet --require-hashes -r deploy/requirements.lock
RUN python -m pip install --quiet --no-deps --require-hashes -r deploy/requirements-people.lock

COPY . .
RUN python -m pip install --quiet --no-deps --no-build-isolation --editable . && python -m compileall -q checks connectors dashboards demo engines flows policies warehouse
# Whoever runs it may read it, whatever the umask was that the code was fetched with; what pip installed they may already.
RUN chmod -R go+rX *

# The schools' folders are mounted here, and belong to whoever compose.yaml says.
RUN useradd --uid 1000 --no-create-home --home-dir /tmp audit && mkdir /srv/audit && chown audit /srv/audit
ENV AUDIT_HOME=/srv/audit AUDIT_CODE=/srv/audit-code HOME=/tmp PREFECT_HOME=/tmp/prefect \
    PREFECT_SERVER_UI_STATIC_DIRECTORY=/tmp/prefect-pages
USER 1000
ENTRYPOINT ["audit"]
CMD ["--help"]
