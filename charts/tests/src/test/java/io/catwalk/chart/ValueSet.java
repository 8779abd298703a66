package io.catwalk.chart;

/** Installations of different kinds. */
enum ValueSet {
    DEFAULTS(""),
    NOTHING_EXTRA("""
            monitoring: {mode: none}
            networkPolicy: {enabled: false}
            podDisruptionBudget: {enabled: false}
            console: {enabled: false}
            catalogue: []
            """),
    EXTERNAL("""
            kafka:
              mode: external
              topicPrefix: staging.
              topics: {replicationFactor: 3}
              external:
                bootstrapServers: "broker-0.example.org:9093,broker-1.example.org:9093"
                tls: {enabled: true, caSecret: kafka-ca}
                sasl: {mechanism: SCRAM-SHA-512, existingSecret: kafka-user}
            objectStore:
              mode: external
              external: {endpoint: "https://s3.example.org", existingSecret: store-keys, caSecret: store-ca}
            access: {existingSecret: callers, oidc: {issuer: "https://id.example.org/realms/team", rolesClaim: realm_access/roles}}
            training: {kafkaSecret: kafka-training, storeSecret: store-training}
            console: {kafkaSecret: kafka-console}
            serving: {autoscaling: {type: prometheus-adapter}}
            retention: {enabled: true, storeSecret: store-retention, checkpointsAfterDays: 90, eventFilesAfterDays: 30}
            monitoring: {mode: operator, operator: {labels: {release: prometheus}}}
            """),
    EXTERNAL_INLINE("""
            kafka:
              mode: external
              external: {bootstrapServers: "broker:9092", sasl: {mechanism: PLAIN, username: u, password: p}}
            objectStore:
              mode: external
              external: {endpoint: "https://s3.example.org", accessKey: a, secretKey: b}
            """),
    KEYLESS("""
            objectStore:
              mode: external
              external: {endpoint: "https://s3.example.org", auth: workloadIdentity, stsEndpoint: "https://sts.example.org"}
            training: {serviceAccount: {annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::1:role/training"}}}
            retention: {enabled: true, schedule: "@weekly", delete: false}
            """),
    STRIMZI("""
            kafka:
              mode: strimzi
              topics: {replicationFactor: 3}
              strimzi: {cluster: events}
            """),
    GPU("""
            image: {registry: registry.example.org, pullSecrets: [pull]}
            training:
              gpu: {enabled: true}
              kueueQueue: team
              tolerations: [{key: nvidia.com/gpu, operator: Exists, effect: NoSchedule}]
              nodeSelector: {accelerator: h100}
              keda: {enabled: true}
              podLabels: {team: vision}
            serving:
              autoscaling: {type: keda, maxReplicas: 4}
            """),
    ENTRY("""
            serving:
              autoscaling: {type: cpu}
              podAnnotations: {a: b}
              config: {catwalk.queue.max-batch: 32}
              tracing: {endpoint: "http://collector.observability:4318", share: 0.1}
              payloadLog: {share: 0.01, images: false}
            access:
              oidc: {issuer: "https://id.example.org/realms/team"}
              keys:
                - {name: shop, sha256: "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", roles: [predictor], models: ["shoes-*"], requestsPerSecond: 100, expires: "2027-01-01T00:00:00Z"}
            ingress: {enabled: true, host: models.example.org, tlsSecret: models-tls, className: nginx, annotations: {a: b}}
            httpRoute: {enabled: true, gateway: public, gatewayNamespace: gateways, hostnames: [models.example.org]}
            console:
              replicas: 2
              hosts: [console]
              oidc: {enabled: true, address: "https://console.example.org"}
              ingress: {enabled: true, host: console.example.org, tlsSecret: console-tls, className: nginx, annotations: {nginx.ingress.kubernetes.io/proxy-body-size: "0"}}
              httpRoute: {enabled: true, gateway: public, gatewayNamespace: gateways, hostnames: [console.example.org, catwalk.example.org]}
            networkPolicy:
              servingFrom: [{namespaceSelector: {matchLabels: {name: gateways}}}]
              consoleFrom: [{namespaceSelector: {matchLabels: {name: gateways}}}]
              apiFrom: [{podSelector: {matchLabels: {app: portal}}}]
              ingestionPorts: []
            """),
    CATALOGUE("""
            catalogue:
              - {name: fashion-mnist, claim: datasets, path: fashion/v1, labelNames: ["T-shirt, top", Trouser], validationSize: 100}
              - {name: digits.v2, storePrefix: incoming/digits/}
            """);

    private final String values;

    ValueSet(String values) {
        this.values = values;
    }

    String yaml() {
        return values;
    }
}
