{{/* How fast pods come and go. Takes serving.autoscaling. */}}
{{- define "catwalk.scalingBehavior" -}}
scaleUp:
  stabilizationWindowSeconds: 0
  policies:
    - {type: Percent, value: 100, periodSeconds: 60}
    - {type: Pods, value: 2, periodSeconds: 60}
scaleDown:
  stabilizationWindowSeconds: {{ .scaleDownSeconds }}
  policies:
    - {type: Pods, value: 1, periodSeconds: 60}
{{- end }}

{{/* The Prometheus that KEDA asks. Takes (list . address); an empty one is for the bundled one. */}}
{{- define "catwalk.keda.prometheus" -}}
{{- $root := index . 0 -}}
{{ index . 1 | default (printf "http://%s-prometheus.%s.svc:9090" (include "catwalk.fullname" $root) $root.Release.Namespace) }}
{{- end }}

{{/*
A selector of this release's series: in the bundled Prometheus all are, in others those of its namespace. Takes (list . address matchers);
the matchers may be empty.
*/}}
{{- define "catwalk.keda.selector" -}}
{{- $namespace := ternary (printf "namespace=%q" (index . 0).Release.Namespace) "" (not (empty (index . 1))) -}}
{{- with join ", " (compact (list $namespace (index . 2))) -}}
{ {{- . -}} }
{{- end -}}
{{- end }}

{{/* Whether KEDA asks the bundled Prometheus; empty if it doesn't. */}}
{{- define "catwalk.keda.asksBundled" -}}
{{- $training := and .Values.training.keda.enabled (not .Values.training.keda.prometheusAddress) -}}
{{- $serving := and (eq .Values.serving.autoscaling.type "keda") (not .Values.serving.autoscaling.prometheusAddress) -}}
{{- if or $training $serving }}true{{ end -}}
{{- end }}
