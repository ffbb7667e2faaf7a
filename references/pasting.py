"""Whatever a person pastes to name works, as records. Pure: nothing is looked up and nothing is stored."""

from django.utils.translation import gettext as _

from references.reading import files
from references.reading.records import Reading


def read(text: str) -> Reading:
    """What this text names: DOIs, PMIDs, addresses, printed references in any style, or the content of a file.

    `found` has a record for each work, in order, with the line it stands in and the words that it was read from. One
    that was named by an identifier alone has an empty title (`Record.is_bare`): a person, or `lookups`, must give it
    one before it is filed. `problems` say what was not understood, with line and text. An empty or much too long text
    raises `records.Refused` with a sentence for a person.
    """
    return files.read(text.encode("utf-8", "replace"), _("pasted text"))
