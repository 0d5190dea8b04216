"""How fast it is, how it grows, what it needs: measured, written to docs/benchmarks.md."""
