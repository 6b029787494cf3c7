"""Correct how a person is reached."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.organizations.models import Person
from lienthong.foundation.trail.actions.write import write


@transaction.atomic
def edit_contact(*, person_id: int, email: str, phone: str, actor: Actor, now: datetime) -> Person:
    """E-mail and telephone. The trail notes that they changed, not what they were: personal data is kept once."""
    person = Person.objects.select_for_update().get(pk=person_id)
    require(actor, "organizations.edit")
    person.email, person.phone = email.strip(), phone.strip()
    person.save(update_fields=["email", "phone"])
    write(actor, "organizations.edit_contact", person, now, sentence=f"sửa liên hệ của {person.name}")
    return person
