"""One module for each kind of job, called what the kind is called: `work` makes bytes of bytes, within `settings`.

A worker imports a kind when it is first asked for it, so that one that makes QR codes holds no drawing library. Each
raises InputError for what the reader can mend. Not here: how a job comes to its process (`app.jobs.queue`).
"""
