"""Sets PREFIX:0, PREFIX:1, … through redis-py's cluster client until its input ends: HOST PORT PREFIX."""
import sys
import threading
import time

try:
    import redis
except ImportError:
    sys.exit("redis-py: not found (expected: the Python package redis, as by: pip install redis)")

host, port, prefix = sys.argv[1], int(sys.argv[2]), sys.argv[3]
ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()

cluster = redis.RedisCluster(host=host, port=port)
written, slowest = 0, 0.0
while not ended.is_set():
    start = time.monotonic()
    try:
        cluster.set(f"{prefix}:{written}", written)
    except (redis.RedisError, OSError) as error:
        print(f"failed: {prefix}:{written}: {error!r}", flush=True)
    slowest = max(slowest, time.monotonic() - start)
    written += 1
print(f"written: {written}")
print(f"slowest: {slowest * 1000:.0f}")
