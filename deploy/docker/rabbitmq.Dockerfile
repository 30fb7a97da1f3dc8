FROM rabbitmq:3.13-management
# The bus is a nudge and never the log, so a broker short of memory may block publishers early.
RUN printf 'vm_memory_high_watermark.absolute = 512MiB\ndisk_free_limit.absolute = 50MB\n' > /etc/rabbitmq/conf.d/20-taskgrid.conf
