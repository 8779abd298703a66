package io.catwalk.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

class CallerTest {
    @Test
    void aRoleGrantsThoseThatItIncludes() {
        assertThat(Role.VIEWER.granted()).containsExactly(Role.VIEWER);
        assertThat(Role.PREDICTOR.granted()).containsExactly(Role.PREDICTOR);
        assertThat(Role.OPERATOR.granted()).containsExactlyInAnyOrder(Role.OPERATOR, Role.VIEWER);
        assertThat(Role.ADMIN.granted()).containsExactlyInAnyOrder(Role.values());
    }

    @Test
    void theNamesOfAnnotationsAreThoseOfTheRoles() {
        assertThat(List.of(Role.Names.VIEWER, Role.Names.PREDICTOR, Role.Names.OPERATOR, Role.Names.ADMIN))
                .containsExactlyElementsOf(
                        Arrays.stream(Role.values()).map(Role::text).toList());
    }

    @Test
    void aPredictorSeesWhatItMayCall() {
        Caller predictor = caller(Role.PREDICTOR);

        assertThat(predictor.mayCall("fashion")).isTrue();
        assertThat(predictor.maySee("fashion")).isTrue();
        assertThat(predictor.mayCall("digits")).isFalse();
        assertThat(predictor.maySee("digits")).isFalse();
    }

    @Test
    void aViewerSeesAllAndCallsNone() {
        assertThat(caller(Role.VIEWER).maySee("digits")).isTrue();
        assertThat(caller(Role.VIEWER).mayCall("fashion")).isFalse();
    }

    @Test
    void anAdminSeesAllAndCallsWhatItsKeyNames() {
        assertThat(caller(Role.ADMIN).maySee("digits")).isTrue();
        assertThat(caller(Role.ADMIN).mayCall("digits")).isFalse();
        assertThat(caller(Role.ADMIN).mayCall("fashion")).isTrue();
        assertThat(Caller.ANYONE.mayCall("digits")).isTrue();
    }

    private static Caller caller(Role role) {
        return new Caller(Caller.Kind.KEY, "a", Set.of(role), ModelPatterns.of(List.of("fashion")));
    }
}
