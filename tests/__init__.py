"""Tests mirror modules; each says in its docstring what is true."""
