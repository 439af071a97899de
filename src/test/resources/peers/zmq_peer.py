"""A libzmq peer for the tests of the zeromq component: one JSON command a line, one JSON answer a line.

Frames travel as Latin-1 text, so that every byte has a character.
"""
import hashlib
import json
import sys

import zmq

context = zmq.Context()
sockets = {}


def frames_in(texts):
    return [text.encode("latin-1") for text in texts]


def frames_out(frames):
    return [frame.decode("latin-1") for frame in frames]


def open_(socket, type, address, bind=False, options={}):
    fresh = context.socket(getattr(zmq, type))
    fresh.linger = 0
    for name, value in options.items():
        value = value.encode("latin-1") if isinstance(value, str) else value
        fresh.setsockopt(getattr(zmq, name), value)
    (fresh.bind if bind else fresh.connect)(address)
    sockets[socket] = fresh
    return fresh.getsockopt(zmq.LAST_ENDPOINT).decode().rstrip("\0")


def send(socket, frames, timeout=5000):
    sockets[socket].sndtimeo = timeout
    sockets[socket].send_multipart(frames_in(frames))


def send_many(socket, count, size, timeout=300):
    """Numbered messages until one is not accepted in time; says how many were."""
    sockets[socket].sndtimeo = timeout
    for number in range(count):
        try:
            sockets[socket].send_multipart([str(number).encode(), b"x" * size])
        except zmq.Again:
            return number
    return count


def receive(socket, timeout=5000):
    sockets[socket].rcvtimeo = timeout
    try:
        return frames_out(sockets[socket].recv_multipart())
    except zmq.Again:
        return None


def receive_many(socket, count, timeout=5000):
    """Everything that comes, up to a number, as one answer."""
    sockets[socket].rcvtimeo = timeout
    received = []
    while len(received) < count:
        try:
            received.append(frames_out(sockets[socket].recv_multipart()))
        except zmq.Again:
            break
    return received


def send_big(socket, size):
    sockets[socket].send(b"\x07" * size)


def receive_big(socket, timeout=20000):
    sockets[socket].rcvtimeo = timeout
    frame = sockets[socket].recv()
    return {"size": len(frame), "sha256": hashlib.sha256(frame).hexdigest()}


def keys():
    public, secret = zmq.curve_keypair()
    return {"public": public.decode(), "secret": secret.decode()}


def close(socket):
    sockets.pop(socket).close()


commands = {"open": open_, "send": send, "sendMany": send_many, "receive": receive, "receiveMany": receive_many,
            "sendBig": send_big, "receiveBig": receive_big, "keys": keys, "close": close}

for line in sys.stdin:
    command = json.loads(line)
    try:
        answer = {"result": commands[command.pop("do")](**command)}
    except zmq.ZMQError as error:
        answer = {"error": str(error)}
    print(json.dumps(answer), flush=True)
