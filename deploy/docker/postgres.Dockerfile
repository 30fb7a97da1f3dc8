FROM postgres:15-bookworm
# The settings of deploy/lib/postgres.sh for a database of its own machine.
CMD ["postgres", "-c", "max_connections=200", "-c", "shared_buffers=1GB", "-c", "max_wal_size=4GB", "-c", "wal_compression=on", \
     "-c", "checkpoint_timeout=15min", "-c", "jit=off", "-c", "timezone=UTC"]
