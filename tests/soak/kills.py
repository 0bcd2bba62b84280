"""Builds killed at random points, while two server workers answer.

    python -m tests.soak.kills [--times 300]

Every answer must be whole, of one version, and never of an older one than an answer before it; afterwards the next build works and
nothing is left behind.
"""

import argparse
import os
import random
import signal
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.soak.corpus import version_of, write_version
from tests.soak.load import under_load
from tests.support.paths import ROOT
from tests.support.serving import PROGRAM, environment, serve


@dataclass(frozen=True)
class Kills:
    """What happened: builds killed, of which so many had published; queries answered, and what was wrong with them."""

    killed: int
    published: int
    answers: int
    wrong: tuple[str, ...]
    left_over: tuple[str, ...]


class Forward:
    """Versions may not go back. Answers that overlap in time may come in either order, so each is held against those before it began."""

    def __init__(self) -> None:
        self._newest = 0
        self._lock = threading.Lock()

    @property
    def newest(self) -> int:
        """The newest version that was answered."""
        return self._newest

    def saw(self, version: int, floor: int) -> None:
        """An answer of a version, asked for when `floor` was the newest."""
        assert version >= floor, f"went back from version {floor} to {version}"
        with self._lock:
            self._newest = max(self._newest, version)


def kill_builds(work: Path, times: int, seed: int = 20261124) -> Kills:
    """Start builds of new versions and kill them, until so many were killed before they ended.

    Args:
        work: an empty folder.
        times: how many are killed.
        seed: of the moments.
    """
    rng, corpus, index = random.Random(seed), work / "pages", work / "index"
    write_version(corpus, 0)
    whole = _seconds_of_a_build(corpus, index)
    version = killed = published = 0
    forward = Forward()
    with serve(index, work / "log", workers=2) as served:
        floors = threading.local()

        def check(answer: dict[str, Any]) -> None:
            forward.saw(version_of(answer), getattr(floors, "value", 0))
            floors.value = forward.newest  # the floor of this thread's next question

        with under_load(served, "/api/v1/search?q=soakword", check) as load:
            while killed < times:
                version += 1
                write_version(corpus, version)
                before = (index / "CURRENT").read_text("ascii")
                died = _kill_a_build(corpus, index, after=rng.uniform(0.3, 1.3) * whole)
                killed += died
                published += died and (index / "CURRENT").read_text("ascii") != before
            version += 1
            write_version(corpus, version)
            _build(corpus, index).wait(timeout=60)
            deadline = time.monotonic() + 10
            while forward.newest < version and time.monotonic() < deadline:
                time.sleep(0.05)
            assert forward.newest == version, f"the last build is not served: {load.wrong[:3]}"
    allowed = {"CURRENT", ".lock", "LAST_BUILD"}
    left_over = [path.name for path in index.iterdir() if path.name not in allowed and not path.name.startswith("g-")]
    assert len(list(index.glob("g-*"))) <= 2
    return Kills(killed, published, load.answers, tuple(load.wrong), tuple(left_over))


def _build(corpus: Path, index: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*PROGRAM, "index", "--corpus", str(corpus), "--index", str(index), "--json"],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _seconds_of_a_build(corpus: Path, index: Path) -> float:
    began = time.monotonic()
    assert _build(corpus, index).wait(timeout=60) == 0
    return time.monotonic() - began


def _kill_a_build(corpus: Path, index: Path, after: float) -> bool:
    """Whether it was killed before it had ended."""
    build = _build(corpus, index)
    try:
        build.wait(timeout=after)
    except subprocess.TimeoutExpired:
        os.killpg(build.pid, signal.SIGKILL)
        return build.wait() == -signal.SIGKILL
    return False


def main() -> None:
    """Print what happened."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=300)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        found = kill_builds(Path(work), chosen.times)
    print(f"{found.killed} builds killed, {found.published} of them had published; "
          f"{found.answers} answers, {len(found.wrong)} wrong; left over: {list(found.left_over) or 'nothing'}")  # fmt: skip
    if found.wrong or found.left_over:
        raise SystemExit("\n".join(found.wrong[:10]))


if __name__ == "__main__":
    main()
