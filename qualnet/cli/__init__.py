"""The command line: turns errors into text and exit codes, and holds no logic."""
