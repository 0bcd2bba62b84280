"""Typed text to a plan."""
