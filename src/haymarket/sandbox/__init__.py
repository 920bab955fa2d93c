"""The sandbox: a marketplace with a fictional world in it, to try things out."""
