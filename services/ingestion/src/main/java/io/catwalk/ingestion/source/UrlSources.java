package io.catwalk.ingestion.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import io.catwalk.dataset.IdxSource;
import io.catwalk.ingestion.source.AllowedUrls.ForbiddenAddressException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Allowed base addresses. Redirects aren't followed and proxies aren't used. All files are searched for before the first is
 * read, and must then be as they were found.
 */
public final class UrlSources {
    private final AllowedUrls allowed;
    private final OkHttpClient client;

    /** @param timeout of connecting, and of each silence after that */
    public UrlSources(AllowedUrls allowed, Duration timeout) {
        this.allowed = allowed;
        this.client = new OkHttpClient.Builder()
                .dns(allowed)
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(timeout)
                .readTimeout(timeout)
                .writeTimeout(timeout)
                .build();
    }

    DatasetFolder open(URI base) throws SourceRefusedException {
        return new UrlFolder(allowed.check(base));
    }

    private final class UrlFolder implements DatasetFolder {
        private final URI base;

        UrlFolder(URI base) {
            this.base = base;
        }

        @Override
        public String shown() {
            return base.toString();
        }

        @Override
        public Optional<IdxSource> find(String fileName) throws IOException {
            URI url = base.resolve(fileName);
            try (Response answer = call(request(url).head().build())) {
                if (UrlStatus.of(answer.code()) == UrlStatus.MISSING) {
                    return Optional.empty();
                }
                UrlStatus.require(url, answer.code());
                FileVersion found = FileVersion.of(answer.headers());
                return Optional.of(new IdxSource(fileName, () -> read(url, found)));
            }
        }
    }

    private InputStream read(URI url, FileVersion found) throws IOException {
        Request.Builder request = request(url).get();
        found.strongEtag().ifPresent(tag -> request.header("If-Match", tag));
        Response answer = call(request.build());
        try {
            requireUnchanged(url, found, answer);
        } catch (IOException e) {
            answer.close();
            throw e;
        }
        return new FilterInputStream(answer.body().byteStream()) {
            @Override
            public void close() {
                answer.close();
            }
        };
    }

    private static void requireUnchanged(URI url, FileVersion found, Response answer) throws IOException {
        UrlStatus status = UrlStatus.of(answer.code());
        if (status == UrlStatus.CHANGED || status == UrlStatus.MISSING) {
            throw new SourceRefusedException(url + " changed after it was found with " + found);
        }
        UrlStatus.require(url, answer.code());
        FileVersion now = FileVersion.of(answer.headers());
        if (!now.agrees(found)) {
            throw new SourceRefusedException(url + " changed: found with " + found + ", read with " + now);
        }
    }

    private static Request.Builder request(URI url) {
        // As the file is stored: otherwise its length would be that of something else.
        return new Request.Builder().url(url.toString()).header("Accept-Encoding", "identity");
    }

    private Response call(Request request) throws IOException {
        try {
            return client.newCall(request).execute();
        } catch (ForbiddenAddressException e) {
            throw new SourceRefusedException(request.url() + ": " + e.getMessage());
        }
    }
}
