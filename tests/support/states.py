"""Addresses of every page and state of the web interface over the fixture corpus, for tests that hold for all of them."""

from typing import Final

PAGES: Final = {
    "home": "/",
    "results": "/search?q=low+calcium",
    "two drugs": "/search?q=paracetamol+caffeine",
    "filtered": "/search?q=nausea&section=side-effects",
    "a class": "/search?q=nausea&class=Analgesic",
    "a filter that hides all": "/search?q=hypocalcemia&section=uses",
    "a note": "/search?q=nausea&without=synonym-nausea",
    "nothing found": "/search?q=qwzx",
    "nothing typed": "/search?q=",
    "second page": "/search?q=nausea&page=2",
    "monograph": "/m/d/denosumab",
    "monograph with marks": "/m/d/denosumab?q=calcium",
    "overview": "/symptom?q=nausea",
    "no overview": "/symptom?q=denosumab",
    "browse": "/browse",
    "letter": "/browse/d",
    "class": "/browse/class/analgesic",
    "help": "/help",
    "not found": "/m/no/such",
    "bad request": "/search?q=a&page=0",
}
