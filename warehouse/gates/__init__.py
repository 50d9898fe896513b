"""One frame of counts per data-quality gate: `<gate>.sql`, whose first line says what the gate expects."""
