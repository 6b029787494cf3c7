"""Name → the work that is measured, in the order of the table."""

from bench import issue, lists, pages, register_incoming, take_in

WORKLOADS = {
    "register_incoming": register_incoming.run,
    "issue_256": issue.run,
    "take_in": take_in.run,
    "lists": lists.run,
    "list_page": pages.list_page,
    "worker_memory": pages.worker_memory,
}
