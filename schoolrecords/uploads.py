"""Files on their way in: nobody fills memory or disk with a file that is going to be refused."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class NoMoreThanAccepted(FileUploadHandler):
    """Lets through as much of a file as shows that it is too large; the rest is read from the network and dropped.

    The form then sees a file over the limit and names it, where a refused request would lose all that was typed.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= settings.UPLOAD_MAX_BYTES else None

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        return None  # the handlers after this one keep what was let through
