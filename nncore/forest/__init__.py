"""A cascade of forests: a model that learns layer by layer without any gradient, beside networks.

`settings` says what defines one, `growing` grows a tree (scikit-learn, the extra `forest`), `trees` holds what has been
grown as plain arrays, `cascade` looks through them as through a network, `grower` is the run, `saved` its file.
"""
