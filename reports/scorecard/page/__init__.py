"""The scorecard as pages: HTML, its drawings, and the files beside it."""
