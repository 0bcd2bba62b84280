"""What several tests need: builders, the reference search, the server as a process, hostile texts, paths. No tests."""
