"""How the modules hang together: what each declares, and what happens because of what. Read top to bottom."""

import procrastinate

from lienthong.foundation import module as foundation
from lienthong.foundation.access import rules as access
from lienthong.foundation.measures import rules as measures
from lienthong.foundation.outbox import rules as outbox
from lienthong.modules.citizens import module as citizens
from lienthong.modules.documents import facts as documents_facts
from lienthong.modules.documents import module as documents
from lienthong.modules.dossiers import facts as dossiers_facts
from lienthong.modules.dossiers import module as dossiers
from lienthong.modules.exchange import module as exchange
from lienthong.modules.plans import module as plans
from lienthong.modules.procedures import module as procedures

MODULES = (
    foundation.MODULE,
    procedures.MODULE,
    citizens.MODULE,
    documents.MODULE,
    dossiers.MODULE,
    exchange.MODULE,
    plans.MODULE,
)


def install() -> None:
    """Called once when Django is ready."""
    access.install(MODULES)
    install_measures()
    outbox.install(reactions())


def install_measures() -> None:
    """What each module counts, and the published indexes made of it."""
    from lienthong.foundation.measures import people
    from lienthong.modules.documents import measures as documents
    from lienthong.modules.dossiers import measures as dossiers
    from lienthong.modules.procedures import measures as procedures

    counting = (documents, dossiers, procedures, people)
    measures.install(
        [one for module in counting for one in module.MEASURES],
        [one for module in counting for one in module.QUANTITIES],
        dossiers.INDEXES,
    )


def reactions() -> dict[type, tuple]:
    """Fact → acts. Each act may run twice and must then do nothing new."""
    from lienthong.modules.documents.actions import read_signatures, read_text, tell_people
    from lienthong.modules.dossiers.actions import tell_applicant, tell_handlers
    from lienthong.modules.exchange.actions import answer_sender, send_outside

    return {
        documents_facts.Issued: (tell_people.of_issue, send_outside.of_issue),
        documents_facts.RequestMade: (tell_people.of_requests, send_outside.of_request),
        documents_facts.SentBack: (tell_people.of_return,),
        documents_facts.StateTold: (answer_sender.of_state,),
        documents_facts.FilesAttached: (read_text.of_document, read_signatures.of_document),
        dossiers_facts.ApplicantToBeTold: (tell_applicant.of_dossier,),
        dossiers_facts.StepsGiven: (tell_handlers.of_steps,),
        dossiers_facts.OpinionAsked: (tell_handlers.of_opinions,),
    }


def on_app_ready(app: procrastinate.App) -> None:
    """Nothing to configure: tasks are found through PROCRASTINATE_IMPORT_PATHS."""
