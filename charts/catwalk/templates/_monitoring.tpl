{{- define "catwalk.prometheus.config" -}}
global:
  scrape_interval: {{ .Values.monitoring.prometheus.interval }}
  evaluation_interval: {{ .Values.monitoring.prometheus.interval }}
{{- if .Files.Glob "rules/*.yaml" }}
rule_files: [/etc/prometheus/rules-*.yaml]
{{- end }}
scrape_configs:
  {{- range $name := include "catwalk.services" . | fromJsonArray }}
  - job_name: catwalk-{{ $name }}
    metrics_path: /q/metrics
    dns_sd_configs:
      # Of the pods, those that have the port.
      - names: [_management._tcp.{{ include "catwalk.fullname" $ }}-{{ $name }}-pods.{{ $.Release.Namespace }}.svc]
        type: SRV
        refresh_interval: 10s
    relabel_configs:
      # 10-1-2-3.….svc.cluster.local:8092, as SRV records name a pod.
      - {source_labels: [__address__], regex: '(\d+)-(\d+)-(\d+)-(\d+)\..*:(\d+)', replacement: '$1.$2.$3.$4:$5', target_label: __address__}
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
