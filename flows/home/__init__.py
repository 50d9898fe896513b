"""A school's folder and what every flow begins with: settings, keys, context, exit codes."""
