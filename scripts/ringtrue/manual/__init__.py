"""The pages of the rules, the reasons and the refusals, where a person reads them."""

from ringtrue.manual.links import docs_path, docs_url

__all__ = ["docs_path", "docs_url"]
