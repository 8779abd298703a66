{{- define "catwalk.kafka.bootstrapServers" -}}
{{- if eq .Values.kafka.mode "bundled" -}}
{{ include "catwalk.fullname" . }}-kafka:9092
{{- else if .Values.kafka.external.bootstrapServers -}}
{{ .Values.kafka.external.bootstrapServers }}
{{- else -}}
{{ .Values.kafka.strimzi.cluster }}-kafka-bootstrap.{{ .Values.kafka.strimzi.namespace | default .Release.Namespace }}.svc:{{ ternary 9093 9092 .Values.kafka.external.tls.enabled }}
{{- end }}
{{- end }}

{{- define "catwalk.store.endpoint" -}}
{{- if eq .Values.objectStore.mode "bundled" -}}
http://{{ include "catwalk.fullname" . }}-object-store:9000
{{- else -}}
{{ .Values.objectStore.external.endpoint }}
{{- end }}
{{- end }}

{{/* Whether the pods' own identity opens the store, without keys. */}}
{{- define "catwalk.store.keyless" -}}
{{- if and (eq .Values.objectStore.mode "external") (eq .Values.objectStore.external.auth "workloadIdentity") }}yes{{ end }}
{{- end }}

{{/* Whether a component has to do with the store: the console asks the services. Takes (list . component). */}}
{{- define "catwalk.store.used" -}}
{{- if ne (index . 1) "console" }}yes{{ end }}
{{- end }}

{{/* Whether a component has keys of the store. Takes (list . component). */}}
{{- define "catwalk.store.hasKeys" -}}
{{- if and (include "catwalk.store.used" .) (not (include "catwalk.store.keyless" (index . 0))) }}yes{{ end }}
{{- end }}

{{/* The secret with a component's store keys, as {name, accessKey, secretKey}. Takes (list . component). */}}
{{- define "catwalk.store.secret" -}}
{{- $root := index . 0 -}}
{{- $store := $root.Values.objectStore -}}
{{- if eq $store.mode "bundled" -}}
name: {{ $store.bundled.existingSecret | default (printf "%s-object-store" (include "catwalk.fullname" $root)) | quote }}
accessKey: access-key
secretKey: secret-key
{{- else -}}
{{- $own := (get $root.Values (index . 1)).storeSecret -}}
name: {{ $own | default $store.external.existingSecret | default (printf "%s-object-store" (include "catwalk.fullname" $root)) | quote }}
accessKey: {{ ternary $store.external.accessKeyKey "access-key" (or (not (empty $own)) (not (empty $store.external.existingSecret))) | quote }}
secretKey: {{ ternary $store.external.secretKeyKey "secret-key" (or (not (empty $own)) (not (empty $store.external.existingSecret))) | quote }}
{{- end }}
{{- end }}

{{/*
SASL's mechanism; empty without SASL. With Strimzi the prepare job needs no broker, the retention never does. Takes
(list . component).
*/}}
{{- define "catwalk.kafka.mechanism" -}}
{{- $kafka := (index . 0).Values.kafka -}}
{{- if eq (index . 1) "retention" -}}
{{- else if eq $kafka.mode "external" -}}
{{ $kafka.external.sasl.mechanism }}
{{- else if and (eq $kafka.mode "strimzi") $kafka.strimzi.users (ne (index . 1) "prepare") -}}
SCRAM-SHA-512
{{- end }}
{{- end }}

{{/* The secret with a component's SASL user, as {name, usernameKey, passwordKey, username}. Takes (list . component). */}}
{{- define "catwalk.kafka.secret" -}}
{{- $root := index . 0 -}}
{{- $component := index . 1 -}}
{{- $kafka := $root.Values.kafka -}}
{{- if eq $kafka.mode "strimzi" -}}
name: {{ include "catwalk.fullname" $root }}-{{ $component }}
usernameKey: ""
passwordKey: password
username: {{ include "catwalk.fullname" $root }}-{{ $component }}
{{- else -}}
{{- $sasl := $kafka.external.sasl -}}
{{- $named := (get $root.Values $component).kafkaSecret | default $sasl.existingSecret -}}
name: {{ $named | default (printf "%s-kafka" (include "catwalk.fullname" $root)) | quote }}
usernameKey: {{ ternary $sasl.usernameKey "username" (not (empty $named)) | quote }}
passwordKey: {{ ternary $sasl.passwordKey "password" (not (empty $named)) | quote }}
username: ""
{{- end }}
{{- end }}

{{/* A properties file's value: no escapes, no expressions, no blank lost at its begin. */}}
{{- define "catwalk.property" -}}
{{- $text := . | toString | replace "\\" "\\\\" | replace "$" "\\\\$" -}}
{{- regexReplaceAll "^[ \t]" $text "\\$0" }}
{{- end }}

{{/* The connections as a properties file. Takes (list . component). */}}
{{- define "catwalk.connections" -}}
{{- $root := index . 0 -}}
{{- $kafka := $root.Values.kafka -}}
# Above the services' own files (250), below their environment (300).
config_ordinal=275
kafka.bootstrap.servers={{ include "catwalk.kafka.bootstrapServers" $root }}
{{- $mechanism := include "catwalk.kafka.mechanism" . }}
{{- if ne $kafka.mode "bundled" }}
kafka.security.protocol={{ ternary "SASL_" "" (ne $mechanism "") }}{{ ternary "SSL" "PLAINTEXT" $kafka.external.tls.enabled }}
{{- if and $kafka.external.tls.enabled $kafka.external.tls.caSecret }}
kafka.ssl.truststore.type=PEM
kafka.ssl.truststore.location=/etc/catwalk/kafka-ca/ca.crt
{{- end }}
{{- if $mechanism }}
{{- $secret := include "catwalk.kafka.secret" . | fromYaml }}
kafka.sasl.mechanism={{ $mechanism }}
kafka.sasl.jaas.config=org.apache.kafka.common.security.{{ ternary "plain.PlainLoginModule" "scram.ScramLoginModule" (eq $mechanism "PLAIN") }} required username="{{ $secret.username | default "${catwalk.kafka.username}" }}" password="${catwalk.kafka.password}";
{{- end }}
{{- end }}
{{- with $kafka.topicPrefix }}
catwalk.events.topic-prefix={{ . }}
mp.messaging.connector.smallrye-kafka.group.id={{ . }}${quarkus.application.name}
{{- end }}
{{- if include "catwalk.store.used" . }}
catwalk.store.endpoint={{ include "catwalk.store.endpoint" $root }}
{{- if eq $root.Values.objectStore.mode "external" }}
catwalk.store.region={{ $root.Values.objectStore.external.region }}
{{- end }}
{{- if include "catwalk.store.keyless" $root }}
catwalk.store.auth=workload-identity
{{- with $root.Values.objectStore.external.stsEndpoint }}
catwalk.store.sts-endpoint={{ . }}
{{- end }}
{{- end }}
catwalk.store.bucket={{ $root.Values.objectStore.bucket }}
{{- end }}
{{- end }}

{{/* Whether a component's connections take secrets. Takes (list . component). */}}
{{- define "catwalk.hasSecrets" -}}
{{- $signsIn := and (eq (index . 1) "console") (include "catwalk.console.oidc" (index . 0)) -}}
{{- if or (include "catwalk.store.hasKeys" .) (include "catwalk.kafka.mechanism" .) $signsIn }}yes{{ end }}
{{- end }}

{{/* What must change for a component to connect with other secrets of this chart's. Takes (list . component). */}}
{{- define "catwalk.connectionChecksum" -}}
{{- $root := index . 0 -}}
{{- $component := get $root.Values (index . 1) -}}
{{- $external := eq $root.Values.objectStore.mode "external" -}}
{{- $used := list $root -}}
{{- if and (include "catwalk.store.used" .) (not (and $external $component.storeSecret)) -}}
{{- $used = append $used "object-store" -}}
{{- end -}}
{{- if not $component.kafkaSecret -}}
{{- $used = append $used "kafka" -}}
{{- end -}}
{{- if eq (index . 1) "console" -}}
{{- $used = append $used "console" -}}
{{- end -}}
{{ include "catwalk.secretsChecksum" $used }}
{{- end }}

{{/* Volumes of the connections: settings, secrets, authorities. Takes (list . component). */}}
{{- define "catwalk.connectionVolumes" -}}
{{- $root := index . 0 -}}
- name: settings
  configMap:
    name: {{ include "catwalk.fullname" $root }}-{{ index . 1 }}
{{- if include "catwalk.hasSecrets" . }}
- name: secrets
  projected:
    defaultMode: 0440
    sources:
      {{- if include "catwalk.store.hasKeys" . }}
      {{- $store := include "catwalk.store.secret" . | fromYaml }}
      - secret:
          name: {{ quote $store.name }}
          items:
            - key: {{ quote $store.accessKey }}
              path: catwalk.store.access-key
            - key: {{ quote $store.secretKey }}
              path: catwalk.store.secret-key
      {{- end }}
      {{- if include "catwalk.kafka.mechanism" . }}
      {{- $kafka := include "catwalk.kafka.secret" . | fromYaml }}
      - secret:
          name: {{ quote $kafka.name }}
          items:
            {{- with $kafka.usernameKey }}
            - key: {{ quote . }}
              path: catwalk.kafka.username
            {{- end }}
            - key: {{ quote $kafka.passwordKey }}
              path: catwalk.kafka.password
      {{- end }}
      {{- if and (eq (index . 1) "console") (include "catwalk.console.oidc" $root) }}
      {{- $session := $root.Values.console.oidc.existingSecret | default (printf "%s-console" (include "catwalk.fullname" $root)) }}
      - secret:
          name: {{ quote $session }}
          items:
            - key: session-secret
              path: catwalk.console.oidc.session-secret
      {{- if $root.Values.console.oidc.existingSecret }}
      - secret:
          name: {{ quote $session }}
          optional: true
          items:
            - key: client-secret
              path: catwalk.console.oidc.client-secret
      {{- end }}
      {{- end }}
{{- end }}
{{- if include "catwalk.kafka.ca" $root }}
- name: kafka-ca
  secret:
    secretName: {{ $root.Values.kafka.external.tls.caSecret | quote }}
    items:
      - key: {{ $root.Values.kafka.external.tls.caKey | quote }}
        path: ca.crt
{{- end }}
{{- if include "catwalk.store.ca" . }}
- name: store-ca
  secret:
    secretName: {{ $root.Values.objectStore.external.caSecret | quote }}
    items:
      - key: {{ $root.Values.objectStore.external.caKey | quote }}
        path: ca.crt
- name: trust
  emptyDir:
    sizeLimit: 1Mi
{{- end }}
{{- end }}

{{- define "catwalk.kafka.ca" -}}
{{- if and (ne .Values.kafka.mode "bundled") .Values.kafka.external.tls.enabled .Values.kafka.external.tls.caSecret }}yes{{ end }}
{{- end }}

{{/* Whether a component trusts the store by an authority of its own. Takes (list . component). */}}
{{- define "catwalk.store.ca" -}}
{{- $store := (index . 0).Values.objectStore -}}
{{- if and (include "catwalk.store.used" .) (eq $store.mode "external") $store.external.caSecret }}yes{{ end }}
{{- end }}

{{/* Takes (list . component). */}}
{{- define "catwalk.connectionMounts" -}}
{{- $root := index . 0 -}}
- name: settings
  mountPath: /etc/catwalk/settings
  readOnly: true
{{- if include "catwalk.hasSecrets" . }}
- name: secrets
  mountPath: /etc/catwalk/secrets
  readOnly: true
{{- end }}
{{- if include "catwalk.kafka.ca" $root }}
- name: kafka-ca
  mountPath: /etc/catwalk/kafka-ca
  readOnly: true
{{- end }}
{{- if include "catwalk.store.ca" . }}
- name: trust
  mountPath: /etc/catwalk/trust
  readOnly: true
{{- end }}
{{- end }}

{{/* Takes (list . component heapPercent). */}}
{{- define "catwalk.connectionEnvironment" -}}
- name: SMALLRYE_CONFIG_LOCATIONS
  value: /etc/catwalk/settings/application.properties
{{- if include "catwalk.hasSecrets" . }}
- name: SMALLRYE_CONFIG_SOURCE_FILE_LOCATIONS
  value: /etc/catwalk/secrets
{{- end }}
- name: JAVA_TOOL_OPTIONS
  value: -XX:MaxRAMPercentage={{ index . 2 }}{{ if include "catwalk.store.ca" . }} -Djavax.net.ssl.trustStore=/etc/catwalk/trust/cacerts{{ end }}
{{- end }}

{{/* The JVM's authorities and the store's own, in one file. Takes (list . image). */}}
{{- define "catwalk.trustContainer" -}}
{{- $root := index . 0 -}}
- name: trust
  image: {{ index . 1 | quote }}
  imagePullPolicy: {{ $root.Values.image.pullPolicy }}
  command:
    - sh
    - -c
    - |-
      set -e
      cat "$JAVA_HOME/lib/security/cacerts" >/etc/catwalk/trust/cacerts
      keytool -importcert -noprompt -alias catwalk-object-store -file /etc/catwalk/store-ca/ca.crt -keystore /etc/catwalk/trust/cacerts -storepass changeit
  resources:
    requests: {cpu: 50m, memory: 64Mi}
    limits: {memory: 128Mi}
  securityContext:
    {{- include "catwalk.containerSecurity" $root | nindent 4 }}
  volumeMounts:
    - name: store-ca
      mountPath: /etc/catwalk/store-ca
      readOnly: true
    - name: trust
      mountPath: /etc/catwalk/trust
    - name: tmp
      mountPath: /tmp
{{- end }}
