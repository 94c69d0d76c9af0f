extensions = ["sphinx_fresh"]


def show_start(app, pagename, templatename, context, doctree):
    """Print the title of the first page at the end of every page."""
    if "body" in context:
        context["body"] += f"<p>Part of: {app.env.titles['index'].astext()}</p>"


def facts(app, env):
    """Say what each page shows of others: it is written again when that changes."""
    return {page: env.titles["index"].astext() for page in env.all_docs}


def setup(app):
    app.connect("html-page-context", show_start)
    app.connect("fresh-facts", facts)
