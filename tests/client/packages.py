"""Files to publish: jars, OBRs and Connect descriptors of apps of the sandbox."""

import json
from pathlib import Path

from assets.samples import a_jar

TIDY_BOARDS = "example.larkspur.tidy-boards"
PARTNER = {"MARKETPLACE_USER": "partner@example.com", "MARKETPLACE_TOKEN": "partner-token"}
ADMIN = {"MARKETPLACE_USER": "admin@example.com", "MARKETPLACE_TOKEN": "admin-token"}
RIVAL = {"MARKETPLACE_USER": "rival@example.com", "MARKETPLACE_TOKEN": "rival-token"}


def a_descriptor(key: str = TIDY_BOARDS, version: str = "9.0.0", build: str = "") -> bytes:
    """The descriptor of a version; with a build number when one is given."""
    param = f'<param name="build-number" value="{build}"/>' if build else ""
    return (
        f'<atlassian-plugin key="{key}" name="Tidy Boards" plugins-version="2">'
        f"<plugin-info><version>{version}</version>{param}</plugin-info></atlassian-plugin>"
    ).encode()


def write_jar(
    folder: Path, key: str = TIDY_BOARDS, version: str = "9.0.0", build: str = ""
) -> Path:
    """A jar with a descriptor."""
    path = folder / f"app-{version}.jar"
    path.write_bytes(a_jar(**{"atlassian-plugin_xml": a_descriptor(key, version, build)}))
    return path


def write_obr(folder: Path, key: str = TIDY_BOARDS, version: str = "9.0.0") -> Path:
    """An OBR: a jar with a descriptor at its top, and one that the app depends on below."""
    inner = a_jar(**{"atlassian-plugin_xml": a_descriptor(key, version)})
    other = a_jar(**{"atlassian-plugin_xml": a_descriptor("com.example.library")})
    path = folder / f"app-{version}.obr"
    path.write_bytes(
        a_jar(**{"obr_xml": b"<obr/>", "dependencies/lib_jar": other, "app_jar": inner})
    )
    return path


def write_connect(folder: Path, key: str, **more: str) -> Path:
    """A Connect descriptor."""
    path = folder / "atlassian-connect.json"
    path.write_text(json.dumps({"key": key, "baseUrl": "https://app.example.com", **more}))
    return path
