"""A book goes in; HTML for print, XHTML for the EPUB and SVG figures come out."""
