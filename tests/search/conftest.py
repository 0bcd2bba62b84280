"""A tiny judged collection, for the tests of search.evaluation and of its command."""

import json
from pathlib import Path

import pytest


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """Four documents and three judged queries."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    documents = [
        {"id": "a", "title": "", "text": "nausea and vomiting of travel"},
        {"id": "b", "title": "Nausea", "text": "feeling sick"},
        {"id": "c", "title": "", "text": "bones and calcium"},
        {"id": "d<&", "title": "", "text": ""},
    ]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, documents)) + "\n", encoding="utf-8")
    queries = [
        {"id": "1", "text": "calcium"},
        {"id": "2", "text": 'nausea -"travel" AND ('},
        {"id": "3", "text": "qwzx"},
    ]
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)) + "\n", encoding="utf-8")
    (folder / "qrels.tsv").write_text("1\tc\t2\n2\ta\t1\n2\tb\t2\n3\ta\t1\n", encoding="utf-8")
    return folder
