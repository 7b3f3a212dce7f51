"""Tests of qualnet."""
