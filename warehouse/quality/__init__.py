"""One frame of counts per data-quality check: `<quality_check>.sql`, whose first line says what the data-quality check expects."""
