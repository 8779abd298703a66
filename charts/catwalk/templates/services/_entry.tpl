{{/* An Ingress to a service. Takes (list . component settings place paths). */}}
{{- define "catwalk.ingress" -}}
{{- $root := index . 0 -}}
{{- $component := index . 1 -}}
{{- $settings := index . 2 -}}
{{- $name := printf "%s-%s" (include "catwalk.fullname" $root) $component -}}
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {{ $name }}
  labels:
    {{- include "catwalk.labels" (list $root $component) | nindent 4 }}
  {{- with $settings.annotations }}
  annotations:
    {{- include "catwalk.strings" (list . (printf "%s.annotations" (index $ 3))) | nindent 4 }}
  {{- end }}
spec:
  {{- with $settings.className }}
  ingressClassName: {{ quote . }}
  {{- end }}
  rules:
    - http:
        paths:
          {{- range index . 4 }}
          - path: {{ . }}
            pathType: Prefix
            backend:
              service:
                name: {{ $name }}
                port:
                  name: http
          {{- end }}
      {{- with $settings.host }}
      host: {{ quote . }}
      {{- end }}
  {{- with $settings.tlsSecret }}
  tls:
    - secretName: {{ quote . }}
      {{- with $settings.host }}
      hosts: [{{ quote . }}]
      {{- end }}
  {{- end }}
{{- end }}

{{/* A Gateway API route to a service. Takes (list . component settings paths). */}}
{{- define "catwalk.httpRoute" -}}
{{- $root := index . 0 -}}
{{- $component := index . 1 -}}
{{- $settings := index . 2 -}}
{{- $name := printf "%s-%s" (include "catwalk.fullname" $root) $component -}}
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: {{ $name }}
  labels:
    {{- include "catwalk.labels" (list $root $component) | nindent 4 }}
spec:
  parentRefs:
    - name: {{ $settings.gateway | quote }}
      {{- with $settings.gatewayNamespace }}
      namespace: {{ quote . }}
      {{- end }}
  {{- with $settings.hostnames }}
  hostnames:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  rules:
    - matches:
        {{- range index . 3 }}
        - path:
            type: PathPrefix
            value: {{ . }}
        {{- end }}
      backendRefs:
        - name: {{ $name }}
          port: {{ include "catwalk.port" $component }}
{{- end }}
