"""Reads the ingredients that a title or a generic name lists. Knows nothing of pages or of which drugs there are."""

import re
from typing import Final

_BRACKETS: Final = re.compile(r"\s*[(\[][^()\[\]]*[)\]]?")
_SPLIT: Final = re.compile(r"\s*\+\s*|\s+/\s+|\s*&\s*|\s+(?:and|with)\s+|\s*;\s*", re.IGNORECASE)
_STRENGTH: Final = re.compile(
    r"(?<![\w.])\d[\d.,]*\s*(?:%|mg|g|mcg|µg|μg|ml|iu|i\.u\.|units?|w/v|w/w|v/v)?(?:\s*/\s*\d*\s*(?:ml|mg|g|dose))?(?!\w)",
    re.IGNORECASE,
)
_SHARED_WORD: Final = re.compile(r"vitamins?\s+[a-z0-9]{1,3}(?:\s*(?:,|and|&)\s*[a-z0-9]{1,3})+", re.IGNORECASE)


def ingredients(title: str) -> tuple[str, ...]:
    """The ingredients of a name such as "Paracetamol (Acetaminophen) 500 mg + Caffeine", in lower case, each once, in order.

    Brackets and strengths are no part of an ingredient. "Vitamin B and C" stays one, since its second half is no name.
    """
    plain = _BRACKETS.sub("", title)
    pieces = [plain] if _SHARED_WORD.fullmatch(plain.strip()) else _SPLIT.split(plain)
    if len(pieces) == 1 and plain.count(",") >= 2:  # "A, B, and C"; one comma may be an inverted name
        pieces = re.split(r"\s*,\s*(?:and\s+)?", plain)
    names = (" ".join(_STRENGTH.sub(" ", piece).split()).strip(" -–.,\"'").lower() for piece in pieces)
    return tuple(dict.fromkeys(name for name in names if name))
