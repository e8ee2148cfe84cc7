"""What typography and assembly do for the html room, by name: rooms do not import each other."""

from booklet.assembly.words import WORDS
from booklet.html.rendering import Writing
from booklet.typography.marking import mark_up, paragraphs
from booklet.typography.phrases import phrase_ends
from booklet.typography.ruby import ruby_for_print, ruby_for_readers


def writing() -> Writing:
    """Return how an author's text becomes HTML, for the html room."""
    annotate = {"print": ruby_for_print, "epub": ruby_for_readers}
    return Writing(mark_up, paragraphs, annotate, WORDS, phrase_ends)
