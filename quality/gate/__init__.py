"""The merge gate: a change judged by the same contract, on what it touches."""
