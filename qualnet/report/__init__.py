"""The report: everything that a build writes."""
