"""The edXML message form (QCVN 102:2016/BTTTT and its amendment 1:2022): read it, write it.

``read.read`` takes a stream to a ``message.DocumentPacket`` or a ``message.StatusPacket``;
``write.write_document`` and ``write.write_status`` go the other way. Pure: no database, no clock.
"""
