"""The command line: options, progress, exit codes, one module a command."""
