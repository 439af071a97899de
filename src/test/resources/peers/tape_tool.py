"""Publishes notifications as the original tape archiver does: tape_tool.py PORT FILE..."""

import sys

import pika

EXCHANGE = "surf-data-archive"

port, *files = sys.argv[1:]
connection = pika.BlockingConnection(pika.ConnectionParameters("127.0.0.1", int(port)))
channel = connection.channel()
# Fails when somebody declared it otherwise
channel.exchange_declare(exchange=EXCHANGE, exchange_type="fanout", durable=False)
for file in files:
    with open(file, "rb") as body:
        channel.basic_publish(
            exchange=EXCHANGE,
            routing_key="archiving-cron",
            body=body.read(),
            properties=pika.BasicProperties(delivery_mode=2),
        )
connection.close()
