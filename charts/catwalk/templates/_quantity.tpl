{{/* A Kubernetes quantity as a plain number. */}}
{{- define "catwalk.quantity" -}}
{{- $text := include "catwalk.text" (list . "quantity") -}}
{{- $number := regexFind "^[0-9.]+" $text -}}
{{- $factors := dict "m" 0.001 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "P" 1e15 "Ki" 1024.0 "Mi" 1048576.0 "Gi" 1073741824.0 "Ti" 1099511627776.0 "Pi" 1125899906842624.0 -}}
{{- mulf (float64 $number) (get $factors (trimPrefix $number $text) | default 1.0 | float64) }}
{{- end }}
