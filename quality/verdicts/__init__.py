"""From counts to verdicts: service levels judged, relief applied, periods put in a row."""
