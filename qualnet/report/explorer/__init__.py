"""The comparison explorer: a study as plain data, and one offline page that draws it."""
