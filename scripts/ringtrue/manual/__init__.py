"""The pages of the rules, the reasons and the refusals, and where a person reads them."""

from ringtrue.manual.entry import Entry, grade, near
from ringtrue.manual.links import docs_path, docs_url

__all__ = ["Entry", "docs_path", "docs_url", "grade", "near"]
