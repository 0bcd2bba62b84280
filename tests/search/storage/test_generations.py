"""Generations on a real disk: whole or not there at all, refused by name when damaged, never in a reader's way."""

import errno
import json
import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from search.errors import IndexBusyError, IndexDamagedError, IndexMissingError, SearchError
from search.storage import generations
from search.storage.generations import Generation, Manifest, builder, current_name, open_generation, rollback, verify
from search.storage.manifest import read_manifest

FINGERPRINT = "f" * 64
MEND = "run `monograph-search index`"

HOLDER = """
import sys, time
from pathlib import Path
from search.storage.generations import builder
with builder(Path(sys.argv[1])) as build:
    (build.path / "half").write_text("written")
    print(build.path.name, flush=True)
    time.sleep(60)
"""


def publish(root: Path, text: str = "postings", content: str = "0123456789abcdef") -> Generation:
    """A generation of two files, one of them in a folder, as the indexer writes them."""
    with builder(root) as build:
        (build.path / "whoosh").mkdir()
        (build.path / "whoosh" / "MAIN.seg").write_text(text)
        (build.path / "terms.npy").write_bytes(b"\x00\xff" * 50)
        return build.publish(fingerprint=FINGERPRINT, content_hash=content, corpus_hash="c0", monographs=2, sections=9)


def entries(root: Path) -> set[str]:
    """The names in a folder."""
    return {path.name for path in root.iterdir()}


@contextmanager
def holding(root: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A second, real process that holds the lock with a build half written, and the name of that build."""
    command = [sys.executable, "-c", HOLDER, str(root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An index folder that does not exist yet."""
    return tmp_path / "deep" / "index"


def test_what_is_published_opens_again(root: Path) -> None:
    """A generation comes back with its files, counts and hashes, under the name that its number and content give."""
    published = publish(root)
    opened = open_generation(root, FINGERPRINT)
    assert opened == published
    assert opened.name == current_name(root) == "g-00000001-0123456789ab"
    assert opened.path == root / opened.name
    assert (opened.path / "whoosh" / "MAIN.seg").read_text() == "postings"
    assert list(opened.manifest.files) == ["terms.npy", "whoosh/MAIN.seg"]
    assert (opened.manifest.monographs, opened.manifest.sections, opened.manifest.corpus_hash) == (2, 9, "c0")
    assert opened.refused is None
    assert datetime.now(UTC) >= datetime.fromisoformat(opened.manifest.built_at)
    assert entries(root) == {"CURRENT", ".lock", opened.name}


def test_a_generation_can_be_read_by_another_user(root: Path) -> None:
    """Folders and files get the rights that the builder's umask gives, not a private temporary folder's."""
    private = publish(root).path.stat().st_mode & 0o777
    plain = root.parent / "plain"
    plain.mkdir()
    assert private == plain.stat().st_mode & 0o777


def test_the_sequence_grows_and_two_generations_stay(root: Path) -> None:
    """Each publication gets the next number, the same content included; the two newest stay."""
    names = [publish(root).name for _ in range(4)]
    assert names == [f"g-0000000{n}-0123456789ab" for n in (1, 2, 3, 4)]
    assert entries(root) == {"CURRENT", ".lock", *names[2:]}


def test_the_sequence_does_not_go_back_when_folders_are_deleted(root: Path) -> None:
    """A number that CURRENT names is not given again."""
    publish(root)
    publish(root).path.rename(root.parent / "elsewhere")
    assert publish(root).name.startswith("g-00000003-")


def test_files_that_are_not_ours_stay(root: Path) -> None:
    """A build removes litter and old generations, nothing else."""
    root.mkdir(parents=True)
    for name in ("README.md", ".gitignore", "g-1-old", "tmpfile"):
        (root / name).write_text("kept")
    for _ in range(3):
        publish(root)
    assert {"README.md", ".gitignore", "g-1-old", "tmpfile"} < entries(root)


def test_no_index_says_how_to_make_one(root: Path) -> None:
    """A missing folder and an empty one are a missing index, and the message has the command."""
    for _ in range(2):
        with pytest.raises(IndexMissingError, match=f"{re.escape(str(root))}: .*{MEND}"):
            current_name(root)
        with pytest.raises(IndexMissingError, match=MEND):
            open_generation(root, FINGERPRINT)
        root.mkdir(parents=True, exist_ok=True)


@pytest.mark.parametrize(
    "text",
    [
        b"", b"\n", b"../../etc", b"/etc/passwd", b"g-00000001-0123456789ab/../..", b"g-00000001-0123456789ab\n\n",
        b"g-00000001-0123456789AB", b" g-00000001-0123456789ab", b"\xff\xfe", "g-0000000١-0123456789ab".encode(),
        b"g-00000001-0123456789ab\0", b"x" * 100_000,
    ],
)  # fmt: skip
def test_current_is_never_a_path(root: Path, text: bytes) -> None:
    """CURRENT holds the name of a generation, or is refused in a short message that names it."""
    publish(root)
    (root / "CURRENT").write_bytes(text)
    with pytest.raises(IndexDamagedError, match=re.escape(str(root / "CURRENT"))) as caught:
        open_generation(root, FINGERPRINT)
    assert len(str(caught.value)) < len(str(root)) + 500
    publish(root)
    assert open_generation(root, FINGERPRINT).name.startswith("g-00000002-")


def flip(generation: Path) -> Path:
    """Change one bit in the middle of a file."""
    path = generation / "terms.npy"
    data = bytearray(path.read_bytes())
    data[50] ^= 1
    path.write_bytes(data)
    return path


def truncate(generation: Path) -> Path:
    """Cut a file short by one byte."""
    path = generation / "whoosh" / "MAIN.seg"
    path.write_bytes(path.read_bytes()[:-1])
    return path


def delete(generation: Path) -> Path:
    """Lose a file."""
    path = generation / "terms.npy"
    path.unlink()
    return path


def add(generation: Path) -> Path:
    """Gain a file that the manifest does not know."""
    path = generation / "whoosh" / "_MAIN_99.toc"
    path.write_bytes(b"a pickle from elsewhere")
    return path


def link(generation: Path) -> Path:
    """Put a link in the place of a file, to a copy with the very same bytes."""
    path = generation / "terms.npy"
    path.symlink_to(path.rename(generation.parent / "copy"))
    return path


def link_folder(generation: Path) -> Path:
    """Gain a link to a folder."""
    path = generation / "arrays"
    path.symlink_to(generation.parent)
    return path


def pipe(generation: Path) -> Path:
    """Put a named pipe in the place of a file: opening it would wait for ever."""
    path = generation / "terms.npy"
    path.unlink()
    os.mkfifo(path)
    return path


def folder(generation: Path) -> Path:
    """Put a folder in the place of a file."""
    path = generation / "terms.npy"
    path.unlink()
    path.mkdir()
    return path


def lose_manifest(generation: Path) -> Path:
    """Lose the manifest."""
    path = generation / "manifest.json"
    path.unlink()
    return path


def lose_all(generation: Path) -> Path:
    """Lose the whole generation."""
    generation.rename(generation.parent / "elsewhere")
    return generation / "manifest.json"


DAMAGES = [flip, truncate, delete, add, link, link_folder, pipe, folder, lose_manifest, lose_all]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_refused_by_name(root: Path, damage: Callable[[Path], Path]) -> None:
    """One changed, missing, added or odd file condemns a generation; the message has it and the command that mends."""
    path = damage(publish(root).path)
    with pytest.raises(IndexDamagedError, match=f"^{re.escape(str(path))}: .*; {MEND}$"):
        open_generation(root, FINGERPRINT)


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_previous_generation_serves_when_the_live_one_is_damaged(
    root: Path, damage: Callable[[Path], Path], caplog: pytest.LogCaptureFixture
) -> None:
    """The generation before serves, says why, and a warning goes to the log; a new build then mends the index."""
    before = publish(root, "before")
    path = damage(publish(root, "after").path)
    with caplog.at_level(logging.WARNING):
        opened = open_generation(root, FINGERPRINT)
    assert opened.name == before.name
    assert opened.refused is not None
    assert opened.refused.startswith(f"{path}: ")
    assert [record.message for record in caplog.records] == [
        f"{opened.refused}. Serving {before.name}, built {before.manifest.built_at}, instead."
    ]
    mended = publish(root, "mended")
    assert open_generation(root, FINGERPRINT) == mended
    assert {before.name, mended.name} == {name for name in entries(root) if name.startswith("g-")}


def test_all_generations_damaged_is_told_of_the_live_one(root: Path) -> None:
    """Where nothing good is left, the error is that of the generation which CURRENT names."""
    flip(publish(root).path)
    live = delete(publish(root).path)
    with pytest.raises(IndexDamagedError, match=re.escape(str(live))):
        open_generation(root, FINGERPRINT)


def test_every_byte_of_the_manifest_is_guarded(root: Path) -> None:
    """The manifest cannot list itself, so a seal guards it: any byte changed, in any way, is refused."""
    path = publish(root).path / "manifest.json"
    whole = path.read_bytes()
    for at in range(len(whole)):
        for bit in range(8):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :])
            with pytest.raises(IndexDamagedError, match=re.escape(str(path))):
                read_manifest(path.parent)
    path.write_bytes(whole)
    assert verify(path.parent, FINGERPRINT).monographs == 2


MANIFEST = Manifest(1, "f", "c", "p", 2, 9, "2025-01-01T00:00:00Z", {"b": "1", "a": "2"})


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"format": 2}, "has format 2, built by another version"),
        ({"sections": None}, "lacks the key sections"),
        ({"seal": None}, "lacks the key seal"),
        ({"owner": "me"}, "has the foreign key owner"),
        ({"monographs": "2"}, "monographs that is not of type int"),
        ({"monographs": True}, "monographs that is not of type int"),
        ({"files": ["a"]}, "files that is not of type dict"),
        ({"files": {"a": 1}}, "files without a sha256"),
        ({"sections": 10}, "was changed"),
    ],
)
def test_a_foreign_manifest_is_refused_by_its_key(change: dict[str, object], told: str) -> None:
    """A key that is missing, foreign or of another type is named, with the file and the command that mends it."""
    values = json.loads(MANIFEST.to_json()) | change
    text = json.dumps({name: value for name, value in values.items() if value is not None}, indent=1) + "\n"
    with pytest.raises(IndexDamagedError, match=rf"^g/manifest\.json: .*{told}.*; {MEND}$"):
        Manifest.from_json(text, Path("g/manifest.json"))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 100_000, '{"format": 1e999}', "1" * 10_000])
def test_bad_json_is_a_damaged_manifest(text: str) -> None:
    """Whatever stands in a manifest, the error is ours."""
    with pytest.raises(IndexDamagedError, match=r"^g/manifest\.json: "):
        Manifest.from_json(text, Path("g/manifest.json"))


def test_a_manifest_survives_its_json() -> None:
    """To JSON and back is the same value, with files in order; it cannot be changed in place."""
    again = Manifest.from_json(MANIFEST.to_json(), Path("m"))
    assert again == MANIFEST
    assert list(again.files) == ["a", "b"]
    with pytest.raises(TypeError):
        again.files["c"] = "3"  # type: ignore[index]  # that is the point


def test_another_version_is_refused(root: Path) -> None:
    """An index by another analyzer is refused and says so; the good one of our own version, if there is one, serves."""
    publish(root)
    with pytest.raises(IndexDamagedError, match=f"another version of this program; {MEND}"):
        open_generation(root, "0" * 64)
    with pytest.raises(IndexDamagedError, match="another version"):
        verify(root / current_name(root), "0" * 64)
    with builder(root) as build:
        build.publish(fingerprint="0" * 64, content_hash="a" * 12, corpus_hash="", monographs=0, sections=0)
    assert open_generation(root, "0" * 64).name.startswith("g-00000002-")
    assert open_generation(root, FINGERPRINT).name.startswith("g-00000001-")


def test_a_second_builder_is_told_who_is_at_work(root: Path) -> None:
    """While another process builds, a builder fails at once, names it, and disturbs nothing."""
    published = publish(root)
    with holding(root) as (process, half):
        with (
            pytest.raises(IndexBusyError, match=rf"\.lock: .* pid {process.pid} on .+ since \d{{4}}-.*Z"),
            builder(root),
        ):
            pytest.fail("two builders at once")
        with pytest.raises(IndexBusyError, match=f"pid {process.pid}"):
            rollback(root, FINGERPRINT)
        assert (root / half / "half").read_text() == "written"
        assert open_generation(root, FINGERPRINT) == published


def test_two_builders_in_one_process_exclude_each_other(root: Path) -> None:
    """The lock is between builds, not only between processes, and ends with its block."""
    with builder(root), pytest.raises(IndexBusyError, match=f"pid {os.getpid()} "), builder(root):
        pytest.fail("two builders at once")
    publish(root)


def test_a_killed_builder_leaves_nothing_that_matters(root: Path) -> None:
    """After SIGKILL the old generation serves, the lock does not block, and the next build removes the litter."""
    published = publish(root)
    with holding(root) as (process, half):
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    assert half in entries(root)
    assert f"pid {process.pid}" in (root / ".lock").read_text()
    assert open_generation(root, FINGERPRINT) == published
    newer = publish(root)
    assert entries(root) == {"CURRENT", ".lock", published.name, newer.name}


def test_all_kinds_of_litter_are_removed(root: Path) -> None:
    """Unfinished folders, files and links go when a builder takes the lock; what a link points to stays."""
    published = publish(root)
    (root / "tmp-folder" / "whoosh").mkdir(parents=True)
    (root / "tmp-file").write_text("g-0000")
    (root.parent / "precious").mkdir()
    (root / "tmp-link").symlink_to(root.parent / "precious")
    with builder(root) as build:
        assert entries(root) == {"CURRENT", ".lock", published.name, build.path.name}
    assert (root.parent / "precious").is_dir()


@pytest.mark.parametrize("error", [KeyError("x"), KeyboardInterrupt(), IndexDamagedError("x")])
def test_a_failed_build_leaves_no_trace(root: Path, error: BaseException) -> None:
    """Whatever stops a build, its error comes through, its folder goes, and the live generation stays."""
    published = publish(root)
    with pytest.raises(type(error)), builder(root) as build:  # noqa: PT012 - the block is what fails
        (build.path / "half").write_text("x")
        raise error
    assert entries(root) == {"CURRENT", ".lock", published.name}


def test_a_build_that_is_not_published_is_removed(root: Path) -> None:
    """Leaving the block without `publish` is no publication."""
    with builder(root) as build:
        (build.path / "half").write_text("x")
    assert entries(root) == {".lock"}


def test_a_mistaken_publish_is_refused(root: Path) -> None:
    """A hash that is no hash would break the name, and a second `publish` the live generation."""
    with pytest.raises(ValueError, match="hexadecimal"):
        publish(root, content="../../../../x")
    with builder(root) as build:
        counts = {"corpus_hash": "", "monographs": 0, "sections": 0}
        build.publish(fingerprint="f", content_hash="a" * 12, **counts)  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="published already"):
            build.publish(fingerprint="f", content_hash="a" * 12, **counts)  # type: ignore[arg-type]
    assert open_generation(root, "f").manifest.files == {}


def record_calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """(call, name of the file) for each fsync, rename and replace, as they happen; the real calls are made."""
    calls: list[tuple[str, str]] = []
    fsync = os.fsync

    def recorded_fsync(descriptor: int) -> None:
        # A descriptor knows no name, but its inode does.
        inode = os.fstat(descriptor).st_ino
        calls.append(("fsync", str(inode)))
        fsync(descriptor)

    def recorder(call: str, real: Callable[[Path, Path], None]) -> Callable[[Path, Path], None]:
        def recorded(source: Path, target: Path) -> None:
            calls.append((call, Path(target).name))
            real(source, target)

        return recorded

    monkeypatch.setattr(os, "fsync", recorded_fsync)
    monkeypatch.setattr(os, "rename", recorder("rename", os.rename))
    monkeypatch.setattr(os, "replace", recorder("replace", os.replace))
    return calls


def test_everything_is_on_the_disk_before_it_is_live(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files, then folders, then the name, then the index folder, then CURRENT, then the index folder again."""
    root.mkdir(parents=True)
    calls = record_calls(monkeypatch)
    path = publish(root).path
    names = {str(p.stat().st_ino): p.name for p in (root, root / "CURRENT", path, *path.rglob("*"))}
    order = [(call, names.get(name, name)) for call, name in calls]
    renamed = order.index(("rename", path.name))
    assert sorted(order[:renamed]) == sorted(
        ("fsync", name) for name in ("manifest.json", "manifest.json", "terms.npy", "MAIN.seg", "whoosh", path.name)
    )
    assert order[renamed - 1] == ("fsync", path.name)
    assert order.index(("fsync", "MAIN.seg")) < order.index(("fsync", "whoosh"))
    assert order[renamed + 1 :] == [
        ("fsync", "index"),
        ("fsync", "CURRENT"),
        ("replace", "CURRENT"),
        ("fsync", "index"),
    ]


@pytest.mark.parametrize("call", ["fsync", "rename", "replace"])
def test_a_publication_that_fails_at_any_step_leaves_a_whole_index(
    root: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """Whichever call the disk refuses, CURRENT names a good generation, and the next builder removes what is left."""
    publish(root)
    real = getattr(os, call)
    for allowed in range(20):
        left = allowed

        def refusing(*arguments: object) -> None:
            nonlocal left
            left -= 1
            if left == -1:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            real(*arguments)

        before = current_name(root)
        monkeypatch.setattr(os, call, refusing)
        try:
            publish(root)
        except SearchError as error:
            assert "No space left on device; free some space" in str(error)  # noqa: PT017 - it need not fail
        monkeypatch.setattr(os, call, real)
        opened = open_generation(root, FINGERPRINT)
        assert opened.refused is None
        assert opened.name >= before
        with builder(root):
            pass
        assert len([name for name in entries(root) if name.startswith("g-")]) <= 2
        assert {name for name in entries(root) if name.startswith("tmp-")} == set()
        if left >= 0:
            break
    assert left >= 0, "no publication got through"


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


def test_rollback_goes_to_the_generation_before(root: Path) -> None:
    """The one before the live one is live again; the next build keeps it, and drops the one rolled back from."""
    first, second = publish(root), publish(root)
    assert rollback(root, FINGERPRINT) == first == open_generation(root, FINGERPRINT)
    with pytest.raises(IndexMissingError, match=f"no good generation before {first.name}"):
        rollback(root, FINGERPRINT)
    third = publish(root)
    assert third.name.startswith("g-00000003-")
    assert {first.name, third.name} == {name for name in entries(root) if name.startswith("g-")}
    assert second.name not in entries(root)


def test_rollback_passes_over_damaged_generations(root: Path) -> None:
    """Only a good generation is made live."""
    flip(publish(root).path)
    live = publish(root)
    with pytest.raises(IndexMissingError, match=f"before {live.name}"):
        rollback(root, FINGERPRINT)
    assert current_name(root) == live.name


def test_a_generation_that_vanishes_while_it_is_opened_is_read_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two publications between reading CURRENT and opening remove what it named: the reader gets the newest."""
    publish(root)
    real = generations.verify

    def slow(path: Path, fingerprint: str | None = None) -> Manifest:
        monkeypatch.setattr(generations, "verify", real)
        for _ in range(2):
            publish(root)
        assert not path.exists()
        return real(path, fingerprint)

    monkeypatch.setattr(generations, "verify", slow)
    opened = open_generation(root, FINGERPRINT)
    assert opened.name.startswith("g-00000003-")
    assert opened.refused is None


def test_a_generation_loses_its_name_before_its_files(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is removed is renamed first, so a reader finds all of a generation or none of it."""
    removed: list[str] = []
    real = shutil.rmtree

    def recorded(path: Path) -> None:
        removed.append(path.name)
        real(path)

    monkeypatch.setattr(shutil, "rmtree", recorded)
    for _ in range(3):
        publish(root)
    assert len(removed) == 1
    assert removed[0].startswith("tmp-")


def test_readers_never_notice_publications(root: Path) -> None:
    """Four threads open in a loop while twenty generations are published: no error, no fallback, never back in time."""
    publish(root)
    done = threading.Event()
    seen: list[list[str]] = [[] for _ in range(4)]
    errors: list[BaseException] = []

    def read(names: list[str]) -> None:
        try:
            while not done.is_set() or not names:
                opened = open_generation(root, FINGERPRINT)
                assert opened.refused is None
                names.append(opened.name)
        except BaseException as error:  # noqa: BLE001 - reported below
            errors.append(error)

    readers = [threading.Thread(target=read, args=(names,)) for names in seen]
    for reader in readers:
        reader.start()
    for number in range(20):
        publish(root, text=f"postings {number}" * 1000, content=f"{number:012x}")
    done.set()
    for reader in readers:
        reader.join()
    assert errors == []
    assert all(names == sorted(names) for names in seen)
    assert len({name for names in seen for name in names}) > 1
