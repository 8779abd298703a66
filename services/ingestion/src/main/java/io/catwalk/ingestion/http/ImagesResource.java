package io.catwalk.ingestion.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import io.catwalk.access.Role;
import io.catwalk.chassis.datasets.DatasetStore;
import io.catwalk.chassis.http.Inputs;
import io.catwalk.chassis.jobs.PageRequest;
import io.catwalk.dataset.DatasetDecision;
import io.catwalk.dataset.DatasetManifest;
import io.catwalk.dataset.ImagePng;
import io.catwalk.dataset.SplitName;
import io.catwalk.dataset.SplitPlace;
import io.catwalk.events.ShownValue;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;

/** The single images of a dataset's splits, read from where they lie in its files. */
@Path("/datasets/{name}/images/{split}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Names.VIEWER)
public class ImagesResource {
    private static final int CHUNK = 1 << 16;
    private static final int MAX_IMAGE_BYTES = 64 << 20;
    private static final int MAX_LABEL = 255;
    private static final String FOREVER = "private, max-age=31536000, immutable";

    private final DatasetStore datasets;
    private final Blobs blobs;

    @Inject
    ImagesResource(DatasetStore datasets, Blobs blobs) {
        this.datasets = datasets;
        this.blobs = blobs;
    }

    /**
     * A page of a split's images.
     *
     * @param digest of the content that they are in
     * @param total images of the split
     */
    public record Images(String dataset, String digest, String split, int total, List<Image> images) {}

    /**
     * @param index its place in the split, from 0
     * @param picture where it is
     */
    public record Image(int index, int label, String picture) {}

    @GET
    @Operation(
            summary = "The images of a split with their labels, in its order",
            description =
                    "split is train, validation or test; label leaves those of other classes out; digest names one"
                            + " content of the dataset, the newest unless named. " + PageRequest.DESCRIPTION)
    @APIResponse(responseCode = "400", description = "A field is wrong; the answer names it")
    @APIResponse(responseCode = "404", description = "No such dataset, content or split")
    public RestResponse<Images> images(
            @PathParam("name") String name,
            @PathParam("split") String split,
            @QueryParam("label") Optional<String> label,
            @QueryParam("digest") Optional<String> digest,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        Content content = content(name, split, digest);
        Optional<Integer> wanted = label.map(text -> Inputs.whole("label", text, 0, MAX_LABEL));
        PageRequest page = PageRequest.of(limit, after);
        List<Image> found = find(content, wanted, page.first(content.place().count()), page.limit());
        boolean more = found.size() > page.limit();
        List<Image> shown = found.subList(0, Math.min(found.size(), page.limit()));
        String query = "?digest=" + content.digest()
                + wanted.map(number -> "&label=" + number).orElse("");
        return page.of(
                content.address() + query,
                new Images(
                        name,
                        content.digest().toString(),
                        split,
                        content.place().count(),
                        shown),
                more ? OptionalInt.of(shown.getLast().index()) : OptionalInt.empty());
    }

    @GET
    @Path("/{index}.png")
    @Produces("image/png")
    @Operation(
            summary = "One image, in its own size",
            description =
                    "digest names one content of the dataset, the newest unless named: such an answer may be kept.")
    @APIResponse(responseCode = "304", description = "If-None-Match has its tag")
    @APIResponse(responseCode = "400", description = "A field is wrong; the answer names it")
    @APIResponse(responseCode = "404", description = "No such dataset, content, split or image")
    @APIResponse(responseCode = "409", description = "The image is larger than 64 MiB")
    public Response image(
            @PathParam("name") String name,
            @PathParam("split") String split,
            @PathParam("index") String index,
            @QueryParam("digest") Optional<String> digest,
            @Context Request request) {
        Content content = content(name, split, digest);
        SplitPlace place = content.place();
        int image = Inputs.whole("index", index, 0, place.count() - 1);
        EntityTag tag = new EntityTag(content.digest() + "/" + split + "/" + image);
        ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        ResponseBuilder answer = unchanged != null ? unchanged : Response.ok(png(place, image));
        return answer.tag(tag)
                .header(HttpHeaders.CACHE_CONTROL, digest.isPresent() ? FOREVER : "private, no-cache")
                .build();
    }

    private byte[] png(SplitPlace place, int image) {
        int bytes = place.shape().bytes();
        if (bytes > MAX_IMAGE_BYTES) {
            throw new ClientErrorException(
                    "images of this dataset have %d bytes, must have at most %d to be shown"
                            .formatted(bytes, MAX_IMAGE_BYTES),
                    Response.Status.CONFLICT);
        }
        byte[] pixels = blobs.readPart(Digest.parse(place.images().digest()), place.image(image), bytes);
        return ImagePng.of(place.shape(), pixels);
    }

    /** One more than the limit, where there is one. */
    private List<Image> find(Content content, Optional<Integer> label, int from, int limit) {
        SplitPlace place = content.place();
        Digest labels = Digest.parse(place.labels().digest());
        List<Image> found = new ArrayList<>();
        for (int chunk = from; chunk < place.count() && found.size() <= limit; chunk += CHUNK) {
            byte[] values = blobs.readPart(labels, place.firstLabel() + chunk, Math.min(CHUNK, place.count() - chunk));
            for (int i = 0; i < values.length && found.size() <= limit; i++) {
                int value = Byte.toUnsignedInt(values[i]);
                if (label.isEmpty() || label.get() == value) {
                    found.add(content.image(chunk + i, value));
                }
            }
        }
        return found;
    }

    private Content content(String name, String split, Optional<String> digest) {
        List<String> ready = Name.isValid(name)
                ? datasets.journal(new Name(name)).entries().stream()
                        .map(entry -> entry.decision(DatasetDecision.class))
                        .flatMap(decision -> decision.digest().stream())
                        .toList()
                : List.of();
        if (ready.isEmpty()) {
            throw new NotFoundException("no dataset with ready content has that name");
        }
        SplitName part = SplitName.of(split)
                .orElseThrow(() -> new NotFoundException(
                        "split is " + ShownValue.of(split) + ", must be train, validation or test"));
        Digest chosen = Digest.parse(
                digest.isEmpty()
                        ? ready.getLast()
                        : digest.filter(ready::contains)
                                .orElseThrow(() -> new NotFoundException("digest is " + ShownValue.of(digest.get())
                                        + ", must be that of a content of dataset " + name)));
        DatasetManifest manifest = datasets.manifest(chosen);
        return new Content(name, chosen, part, SplitPlace.of(manifest, part));
    }

    private record Content(String dataset, Digest digest, SplitName split, SplitPlace place) {
        String address() {
            return "/datasets/" + dataset + "/images/" + split;
        }

        Image image(int index, int label) {
            return new Image(index, label, address() + "/" + index + ".png?digest=" + digest);
        }
    }
}
