"""What the page about the API looks like, and how browsers know that this style is ours."""

import base64
import hashlib

STYLE = """
:root { color-scheme: light dark; --line: #d5d9e0; --soft: #f4f5f8; --mark: #0b5cad; }
@media (prefers-color-scheme: dark) {
  :root { --line: #3a3f4a; --soft: #20242c; --mark: #7db7ff; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 1rem; line-height: 1.5;
  font-family: system-ui, sans-serif; }
a { color: var(--mark); }
h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
h3 { margin: 0; font-size: 1.05rem; }
code, pre { font-family: ui-monospace, monospace; font-size: .9em; overflow-wrap: anywhere; }
pre { background: var(--soft); padding: .7rem; overflow-x: auto; overflow-wrap: normal; }
nav ul { columns: 14rem; padding-left: 1.2rem; }
article { border: 1px solid var(--line); border-radius: .4rem; margin: 1rem 0; padding: .8rem; }
article p { margin: .4rem 0; }
article:target { outline: 2px solid var(--mark); }
.method { font-weight: bold; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: .4rem 0; }
caption { text-align: left; font-weight: bold; padding: .3rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0;
  border-top: 1px solid var(--line); }
th { font-weight: normal; }
@media (max-width: 40rem) {
  body { padding: .6rem; }
  tr { display: block; border-top: 1px solid var(--line); padding: .3rem 0; }
  th, td { display: block; border: 0; padding: .1rem 0; }
}
"""

_digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_digest}'; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""Nothing but this one style: no script, no picture, no other host."""
