"""What the numbers mean: contract, measurements, verdicts, credits, gate."""
