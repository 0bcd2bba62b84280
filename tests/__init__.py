"""Tests mirror modules (tests/search, tests/web) or subjects (acceptance, operations, browser, soak); each says in its docstring what is true."""
