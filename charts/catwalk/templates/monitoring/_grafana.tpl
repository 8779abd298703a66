{{/* Grafana's own environment. */}}
{{- define "catwalk.grafana.environment" -}}
- {name: GF_SECURITY_ADMIN_PASSWORD__FILE, value: /etc/grafana-secret/admin-password}
- {name: GF_ANALYTICS_REPORTING_ENABLED, value: "false"}
- {name: GF_ANALYTICS_CHECK_FOR_UPDATES, value: "false"}
- {name: GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES, value: "false"}
- {name: GF_PLUGINS_PREINSTALL_DISABLED, value: "true"}
{{- end }}

{{- define "catwalk.grafana.mounts" -}}
- {name: provisioning, mountPath: /etc/grafana/provisioning/datasources/datasources.yaml, subPath: datasources.yaml, readOnly: true}
- {name: provisioning, mountPath: /etc/grafana/provisioning/dashboards/dashboards.yaml, subPath: dashboards.yaml, readOnly: true}
- {name: dashboards, mountPath: /var/lib/dashboards, readOnly: true}
- {name: secret, mountPath: /etc/grafana-secret, readOnly: true}
- {name: data, mountPath: /var/lib/grafana}
- {name: data, mountPath: /tmp, subPath: tmp}
- {name: data, mountPath: /var/log/grafana, subPath: log}
{{- end }}

{{- define "catwalk.grafana.volumes" -}}
- name: provisioning
  configMap:
    name: {{ include "catwalk.fullname" . }}-grafana
- name: dashboards
  configMap:
    name: {{ include "catwalk.fullname" . }}-dashboards
- name: secret
  secret:
    secretName: {{ .Values.monitoring.grafana.existingSecret | default (printf "%s-grafana" (include "catwalk.fullname" .)) | quote }}
    defaultMode: 0440
- name: data
  emptyDir:
    sizeLimit: 1Gi
{{- end }}
