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

{{/* What every pod has in common. Takes (list . component user). */}}
{{- define "catwalk.podBasics" -}}
{{- $root := index . 0 -}}
serviceAccountName: {{ include "catwalk.fullname" $root }}-{{ index . 1 }}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  {{- include "catwalk.podSecurity" (index . 2) | nindent 2 }}
{{- with $root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "catwalk.serviceAccount" -}}
{{- $root := index . 0 -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ include "catwalk.fullname" $root }}-{{ index . 1 }}
  labels:
    {{- include "catwalk.labels" . | nindent 4 }}
automountServiceAccountToken: false
{{- end }}

{{/* A claim's spec. */}}
{{- define "catwalk.claimSpec" -}}
accessModes: [ReadWriteOnce]
{{- with .storageClass }}
storageClassName: {{ . }}
{{- end }}
resources:
  requests:
    storage: {{ .size }}
{{- end }}
