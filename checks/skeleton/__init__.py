"""The texts of a new check: `@@name` is put in by flows.trial.new."""
