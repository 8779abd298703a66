package io.catwalk.console.service;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

import io.catwalk.chassis.http.ErrorAnswer;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Bodies of any size on their way to ingestion: nothing of them is kept here. */
@Singleton
public class Uploads {
    private static final Duration LONGEST = Duration.ofHours(6);

    private final ServiceCalls services;

    Uploads(ServiceCalls services) {
        this.services = services;
    }

    /**
     * Sends one on as it comes.
     *
     * @param length of the body, where the browser said it
     * @return the service's answer
     */
    public Response send(String path, String type, Optional<Long> length, InputStream body) {
        BodyPublisher coming = BodyPublishers.ofInputStream(() -> body);
        HttpRequest request = services.request(Service.INGESTION, path)
                .timeout(LONGEST)
                .header("Content-Type", type)
                .POST(length.map(bytes -> BodyPublishers.fromPublisher(coming, bytes))
                        .orElse(coming))
                .build();
        try {
            HttpResponse<byte[]> answer = services.http().send(request, BodyHandlers.ofByteArray());
            return Response.status(answer.statusCode())
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .entity(answer.body())
                    .build();
        } catch (IOException e) {
            return away();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return away();
        }
    }

    private static Response away() {
        return Response.status(Response.Status.SERVICE_UNAVAILABLE)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new ErrorAnswer("ingestion broke the upload off; try again"))
                .build();
    }
}
