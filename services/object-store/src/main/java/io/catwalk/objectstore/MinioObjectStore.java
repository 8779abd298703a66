package io.catwalk.objectstore;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;

import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.errors.ServerException;
import io.minio.http.Method;
import io.minio.messages.Item;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.commons.io.input.ProxyInputStream;

/** The bucket on any S3 service, by the MinIO client. */
public final class MinioObjectStore implements ObjectStore {
    private static final Set<String> MISSING = Set.of("NoSuchKey", "NoSuchObject");
    private static final int FORBIDDEN = 403;
    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int MAX_KEYS = 1000;
    /** Stores refuse signatures that are 15 minutes off. */
    private static final int SUSPICIOUS_MINUTES = 5;

    private final OkHttpClient http;
    private final MinioClient client;
    private final String bucket;
    private final StoreClock clock;

    public MinioObjectStore(StoreSettings settings) {
        this.bucket = settings.bucket();
        this.clock = new StoreClock();
        // A call that the HTTP client repeats unasked would hide whether it had had its effect.
        this.http = new OkHttpClient.Builder()
                .retryOnConnectionFailure(false)
                .connectTimeout(settings.timeout())
                .readTimeout(settings.timeout())
                .writeTimeout(settings.timeout())
                .addNetworkInterceptor(clock)
                .build();
        this.client = MinioClient.builder()
                .endpoint(settings.endpoint().toString())
                .region(settings.region())
                .credentialsProvider(settings.credentials().provider(settings.timeout()))
                .httpClient(http, true)
                .build();
    }

    @Override
    public Optional<StoredObject> read(ObjectKey key, int maxBytes) {
        return ask("read " + key, () -> {
            try (GetObjectResponse in = get(key)) {
                byte[] content = in.readNBytes(maxBytes + 1);
                if (content.length > maxBytes) {
                    throw new ObjectTooLargeException(key + " is larger than " + maxBytes + " bytes");
                }
                return Optional.of(new StoredObject(content, lastModified(in)));
            } catch (ErrorResponseException e) {
                return emptyIfMissing(e);
            }
        });
    }

    @Override
    public Optional<InputStream> open(ObjectKey key) {
        return ask("open " + key, () -> {
            try {
                return Optional.of(get(key));
            } catch (ErrorResponseException e) {
                return emptyIfMissing(e);
            }
        });
    }

    @Override
    public Optional<byte[]> readPart(ObjectKey key, long offset, int length) {
        return ask("read " + key, () -> {
            try (GetObjectResponse in = client.getObject(
                    object(key).offset(offset).length((long) length).build())) {
                return Optional.of(in.readNBytes(length));
            } catch (ErrorResponseException e) {
                return emptyIfMissing(e);
            }
        });
    }

    @Override
    public boolean exists(ObjectKey key) {
        return ask("look for " + key, () -> {
            try {
                client.statObject(StatObjectArgs.builder()
                        .bucket(bucket)
                        .object(key.path())
                        .build());
                return true;
            } catch (ErrorResponseException e) {
                return emptyIfMissing(e).isPresent();
            }
        });
    }

    @Override
    public void put(ObjectKey key, byte[] content) {
        call("put " + key, () -> client.putObject(upload(key, content).build()));
    }

    @Override
    public void put(ObjectKey key, Path file, IntConsumer advanced) {
        call("put " + key, () -> {
            try (InputStream content = counted(Files.newInputStream(file), advanced)) {
                return client.putObject(
                        PutObjectArgs.builder().bucket(bucket).object(key.path()).stream(content, Files.size(file), -1)
                                .build());
            }
        });
    }

    private static InputStream counted(InputStream content, IntConsumer advanced) {
        return new ProxyInputStream(content) {
            @Override
            protected void afterRead(int bytes) {
                if (bytes > 0) {
                    advanced.accept(bytes);
                }
            }
        };
    }

    @Override
    public boolean createIfAbsent(ObjectKey key, byte[] content) {
        return call("create " + key, () -> {
            try {
                client.putObject(upload(key, content)
                        .headers(Map.of("If-None-Match", "*"))
                        .build());
                return true;
            } catch (ErrorResponseException e) {
                if (e.response().code() == PRECONDITION_FAILED) {
                    return false;
                }
                throw e;
            }
        });
    }

    @Override
    public void delete(ObjectKey key) {
        call("delete " + key, () -> {
            client.removeObject(
                    RemoveObjectArgs.builder().bucket(bucket).object(key.path()).build());
            return key;
        });
    }

    /** By a signed URL with an end. */
    @Override
    public Runnable deletion(ObjectKey key, Duration within) {
        String url = call(
                "sign the deletion of " + key,
                () -> client.getPresignedObjectUrl(GetPresignedObjectUrlArgs.builder()
                        .method(Method.DELETE)
                        .bucket(bucket)
                        .object(key.path())
                        .expiry((int) within.toSeconds())
                        .build()));
        Request request = new Request.Builder().url(url).delete().build();
        return () -> call("delete " + key, () -> {
            try (Response answer = http.newCall(request).execute()) {
                requireDone("delete " + key, answer);
                return key;
            }
        });
    }

    private static void requireDone(String what, Response answer) {
        int status = answer.code();
        if (isUnavailable(status)) {
            throw new StoreUnavailableException("the store could not " + what + ": HTTP " + status);
        }
        if (!answer.isSuccessful()) {
            throw new StoreRefusedException("the store would not " + what + ": HTTP " + status);
        }
    }

    @Override
    public List<ObjectSummary> list(Folder folder) {
        return ask("list " + folder, () -> {
            List<ObjectSummary> objects = new ArrayList<>();
            for (Result<Item> result : listing(folder, true)) {
                Item item = result.get();
                if (!item.isDir()) {
                    objects.add(summary(item));
                }
            }
            return objects;
        });
    }

    @Override
    public List<ObjectSummary> list(Folder folder, String after, int limit) {
        return ask("list " + folder + " after " + after, () -> {
            List<ObjectSummary> objects = new ArrayList<>();
            Iterator<Result<Item>> next =
                    client.listObjects(listing(folder, after, limit)).iterator();
            while (objects.size() < limit && next.hasNext()) {
                Item item = next.next().get();
                if (!item.isDir()) {
                    objects.add(summary(item));
                }
            }
            return objects;
        });
    }

    @Override
    public List<String> listFolders(Folder folder) {
        return ask("list " + folder, () -> {
            List<String> names = new ArrayList<>();
            for (Result<Item> result : listing(folder, false)) {
                Item item = result.get();
                if (item.isDir()) {
                    String path = item.objectName();
                    names.add(path.substring(folder.path().length(), path.length() - 1));
                }
            }
            return names;
        });
    }

    @Override
    public Instant time() {
        for (int calls = 0; calls < StoreClock.FEWEST && clock.now().isEmpty(); calls++) {
            exists(new ObjectKey("time"));
        }
        return clock.now().orElseThrow(() -> new StoreUnavailableException("the store's answers carry no Date header"));
    }

    private Iterable<Result<Item>> listing(Folder folder, boolean recursive) {
        return client.listObjects(ListObjectsArgs.builder()
                .bucket(bucket)
                .prefix(folder.path())
                .recursive(recursive)
                .build());
    }

    private ListObjectsArgs listing(Folder folder, String after, int limit) {
        ListObjectsArgs.Builder listing = ListObjectsArgs.builder()
                .bucket(bucket)
                .prefix(folder.path())
                .recursive(true)
                .maxKeys(Math.min(limit, MAX_KEYS));
        return (after.isEmpty() ? listing : listing.startAfter(folder.path() + after)).build();
    }

    private static ObjectSummary summary(Item item) {
        return new ObjectSummary(
                new ObjectKey(item.objectName()),
                item.size(),
                item.lastModified().toInstant());
    }

    private GetObjectResponse get(ObjectKey key) throws MinioException, IOException, GeneralSecurityException {
        return client.getObject(object(key).build());
    }

    private GetObjectArgs.Builder object(ObjectKey key) {
        return GetObjectArgs.builder().bucket(bucket).object(key.path());
    }

    private PutObjectArgs.Builder upload(ObjectKey key, byte[] content) {
        return PutObjectArgs.builder().bucket(bucket).object(key.path()).stream(
                new ByteArrayInputStream(content), content.length, -1);
    }

    private static Instant lastModified(GetObjectResponse response) {
        String header = Objects.requireNonNull(response.headers().get("Last-Modified"), "Last-Modified");
        return ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    }

    private static <T> Optional<T> emptyIfMissing(ErrorResponseException e) throws ErrorResponseException {
        if (MISSING.contains(e.errorResponse().code())) {
            return Optional.empty();
        }
        throw e;
    }

    /**
     * A call that changes nothing: an answer that broke off is asked for once more, on a new connection. A store closes what was
     * idle for long, mostly all of it, and the client notices when it sends.
     */
    private <T> T ask(String what, StoreCall<T> question) {
        return call(what, () -> {
            try {
                return question.run();
            } catch (IOException e) {
                if (!brokeOff(e)) {
                    throw e;
                }
                http.connectionPool().evictAll();
                return question.run();
            }
        });
    }

    /** False when the connection is refused or the time is up: another attempt would only take as long. */
    private static boolean brokeOff(IOException e) {
        return !(e instanceof ConnectException || e instanceof InterruptedIOException);
    }

    private <T> T call(String what, StoreCall<T> call) {
        try {
            return call.run();
        } catch (ErrorResponseException e) {
            if (isUnavailable(e.response().code())) {
                throw new StoreUnavailableException(message(what, e), e);
            }
            throw new StoreRefusedException(message(what, e), e);
        } catch (ServerException e) {
            throw new StoreUnavailableException("the store could not " + what + ": HTTP " + e.statusCode(), e);
        } catch (IOException | MinioException e) {
            throw new StoreUnavailableException("the store could not " + what + ": " + reason(e), e);
        } catch (GeneralSecurityException e) {
            throw new StoreRefusedException("can't sign the call to " + what, e);
        } catch (RuntimeException e) {
            throw isInterruption(e) ? interrupted(what, e) : withoutKeys(what, e);
        }
    }

    private static boolean isUnavailable(int status) {
        return status >= 500 || status == CONFLICT || status == TOO_MANY_REQUESTS;
    }

    /** How the client reports that its thread was interrupted while it waited for the answer. */
    private static boolean isInterruption(RuntimeException e) {
        return e.getCause() instanceof InterruptedException;
    }

    private static StoreUnavailableException interrupted(String what, RuntimeException e) {
        Thread.currentThread().interrupt();
        return new StoreUnavailableException("interrupted while the store was asked to " + what, e);
    }

    private static RuntimeException withoutKeys(String what, RuntimeException e) {
        Optional<String> reason = StoreCredentials.failure(e);
        return reason.isPresent()
                ? new StoreUnavailableException("no keys for the call to " + what + ": " + reason.get(), e)
                : e;
    }

    /** The client's own exceptions may have no message. */
    private static String reason(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private static String message(String what, ErrorResponseException e) {
        return "the store would not " + what + ": " + e.errorResponse().code() + ", "
                + e.errorResponse().message() + clockError(e.response());
    }

    /** A store refuses signatures of another time, and has no words for it where it answers without a body. */
    private static String clockError(Response answer) {
        Instant told = answer.headers().getInstant("Date");
        if (answer.code() != FORBIDDEN || told == null) {
            return "";
        }
        long ahead = Duration.between(told, Instant.ofEpochMilli(answer.receivedResponseAtMillis()))
                .toMinutes();
        return Math.abs(ahead) < SUSPICIOUS_MINUTES
                ? ""
                : "; the clock here is %d minutes %s the store's"
                        .formatted(Math.abs(ahead), ahead > 0 ? "ahead of" : "behind");
    }

    @FunctionalInterface
    private interface StoreCall<T> {
        T run() throws MinioException, IOException, GeneralSecurityException;
    }
}
