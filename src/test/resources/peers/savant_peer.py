"""A source or a sink of Savant, written from the tables of the protocol alone, on libzmq and Google's protobuf.

    savant_peer.py source <dealer|req|pub> <address> <stream> <frames>   connects; greets until told "go", then sends
    savant_peer.py sink <router|rep|sub> <address>                       binds (sub connects); prints what it receives
"""
import json
import sys
import threading
import uuid

import zmq
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

F = descriptor_pb2.FieldDescriptorProto
STRING, INT64, INT32, UINT64, BOOL, BYTES, MESSAGE = (
    F.TYPE_STRING, F.TYPE_INT64, F.TYPE_INT32, F.TYPE_UINT64, F.TYPE_BOOL, F.TYPE_BYTES, F.TYPE_MESSAGE)
VERSION = "1.15.1"


def message(file, name, fields):
    """Fields are (number, name, type); a type may be the name of a message. Presence of all is tracked (proto2)."""
    kind = file.message_type.add(name=name)
    for number, field, type_, *repeated in fields:
        added = kind.field.add(name=field, number=number, label=F.LABEL_REPEATED if repeated else F.LABEL_OPTIONAL)
        if isinstance(type_, str):
            added.type, added.type_name = MESSAGE, ".protocol." + type_
        else:
            added.type = type_


def protocol():
    file = descriptor_pb2.FileDescriptorProto(name="savant.proto", package="protocol", syntax="proto2")
    message(file, "EndOfStream", [(1, "source_id", STRING)])
    message(file, "UserData", [(1, "source_id", STRING)])
    message(file, "ExternalFrame", [(1, "method", STRING), (2, "location", STRING)])
    message(file, "VideoFrame", [
        (2, "source_id", STRING), (3, "uuid", STRING), (4, "creation_timestamp_ns_high", UINT64),
        (5, "creation_timestamp_ns_low", UINT64), (6, "framerate", STRING), (7, "width", INT64), (8, "height", INT64),
        (9, "transcoding_method", INT32), (10, "codec", STRING), (11, "keyframe", BOOL),
        (12, "time_base_numerator", INT32), (13, "time_base_denominator", INT32), (14, "pts", INT64),
        (15, "dts", INT64), (16, "duration", INT64), (18, "external", "ExternalFrame")])
    message(file, "Message", [
        (1, "protocol_version", STRING), (2, "routing_labels", STRING, True), (4, "seq_id", UINT64),
        (5, "video_frame", "VideoFrame"), (8, "user_data", "UserData"), (9, "end_of_stream", "EndOfStream"),
        (20, "system_id", STRING)])
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.MessageFactory(pool).GetPrototype(pool.FindMessageTypeByName("protocol.Message"))


Message = protocol()


class Source:
    def __init__(self, type_, address, stream):
        self.type, self.stream, self.system, self.seq = type_, stream, str(uuid.uuid4()), {}
        self.socket = zmq.Context.instance().socket(getattr(zmq, type_.upper()))
        self.socket.setsockopt(zmq.LINGER, 2000)
        self.socket.setsockopt(zmq.RCVTIMEO, 10000)
        self.socket.connect(address)

    def send(self, source, fill, data=(), end=False):
        self.seq[source] = self.seq.get(source, 0) + 1
        message = Message(protocol_version=VERSION, seq_id=self.seq[source], system_id=self.system)
        fill(message)
        if end:
            del self.seq[source]
        self.socket.send_multipart([source.encode(), message.SerializeToString(), *data])
        if self.type == "req" or self.type == "dealer" and end:
            reply = self.socket.recv_multipart()
            assert reply == [b"OK"], reply

    def greet(self):
        self.send("hello", lambda m: m.user_data.MergeFrom(type(m.user_data)(source_id="hello")))

    def frame(self, number):
        def fill(m):
            frame = m.video_frame
            frame.source_id, frame.uuid = self.stream, uuid7(number)
            frame.creation_timestamp_ns_low = 1767225600000000000 + number * 40000000
            frame.framerate, frame.width, frame.height, frame.codec = "25/1", 640, 360, "h264"
            frame.keyframe = number % 5 == 0
            frame.time_base_numerator, frame.time_base_denominator = 1, 90000
            frame.pts = frame.dts = number * 3600
            frame.external.method = "zeromq"
        self.send(self.stream, fill, [b"picture %d" % number])

    def end(self):
        def fill(m):
            m.end_of_stream.source_id = self.stream
        self.send(self.stream, fill, end=True)


def uuid7(number):
    return str(uuid.UUID(int=(1767225600000 + number * 40) << 80 | 7 << 76 | 2 << 62 | number))


def run_source(type_, address, stream, frames):
    go = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.readline(), go.set()), daemon=True).start()
    source = Source(type_, address, stream)
    while not go.wait(0.1):
        source.greet()
    for number in range(int(frames)):
        source.frame(number)
    source.end()
    print("sent", flush=True)


def run_sink(type_, address):
    socket = zmq.Context.instance().socket(getattr(zmq, type_.upper()))
    socket.linger = 0
    if type_ == "sub":
        socket.setsockopt(zmq.SUBSCRIBE, b"")
        socket.connect(address)
    else:
        socket.bind(address)
    print("ready", flush=True)
    while True:
        parts = socket.recv_multipart()
        routing, parts = (parts[:1], parts[1:]) if type_ == "router" else ([], parts)
        received = Message.FromString(parts[1])
        if type_ == "rep" or type_ == "router" and received.HasField("end_of_stream"):
            socket.send_multipart([*routing, b"OK"])
        print(json.dumps({
            "topic": parts[0].decode(), "data": [part.decode() for part in parts[2:]],
            "version": received.protocol_version, "seq": received.seq_id, "system": received.system_id,
            "uuid": received.video_frame.uuid, "source": received.video_frame.source_id, "pts": received.video_frame.pts,
            "keyframe": received.video_frame.keyframe, "end": received.end_of_stream.source_id}), flush=True)


{"source": run_source, "sink": run_sink}[sys.argv[1]](*sys.argv[2:])
