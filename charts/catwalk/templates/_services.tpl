{{/* A service's own environment. Takes (list . name). */}}
{{- define "catwalk.serviceEnvironment" -}}
{{- $root := index . 0 -}}
{{- $name := index . 1 -}}
{{ include "catwalk.connectionEnvironment" (list $root $name (get $root.Values $name).heapPercent) }}
- name: CATWALK_NODE_NAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
{{- if and (eq $name "training") $root.Values.training.gpu.enabled }}
# A trainer that got a GPU and can't use it isn't ready, rather than slow.
- name: CATWALK_TRAINING_DEVICE
  value: {{ $root.Values.training.gpu.required | ternary "gpu" "auto" }}
{{- end }}
{{- end }}

{{/* A service's own mounts. Takes (list . name). */}}
{{- define "catwalk.serviceMounts" -}}
{{- $root := index . 0 -}}
- name: tmp
  mountPath: /tmp
{{ include "catwalk.access.mount" $root }}
{{ include "catwalk.connectionMounts" . }}
{{- if eq (index . 1) "ingestion" }}
{{- range $i, $entry := $root.Values.catalogue }}
{{- if $entry.claim }}
- name: catalogue-{{ $i }}
  mountPath: {{ printf "/catalogue/%s" $entry.name | quote }}
  readOnly: true
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* A service's own volumes. Takes (list . name). */}}
{{- define "catwalk.serviceVolumes" -}}
{{- $root := index . 0 -}}
- name: tmp
  emptyDir:
    sizeLimit: {{ (get $root.Values (index . 1)).tmpSize | quote }}
{{ include "catwalk.access.volume" (list $root "keys.json") }}
{{ include "catwalk.connectionVolumes" . }}
{{- if eq (index . 1) "ingestion" }}
{{- range $i, $entry := $root.Values.catalogue }}
{{- if $entry.claim }}
- name: catalogue-{{ $i }}
  persistentVolumeClaim:
    claimName: {{ quote $entry.claim }}
    readOnly: true
{{- end }}
{{- end }}
{{- end }}
{{- end }}
