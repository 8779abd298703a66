{{/* Whose values, keys and account a command has: the retention's are its own. Takes the command's name. */}}
{{- define "catwalk.installationComponent" -}}
{{ ternary "retention" "prepare" (eq . "retention") }}
{{- end }}

{{/*
What the prepare job, the check and the retention have in common. Takes (list . name), as all here; the check alone calls the
services.
*/}}
{{- define "catwalk.installationContainer" -}}
{{- $root := index . 0 -}}
{{- $component := include "catwalk.installationComponent" (index . 1) -}}
{{- $settings := get $root.Values $component -}}
image: {{ include "catwalk.image" (list $root "installation" "") | quote }}
imagePullPolicy: {{ $root.Values.image.pullPolicy }}
{{ include "catwalk.environment" (list $component $settings (include "catwalk.installationEnvironment" .)) }}
resources:
  {{- include "catwalk.resources" (list $settings.resources (printf "%s.resources" $component)) | trim | nindent 2 }}
securityContext:
  {{- include "catwalk.containerSecurity" $root | nindent 2 }}
{{ include "catwalk.mounts" (list $component $settings (include "catwalk.installationMounts" .)) }}
{{- end }}

{{- define "catwalk.installationEnvironment" -}}
{{ include "catwalk.connectionEnvironment" (list (index . 0) (include "catwalk.installationComponent" (index . 1)) 50) }}
{{- if eq (index . 1) "check" }}
- name: CATWALK_API_KEY_FILE
  value: /etc/catwalk/access/check
{{- end }}
{{- end }}

{{- define "catwalk.installationMounts" -}}
- name: tmp
  mountPath: /tmp
{{- if eq (index . 1) "check" }}
{{ include "catwalk.access.mount" (index . 0) }}
{{- end }}
{{ include "catwalk.connectionMounts" (list (index . 0) (include "catwalk.installationComponent" (index . 1))) }}
{{- end }}

{{- define "catwalk.installationVolumes" -}}
- name: tmp
  emptyDir:
    sizeLimit: 64Mi
{{- if eq (index . 1) "check" }}
{{ include "catwalk.access.volume" . }}
{{- end }}
{{ include "catwalk.connectionVolumes" (list (index . 0) (include "catwalk.installationComponent" (index . 1))) }}
{{- end }}

{{/* A pod's spec but for what it runs: that comes as its container's name, arguments (YAML) and restart policy. Takes (list . name arguments policy). */}}
{{- define "catwalk.installationPod" -}}
{{- $root := index . 0 -}}
{{- $component := include "catwalk.installationComponent" (index . 1) -}}
{{- $settings := get $root.Values $component -}}
{{ include "catwalk.podBasics" (list $root $component 185 $settings) }}
restartPolicy: {{ index . 3 }}
{{- if include "catwalk.store.ca" (list $root $component) }}
initContainers:
  {{- include "catwalk.trustContainer" (list $root (include "catwalk.image" (list $root "installation" ""))) | nindent 2 }}
{{- end }}
containers:
  - name: {{ index . 1 }}
    args: {{ toJson (index . 2) }}
    {{- include "catwalk.installationContainer" (list $root (index . 1)) | nindent 4 }}
{{ include "catwalk.volumes" (list $component $settings (include "catwalk.installationVolumes" (list $root (index . 1)))) }}
{{- end }}

{{/* The prepare job's whole spec. */}}
{{- define "catwalk.prepareSpec" -}}
{{- $arguments := list "prepare" (printf "--patience=PT%dM" (int .Values.prepare.patienceMinutes)) -}}
{{- if or (eq .Values.kafka.mode "strimzi") (not .Values.kafka.topics.create) -}}
{{- $arguments = append $arguments "--no-topics" -}}
{{- end -}}
{{- $annotations := dict "checksum/settings" (include "catwalk.settings" (list . "prepare") | sha256sum) "checksum/secrets" (include "catwalk.connectionChecksum" (list . "prepare")) -}}
backoffLimit: 6
template:
  metadata:
    {{- include "catwalk.podMetadata" (list . "prepare" .Values.prepare $annotations) | nindent 4 }}
  spec:
    {{- include "catwalk.installationPod" (list . "prepare" $arguments "OnFailure") | nindent 4 }}
{{- end }}
