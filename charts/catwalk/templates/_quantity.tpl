{{/* A quantity as it was written: YAML's whole numbers come as floats. */}}
{{- define "catwalk.quantityText" -}}
{{- toString (kindIs "float64" . | ternary (int64 .) .) -}}
{{- end }}

{{/* A Kubernetes quantity as a plain number. */}}
{{- define "catwalk.quantity" -}}
{{- $text := include "catwalk.quantityText" . -}}
{{- $number := regexFind "^[0-9.]+" $text -}}
{{- $factors := dict "m" 0.001 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "Ki" 1024.0 "Mi" 1048576.0 "Gi" 1073741824.0 "Ti" 1099511627776.0 -}}
{{- mulf (float64 $number) (get $factors (trimPrefix $number $text) | default 1.0 | float64) }}
{{- end }}
