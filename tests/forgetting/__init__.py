"""Tests of forgetting an interview."""
