"""Requests answered from the live generation."""
