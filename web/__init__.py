"""The web pages and the JSON API, made of the `search` façade and nothing below it."""
