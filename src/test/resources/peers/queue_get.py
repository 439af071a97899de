"""Prints and acknowledges one message of a durable queue, or nothing: queue_get.py PORT QUEUE"""

import sys

import pika

port, queue = sys.argv[1:]
connection = pika.BlockingConnection(pika.ConnectionParameters("127.0.0.1", int(port)))
channel = connection.channel()
# Fails when the queue is not durable
channel.queue_declare(queue=queue, durable=True)
method, _, body = channel.basic_get(queue, auto_ack=True)
if method:
    sys.stdout.write(body.decode())
connection.close()
