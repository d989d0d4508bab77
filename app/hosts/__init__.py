"""The processes that train: which there are, who gets the next turn, who may come in."""
