"""`python -m lienthong`: what `./lt` calls once the parts are there."""

import sys

from lienthong.site.running.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
