package io.catwalk.chassis.topics;

import java.time.Clock;

import io.catwalk.events.EventDecoder;
import io.catwalk.events.Topics;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The topics' names and the codec, for injection. */
@Singleton
class EventBeans {
    @Produces
    @Singleton
    Topics topics(EventsConfig config) {
        return new Topics(config.topicPrefix().orElse(""));
    }

    @Produces
    @Singleton
    EventDecoder decoder(Clock clock) {
        return new EventDecoder(clock);
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }
}
