extensions = ["sphinx.ext.intersphinx"]
intersphinx_mapping = {"surveys": ("https://surveys.example.org/en/latest/", None)}
