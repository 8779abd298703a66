{{/* All topics, as io.catwalk.installation.prepare.PlannedTopic has them. */}}
{{- define "catwalk.topics" -}}
{{- range list "dataset-ready" "model-published" "model-promoted" }}
- {name: {{ . }}, partitions: 1, retentionMs: -1}
{{- end }}
{{- range list "dataset-requested" "dataset-cancel-requested" "dataset-rejected" "training-requested" "training-cancel-requested" "training-started" "epoch-completed" "training-completed" "training-failed" "evaluation-completed" "model-rejected" "promotion-requested" "sweep-requested" "sweep-cancel-requested" "sweep-completed" "rollout-started" "rollout-advanced" "rollout-completed" "rollout-cancel-requested" "serving-window" "drift-detected" }}
- {name: {{ . }}, partitions: {{ $.Values.kafka.topics.partitions }}, retentionMs: {{ mul (int $.Values.kafka.topics.retentionDays) 86400000 }}}
{{- end }}
- {name: inference-logged, partitions: {{ .Values.kafka.topics.partitions }}, retentionMs: {{ mul (int .Values.kafka.topics.payloadLogRetentionDays) 86400000 }}}
- {name: dead-letters, partitions: 1, retentionMs: {{ mul (int $.Values.kafka.topics.deadLetterRetentionDays) 86400000 }}}
{{- end }}

{{/* What each service reads and writes: the least that its ACLs must allow. */}}
{{- define "catwalk.topicAccess" -}}
ingestion:
  read: [dataset-requested, dataset-cancel-requested]
  write: [dataset-requested, dataset-cancel-requested, dataset-ready, dataset-rejected, dead-letters]
training:
  read: [training-requested, training-cancel-requested, sweep-requested, sweep-cancel-requested]
  write: [training-requested, training-cancel-requested, training-started, epoch-completed, training-completed, training-failed, sweep-requested, sweep-cancel-requested, sweep-completed, dead-letters]
evaluation:
  read: [training-completed, promotion-requested, rollout-cancel-requested, serving-window, inference-logged]
  write: [promotion-requested, evaluation-completed, model-published, model-promoted, model-rejected, rollout-started, rollout-advanced, rollout-completed, rollout-cancel-requested, dead-letters]
serving:
  read: [model-published, model-promoted]
  write: [serving-window, drift-detected, inference-logged]
console:
  read: [dataset-requested, dataset-cancel-requested, dataset-ready, dataset-rejected, training-requested, training-cancel-requested, training-started, epoch-completed, training-completed, training-failed, sweep-requested, sweep-cancel-requested, sweep-completed, evaluation-completed, model-published, model-promoted, model-rejected, promotion-requested, rollout-started, rollout-advanced, rollout-completed, rollout-cancel-requested, drift-detected, dead-letters]
  write: []
{{- end }}

{{/* Name of a topic's resource: with a hash where the topic's own, in small letters, doesn't do. Takes the topic's name. */}}
{{- define "catwalk.topicResource" -}}
{{- $name := lower . | replace "_" "-" -}}
{{- if regexMatch "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$" $name -}}
{{ $name }}
{{- else -}}
{{ regexReplaceAll "[.-]+" $name "-" | trimAll "-" }}-{{ sha256sum . | trunc 8 }}
{{- end -}}
{{- end }}
