"""Where the page of a rule, of a reason or of a refusal is read."""

SITE = ""
"""The address under which the docs site is published, with a slash at its end; "" while it is nowhere.
Nothing else says it: reports, SARIF and the site itself take it from here."""


def docs_url(name: str, site: str = SITE) -> str:
    """The page on the published site, `https://docs.example.com/rules/NAME/`; where none is, `docs_path`."""
    return f"{site}rules/{name}/" if site else docs_path(name)


def docs_path(name: str) -> str:
    """The page in the repository of ringtrue: `docs/rules/NAME.md`. Not for where a format asks for an absolute URI."""
    return f"docs/rules/{name}.md"
