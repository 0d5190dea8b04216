"""Plain Python that everything else stands on: no tables, no HTTP."""
