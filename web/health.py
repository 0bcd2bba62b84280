"""What programs ask to see whether the server works: `/healthz` (the process) and `/readyz` (the index)."""

from dataclasses import asdict

from flask import Blueprint, Response, jsonify

from web.current import engine

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def health() -> Response:
    """The process answers. Says nothing of the index."""
    return jsonify({"status": "ok"})


@blueprint.get("/readyz")
def ready() -> Response:
    """Which index is served, whether a newer one was refused, and since when builds have failed; 503 while there is no index."""
    info = engine().info()
    return jsonify(
        {
            "generation": info.generation,
            "built_at": info.built_at,
            "monographs": info.monographs,
            "sections": info.sections,
            "refused": info.refused,
            "failing": info.failing and asdict(info.failing),
        }
    )
