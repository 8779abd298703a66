{{/*
The contents of the secrets that the chart makes, as {secret: {key: base64}}. Generated ones are taken from the cluster where they
are there, and made once in a rendering, as their checksums must fit.
*/}}
{{- define "catwalk.secrets" -}}
{{- if not (hasKey .Values "madeSecrets") -}}
{{- $_ := set .Values "madeSecrets" (dict "access" (include "catwalk.secrets.access" . | fromJson) "object-store" (include "catwalk.secrets.store" . | fromJson) "kafka" (include "catwalk.secrets.kafka" . | fromJson) "grafana" (include "catwalk.secrets.grafana" . | fromJson) "console" (include "catwalk.secrets.console" . | fromJson)) -}}
{{- end -}}
{{ toJson .Values.madeSecrets }}
{{- end }}

{{- define "catwalk.secrets.store" -}}
{{- $store := .Values.objectStore -}}
{{- $given := ternary $store.bundled $store.external (eq $store.mode "bundled") -}}
{{- $keys := dict -}}
{{- if and (not $given.existingSecret) (not (include "catwalk.store.keyless" .)) -}}
{{- $keys = dict "access-key" ($given.accessKey | b64enc) "secret-key" ($given.secretKey | b64enc) -}}
{{- if and (eq $store.mode "bundled") (not $given.secretKey) -}}
{{- $old := (lookup "v1" "Secret" .Release.Namespace (printf "%s-object-store" (include "catwalk.fullname" .))).data | default dict -}}
{{- $_ := set $keys "access-key" ($given.accessKey | b64enc | default (get $old "access-key") | default ("catwalk" | b64enc)) -}}
{{- $_ := set $keys "secret-key" (get $old "secret-key" | default (randAlphaNum 40 | b64enc)) -}}
{{- end -}}
{{- end -}}
{{ toJson $keys }}
{{- end }}

{{- define "catwalk.secrets.kafka" -}}
{{- $sasl := .Values.kafka.external.sasl -}}
{{- $user := dict -}}
{{- if and (eq .Values.kafka.mode "external") $sasl.mechanism (not $sasl.existingSecret) -}}
{{- $user = dict "username" ($sasl.username | b64enc) "password" ($sasl.password | b64enc) -}}
{{- end -}}
{{ toJson $user }}
{{- end }}

{{- define "catwalk.secrets.grafana" -}}
{{- $monitoring := .Values.monitoring -}}
{{- $password := dict -}}
{{- if and (eq $monitoring.mode "bundled") $monitoring.grafana.enabled (not $monitoring.grafana.existingSecret) -}}
{{- $old := (lookup "v1" "Secret" .Release.Namespace (printf "%s-grafana" (include "catwalk.fullname" .))).data | default dict -}}
{{- $password = dict "admin-password" (get $old "admin-password" | default (randAlphaNum 24 | b64enc)) -}}
{{- end -}}
{{ toJson $password }}
{{- end }}

{{- define "catwalk.secrets.console" -}}
{{- $session := dict -}}
{{- if and (include "catwalk.console.oidc" .) (not .Values.console.oidc.existingSecret) -}}
{{- $old := (lookup "v1" "Secret" .Release.Namespace (printf "%s-console" (include "catwalk.fullname" .))).data | default dict -}}
{{- $session = dict "session-secret" (get $old "session-secret" | default (randAlphaNum 43 | b64enc)) -}}
{{- end -}}
{{ toJson $session }}
{{- end }}

{{/* One of them as a resource; nothing where it is somebody else's. Takes (list . name [annotations]). */}}
{{- define "catwalk.secret" -}}
{{- $root := index . 0 -}}
{{- with get (include "catwalk.secrets" $root | fromJson) (index . 1) -}}
apiVersion: v1
kind: Secret
metadata:
  name: {{ include "catwalk.fullname" $root }}-{{ index $ 1 }}
  labels:
    {{- include "catwalk.labels" (list $root (index $ 1)) | nindent 4 }}
  {{- if gt (len $) 2 }}
  annotations:
    {{- toYaml (index $ 2) | nindent 4 }}
  {{- end }}
type: Opaque
data:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* What must change for pods to restart with another secret. Takes (list . secret...). */}}
{{- define "catwalk.secretsChecksum" -}}
{{- $root := index . 0 -}}
{{- $made := include "catwalk.secrets" $root | fromJson -}}
{{- $used := list $root.Values.secretsRevision -}}
{{- range rest . -}}
{{- $used = append $used (get $made .) -}}
{{- end -}}
{{ toJson $used | sha256sum }}
{{- end }}
