"""What granian loads: the web application, in worker processes that end when their master is killed."""

import multiprocessing

from lienthong.site.running.kin import die_with_parent

# granian's workers are not told of a `kill -9` of their master: they would keep the port.
_master = multiprocessing.parent_process()
if _master is not None and _master.pid is not None:
    die_with_parent(_master.pid)

from lienthong.site.wsgi import application  # noqa: E402 - only now, so that loading it cannot outlive the master

__all__ = ["application"]
