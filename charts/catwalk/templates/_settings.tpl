{{/* A component's whole properties file. Takes (list . component). */}}
{{- define "catwalk.settings" -}}
{{- $root := index . 0 -}}
{{- $name := index . 1 -}}
{{ include "catwalk.connections" . }}
{{- if not (has $name (list "prepare" "retention")) }}
{{ include "catwalk.access.settings" $root }}
{{- end }}
{{- if eq $name "ingestion" }}
{{- range $root.Values.catalogue }}
{{- $entry := printf "catwalk.ingestion.catalogue.%s" (ternary (quote .name) .name (contains "." .name)) }}
{{- with .url }}
{{ $entry }}.url={{ include "catwalk.property" . }}
{{- end }}
{{- if .claim }}
{{ $entry }}.folder=/catalogue/{{ .name }}{{ with .path }}/{{ . }}{{ end }}
{{- end }}
{{- with .storePrefix }}
{{ $entry }}.store-prefix={{ . }}
{{- end }}
{{- with .labelNames }}
{{- $names := list }}
{{- range . }}{{ $names = append $names (include "catwalk.property" (. | replace "," "\\,")) }}{{ end }}
{{ $entry }}.label-names={{ join "," $names }}
{{- end }}
{{- with .validationSize }}
{{ $entry }}.validation-size={{ . | int }}
{{- end }}
{{- end }}
{{- end }}
{{- if eq $name "serving" }}
{{- with $root.Values.serving.tracing }}
{{- if .endpoint }}
catwalk.tracing.endpoint={{ include "catwalk.property" .endpoint }}
catwalk.tracing.share={{ toJson .share }}
{{- end }}
{{- end }}
catwalk.payload-log.share={{ toJson $root.Values.serving.payloadLog.share }}
catwalk.payload-log.images={{ $root.Values.serving.payloadLog.images }}
{{- end }}
{{- if eq $name "console" }}
{{- include "catwalk.addresses" (list $root "catwalk.console") }}
{{- with include "catwalk.console.hosts" $root | fromJsonArray }}
catwalk.console.hosts={{ join "," . }}
{{- end }}
{{- if include "catwalk.console.oidc" $root }}
{{- with $root.Values.console.oidc }}
catwalk.console.oidc.enabled=true
catwalk.console.oidc.address={{ .address }}
catwalk.console.oidc.client-id={{ include "catwalk.property" .clientId }}
catwalk.console.oidc.scopes={{ include "catwalk.property" (join "," .scopes) }}
{{- end }}
{{- end }}
{{- end }}
{{- if eq $name "prepare" }}
catwalk.topics.partitions={{ $root.Values.kafka.topics.partitions }}
catwalk.topics.replication-factor={{ $root.Values.kafka.topics.replicationFactor }}
catwalk.topics.retention={{ $root.Values.kafka.topics.retentionDays }}d
catwalk.topics.dead-letter-retention={{ $root.Values.kafka.topics.deadLetterRetentionDays }}d
catwalk.topics.payload-log-retention={{ $root.Values.kafka.topics.payloadLogRetentionDays }}d
{{- include "catwalk.addresses" (list $root "catwalk.check") }}
{{- else if ne $name "retention" }}
{{- range $key, $value := (get $root.Values $name).config }}
{{ $key }}={{ include "catwalk.property" (include "catwalk.text" (list $value (printf "%s.config.%s" $name $key))) }}
{{- end }}
{{- end }}
{{- end }}

{{/* The names by which browsers may call the console, as JSON. */}}
{{- define "catwalk.console.hosts" -}}
{{- $hosts := .Values.console.hosts -}}
{{- if include "catwalk.console.oidc" . }}{{ $hosts = append $hosts (urlParse .Values.console.oidc.address).hostname }}{{ end -}}
{{- with .Values.console.ingress -}}
{{- if and .enabled .host }}{{ $hosts = append $hosts .host }}{{ end -}}
{{- end -}}
{{- with .Values.console.httpRoute -}}
{{- if .enabled }}{{ $hosts = concat $hosts .hostnames }}{{ end -}}
{{- end -}}
{{ toJson (uniq $hosts) }}
{{- end }}

{{/* Whether the console leads visitors to the identity provider. */}}
{{- define "catwalk.console.oidc" -}}
{{- if and .Values.console.enabled .Values.console.oidc.enabled }}yes{{ end }}
{{- end }}

{{/* The port of a URL. */}}
{{- define "catwalk.urlPort" -}}
{{- $url := urlParse . -}}
{{- regexReplaceAll "^[^:]*:?" $url.host "" | default (ternary "443" "80" (eq $url.scheme "https")) -}}
{{- end }}
