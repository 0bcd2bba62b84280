"""The proofs of docs/operations.md at full length (`make soak`); test_soak.py runs the same code for a shorter time (`make test`)."""
