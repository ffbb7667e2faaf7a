"""The end of an export: the spare tree is made whole, readers get it, and the other tree follows."""

from collections.abc import Iterable, Mapping

from leukemia_site.mirror import manifests, servers, trees
from leukemia_site.mirror.entries import files_of, head_of
from leukemia_site.mirror.manifests import Manifest
from leukemia_site.mirror.trees import MANIFEST, Mirror


def give(
    mirror: Mirror, new: Manifest, old: Manifest | None, *, made: set[str], was_even: bool, was_empty: bool = False
) -> None:
    """Let readers have it. `made`: the families whose files were written; `was_even`: before that, both trees held what
    `old` says, and nothing else; `was_empty`: the tree that was written held nothing.

    Killed at any instant: before the switch, readers have the old tree, and the spare one is no longer even; after it,
    they have the new one, and again the spare one is not.
    """
    fresh = _files(new.lines[name] for name in made)
    own = servers.files(map(head_of, new.lines.values()), new.head.headers)
    if was_even:
        before = old.lines if old else {}
        stays = dict[str, str]()
        gone = set(_files(line for name, line in before.items() if new.lines.get(name) != line)) - fresh.keys()
    else:
        stays = _files(line for name, line in new.lines.items() if name not in made)
        gone = _put_right(mirror, stays, fresh, was_empty=was_empty)
    trees.drop(mirror.spare, gone)
    for path, content in {**own, MANIFEST: manifests.written(new)}.items():
        trees.put(mirror.spare, path, content)
    mirror.switch()
    mirror.progress.unlink(missing_ok=True)
    _follow(mirror, {**stays, **fresh, **dict.fromkeys(own, "")}, gone, was_even=was_even)


def _put_right(mirror: Mirror, stays: Mapping[str, str], fresh: Mapping[str, str], *, was_empty: bool) -> set[str]:
    """Give a spare tree of which nothing is known the files that stay; returns what it holds beside."""
    if mirror.live:
        trees.link(mirror.live, mirror.spare, stays)
    return set() if was_empty else set(trees.files(mirror.spare)) - stays.keys() - fresh.keys()


def _follow(mirror: Mirror, files: Mapping[str, str], gone: set[str], *, was_even: bool) -> None:
    """The tree that readers had is given what is new, and loses what is gone; a page that was taken down, too."""
    live = mirror.live
    if live is None:
        return
    was_empty = mirror.begin()
    if was_even:
        trees.drop(mirror.spare, gone)
    elif not was_empty:
        trees.drop(mirror.spare, set(trees.files(mirror.spare)) - files.keys())
    trees.link(live, mirror.spare, files)
    trees.link(live, mirror.spare, {MANIFEST})


def _files(lines: Iterable[str]) -> dict[str, str]:
    return {path: digest for line in lines for path, digest in files_of(line).items()}
