package io.catwalk.chassis.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.InstantSource;

import com.fasterxml.jackson.databind.node.TextNode;
import io.catwalk.chassis.errors.BadInputException;
import io.catwalk.chassis.errors.BrokerUnavailableException;
import io.catwalk.chassis.errors.ConflictingRequestException;
import io.catwalk.chassis.errors.UnmeetableRequestException;
import io.catwalk.journal.Asker;
import io.catwalk.journal.EntryTooLargeException;
import io.catwalk.journal.Retry;
import io.catwalk.journal.job.Jobs;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.Test;

class ErrorAnswersTest {
    private final ErrorAnswers answers = new ErrorAnswers();

    @Test
    void answersEachCategoryWithItsStatus() {
        assertAnswer(answers.answer(new BadInputException("classes is 1")), 400, "classes is 1");
        assertAnswer(answers.answer(new NotFoundException("no run is named r1")), 404, "no run is named r1");
        assertAnswer(answers.answer(new ConflictingRequestException("id is a")), 409, "id is a");
        assertAnswer(answers.answer(new UnmeetableRequestException("version is 7")), 422, "version is 7");
        assertAnswer(
                answers.answer(new BrokerUnavailableException("no acknowledgement")),
                503,
                "no acknowledgement; it may yet take effect: try again under the same id");
        assertAnswer(
                answers.answer(new StoreUnavailableException("10.0.0.1 is away")),
                503,
                "the store is unavailable; try again");
        assertAnswer(
                answers.answer(new StoreRefusedException("403 of 10.0.0.1")),
                503,
                "the store refuses this service; see its log");
    }

    @Test
    void anIllegalArgumentIsADefectWithAnIncident() {
        Response answer = answers.answer(new IllegalArgumentException("secret detail"));

        assertThat(answer.getStatus()).isEqualTo(500);
        assertThat(((ErrorAnswer) answer.getEntity()).error())
                .matches("internal error; the service's log has it under [0-9a-f-]{36}");
    }

    @Test
    void whatNoJournalKeepsIsBadInputWithItsSizeAndLimit() {
        Retry retry = new Retry(Duration.ofMillis(1), Duration.ofMillis(4));
        Jobs jobs = new Jobs(new InMemoryObjectStore(InstantSource.system()), JobKind.RUN, "w", retry);
        TextNode large = TextNode.valueOf("x".repeat(4 << 20));

        EntryTooLargeException thrown = catchThrowableOfType(
                EntryTooLargeException.class,
                () -> jobs.accept(new Name("large"), large, "digest", Asker.within("a test")));

        assertAnswer(answers.answer(thrown), 400, thrown.getMessage());
        assertThat(thrown).hasMessageEndingWith("must be at most 4194304");
        assertThat(jobs.find(new Name("large"))).isEmpty();
    }

    private static void assertAnswer(Response answer, int status, String error) {
        assertThat(answer.getStatus()).isEqualTo(status);
        assertThat(answer.getEntity()).isEqualTo(new ErrorAnswer(error));
    }
}
