"""Where the files of editions are kept: write-once, outside the web root."""

from gradebook.files import WriteOnceStore

editions = WriteOnceStore("editions")
