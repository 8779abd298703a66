package io.catwalk.system.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.catwalk.system.monitoring.Rules.Rule;
import org.junit.jupiter.api.Test;

class RulesTest {
    @Test
    void findsWhatAnExpressionLooksAt() {
        Rule rule = new Rule("Example", true, """
                absent(up{job="catwalk-serving"} == 1)
                  or sum by (model) (rate(catwalk_inference_seconds_count{outcome=~"a|b"}[5m])) > 0
                  unless on (namespace) namespace:catwalk_epochs:completed10m > 0
                  unless on (namespace) max by (namespace) (jvm_memory_usage_after_gc)""");

        assertThat(rule.selectors())
                .containsExactly(
                        "up{job=\"catwalk-serving\"}",
                        "catwalk_inference_seconds_count{outcome=~\"a|b\"}",
                        "namespace:catwalk_epochs:completed10m",
                        "jvm_memory_usage_after_gc");
    }

    @Test
    void readsRecordingsAndAlerts() {
        assertThat(Rules.all())
                .anySatisfy(rule -> assertThat(rule.alert()).isTrue())
                .anySatisfy(rule -> assertThat(rule.alert()).isFalse())
                .allSatisfy(rule -> assertThat(rule.selectors()).isNotEmpty());
    }
}
