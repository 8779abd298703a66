package io.catwalk.ingestion.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;

import io.catwalk.chassis.errors.ErrorCategory;
import io.catwalk.dataset.IdxSource;
import io.catwalk.ingestion.source.SourceRefusedException;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.job.Lease;
import io.catwalk.journal.job.LeaseEndedException;
import io.catwalk.journal.job.NotReadyException;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;
import org.apache.commons.io.input.ProxyInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows an ingestion's progress, stops it when its lease ends, and retries its calls. */
final class IngestionProgress {
    /** How often a source is read in vain before the job waits without a slot. */
    private static final int READINGS = 3;

    private static final String UNREADABLE =
            "its source, or the work folder, can't be read or written; the service's log says why";
    private static final Logger LOG = LoggerFactory.getLogger(IngestionProgress.class);

    private final Lease lease;
    private Phase phase = Phase.READING;
    private long bytes;

    IngestionProgress(Lease lease) {
        this.lease = lease;
    }

    /** Another phase begins, with no bytes of it done. */
    void begin(Phase next) {
        phase = next;
        bytes = 0;
        show(Optional.empty());
    }

    void done(long moreBytes) {
        bytes += moreBytes;
        show(Optional.empty());
    }

    /** The source, with its bytes counted as they are read; its reader gets a {@link LeaseEndedReadException}. */
    IdxSource watched(IdxSource source) {
        return new IdxSource(
                source.name(), () -> new WatchedStream(source.opener().open()));
    }

    /** A call's result, retried until the store answers. */
    <T> T untilAnswered(Supplier<T> call) throws LeaseEndedException, InterruptedException {
        for (int failures = 0; ; failures++) {
            lease.check();
            try {
                return call.get();
            } catch (StoreUnavailableException e) {
                pause(ErrorCategory.shown(e, LOG), failures);
            }
        }
    }

    /**
     * What a source gives, tried a few times.
     *
     * @throws SourceRefusedException as the call threw it
     * @throws NotReadyException when the source can't be read now
     */
    <T> T readable(Call<T> call)
            throws LeaseEndedException, NotReadyException, InterruptedException, SourceRefusedException {
        for (int failures = 0; ; failures++) {
            lease.check();
            try {
                return call.make();
            } catch (SourceRefusedException e) {
                throw e;
            } catch (LeaseEndedReadException e) {
                throw e.ended();
            } catch (IOException | UncheckedIOException | StoreUnavailableException | StoreRefusedException e) {
                String reason = AwayText.of(e, UNREADABLE, LOG);
                if (failures + 1 == READINGS) {
                    throw new NotReadyException(reason);
                }
                pause(reason, failures);
            }
        }
    }

    private void pause(String reason, int failures) throws InterruptedException {
        LOG.warn("can't continue {}: {}; trying again", phase.text(), reason);
        show(Optional.of(reason));
        lease.retry().pause(failures);
    }

    private void show(Optional<String> waitingFor) {
        lease.advanced(JournalJson.tree(new Shown(phase.text(), bytes, waitingFor)));
    }

    /** What an ingestion is at. */
    enum Phase {
        READING,
        DECODING,
        ARRANGING,
        COMPARING,
        STORING;

        String text() {
            return switch (this) {
                case READING -> "reading the source";
                case DECODING -> "decoding the pictures";
                case ARRANGING -> "arranging the splits";
                case COMPARING -> "comparing with what is stored";
                case STORING -> "storing";
            };
        }
    }

    /** A call to a source. */
    @FunctionalInterface
    interface Call<T> {
        T make() throws IOException;
    }

    /**
     * What people see of it.
     *
     * @param bytes of this phase, as they came or went
     * @param waitingFor why it makes no progress, while it makes none
     */
    record Shown(String phase, long bytes, Optional<String> waitingFor) {}

    /** The lease ended while a source was read. */
    private static final class LeaseEndedReadException extends IOException {
        private static final long serialVersionUID = 1L;

        private final LeaseEndedException ended;

        LeaseEndedReadException(LeaseEndedException ended) {
            super(ended);
            this.ended = ended;
        }

        LeaseEndedException ended() {
            return ended;
        }
    }

    private final class WatchedStream extends ProxyInputStream {
        WatchedStream(InputStream source) {
            super(source);
        }

        @Override
        protected void beforeRead(int most) throws LeaseEndedReadException {
            try {
                lease.check();
            } catch (LeaseEndedException e) {
                throw new LeaseEndedReadException(e);
            }
        }

        @Override
        protected void afterRead(int bytes) {
            done(Math.max(bytes, 0));
        }
    }
}
