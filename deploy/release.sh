#!/usr/bin/env bash
# release.sh KEY: dist/ with the wheel, the list of what it is made of (CycloneDX) and their sums, signed with an SSH
# key, and a signed tag. The same commit gives the same files on any machine. docs/running.md says how they are checked.
set -euo pipefail
cd "$(dirname "$0")/.."
refuse() { echo "$1" >&2; exit 2; }
key=${1:-}
[ -f "$key" ] || refuse "Say with which SSH key it is to be signed: make release KEY=~/.ssh/id_ed25519"
[ -z "$(git status --porcelain)" ] || refuse "There are changes here that are not committed: commit them, or put them aside."
version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
[ "$(sed -n 's/^## \([0-9.]*\)$/\1/p' CHANGELOG.md | head -1)" = "$version" ] \
    || refuse "CHANGELOG.md's newest release is not $version, as pyproject.toml says: make them agree."
! git rev-parse --quiet --verify "refs/tags/v$version" >/dev/null || refuse "v$version is tagged already: raise the version in pyproject.toml."

index=$(.venv/bin/python -m pip config get global.index-url 2>/dev/null || true)
uv() { env ${index:+UV_DEFAULT_INDEX="$index"} UV_SYSTEM_CERTS=1 .venv/bin/uv "$@"; }
tools=$(mktemp -d); trap 'rm -rf "$tools"' EXIT
uv venv --quiet "$tools/venv"
uv pip install --quiet --python "$tools/venv/bin/python" --require-hashes -r deploy/requirements-release.lock

rm -rf dist
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
.venv/bin/python -m hatchling build -t wheel -d dist
.venv/bin/python -m hatchling build -t wheel -d "$tools/again" >/dev/null 2>&1
cmp dist/*.whl "$tools"/again/*.whl || refuse "The wheel came out differently the second time: nothing is signed."
"$tools/venv/bin/cyclonedx-py" requirements deploy/requirements-run.lock --output-reproducible --output-file "dist/school-audit-$version.cdx.json"
(cd dist && sha256sum -- *.whl *.cdx.json >SHA256SUMS)
ssh-keygen -q -Y sign -f "$key" -n release dist/SHA256SUMS
git -c gpg.format=ssh -c user.signingkey="$key" tag --sign --message "Release $version" "v$version"
echo "dist/ holds release $version, signed, and the tag v$version is made. Push the tag, and publish the four files."
