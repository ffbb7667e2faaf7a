"""Mirrors in folders of a test: exported, read, and compared."""

import gzip
import os

import brotli

from leukemia_site.mirror import exporting, manifests, places, trees, verifying
from leukemia_site.mirror.entries import Family


def export(root, *, since=False, processes=1):
    """Write the mirror; nobody watches."""
    return exporting.export(root, since=since, processes=processes, watch=lambda lines, count: lines)


def problems(root):
    return [str(one) for one in verifying.problems(root, watch=lambda entries, count: entries)]


def files(root):
    """Every file that readers could get, by its path."""
    tree = root / "current"
    paths = (path for path in tree.rglob("*") if path.is_file())
    found = {path.relative_to(tree).as_posix(): path.read_bytes() for path in paths}
    return {path: content for path, content in found.items() if not path.startswith(".mirror/")}


def page(root, address):
    """What stands at an address."""
    return (root / "current" / address.lstrip("/") / "index.html").read_text()


def unlike(root, client):
    """The addresses at which the site answers something else. Of what was taken down the mirror has less."""
    lines = manifests.read(root / "current" / trees.MANIFEST).lines.values()
    entries = [entry for line in lines for entry in Family.read(line).entries]
    pages = [one for one in entries if one.status == 200 and not one.address.startswith("/static/")]
    tree = root / "current"
    read = {one.address: (tree / places.file_of(one.address)).read_bytes() for one in pages}
    return [address for address, content in read.items() if client.get(address).content != content]


def anywhere(root, words):
    """The files of both trees in which these words stand, whatever they are packed in."""
    unpack = {".gz": gzip.decompress, ".br": brotli.decompress}
    found = []
    for folder, _folders, names in os.walk(root):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                content = unpack.get(os.path.splitext(name)[1], bytes)(file.read())
            found += [path] if words.encode() in content else []
    return found
