{{/* A scalar as it was written: YAML's numbers come as floats, which Go prints with an exponent. Takes (list value place). */}}
{{- define "catwalk.text" -}}
{{- $value := index . 0 -}}
{{- if not (kindIs "float64" $value) -}}
{{ toString $value }}
{{- else if or (ge $value 9007199254740992.0) (le $value -9007199254740992.0) -}}
{{- fail (printf "%s is %v, a number that YAML doesn't keep exactly: put it in quotes" (index . 1) $value) -}}
{{- else if eq $value (floor $value) -}}
{{ int64 $value }}
{{- else -}}
{{ toJson $value }}
{{- end -}}
{{- end }}

{{/* A map whose values Kubernetes wants as strings. Takes (list map place). */}}
{{- define "catwalk.strings" -}}
{{- $place := index . 1 -}}
{{- $texts := dict -}}
{{- range $key, $value := index . 0 -}}
{{- $_ := set $texts $key (include "catwalk.text" (list $value (printf "%s.%s" $place $key))) -}}
{{- end -}}
{{ toYaml $texts }}
{{- end }}

{{/* Requests and limits, which Kubernetes reads from strings alike. Takes (list resources place). */}}
{{- define "catwalk.resources" -}}
{{- $place := index . 1 -}}
{{- range $kind, $amounts := index . 0 }}
{{ $kind }}:
  {{- include "catwalk.strings" (list $amounts (printf "%s.%s" $place $kind)) | nindent 2 }}
{{- end }}
{{- end }}

{{/* A map's own entries and the user's, which must have other keys. Takes (list own user place). */}}
{{- define "catwalk.withOwn" -}}
{{- $own := index . 0 -}}
{{- $place := index . 2 -}}
{{- range $key, $value := index . 1 -}}
{{- if hasKey $own $key -}}
{{- fail (printf "%s: %s is the chart's own, leave it out" $place $key) -}}
{{- end -}}
{{- end -}}
{{ include "catwalk.strings" (list (merge (dict) $own (index . 1)) $place) }}
{{- end }}

{{/*
A list's own elements and the user's, which must differ from them by a key. Takes (list own user place key taken): own as YAML,
taken as names that others of the pod have.
*/}}
{{- define "catwalk.listWithOwn" -}}
{{- $key := index . 3 -}}
{{- $place := index . 2 -}}
{{- $taken := index . 4 -}}
{{- range index . 0 | fromYamlArray -}}
{{- $taken = append $taken (get . $key) -}}
{{- end -}}
{{- range $i, $element := index . 1 -}}
{{- $name := get $element $key -}}
{{- if has $name $taken -}}
{{- fail (printf "%s[%d].%s is %q, which is taken" $place $i $key $name) -}}
{{- end -}}
{{- $taken = append $taken $name -}}
{{- end -}}
{{ index . 0 | trim }}
{{- with index . 1 }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Environment variables with texts as their values. Takes (list variables place). */}}
{{- define "catwalk.variables" -}}
{{- $place := index . 1 -}}
{{- $variables := list -}}
{{- range $i, $variable := index . 0 -}}
{{- $copy := deepCopy $variable -}}
{{- if hasKey $variable "value" -}}
{{- $_ := set $copy "value" (include "catwalk.text" (list $variable.value (printf "%s[%d].value" $place $i))) -}}
{{- end -}}
{{- $variables = append $variables $copy -}}
{{- end -}}
{{ toYaml $variables }}
{{- end }}
