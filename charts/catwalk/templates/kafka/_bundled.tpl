{{/* The bundled broker's own environment. */}}
{{- define "catwalk.kafka.environment" -}}
- {name: KAFKA_NODE_ID, value: "1"}
- {name: KAFKA_PROCESS_ROLES, value: "broker,controller"}
- {name: KAFKA_CONTROLLER_QUORUM_VOTERS, value: "1@localhost:9093"}
- {name: KAFKA_CONTROLLER_LISTENER_NAMES, value: CONTROLLER}
- {name: KAFKA_LISTENERS, value: "PLAINTEXT://:9092,CONTROLLER://localhost:9093"}
- {name: KAFKA_ADVERTISED_LISTENERS, value: "PLAINTEXT://{{ include "catwalk.fullname" . }}-kafka:9092"}
- {name: KAFKA_LISTENER_SECURITY_PROTOCOL_MAP, value: "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"}
- {name: KAFKA_LOG_DIRS, value: /var/lib/kafka/data/log}
# Each record is on the disk before it is acknowledged: journals trust the acknowledgement.
- {name: KAFKA_LOG_FLUSH_INTERVAL_MESSAGES, value: "1"}
- {name: KAFKA_AUTO_CREATE_TOPICS_ENABLE, value: "false"}
- {name: KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR, value: "1"}
- {name: KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS, value: "3"}
- {name: KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR, value: "1"}
- {name: KAFKA_TRANSACTION_STATE_LOG_MIN_ISR, value: "1"}
- {name: KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR, value: "1"}
- {name: KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR, value: "1"}
- {name: KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS, value: "0"}
- {name: KAFKA_HEAP_OPTS, value: "-Xmx{{ .Values.kafka.bundled.heap }}"}
{{- end }}

{{- define "catwalk.kafka.mounts" -}}
- {name: data, mountPath: /var/lib/kafka/data}
- {name: scratch, mountPath: /opt/kafka/config, subPath: config}
- {name: scratch, mountPath: /opt/kafka/logs, subPath: logs}
- {name: scratch, mountPath: /tmp, subPath: tmp}
{{- end }}

{{- define "catwalk.kafka.volumes" -}}
- name: scratch
  emptyDir:
    sizeLimit: 256Mi
{{- end }}
