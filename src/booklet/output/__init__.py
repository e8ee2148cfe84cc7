"""HTML and XHTML go in; the bytes of PDF, EPUB and text come out."""
