package io.catwalk.training.http;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

import io.catwalk.chassis.events.EventPublisher;
import io.catwalk.chassis.jobs.JobService;
import io.catwalk.journal.Event;
import io.catwalk.journal.Numbered;
import io.catwalk.objectstore.Name;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the runs' results again, each under the id that it always had: for a broker that has lost its topics. */
@Path("/retell")
@Produces(MediaType.APPLICATION_JSON)
public class RetellResource {
    private static final Logger LOG = LoggerFactory.getLogger(RetellResource.class);

    private final JobService jobs;
    private final EventPublisher publisher;

    @Inject
    RetellResource(JobService jobs, EventPublisher publisher) {
        this.jobs = jobs;
        this.publisher = publisher;
    }

    /** How many were told, once the broker has acknowledged all of them. */
    @POST
    public Map<String, Integer> retell() {
        int told = 0;
        for (Name id : jobs.jobs().ids()) {
            Optional<Numbered> result = jobs.jobs().result(id);
            Optional<Event> event = result.flatMap(entry -> entry.entry().event());
            if (event.isPresent()) {
                tell(result.orElseThrow().eventId(), event.get());
                told++;
            }
        }
        LOG.info("told {} results again", told);
        return Map.of("told", told);
    }

    private void tell(String eventId, Event event) {
        try {
            publisher.tell(eventId, event).toCompletableFuture().join();
        } catch (CompletionException e) {
            LOG.warn("can't tell {} again: {}", eventId, e.getMessage());
            throw new ServiceUnavailableException("the broker didn't acknowledge " + eventId + "; ask again");
        }
    }
}
