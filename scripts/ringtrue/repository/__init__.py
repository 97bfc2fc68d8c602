"""A tree of files at the working tree or the index, its kustomizations, and where it comes from.

Reads files and asks git; runs nothing that the tree brings along and reads nothing outside its root.
"""
