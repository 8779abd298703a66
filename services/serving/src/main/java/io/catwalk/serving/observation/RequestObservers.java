package io.catwalk.serving.observation;

import java.util.List;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All observers of requests. */
@Singleton
public final class RequestObservers {
    private static final Logger LOG = LoggerFactory.getLogger(RequestObservers.class);

    private final List<RequestObserver> observers;

    public RequestObservers(@All List<RequestObserver> observers) {
        this.observers = List.copyOf(observers);
    }

    public void answered(AnsweredRequest request) {
        for (RequestObserver observer : observers) {
            try {
                observer.answered(request);
            } catch (RuntimeException e) {
                LOG.error("{} failed", observer.getClass().getName(), e);
            }
        }
    }
}
