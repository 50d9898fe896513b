"""A process that has imported everything, and forks a run for each line that it reads, so that stopped runs are quick.

Its own module imports nothing at once: a process that is started from a run, such as the one that opens pictures,
imports the main module again.
"""


def main() -> None:
    from tests.flows.forked import serve

    serve()


if __name__ == "__main__":
    main()
