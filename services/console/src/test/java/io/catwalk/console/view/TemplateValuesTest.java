package io.catwalk.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.qute.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateValuesTest {
    private final Engine engine = Engine.builder()
            .addDefaults()
            .addValueResolver(new JsonValues())
            .addValueResolver(new FieldsOfNothing())
            .build();

    @Test
    void namesAnAnswersFields() throws JsonProcessingException {
        assertThat(rendered("{run.progress.accuracy}", "{\"progress\":{\"accuracy\":0.5}}"))
                .isEqualTo("0.5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"progress\":null}", "{\"progress\":{}}", "{\"progress\":{\"best\":null}}"})
    void aFieldOfWhatIsntThereIsntThere(String answer) throws JsonProcessingException {
        assertThat(rendered("{run.progress.best.accuracy ?: 'none'}", answer)).isEqualTo("none");
        assertThat(rendered("{#for each in run.progress.best.orEmpty}{each}{/for}", answer))
                .isEmpty();
        assertThat(rendered("{#if run.progress.best.accuracy}some{#else}none{/if}", answer))
                .isEqualTo("none");
    }

    private String rendered(String template, String answer) throws JsonProcessingException {
        return engine.parse(template)
                .data("run", new ObjectMapper().readTree(answer))
                .render();
    }
}
