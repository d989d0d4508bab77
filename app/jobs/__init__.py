"""Work that would hold up every live session if the web process did it: pictures, exports, tables, QR codes.

It is done in processes of their own (`process`, `worker`), bounded in time and memory, in a fair order between visitors
(`line`, `queue`). What each kind of job does stands in `tasks`. Not here: training that somebody watches (`app.hosts`).
"""
