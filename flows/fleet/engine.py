"""The process of one run that a worker starts: Prefect's engine, which collects seldom from its first import on."""

import runpy

from flows.collecting import collect_seldom

if __name__ == "__main__":
    collect_seldom()
    runpy.run_module("prefect.engine", run_name="__main__", alter_sys=True)
