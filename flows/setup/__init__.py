"""`audit setup`: the steps from an empty folder to a first report that is the school's own, and their two doors."""
