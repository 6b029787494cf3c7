"""Name → the work that is measured, in the order of the table."""

from bench import dossiers, issue, lists, measures, pages, register_incoming, take_in

WORKLOADS = {
    "register_incoming": register_incoming.run,
    "issue_256": issue.run,
    "take_in": take_in.run,
    "lists": lists.run,
    "list_page": pages.list_page,
    "dossier_receive": dossiers.dossier_receive,
    "dossier_life": dossiers.dossier_life,
    "dossier_pages": dossiers.dossier_pages,
    "dossier_board": dossiers.dossier_board,
    "deadlines": dossiers.deadlines,
    "province_page": measures.province_page,
    "measures_growth": measures.measures_growth,
    "measures_cost": measures.measures_cost,
    "measures_settle": measures.measures_settle,
    "worker_memory": pages.worker_memory,
}
