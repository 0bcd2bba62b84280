"""The lists of monographs, by first letter and by drug class. Each view takes the whole list and shows a part of it."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from flask import Blueprint, abort, make_response, render_template
from flask.typing import ResponseReturnValue

from search import BrowseItem
from web.caching import revalidated
from web.current import engine
from web.links import monograph_address, slug_of

blueprint = Blueprint("browse", __name__, url_prefix="/browse")

OTHER: Final = "0-9"
"""Stands for all titles that do not begin with a letter from a to z."""


def letter_of(title: str) -> str:
    """The letter that a title is listed under: a to z, or `OTHER`."""
    letter = title[:1].casefold()
    return letter if "a" <= letter <= "z" else OTHER


@blueprint.get("")
def index() -> ResponseReturnValue:
    """All letters and all drug classes, with how many monographs each has."""
    items = engine().listing()
    classes = Counter(item.drug_class for item in items if item.drug_class)
    return _page(
        "browse.html", items=(), letter="", counts=_letters(items), classes=sorted(classes.items(), key=_by_name)
    )


@blueprint.get("/<letter>")
def by_letter(letter: str) -> ResponseReturnValue:
    """The monographs that are listed under a letter."""
    items = engine().listing()
    counts = _letters(items)
    if letter not in counts:
        abort(404, "No monograph begins with that. Letters are a to z, and 0-9 for all else.")
    shown = [item for item in items if letter_of(item.title) == letter]
    return _page("browse.html", items=shown, letter=letter, counts=counts, classes=())


@blueprint.get("/class/<slug>")
def by_class(slug: str) -> ResponseReturnValue:
    """The monographs of a drug class; `slug` is its name as `slug_of` writes it."""
    items = engine().listing()
    shown = [item for item in items if item.drug_class and slug_of(item.drug_class) == slug]
    if not shown:
        abort(404, "No monograph is of a class of that name. /browse lists all classes.")
    return _page("browse_class.html", items=shown, drug_class=shown[0].drug_class)


def _letters(items: Iterable[BrowseItem]) -> dict[str, int]:
    counts = Counter(letter_of(item.title) for item in items)
    return {letter: counts[letter] for letter in sorted(counts, key=lambda letter: (letter == OTHER, letter))}


def _by_name(counted: tuple[str, int]) -> str:
    return counted[0].casefold()


def _page(template: str, **values: object) -> ResponseReturnValue:
    return revalidated(
        make_response(
            render_template(
                template, **values, slug_of=slug_of, monograph_address=monograph_address, info=engine().info()
            )
        )
    )
