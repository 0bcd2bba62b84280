"""The proofs of docs/operations.md at full length: `make soak`. `make test` runs the same code for a shorter time (tests/test_soak_*)."""
