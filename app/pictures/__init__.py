"""Pictures of a network in training, drawn by the server: a poster (PNG) and an animation (GIF).

They show what the page shows, in its colours, for whoever cannot frame a live page: link previews, print, slides that
take pictures only. A picture is made in a process of its own (`app.jobs`), so that it never slows a live
session. Not here: at which address they are asked for (`app.web.routes`).
"""
