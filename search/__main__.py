"""`python -m search` is `monograph-search`: how the program starts itself, whatever is on PATH."""

from search.commands import main

if __name__ == "__main__":
    main()
