"""How well a ranking finds what was judged to answer."""
