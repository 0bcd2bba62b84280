"""Numbers and times as readers write them. Knows nothing of what they count or date."""

from datetime import datetime


def counted(number: int, singular: str, plural: str = "") -> str:
    """A number with its noun: 1 section, 1,204 sections. The plural is the singular with an s unless it is given."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def day(text: str) -> str:
    """23 November 2026, for a date or time in ISO 8601; any other text is returned unchanged."""
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{parsed.day} {parsed:%B %Y}"


def moment(text: str) -> str:
    """23 November 2026, 14:05 UTC, for a time in ISO 8601, which must be in UTC; any other text is returned unchanged."""
    try:
        return f"{day(text)}, {datetime.fromisoformat(text):%H:%M} UTC"
    except ValueError:
        return text
