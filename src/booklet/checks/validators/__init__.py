"""Finished files go in; what the field's reference validators say of them comes out."""
