"""Messages to and from other systems in the edXML form of QCVN 102:2016. Read this first.

`edxml/` is the format alone; `actions/` takes messages in and writes them out. The connection to the national axis is
later work: messages going out wait in the list until they are fetched by hand.
"""

from lienthong.kit.declare import MenuEntry, Module, Verb
from lienthong.kit.refusal import N_

MODULE = Module(
    code="exchange",
    label=N_("Liên thông"),
    verbs=(
        Verb("exchange.read", N_("Xem gói tin liên thông")),
        Verb("exchange.take_in", N_("Nhập gói tin edXML")),
    ),
    grants={
        "clerk": {"exchange.read": "agency", "exchange.take_in": "agency"},
        "administrator": {"exchange.read": "province", "exchange.take_in": "province"},
    },
    menu=(
        MenuEntry(N_("Văn thư"), N_("Gói tin edXML"), "/lam-viec/lien-thong/", "box-arrow-in-down", "exchange.read"),
    ),
)
