"""Storycard on one machine: HTTP and a queue in front of the real handlers, against moto's S3 and SQS. Never deployed."""
