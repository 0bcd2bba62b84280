"""Tests of the whole: what is found, what the documentation says, and what the starter corpus must hold."""
