"""Many schools of one home: which there are, how each is run, looked at and counted in a process of its own."""
