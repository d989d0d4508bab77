"""Results as a page that needs nothing else: no server, no network, no script but its own.

Pure: rows in, text out. Not here: which rows (`app.studies`), nor the statistics (`nncore.study.summary`).
"""
