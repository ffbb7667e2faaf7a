"""Uploaded files in a bucket of an S3-compatible store, for several machines (the extra in requirements-s3.txt).

The bucket is private: nobody but the site reads it, so that a picture of a draft, or one that had to go, has no
address. Readers get pictures from the site, and from caches before it (docs/decisions/0032, 0051).
"""

from datetime import datetime
from typing import Any

from boto3.s3.transfer import TransferConfig
from botocore.client import Config
from botocore.exceptions import ClientError
from storages.backends.s3 import S3Storage

_MISSING = {"404", "NoSuchKey", "NotFound"}


class Bucket(S3Storage):  # type: ignore[misc]  # the package has no types
    """Files by names that say what is in them, as leukemia_site.media.Disk has them."""

    def get_default_settings(self) -> dict[str, Any]:
        found: dict[str, Any] = super().get_default_settings()
        return found | {
            "file_overwrite": True,
            "default_acl": None,  # as the bucket is: private
            "querystring_auth": True,
            "transfer_config": TransferConfig(multipart_threshold=256 * 2**20, use_threads=False),
            "client_config": Config(
                connect_timeout=3,
                read_timeout=20,
                retries={"total_max_attempts": 3, "mode": "standard"},
                s3={"addressing_style": "path"},
                # Many compatible stores know no other checksum than that of the signature.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        }

    def url(self, name: str, *_: Any, **__: Any) -> str:
        raise NotImplementedError("Files are read through the site, which knows who may have them.")

    def get_modified_time(self, name: str) -> datetime:
        """When it was written. Raises FileNotFoundError."""
        try:
            found: datetime = super().get_modified_time(name)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in _MISSING:
                raise FileNotFoundError(name) from error
            raise
        return found
