"""What a scorecard shows beside the verdicts: size, risk, reports, dates, the parties' notices."""
