"""OpenAPI 3.1 at /openapi.json and its page at /docs, from our own files: nothing is loaded from elsewhere."""

import json
import warnings
from pathlib import Path
from typing import Any

import flask_swagger_ui
from apiflask import APIFlask
from flask import Blueprint, Response, jsonify, render_template, send_from_directory

from claims.web.entry import open_to_all

PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "object", "description": "What is wrong, by field."},
        "stage": {"type": "string"},
        "allowed": {"type": "array", "items": {"type": "string"}},
    },
}
REFUSALS = {
    "401": "No valid token.",
    "403": "Not for your role.",
    "404": "There is none, or none that you may know of.",
    "409": "Not possible at this stage.",
    "412": "Somebody decided meanwhile: `If-Match` names an old version.",
    "422": "The input can't be used; `errors` says why, by field.",
    "429": "Too many requests; see `Retry-After`.",
}
_SWAGGER = Path(flask_swagger_ui.__file__).parent / "dist"

docs = Blueprint("docs", __name__)


@docs.get("/docs")
@open_to_all
def show_docs() -> str:
    return render_template("docs.html")


@docs.get("/docs/assets/<path:name>")
@open_to_all
def show_docs_asset(name: str) -> Response:
    return send_from_directory(_SWAGGER, name, max_age=86_400)


def init_app(app: APIFlask) -> None:
    app.config.update(
        OPENAPI_VERSION="3.1.0",
        SERVERS=[{"url": app.extensions["settings"].public_url}],
        DESCRIPTION="报案、查勘、核定、通知书与时限。Claims handling for Shanghai's inherent-defect insurance.",
        AUTO_OPERATION_ID=True,
        AUTO_VALIDATION_ERROR_RESPONSE=False,
        AUTO_404_RESPONSE=False,
        VALIDATION_ERROR_STATUS_CODE=422,
    )
    app.security_schemes = {"bearer": {"type": "http", "scheme": "bearer"}}
    app.spec_processor(_finish)  # type: ignore[arg-type]
    app.register_blueprint(docs)

    @app.get("/openapi.json")
    @open_to_all
    @app.doc(hide=True)
    def show_openapi() -> Response:
        return jsonify(_spec_once(app))


def _spec_once(app: APIFlask) -> Any:
    if "openapi" not in app.extensions:
        with warnings.catch_warnings():  # the twins again
            warnings.filterwarnings("ignore", message=".*already been added to the spec.*", category=UserWarning)
            app.extensions["openapi"] = app.spec
    return app.extensions["openapi"]


def _finish(spec: dict[str, Any]) -> dict[str, Any]:
    """What every operation shares: the token, `Idempotency-Key`, `If-Match`, and errors as problems."""
    spec.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM
    spec["paths"] = {path: item for path, item in spec["paths"].items() if path.startswith("/api/v1")}
    spec = _without_twins(spec)
    for path, item in spec["paths"].items():
        for verb, operation in item.items():
            if verb not in ("get", "post", "put", "patch", "delete"):
                continue
            operation["security"] = [{"bearer": []}]
            for status, words in REFUSALS.items():
                operation["responses"].setdefault(status, _refusal(words))
            if verb == "post":
                operation.setdefault("parameters", []).extend(_headers(path))
    return spec


def _without_twins(spec: dict[str, Any]) -> dict[str, Any]:
    """APIFlask registers a schema twice (X, X1) where it is nested before it is an answer: one name for each."""
    schemas = spec["components"]["schemas"]
    twins = [name for name in schemas if name[-1].isdigit() and schemas.get(name[:-1]) == schemas[name]]
    text = json.dumps(spec)
    for name in twins:
        text = text.replace(f'"#/components/schemas/{name}"', f'"#/components/schemas/{name[:-1]}"')
    told: dict[str, Any] = json.loads(text)
    for name in twins:
        del told["components"]["schemas"][name]
    return told


def _refusal(words: str) -> dict[str, Any]:
    return {
        "description": words,
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def _headers(path: str) -> list[dict[str, Any]]:
    key = {
        "name": "Idempotency-Key",
        "in": "header",
        "schema": {"type": "string", "maxLength": 200},
        "description": "The same key and body give the same answer; the same key with another body is refused.",
    }
    version = {
        "name": "If-Match",
        "in": "header",
        "schema": {"type": "string"},
        "description": "The claim's version, as its ETag said; 412 if somebody decided meanwhile.",
    }
    return [key, version] if "{reference}" in path else [key]
