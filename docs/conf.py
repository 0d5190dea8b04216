"""How the documentation is built: Sphinx, MyST, Furo."""

from typing import Any

from pygments.lexers.special import TextLexer

from senhong import __version__

project = "Sen Hồng"
author = "Sen Hồng"
copyright = "Sen Hồng, Apache-2.0"
version = release = __version__
extensions = ["myst_parser"]
myst_enable_extensions = ["deflist", "colon_fence"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "images/README.md"]
language = "en"
html_theme = "furo"
html_title = "Sen Hồng"
html_show_sourcelink = False
gettext_compact = False


def setup(app: Any) -> None:
    app.add_lexer("mermaid", TextLexer)  # drawn by code hosts, shown as text here
