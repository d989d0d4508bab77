"""Studies as files: what is read, what is written while one runs, and how it goes on after it was stopped or killed.

Not here: what a study is (`nncore.study`), who does the work (`app.engines`), the command (`app.cli.study`).
"""
