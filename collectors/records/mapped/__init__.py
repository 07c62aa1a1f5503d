"""Records of any export, by a map of its fields: CSV, JSON and spreadsheets."""
