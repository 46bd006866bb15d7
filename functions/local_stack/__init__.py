"""Runs the whole system on one machine: the real handlers behind HTTP and queues, on moto's S3 and SQS. Not deployed."""
