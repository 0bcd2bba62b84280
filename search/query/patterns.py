"""The small language of the tables of questions: one row for all the ways in which the same words are said.

    {drugs}? (that|which)? (can|may)? cause        →  drugs that can cause · which may cause · cause · …

`{name}` is any of a set of words that the table names, `(a|b c)` any of these, and `?` behind either leaves it out as well. Knows
nothing of what the words mean.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Final

_PART: Final = re.compile(
    r"\{(?P<name>\w+)\}(?P<maybe_set>\?)?|\((?P<any>[^()]*)\)(?P<maybe_any>\?)?|(?P<word>[^\s(){}]+)"
)


def written(pattern: str, sets: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Every text that a pattern stands for; the one without any word is left out.

    Args:
        pattern: as in the table.
        sets: the texts that each `{name}` stands for.

    Raises:
        ValueError: a name that no set has, or a bracket that is not closed.
    """
    parts: list[tuple[str, ...]] = []
    rest = _PART.sub("", pattern)
    if rest.strip():
        raise ValueError(f"{rest.strip()!r} cannot be read in {pattern!r}")
    for match in _PART.finditer(pattern):
        if match["name"]:
            if match["name"] not in sets:
                raise ValueError(f"no set is called {match['name']!r}")
            texts, maybe = sets[match["name"]], match["maybe_set"]
        elif match["any"] is not None:
            texts, maybe = tuple(text.strip() for text in match["any"].split("|")), match["maybe_any"]
        else:
            texts, maybe = (match["word"],), None
        parts.append((*texts, "") if maybe else texts)
    for chosen in product(*parts):
        text = " ".join(word for word in chosen if word)
        if text:
            yield text
