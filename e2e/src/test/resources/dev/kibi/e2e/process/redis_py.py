"""Sets and gets COUNT keys through redis-py's cluster client: HOST PORT COUNT."""
import sys

try:
    import redis
except ImportError:
    sys.exit("redis-py: not found (expected: the Python package redis, as by: pip install redis)")

host, port, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
cluster = redis.RedisCluster(host=host, port=port)
for i in range(count):
    assert cluster.set(f"py:{i}", i)
    got = cluster.get(f"py:{i}")
    assert got == str(i).encode(), f"py:{i} = {got} (expected: {i})"
print(f"{count} keys on {len(cluster.get_primaries())} masters")
