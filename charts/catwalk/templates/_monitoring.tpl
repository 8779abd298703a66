{{- define "catwalk.prometheus.config" -}}
global:
  scrape_interval: {{ .Values.monitoring.prometheus.interval }}
  evaluation_interval: {{ .Values.monitoring.prometheus.interval }}
{{- if .Files.Glob "rules/*.yaml" }}
rule_files: [/etc/prometheus/rules-*.yaml]
{{- end }}
scrape_configs:
  {{- range $name := list "ingestion" "training" "evaluation" "serving" }}
  - job_name: catwalk-{{ $name }}
    metrics_path: /q/metrics
    dns_sd_configs:
      - names: [{{ include "catwalk.fullname" $ }}-{{ $name }}-pods.{{ $.Release.Namespace }}.svc]
        type: A
        port: {{ include "catwalk.port" $name }}
        refresh_interval: 10s
  {{- end }}
{{- end }}

{{/* The rule files as a config map's entries. */}}
{{- define "catwalk.prometheus.rules" -}}
{{- range $path, $content := .Files.Glob "rules/*.yaml" }}
rules-{{ base $path }}: |
  {{- $content | toString | nindent 2 }}
{{- end }}
{{- end }}

{{/* The dashboards as a config map's entries. */}}
{{- define "catwalk.dashboards" -}}
{{- range $path, $content := .Files.Glob "dashboards/*.json" }}
{{ base $path }}: |
  {{- $content | toString | nindent 2 }}
{{- end }}
{{- end }}
