package io.catwalk.chassis.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.InstantSource;

import com.fasterxml.jackson.databind.node.TextNode;
import io.catwalk.chassis.errors.ConflictingRequestException;
import io.catwalk.chassis.errors.UnmeetableRequestException;
import io.catwalk.journal.EntryTooLargeException;
import io.catwalk.journal.Retry;
import io.catwalk.journal.job.Jobs;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.Test;

class ErrorAnswersTest {
    private final ErrorAnswers answers = new ErrorAnswers();

    @Test
    void whatCannotBeMetIsNeitherBadInputNorAConflict() {
        assertAnswer(answers.unmeetable(new UnmeetableRequestException("version is 7")), 422, "version is 7");
        assertAnswer(answers.conflict(new ConflictingRequestException("id is a")), 409, "id is a");
    }

    @Test
    void whatNoJournalKeepsIsBadInputWithItsSizeAndLimit() {
        Retry retry = new Retry(Duration.ofMillis(1), Duration.ofMillis(4));
        Jobs jobs = new Jobs(new InMemoryObjectStore(InstantSource.system()), JobKind.RUN, "w", retry);
        TextNode large = TextNode.valueOf("x".repeat(4 << 20));

        EntryTooLargeException thrown = catchThrowableOfType(
                EntryTooLargeException.class, () -> jobs.accept(new Name("large"), large, "digest"));

        assertAnswer(answers.badInput(thrown), 400, thrown.getMessage());
        assertThat(thrown).hasMessageEndingWith("must be at most 4194304");
        assertThat(jobs.find(new Name("large"))).isEmpty();
    }

    private static void assertAnswer(Response answer, int status, String error) {
        assertThat(answer.getStatus()).isEqualTo(status);
        assertThat(answer.getEntity()).isEqualTo(new ErrorAnswer(error));
    }
}
