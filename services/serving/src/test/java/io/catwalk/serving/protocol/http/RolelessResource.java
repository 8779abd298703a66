package io.catwalk.serving.protocol.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** A route whose author forgot its role. */
@Path("/roleless")
public class RolelessResource {
    @GET
    public String answer() {
        return "open";
    }
}
