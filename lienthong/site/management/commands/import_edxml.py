"""Take edXML files in from the command line: `./lt import edxml FILE… [--to CODE]`."""

import json
import sys
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lienthong.foundation.access.rules import system_actor
from lienthong.foundation.organizations import queries as organizations
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import Refused
from lienthong.modules.exchange.actions.take_in import take_in
from lienthong.modules.exchange.terms import STATE_LABELS, State


class Command(BaseCommand):
    help = "Take edXML messages in: documents become incoming documents, statuses move sent ones."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+")
        parser.add_argument("--to", default="", help="identifier of the agency to take them in for")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, files: list[str], to: str, **options: Any) -> None:
        now = datetime.now(VIETNAM)
        receiver = organizations.by_code(to, now.date()) if to else None
        if to and receiver is None:
            raise CommandError(f"Không có cơ quan nào có mã định danh {to}.", returncode=2)
        results = [self._one(path, receiver.pk if receiver else None, now) for path in files]
        for result in results:
            line = f"{result['file']}: {result['said']}"
            if options["json"]:
                self.stdout.write(json.dumps(result, ensure_ascii=False))
            elif result["ok"]:
                self.stdout.write(line)
            if not result["ok"]:
                self.stderr.write(line)
        good = sum(result["ok"] for result in results)
        sys.exit(0 if good == len(results) else 3 if good or any(result["kept"] for result in results) else 2)

    def _one(self, path: str, receiver_id: int | None, now: datetime) -> dict:
        result = {"file": path, "ok": False, "kept": False, "state": "refused", "incoming": [], "said": ""}
        try:
            with open(path, "rb") as source:
                outcome = take_in(
                    source=source,
                    file_name=path.rsplit("/", 1)[-1],
                    actor=system_actor(),
                    now=now,
                    receiver_id=receiver_id,
                )
        except (OSError, Refused) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            return result | {"said": f"không nhận được: {reason}"}
        state = State(outcome.state)
        said = STATE_LABELS[state].lower()
        for message in outcome.messages:
            if message.incoming is not None:
                said += f"; văn bản đến {message.incoming.document.code} của {message.incoming.agency.name}"
            elif message.delivery_id:
                said += f"; trạng thái {message.title}"
            if message.reason:
                said += f": {message.reason}"
        return result | {
            "ok": state in {State.DONE, State.REPEATED}, "kept": True, "state": state.value, "said": said,
            "incoming": [message.incoming_id for message in outcome.messages if message.incoming_id],
            "warnings": [warning for message in outcome.messages for warning in message.warnings],
        }  # fmt: skip
