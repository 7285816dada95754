"""How Sphinx builds these pages."""

project = "Duanju 短剧"
author = "the Duanju maintainers"
project_copyright = "the Duanju maintainers"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "images"]
myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "Duanju 短剧"
html_show_sphinx = False
html_copy_source = False
