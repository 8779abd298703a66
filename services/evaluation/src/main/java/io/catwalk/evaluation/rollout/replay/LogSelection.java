package io.catwalk.evaluation.rollout.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.EnumMap;
import java.util.Map;

import io.catwalk.evaluation.rollout.replay.LoggedRequests.Found;
import io.catwalk.evaluation.rollout.replay.LoggedRequests.Offsets;
import io.catwalk.evaluation.rollout.replay.LoggedRequests.Wanted;
import io.catwalk.events.BadEventException;
import io.catwalk.events.Event;
import io.catwalk.events.EventDecoder;
import io.catwalk.events.EventType;
import io.catwalk.serving.v1.ImageEncoding;
import io.catwalk.serving.v1.InferenceLogged;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which records of the log are replayed; counts the others by the reason. Not thread-safe. */
final class LogSelection {
    private static final Logger LOG = LoggerFactory.getLogger(LogSelection.class);

    private final Wanted wanted;
    private final EventDecoder decoder;
    private final NewestRequests newest;
    private final Map<PassedOver, Long> passedOver = new EnumMap<>(PassedOver.class);

    /** @param mostBytes of the images that are kept */
    LogSelection(Wanted wanted, long mostBytes, EventDecoder decoder) {
        this.wanted = wanted;
        this.decoder = decoder;
        this.newest = new NewestRequests(wanted.most(), mostBytes);
    }

    void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() != null && !new String(record.key(), UTF_8).startsWith(wanted.model() + "/")) {
            passOver(PassedOver.OTHER_MODEL);
        } else if (isOld(record)) {
            passOver(PassedOver.TOO_OLD);
        } else {
            try {
                take(record, decoder.decode(EventType.INFERENCE_LOGGED, record));
            } catch (BadEventException | IllegalArgumentException e) {
                LOG.debug("passing over {}/{}: {}", record.partition(), record.offset(), e.getMessage());
                passOver(PassedOver.DAMAGED);
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record, Event<InferenceLogged> event) {
        InferenceLogged logged = event.payload();
        if (!logged.getModel().equals(wanted.model().value())) {
            passOver(PassedOver.OTHER_MODEL);
        } else if (!logged.getModelDigest().equals(wanted.modelDigest())) {
            passOver(PassedOver.OTHER_VERSION);
        } else if (logged.getProbabilitiesCount() == 0) {
            passOver(PassedOver.UNANSWERED);
        } else if (logged.getImageEncoding() == ImageEncoding.IMAGE_ENCODING_UNSPECIFIED) {
            passOver(PassedOver.WITHOUT_IMAGES);
        } else {
            var place = new LoggedRequest.Place(record.timestamp(), record.partition(), record.offset());
            if (!newest.add(event.source() + " " + event.id(), LoggedRequest.of(place, logged))) {
                passOver(PassedOver.REPEATED);
            }
        }
    }

    boolean isOld(ConsumerRecord<byte[], byte[]> record) {
        return record.timestamp() < wanted.since().toEpochMilli();
    }

    /** Whether there is no room for older ones. */
    boolean full() {
        return newest.full();
    }

    /** @param offsets that were read */
    Found found(Map<Integer, Offsets> offsets) {
        return new Found(newest.newestFirst(), passedOver, offsets);
    }

    private void passOver(PassedOver why) {
        passedOver.merge(why, 1L, Long::sum);
    }
}
