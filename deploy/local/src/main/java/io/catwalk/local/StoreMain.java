package io.catwalk.local;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import io.catwalk.local.process.ReadyFile;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 server over a folder, on the loopback address: {@code --port N --data DIR --ready FILE}, its keys from
 * {@code CATWALK_STORE_ACCESS_KEY} and {@code CATWALK_STORE_SECRET_KEY}. It creates the bucket and then the ready file.
 */
public final class StoreMain {
    private StoreMain() {}

    public static void main(String[] words) throws Exception {
        ChildOptions options = ChildOptions.parse(words);
        BlobStore blobs = blobs(options.data());
        S3Proxy server = S3Proxy.builder()
                .blobStore(blobs)
                .endpoint(URI.create("http://127.0.0.1:" + options.port()))
                .awsAuthentication(
                        AuthenticationType.AWS_V2_OR_V4,
                        variable(StoreProcess.ACCESS_KEY_VARIABLE),
                        variable(StoreProcess.SECRET_KEY_VARIABLE))
                .build();
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "store-shutdown"));
        new ReadyFile(options.ready()).create();
    }

    /** The folder must be absolute: with a relative one S3Proxy's listings and multipart uploads silently fail. */
    private static BlobStore blobs(Path data) throws Exception {
        Path folder = data.toAbsolutePath().normalize().resolve("buckets");
        Files.createDirectories(folder);
        BlobStore blobs = new FilesystemNio2BlobStore(folder.toString());
        if (!blobs.containerExists(StoreProcess.BUCKET)) {
            blobs.createContainer(StoreProcess.BUCKET);
        }
        return blobs;
    }

    private static void stop(S3Proxy server) {
        try {
            server.stop();
        } catch (Exception e) {
            e.printStackTrace();
        }
    }

    private static String variable(String name) {
        return Optional.ofNullable(System.getenv(name))
                .orElseThrow(() -> new IllegalArgumentException("the environment variable " + name + " is missing"));
    }
}
