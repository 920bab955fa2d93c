"""Small artifacts made on the spot, for versions that bring none of their own."""

import io
import json
import re
import zipfile
from xml.sax.saxutils import escape, quoteattr

MOMENT = (2020, 1, 1, 0, 0, 0)
"""Fixed, so that the same version gives the same bytes on every day."""


def jar(key: str, name: str, version: str) -> bytes:
    """A jar with a manifest and the descriptor of an app."""
    descriptor = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<atlassian-plugin key={quoteattr(key)} name={quoteattr(name)} plugins-version="2">\n'
        f"  <plugin-info><version>{escape(version)}</version></plugin-info>\n"
        "</atlassian-plugin>\n"
    )
    manifest = f"Manifest-Version: 1.0\nBundle-SymbolicName: {key}\nBundle-Version: {version}\n"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in (
            ("META-INF/MANIFEST.MF", manifest),
            ("atlassian-plugin.xml", descriptor),
        ):
            archive.writestr(zipfile.ZipInfo(path, MOMENT), content)
    return buffer.getvalue()


def descriptor(key: str, name: str, version: str) -> bytes:
    """The Connect descriptor of an app, at an address where nothing answers."""
    document = {
        "key": key,
        "name": name,
        "version": version,
        "baseUrl": f"https://{re.sub(r'[^a-z0-9-]+', '-', key.lower()).strip('-')}.example",
        "authentication": {"type": "jwt"},
        "apiVersion": 1,
        "scopes": ["READ", "WRITE"],
        "modules": {},
    }
    return json.dumps(document, indent=2).encode()
