"""How an installation runs: parts, the private database, the processes, and the commands of `./lt`.

Nothing here knows what the programme is for. Read `cli.py` first: it is the table of commands.
"""
