#!/usr/bin/env bash
# lean.sh VENV: takes out of what is installed there what nothing here ever opens, and what only a debugger reads.
set -euo pipefail
python=$1/bin/python
# What Great Expectations asks for and is never asked to do with it: warehouse/quality/expectations.py.
uv pip uninstall --quiet --python "$python" altair narwhals scipy
cd "$1"/lib/python3*/site-packages
# Each service of Google's and of Amazon's is described: YouTube is asked, and how a machine's role is had.
find googleapiclient/discovery_cache/documents -type f ! -name youtube.v3.json -delete
find botocore/data -mindepth 1 -maxdepth 1 -type d ! -name 'sso*' ! -name sts ! -name signin -exec rm -r {} +
# Where in the world a telephone number is, by whose network, and what time it is there.
rm -r phonenumbers/{geodata,carrierdata,tzdata}
# Arrow's servers and Amazon's stores; and one library under three names, of which the others link to one.
rm pyarrow/{libarrow_flight,libarrow_python_flight,libarrow_s3}.so* pyarrow/_{flight,s3fs,pyarrow_cpp_tests}.*
find pyarrow -name 'libarrow_python*.so*' ! -name '*.so.*00' -delete
# What is built against, and the libraries' own tests.
rm -r pyarrow/{include,includes,src,tests} numpy/_core/include pandas/tests
find numpy -type d -name tests -prune -exec rm -r {} +
find . -type f \( -name '*.pyi' -o -name '*.pyx' -o -name '*.px[di]' -o -name '*.[ach]' -o -name '*.cpp' \) -delete
# Libraries' names for a debugger, but for those which a wheel's tools have moved: strip breaks some. All must still load.
find . -type f -name '*.so*' ! -path '*.libs/*' -exec strip --strip-unneeded {} +
find . -type f -name '*.so*' -exec "$python" -c 'import ctypes, sys; [ctypes.CDLL(name) for name in sys.argv[1:]]' {} +
