"""One frame of counts per data-quality check: `<name>.sql`, whose first line says what the check expects."""
