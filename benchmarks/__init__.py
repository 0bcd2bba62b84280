"""Measurements of speed, memory and quality. They print figures and goals; nothing here is a test."""
