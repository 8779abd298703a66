{{/* The secret with the callers' keys. */}}
{{- define "catwalk.access.secret" -}}
{{ .Values.access.existingSecret | default (printf "%s-access" (include "catwalk.fullname" .)) }}
{{- end }}

{{/* The roles and models of the keys that are made, as {name: {roles, models}}. */}}
{{- define "catwalk.access.made" -}}
admin: {roles: [admin]}
predictor: {roles: [predictor]}
check: {roles: [operator, predictor], models: [installation-check]}
{{- end }}

{{/* Keys as they are sent, and the file with their hashes beside the values' own, as JSON {key of the secret: base64}. */}}
{{- define "catwalk.secrets.access" -}}
{{- $data := dict -}}
{{- if not .Values.access.existingSecret -}}
{{- $old := (lookup "v1" "Secret" .Release.Namespace (include "catwalk.access.secret" .)).data | default dict -}}
{{- $callers := list -}}
{{- range $name, $rights := include "catwalk.access.made" . | fromYaml -}}
{{- $key := get $old $name | b64dec | default (printf "cw_%s" (randAlphaNum 43)) -}}
{{- $_ := set $data $name ($key | b64enc) -}}
{{- $callers = append $callers (merge (dict "name" $name "sha256" (sha256sum $key)) $rights) -}}
{{- end -}}
{{- $callers = concat $callers .Values.access.keys -}}
{{- $holders := dict -}}
{{- range $callers -}}
{{- if hasKey $holders .sha256 -}}
{{- fail (printf "access.keys: sha256 of the key %s is %q, which the key %s has too, must be another" .name .sha256 (get $holders .sha256)) -}}
{{- end -}}
{{- $_ := set $holders .sha256 .name -}}
{{- end -}}
{{- $file := dict "keys" $callers | toPrettyJson -}}
{{- if gt (len $file) 1048576 -}}
{{- fail (printf "access.keys has %d keys, which are %d bytes in keys.json, must be at most 1048576" (len .Values.access.keys) (len $file)) -}}
{{- end -}}
{{- $_ := set $data "keys.json" ($file | b64enc) -}}
{{- end -}}
{{ toJson $data }}
{{- end }}

{{/* Who may call a service, as properties. */}}
{{- define "catwalk.access.settings" -}}
catwalk.access.keys-file=/etc/catwalk/access/keys.json
{{- with .Values.access.oidc }}
{{- if .issuer }}
catwalk.access.oidc.enabled=true
catwalk.access.oidc.issuer={{ include "catwalk.property" .issuer }}
catwalk.access.oidc.audience={{ include "catwalk.property" .audience }}
catwalk.access.oidc.roles-claim={{ include "catwalk.property" .rolesClaim }}
{{- end }}
{{- end }}
{{- end }}

{{/* A key of the secret as a file, in a volume of its own: another content arrives without a restart. Takes (list . key). */}}
{{- define "catwalk.access.volume" -}}
- name: access
  secret:
    secretName: {{ include "catwalk.access.secret" (index . 0) | quote }}
    defaultMode: 0440
    items:
      - key: {{ index . 1 }}
        path: {{ index . 1 }}
{{- end }}

{{- define "catwalk.access.mount" -}}
- name: access
  mountPath: /etc/catwalk/access
  readOnly: true
{{- end }}
