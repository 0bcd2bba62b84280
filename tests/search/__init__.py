"""Tests of `search`: a folder for each of its packages, a file `test_<module>.py` for each of its modules."""
