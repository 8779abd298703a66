{{/* The bundled store's own environment. */}}
{{- define "catwalk.store.environment" -}}
- {name: HOME, value: /tmp}
- {name: MINIO_BROWSER, value: "off"}
- name: MINIO_ROOT_USER_FILE
  value: /etc/minio/access-key
- name: MINIO_ROOT_PASSWORD_FILE
  value: /etc/minio/secret-key
{{- end }}

{{- define "catwalk.store.mounts" -}}
- {name: data, mountPath: /data}
- {name: keys, mountPath: /etc/minio, readOnly: true}
- {name: tmp, mountPath: /tmp}
{{- end }}

{{- define "catwalk.store.volumes" -}}
{{- $secret := include "catwalk.store.secret" (list . "prepare") | fromYaml -}}
- name: keys
  secret:
    secretName: {{ quote $secret.name }}
    defaultMode: 0440
    items:
      - {key: {{ quote $secret.accessKey }}, path: access-key}
      - {key: {{ quote $secret.secretKey }}, path: secret-key}
- name: tmp
  emptyDir:
    sizeLimit: 1Gi
{{- end }}
