{{/* A pod's security, by the restricted standard. Takes the user's id. */}}
{{- define "catwalk.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ . }}
runAsGroup: {{ . }}
fsGroup: {{ . }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "catwalk.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* Where a component's values stand. Takes the component. */}}
{{- define "catwalk.place" -}}
{{- get (dict "kafka" "kafka.bundled" "object-store" "objectStore.bundled" "prometheus" "monitoring.prometheus" "grafana" "monitoring.grafana") . | default . }}
{{- end }}

{{/* A pod template's metadata. Takes (list . component settings annotations). */}}
{{- define "catwalk.podMetadata" -}}
{{- $settings := index . 2 -}}
{{- $place := include "catwalk.place" (index . 1) -}}
labels:
  {{- include "catwalk.withOwn" (list (include "catwalk.podLabels" (list (index . 0) (index . 1)) | fromYaml) $settings.podLabels (printf "%s.podLabels" $place)) | nindent 2 }}
{{- $annotations := include "catwalk.withOwn" (list (index . 3) $settings.podAnnotations (printf "%s.podAnnotations" $place)) }}
{{- if ne $annotations "{}" }}
annotations:
  {{- $annotations | nindent 2 }}
{{- end }}
{{- end }}

{{/* What every pod has in common. Takes (list . component user settings). */}}
{{- define "catwalk.podBasics" -}}
{{- $root := index . 0 -}}
{{- $settings := index . 3 -}}
{{- $place := include "catwalk.place" (index . 1) -}}
serviceAccountName: {{ include "catwalk.fullname" $root }}-{{ index . 1 }}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  {{- include "catwalk.podSecurity" (index . 2) | nindent 2 }}
{{- with $root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ quote . }}
  {{- end }}
{{- end }}
{{- with $settings.priorityClassName }}
priorityClassName: {{ quote . }}
{{- end }}
{{- with $settings.nodeSelector }}
nodeSelector:
  {{- include "catwalk.strings" (list . (printf "%s.nodeSelector" $place)) | nindent 2 }}
{{- end }}
{{- with $settings.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $settings.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- include "catwalk.spread" (list $root (index . 1) $settings.topologySpreadConstraints) }}
{{- end }}

{{/* The user's spread constraints, or for a service one over nodes. Takes (list . component constraints). */}}
{{- define "catwalk.spread" -}}
{{- $component := index . 1 -}}
{{- $pods := dict "matchLabels" (include "catwalk.selectorLabels" (list (index . 0) $component) | fromYaml) -}}
{{- $constraints := index . 2 -}}
{{- if and (not $constraints) (has $component (include "catwalk.services" (index . 0) | fromJsonArray)) -}}
{{- $constraints = list (dict "maxSkew" 1 "topologyKey" "kubernetes.io/hostname" "whenUnsatisfiable" "ScheduleAnyway") -}}
{{- end -}}
{{- with $constraints }}
topologySpreadConstraints:
  {{- range . }}
  {{- list (merge (dict) . (dict "labelSelector" $pods)) | toYaml | nindent 2 }}
  {{- end }}
{{- end }}
{{- end }}

{{/* A container's environment: its own (YAML) and the user's. Takes (list component settings own). */}}
{{- define "catwalk.environment" -}}
{{- $place := printf "%s.extraEnv" (include "catwalk.place" (index . 0)) -}}
{{- $variables := include "catwalk.variables" (list (index . 1).extraEnv $place) | fromYamlArray -}}
env:
  {{- include "catwalk.listWithOwn" (list (index . 2) $variables $place "name" list) | nindent 2 }}
{{- end }}

{{/* A container's mounts: its own (YAML) and the user's. Takes (list component settings own). */}}
{{- define "catwalk.mounts" -}}
{{- $place := printf "%s.extraVolumeMounts" (include "catwalk.place" (index . 0)) -}}
volumeMounts:
  {{- include "catwalk.listWithOwn" (list (index . 2) (index . 1).extraVolumeMounts $place "mountPath" list) | nindent 2 }}
{{- end }}

{{/* A pod's volumes: its own (YAML), the user's; data is a StatefulSet's claim. Takes (list component settings own). */}}
{{- define "catwalk.volumes" -}}
{{- $place := printf "%s.extraVolumes" (include "catwalk.place" (index . 0)) -}}
volumes:
  {{- include "catwalk.listWithOwn" (list (index . 2) (index . 1).extraVolumes $place "name" (list "data")) | nindent 2 }}
{{- end }}

{{/* Takes (list . component settings). */}}
{{- define "catwalk.serviceAccount" -}}
{{- $root := index . 0 -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ include "catwalk.fullname" $root }}-{{ index . 1 }}
  labels:
    {{- include "catwalk.labels" (list $root (index . 1)) | nindent 4 }}
  {{- with (index . 2).serviceAccount.annotations }}
  annotations:
    {{- include "catwalk.strings" (list . (printf "%s.serviceAccount.annotations" (include "catwalk.place" (index $ 1)))) | nindent 4 }}
  {{- end }}
automountServiceAccountToken: false
{{- end }}

{{/* A claim's spec. */}}
{{- define "catwalk.claimSpec" -}}
accessModes: [ReadWriteOnce]
{{- with .storageClass }}
storageClassName: {{ quote . }}
{{- end }}
resources:
  requests:
    storage: {{ .size | quote }}
{{- end }}
