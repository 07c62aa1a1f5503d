"""The command line: options, progress, exit codes, one module a command."""

import gc

# What is loaded stays: to look through it for what could go again costs a command a tenth of its
# start.
gc.set_threshold(100_000, 50, 100)
