{{/* What the prepare job and the check have in common. */}}
{{- define "catwalk.installationContainer" -}}
env:
  {{- include "catwalk.connectionEnvironment" (list . 50) | nindent 2 }}
resources:
  {{- toYaml .Values.prepare.resources | nindent 2 }}
securityContext:
  {{- include "catwalk.containerSecurity" . | nindent 2 }}
volumeMounts:
  - name: tmp
    mountPath: /tmp
  {{- include "catwalk.connectionMounts" . | nindent 2 }}
{{- end }}

{{- define "catwalk.installationVolumes" -}}
- name: tmp
  emptyDir:
    sizeLimit: 64Mi
{{ include "catwalk.connectionVolumes" (list . "prepare") }}
{{- end }}
