package io.catwalk.chassis.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.catwalk.objectstore.CorruptBlobException;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class ErrorCategoryTest {
    private static final String ADDRESS = "catwalk-object-store/10.1.2.3:9000";

    private final List<Object> logged = new ArrayList<>();
    private final Logger log = (Logger) Proxy.newProxyInstance(
            Logger.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                logged.addAll(Arrays.asList(arguments));
                return null;
            });

    @Test
    void whatIsWrongWithARequestIsShown() {
        assertThat(ErrorCategory.shown(new BadInputException("classes is 1"), log))
                .isEqualTo("classes is 1");
        assertThat(logged).isEmpty();
    }

    @Test
    void theStoresMessagesStayInTheLog() {
        RuntimeException away = new StoreUnavailableException("Failed to connect to " + ADDRESS);
        RuntimeException refusing = new StoreRefusedException("403 of " + ADDRESS);

        assertThat(ErrorCategory.shown(away, log)).isEqualTo("the store is unavailable");
        assertThat(ErrorCategory.shown(refusing, log)).isEqualTo("the store refuses this service; see its log");
        assertThat(logged).contains(away, refusing);
    }

    @Test
    void whichBlobIsDamagedIsShown() {
        RuntimeException damaged = new CorruptBlobException("blob sha256:1 is missing");

        assertThat(ErrorCategory.shown(damaged, log)).isEqualTo("blob sha256:1 is missing");
        assertThat(logged).contains(damaged);
    }

    @Test
    void aDefectIsInTheLogUnderItsIncident() {
        AssertionError defect = new AssertionError("secret detail");

        String shown = ErrorCategory.shown(defect, log);

        assertThat(shown).matches("internal error; the service's log has it under [0-9a-f-]{36}");
        assertThat(logged).containsExactly("incident {}", shown.substring(shown.lastIndexOf(' ') + 1), defect);
    }
}
