"""The end of an export: the spare tree is made whole, readers get it, and the other tree follows."""

from collections.abc import Iterable, Mapping

from leukemia_site.mirror import manifests, servers, trees
from leukemia_site.mirror.entries import Family, head_of
from leukemia_site.mirror.manifests import Manifest
from leukemia_site.mirror.trees import MANIFEST, Mirror


def give(mirror: Mirror, new: Manifest, old: Manifest | None, *, made: set[str], was_even: bool) -> None:
    """Let readers have it. `made`: the families whose files were written; `was_even`: before that, both trees held what
    `old` says, and nothing else.

    Killed at any instant: before the switch, readers have the old tree, and the spare one is no longer even; after it,
    they have the new one, and again the spare one is not.
    """
    before = old.lines if old else {}
    fresh = _files(new.lines[name] for name in made)
    stale = _files(line for name, line in before.items() if new.lines.get(name) != line)
    own = servers.files(map(head_of, new.lines.values()), new.head.headers)
    gone = set(stale.keys() - fresh.keys()) if was_even else _put_right(mirror, new, made)
    trees.drop(mirror.spare, gone)
    for path, content in {**own, MANIFEST: manifests.written(new)}.items():
        trees.put(mirror.spare, path, content)
    mirror.switch()
    mirror.progress.unlink(missing_ok=True)
    _follow(mirror, new, fresh | dict.fromkeys(own, ""), gone, was_even=was_even)


def _put_right(mirror: Mirror, new: Manifest, made: set[str]) -> set[str]:
    """Give a spare tree of which nothing is known the files that stay; returns what it holds beside."""
    stays = _files(line for name, line in new.lines.items() if name not in made)
    if mirror.live:
        trees.link(mirror.live, mirror.spare, stays)
    known = stays.keys() | _files(new.lines[name] for name in made).keys()
    return set(trees.files(mirror.spare)) - known


def _follow(mirror: Mirror, new: Manifest, fresh: Mapping[str, str], gone: set[str], *, was_even: bool) -> None:
    """The tree that readers had is given what is new, and loses what is gone; a page that was taken down, too."""
    live = mirror.live
    if live is None:
        return
    mirror.begin()
    if was_even:
        trees.drop(mirror.spare, gone)
        trees.link(live, mirror.spare, fresh)
    else:
        known = set(trees.files(live))
        trees.drop(mirror.spare, set(trees.files(mirror.spare)) - known)
        trees.link(live, mirror.spare, known - {MANIFEST})
    trees.link(live, mirror.spare, {MANIFEST})


def _files(lines: Iterable[str]) -> dict[str, str]:
    return {path: digest for line in lines for path, digest in Family.read(line).files.items()}
