package io.catwalk.serving.observation;

import io.catwalk.serving.refusal.Shown;
import io.catwalk.serving.tracing.CallerTrace;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each refused request with its trace, at debug level: a client may cause as many as it likes. */
@Singleton
public final class RefusedRequests implements RequestObserver {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedRequests.class);

    @Override
    public void answered(AnsweredRequest request) {
        if (LOG.isDebugEnabled()) {
            request.refusal()
                    .ifPresent(refusal -> LOG.debug(
                            "{} by {} got no prediction after {} ms: {}; trace={} request={}",
                            request.served().version(),
                            request.protocol(),
                            request.elapsed().toMillis(),
                            refusal,
                            CallerTrace.id(request.headers()).orElse("-"),
                            Shown.of(request.headers()
                                    .first(RequestHeaders.REQUEST_ID)
                                    .orElse("-"))));
        }
    }
}
