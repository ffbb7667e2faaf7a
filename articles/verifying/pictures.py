"""Pictures that articles have against the hashes they are known by."""

import hashlib
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from articles.models import Figure
from articles.pictures import store
from articles.verifying.problem import Problem


def broken(*, tick: Callable[[], object]) -> Iterator[Problem]:
    """Pictures whose file is gone or another one, and files of pictures that were erased."""
    for figure in Figure.objects.filter(saved=True).order_by("pk").iterator(500):
        tick()
        name, found = f"figure {figure.pk[:12]}", store.master(figure.pk)
        if figure.erased_at:
            if found is not None:
                yield Problem(name, _("was erased, and its file is there; run manage.py run_due --only figures"))
        elif found is None:
            yield Problem(name, _("has lost its file"))
        elif hashlib.sha256(found).hexdigest() != figure.pk:
            yield Problem(name, _("is not the picture that was signed"))
