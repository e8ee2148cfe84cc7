"""What things are: what an author writes, the publication, and the book a reader holds."""
