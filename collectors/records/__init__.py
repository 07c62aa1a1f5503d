"""What other tools claim: the bytes of a report in, rows out; the formats in one dict."""
