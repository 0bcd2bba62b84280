"""What the operating system refuses is said with the path and what to do; other programs' errors keep their own words."""

import errno
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from search.errors import IndexDamagedError, SearchError
from search.storage.generations import builder, open_generation
from tests.support.generations import FINGERPRINT, entries, publish

FILLER = """
import resource, sys
from pathlib import Path
from search.errors import SearchError
from search.storage.generations import builder
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    with builder(Path(sys.argv[1])) as build, (build.path / "big").open("wb") as file:
        file.write(bytes(200_000))
        file.flush()
except SearchError as error:
    print(error)
"""


def test_a_file_that_the_system_refuses_is_told_plainly(root: Path) -> None:
    """When writing fails for real, here at a limit on file size, the error says what to do, and nothing is left."""
    published = publish(root)
    done = subprocess.run([sys.executable, "-c", FILLER, str(root)], capture_output=True, text=True, check=True)
    assert done.stdout == f"{root}: File too large; raise the limit on the size of a file, then run the command again\n"
    assert entries(root) == {"CURRENT", ".lock", published.name}


def test_a_file_where_the_index_should_be_is_told_plainly(root: Path) -> None:
    """An index folder that is a file is named, for the builder and for the reader."""
    root.parent.mkdir()
    root.write_text("not a folder")
    with pytest.raises(SearchError, match=f"^{re.escape(str(root))}.*: .*choose an index folder"), builder(root):
        pytest.fail("built in a file")
    with pytest.raises(SearchError, match=f"^{re.escape(str(root))}.*: Not a directory; choose an index folder"):
        open_generation(root, FINGERPRINT)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_no_damage(root: Path) -> None:
    """Without permission the error asks for it; the index is not called damaged, and no older one served in silence."""
    publish(root)
    path = publish(root).path / "terms.npy"
    path.chmod(0)
    with pytest.raises(SearchError, match="give this user access") as caught:
        open_generation(root, FINGERPRINT)
    assert not isinstance(caught.value, IndexDamagedError)


def test_errors_about_other_files_are_not_ours_to_explain(root: Path) -> None:
    """A page that cannot be read while building, and a closed pipe, keep their own errors."""
    with pytest.raises(FileNotFoundError), builder(root):
        (root.parent / "no-such-page.md").read_text()
    with pytest.raises(BrokenPipeError), builder(root):
        raise BrokenPipeError(errno.EPIPE, "closed")
