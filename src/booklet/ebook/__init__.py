"""XHTML documents go in; the EPUB and the plain text come out."""
