"""What the numbers mean: contract, store, indicators, verdicts."""
