"""Reads shell scripts as a shell would, and runs none of them."""
