"""The study that comes with the project: which neuron solves which data, with how many parameters, and how surely.

`study.toml` asks, `make atlas` answers: `rows.csv.xz` has a row for each run, `table.json` what they say together.
Not here: what a study is (`nncore.study`), nor its page (`templates/atlas.html`).
"""
