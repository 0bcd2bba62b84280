"""Monographs to a published generation, and the arrays opened again."""
