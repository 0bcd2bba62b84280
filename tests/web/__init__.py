"""Tests of the web interface and its JSON API, without a network and without a browser, but for what test_markup.py runs in one."""
