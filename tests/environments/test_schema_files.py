"""`[schemas] paths`: which documents they name, and what is said of those that cannot be read."""

from typing import Any

import pytest

from ringtrue.environments.schema_files import schema_documents
from ringtrue.errors import UsageError
from ringtrue.repository.checkout import working_tree


def documents(world: Any, *paths: str) -> list[Any]:
    return list(schema_documents(paths, working_tree(world.root)))


def test_files_and_folders_in_the_order_named(world: Any) -> None:
    world.write({"crds/b/two.json": '{"size": 2}', "crds/a.yaml": "size: 1\n---\nsize: on\n", "crds/notes.txt": "{"})
    assert documents(world, "crds/b/two.json", "./crds/") == [{"size": 2}, {"size": 1}, {"size": True}, {"size": 2}]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("none.yaml", "[schemas] paths: 'none.yaml' cannot be read: No such file or directory"),
        ("bad", "[schemas] paths: bad/crd.yaml:1:5: a second ': ' stands here, or the line is indented wrongly"),
        ("../other", "[schemas] paths: '../other' leads out of the repository"),
        ("/etc/hostname", "[schemas] paths: '/etc/hostname' leads out of the repository"),
    ],
)
def test_paths_that_cannot_be_read(world: Any, path: str, message: str) -> None:
    world.write({"bad/crd.yaml": "a: b: c"})
    with pytest.raises(UsageError) as caught:
        documents(world, path)
    assert str(caught.value) == message
