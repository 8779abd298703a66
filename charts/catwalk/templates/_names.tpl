{{- define "catwalk.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimAll "-" }}
{{- end }}

{{/*
What the resources' names begin with: a DNS-1035 label, as a Service needs it, of at most 39 characters, as the pods of the
StatefulSet …-object-store bear its name and a hash of 10 characters as a label. A name that doesn't fit is cut and gets a hash
of the whole, so that two releases never share one.
*/}}
{{- define "catwalk.fullname" -}}
{{- $name := include "catwalk.name" . -}}
{{- $release := ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) -}}
{{- $whole := .Values.fullnameOverride | default $release -}}
{{- if and (le (len $whole) 39) (regexMatch "^[a-z]([-a-z0-9]*[a-z0-9])?$" $whole) -}}
{{ $whole }}
{{- else -}}
{{- $letter := ternary "" "c-" (regexMatch "^[a-z]" $whole) -}}
{{ printf "%s%s" $letter $whole | replace "." "-" | trunc 30 | trimAll "-" }}-{{ sha256sum $whole | trunc 8 }}
{{- end -}}
{{- end }}

{{/* A text as a label's value. */}}
{{- define "catwalk.labelValue" -}}
{{- regexReplaceAll "[^-A-Za-z0-9_.]" . "_" | trunc 63 | trimAll "-_." -}}
{{- end }}

{{/* What a workload's pods are found by. Takes (list . component). */}}
{{- define "catwalk.selectorLabels" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: {{ include "catwalk.name" $root | quote }}
app.kubernetes.io/instance: {{ $root.Release.Name | quote }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{/* A pod's labels: the chart's own version isn't among them, so that it alone restarts nothing. Takes (list . component). */}}
{{- define "catwalk.podLabels" -}}
{{ include "catwalk.selectorLabels" . }}
app.kubernetes.io/version: {{ include "catwalk.labelValue" (index . 0).Chart.AppVersion | quote }}
app.kubernetes.io/part-of: catwalk
{{- with include "catwalk.managementPort" (index . 1) }}
catwalk.io/management-port: {{ quote . }}
{{- end }}
{{- end }}

{{/* All labels of a resource. Takes (list . component). */}}
{{- define "catwalk.labels" -}}
{{- $root := index . 0 -}}
{{ include "catwalk.podLabels" . }}
app.kubernetes.io/managed-by: {{ $root.Release.Service | quote }}
helm.sh/chart: {{ include "catwalk.labelValue" (printf "%s-%s" $root.Chart.Name $root.Chart.Version) | quote }}
{{- end }}

{{/* One of the project's own images, by digest if there is one. Takes (list . name flavour); the flavour may be empty. */}}
{{- define "catwalk.image" -}}
{{- $image := (index . 0).Values.image -}}
{{- if $image.registry }}{{ $image.registry }}/{{ end -}}
{{ $image.repository }}/{{ index . 1 }}
{{- with get $image.digests (index . 1) -}}
@{{ . }}
{{- else -}}
:{{ $image.tag | default ((index . 0).Chart.AppVersion | replace "+" "_") }}{{ index . 2 }}
{{- end }}
{{- end }}

{{/* Somebody else's image, by digest if there is one. */}}
{{- define "catwalk.foreignImage" -}}
{{ .repository }}{{ with .tag }}:{{ . }}{{ end }}{{ with .digest }}@{{ . }}{{ end }}
{{- end }}

{{/* The services that run, as JSON: the pipeline's four, and the console where there is one. */}}
{{- define "catwalk.services" -}}
{{- $services := list "ingestion" "training" "evaluation" "serving" -}}
{{- if .Values.console.enabled }}{{ $services = append $services "console" }}{{ end -}}
{{ toJson $services }}
{{- end }}

{{- define "catwalk.port" -}}
{{- get (dict "serving" "8080" "ingestion" "8081" "training" "8082" "evaluation" "8083" "console" "8084") . }}
{{- end }}

{{/* Where the pipeline's services are called, by name: PREFIX.SERVICE=URL as properties. Takes (list . prefix). */}}
{{- define "catwalk.addresses" -}}
{{- range $service := list "ingestion" "training" "evaluation" "serving" }}
{{ index $ 1 }}.{{ $service }}=http://{{ include "catwalk.fullname" (index $ 0) }}-{{ $service }}:{{ include "catwalk.port" $service }}
{{- end }}
{{- end }}

{{/* The port of a service's probes and metrics. */}}
{{- define "catwalk.managementPort" -}}
{{- get (dict "serving" "8090" "ingestion" "8091" "training" "8092" "evaluation" "8093" "console" "8094") . }}
{{- end }}
