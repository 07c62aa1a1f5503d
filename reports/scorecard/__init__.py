"""The scorecard and the credit statement, in every format."""
