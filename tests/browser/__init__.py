"""Stories in a real Chromium on the real server."""
