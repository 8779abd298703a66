package io.catwalk.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that can't work are refused, with a message that names them. */
class BadValuesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            training: {replicas: -1}                                  | training/replicas
            training: {replicas: "2"}                                 | training/replicas
            serving: {replicas: 1.5}                                  | serving/replicas
            serving: {autoscaling: {type: hpa}}                       | serving/autoscaling/type
            serving: {autoscaling: {waitingImages: 0}}                | serving/autoscaling/waitingImages
            sevring: {replicas: 1}                                    | sevring
            training: {gpu: {enable: true}}                           | enable
            monitoring: {grafana: {image: {name: x}}}                 | name
            monitoring: {mode: on}                                    | monitoring/mode
            fullnameOverride: "a\\nb"                                 | fullnameOverride
            fullnameOverride: "{{ .Release.Name }}"                   | fullnameOverride
            kafka: {topicPrefix: "a\\nb"}                             | kafka/topicPrefix
            kafka: {topicPrefix: "{{x}}"}                             | kafka/topicPrefix
            objectStore: {bucket: "{{x}}"}                            | objectStore/bucket
            objectStore: {bucket: "a\\nb"}                            | objectStore/bucket
            catalogue: [{name: "{{x}}", claim: c}]                    | catalogue/0/name
            catalogue: [{name: "a\\nb", claim: c}]                    | catalogue/0/name
            catalogue: [{name: a, claim: "{{c}}"}]                    | catalogue/0/claim
            catalogue: [{name: a, claim: c, path: ../etc}]            | catalogue/0/path
            catalogue: [{name: a, claim: c, labelNames: [x, "b\\nc"]}] | catalogue/0/labelNames/1
            image: {tag: "{{x}}"}                                     | image/tag
            image: {repository: "a\\nb"}                              | image/repository
            training: {config: {"a\\nb": x}}                          | invalid propertyName
            training: {config: {catwalk.jobs.slots: "1\\nx=y"}}       | training/config
            training: {resources: {limits: {memory: -1Gi}}}           | training/resources/limits/memory
            training: {resources: {limits: {cpu: -1}}}                | training/resources/limits/cpu
            prepare: {resources: {requests: {cpu: "-1"}}}             | prepare/resources/requests/cpu
            retention: {unreferencedForDays: 0}                       | retention/unreferencedForDays
            retention: {schedule: daily}                              | retention/schedule
            serving: {resources: {limits: {memory: 1Gb}}}             | serving/resources/limits/memory
            kafka: {bundled: {persistence: {size: -1Gi}}}             | kafka/bundled/persistence/size
            serving: {extraVolumes: [{name: x, hostPath: {path: /}}]} | hostPath
            serving: {extraEnv: [{name: x}]}                          | serving/extraEnv/0
            serving: {podLabels: {"a b": x}}                          | invalid propertyName
            networkPolicy: {apiFrom: [{podSelector: {matchLabels: {a: 1}}}]} | matchLabels/a
            image: {digests: {serving: latest}}                       | image/digests/serving
            access: {keys: [{name: a, sha256: abc, roles: [viewer]}]} | access/keys/0/sha256
            access: {keys: [{name: A, roles: [viewer]}]}              | access/keys/0
            access: {keys: [{name: a, key: cw_x}]}                    | access/keys/0
            access: {oidc: {issuer: id.example.org}}                  | access/oidc/issuer
            access: {enabled: false}                                  | enabled
            console: {hosts: ["*.example.org"]}                       | console/hosts/0
            console: {hosts: ["console:8084"]}                        | console/hosts/0
            console: {hosts: console}                                 | console/hosts
            console: {ingress: {enabled: true, host: "*.a.org"}}      | console/ingress/host
            console: {httpRoute: {hostnames: ["*.a.org"]}}            | console/httpRoute/hostnames/0
            console: {storeSecret: s}                                 | storeSecret
            console: {oidc: {address: "http://console.example.org"}}  | console/oidc/address
            console: {oidc: {address: "https://console/sign-in"}}     | console/oidc/address
            console: {oidc: {scopes: ["a b"]}}                        | console/oidc/scopes/0
            """)
    void theSchemaNamesTheValue(String values, String place) {
        assertThatThrownBy(() -> Chart.render(values))
                .hasMessageContaining("schema")
                .hasMessageContaining(place);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            training: {resources: {requests: {memory: 5Gi}}} | training.resources.requests.memory is 5Gi, must be at most the limit, 4Gi
            serving: {resources: {requests: {cpu: 2}, limits: {cpu: 1500m}}} | serving.resources.requests.cpu is 2, must be at most the limit, 1500m
            kafka: {bundled: {resources: {requests: {memory: 2000000000}}}} | kafka.bundled.resources.requests.memory is 2000000000, must be at most the limit, 1280Mi
            access: {existingSecret: s, keys: [{name: a, sha256: "0000000000000000000000000000000000000000000000000000000000000000", roles: [viewer]}]} | access: existingSecret is "s", so keys must be empty: they belong into its keys.json
            access: {keys: [{name: check, sha256: "0000000000000000000000000000000000000000000000000000000000000000", roles: [viewer]}]} | access.keys[0].name is "check", must be another than the names of all other keys, admin, predictor and check among them
            access: {keys: [{name: a, sha256: "0000000000000000000000000000000000000000000000000000000000000000", roles: [viewer]}, {name: b, sha256: "0000000000000000000000000000000000000000000000000000000000000000", roles: [admin]}]} | access.keys: sha256 of the key b is "0000000000000000000000000000000000000000000000000000000000000000", which the key a has too, must be another
            objectStore: {bundled: {accessKey: abc, secretKey: 12345678x, existingSecret: s}} | objectStore.bundled: existingSecret is "s", so accessKey and secretKey must be empty
            objectStore: {mode: external, external: {endpoint: "http://s3", secretKey: x, existingSecret: s}} | objectStore.external: existingSecret is "s", so accessKey and secretKey must be empty
            kafka: {mode: external, external: {bootstrapServers: "b:1", sasl: {mechanism: PLAIN, password: x, existingSecret: s}}} | kafka.external.sasl: existingSecret is "s", so username and password must be empty
            kafka: {mode: external, external: {bootstrapServers: "b:1", sasl: {mechanism: PLAIN, username: x}}} | kafka.external.sasl: mechanism is "PLAIN", so existingSecret, or username and password, must be given
            kafka: {mode: external} | kafka.external.bootstrapServers is empty, must be host:port,... with kafka.mode external
            kafka: {mode: strimzi} | kafka.strimzi.cluster is empty, must name the Kafka resource with kafka.mode strimzi
            kafka: {topics: {replicationFactor: 3}} | kafka.topics.replicationFactor is 3, must be 1 with kafka.mode bundled, which has one broker
            objectStore: {external: {region: "EU Central"}}            | objectStore/external/region
            objectStore: {mode: external, external: {existingSecret: s}} | objectStore.external.endpoint is empty, must be a URL with objectStore.mode external
            objectStore: {mode: external, external: {endpoint: "http://s3"}} | objectStore.external: existingSecret, or accessKey and secretKey, must be given with objectStore.mode external
            catalogue: [{name: a, claim: b}, {name: a, claim: c}] | catalogue[1].name is "a", as one before it
            {training: {keda: {enabled: true}}, monitoring: {mode: none}} | training.keda.prometheusAddress is empty, must be a URL with monitoring.mode none
            training: {keda: {minReplicas: 5}} | training.keda.minReplicas is 5, must be at most maxReplicas, 4
            serving: {autoscaling: {minReplicas: 11}} | serving.autoscaling.minReplicas is 11, must be at most maxReplicas, 10
            serving: {autoscaling: {type: prometheus-adapter}} | serving.autoscaling.type is prometheus-adapter, must be another with monitoring.mode bundled
            {serving: {autoscaling: {type: keda}}, monitoring: {mode: operator}} | serving.autoscaling.prometheusAddress is empty, must be a URL with type keda and monitoring.mode operator
            serving: {autoscaling: {type: cpu}, resources: {requests: {cpu: null}}} | serving.resources.requests.cpu is missing, must be given with serving.autoscaling.type cpu
            httpRoute: {enabled: true} | httpRoute.gateway is empty, must name the Gateway
            console: {httpRoute: {enabled: true, hostnames: [a.org]}} | console.httpRoute.gateway is empty, must name the Gateway
            console: {httpRoute: {enabled: true, gateway: g}} | console.httpRoute.hostnames is empty, must be given unless console.hosts
            console: {ingress: {enabled: true}} | console.ingress.host is empty, must be given unless console.hosts
            console: {oidc: {enabled: true, address: "https://a.org"}} | access.oidc.issuer is empty, must be given with console.oidc.enabled
            {access: {oidc: {issuer: "https://id"}}, console: {oidc: {enabled: true}}} | console.oidc.address is empty, must be the console's address
            console: {resources: {requests: {memory: 1Gi}}} | console.resources.requests.memory is 1Gi, must be at most the limit, 512Mi
            training: {podLabels: {app.kubernetes.io/component: x}} | training.podLabels: app.kubernetes.io/component is the chart's own, leave it out
            kafka: {bundled: {podLabels: {app.kubernetes.io/name: x}}} | kafka.bundled.podLabels: app.kubernetes.io/name is the chart's own
            prepare: {podAnnotations: {helm.sh/hook: x}} | prepare.podAnnotations: helm.sh/hook is the chart's own
            serving: {podAnnotations: {checksum/settings: x}} | serving.podAnnotations: checksum/settings is the chart's own
            monitoring: {grafana: {podAnnotations: {checksum/secrets: x}}} | monitoring.grafana.podAnnotations: checksum/secrets is the chart's own
            monitoring: {mode: operator, operator: {labels: {helm.sh/chart: x}}} | monitoring.operator.labels: helm.sh/chart is the chart's own
            serving: {extraEnv: [{name: JAVA_TOOL_OPTIONS, value: x}]} | serving.extraEnv[0].name is "JAVA_TOOL_OPTIONS", which is taken
            kafka: {bundled: {extraEnv: [{name: A, value: x}, {name: A, value: y}]}} | kafka.bundled.extraEnv[1].name is "A", which is taken
            objectStore: {bundled: {extraVolumes: [{name: data, emptyDir: {}}]}} | objectStore.bundled.extraVolumes[0].name is "data", which is taken
            training: {extraVolumeMounts: [{name: x, mountPath: /tmp}]} | training.extraVolumeMounts[0].mountPath is "/tmp", which is taken
            objectStore: {mode: external, external: {endpoint: "http://s3", auth: workloadIdentity, existingSecret: s}} | objectStore.external.existingSecret is "s", must be empty with objectStore.external.auth workloadIdentity
            {objectStore: {mode: external, external: {endpoint: "http://s3", auth: workloadIdentity}}, serving: {storeSecret: s}} | serving.storeSecret is "s", must be empty with objectStore.external.auth workloadIdentity
            objectStore: {external: {stsEndpoint: "http://sts"}} | objectStore.external.stsEndpoint is given, so objectStore.mode must be external
            """)
    void theChartSaysWhatExcludesWhat(String values, String message) {
        assertThatThrownBy(() -> Chart.render(values)).hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2027-02-30T99:00:00Z",
                "2027-02-29T00:00:00Z",
                "2027-04-31T00:00:00Z",
                "2027-00-01T00:00:00Z",
                "2027-01-01T24:00:00Z",
                "2027-01-01T00:60:00Z",
                "2027-01-01T00:00:61Z"
            })
    void noKeyExpiresAtATimeThatDoesNotExist(String time) {
        assertThatThrownBy(() -> Chart.render(keys(1, ", expires: \"" + time + "\"")))
                .hasMessageContaining("access.keys[0].expires is \"" + time
                        + "\", must be a date and time that exist, as 2027-01-01T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00Z", "2028-02-29T23:59:59Z", "9999-12-31T00:00:00Z"})
    void aKeyMayExpireAtAnyTimeThatExists(String time) {
        assertThat(Chart.render(keys(1, ", expires: \"" + time + "\""))).isNotEmpty();
    }

    @Test
    void keysAreAsManyAsServicesRead() {
        assertThat(Chart.render(keys(3_000, ""))).isNotEmpty();
        assertThatThrownBy(() -> Chart.render(keys(10_000, "")))
                .hasMessageContaining("access.keys has 10000 keys")
                .hasMessageContaining("must be at most 1048576");
    }

    @Test
    void aRequestMayEqualItsLimit() {
        assertThat(Chart.render("training: {resources: {requests: {memory: 4096Mi}, limits: {memory: 4Gi}}}"))
                .isNotEmpty();
    }

    private static String keys(int count, String more) {
        return IntStream.range(0, count)
                .mapToObj(key -> "{name: k%d, sha256: \"%064x\", roles: [viewer]%s}".formatted(key, key, more))
                .collect(Collectors.joining(", ", "access: {keys: [", "]}"));
    }
}
