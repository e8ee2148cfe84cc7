"""Text goes in; marked-up text comes out."""
