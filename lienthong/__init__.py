"""Liên Thông: the digital government of one province, from the letter to the figure in the plan."""

__version__ = "0.1.0"
