package io.catwalk.local.dataset;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CancellationException;

/**
 * The four files from a web server, kept in a folder.
 *
 * @param address ends with a slash
 */
record DownloadSource(URI address, Path target) implements DatasetSource {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration FILE_TIMEOUT = Duration.ofSeconds(120);

    @Override
    public Path folder() {
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build()) {
            Files.createDirectories(target);
            for (FashionMnistFile file : FashionMnistFile.values()) {
                download(client, file);
            }
            return target;
        } catch (IOException e) {
            throw new DatasetMissingException("no download from " + address + " (" + e + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    private void download(HttpClient client, FashionMnistFile file) throws IOException, InterruptedException {
        Path part = target.resolve(file.gzipName() + ".part");
        HttpRequest request = HttpRequest.newBuilder(address.resolve(file.gzipName()))
                .timeout(FILE_TIMEOUT)
                .build();
        HttpResponse<Path> response = client.send(request, BodyHandlers.ofFile(part));
        if (response.statusCode() != 200) {
            Files.delete(part);
            throw new IOException(file.gzipName() + ": status " + response.statusCode());
        }
        Files.move(part, target.resolve(file.gzipName()), StandardCopyOption.REPLACE_EXISTING);
    }
}
