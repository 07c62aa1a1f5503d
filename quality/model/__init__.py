"""The frozen records that cross borders between rooms; no behaviour beyond arithmetic."""
