package io.catwalk.chassis.access;

import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import java.util.stream.Collectors;

import io.catwalk.access.Caller;
import io.catwalk.access.Role;
import io.catwalk.chassis.http.ErrorAnswer;
import io.quarkus.security.ForbiddenException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers requests whose caller lacks a role. */
class ForbiddenAnswers {
    private final CurrentCaller current;
    private final AccessMetrics metrics;

    ForbiddenAnswers(CurrentCaller current, AccessMetrics metrics) {
        this.current = current;
        this.metrics = metrics;
    }

    @ServerExceptionMapper
    Response answer(ForbiddenException e, ResourceInfo resource) {
        metrics.refused(RefusedCallerException.Reason.FORBIDDEN);
        return Response.status(RefusedCallerException.Reason.FORBIDDEN.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new ErrorAnswer(message(current.caller(), resource)))
                .build();
    }

    private static String message(Caller caller, ResourceInfo resource) {
        String needed = roles(resource.getResourceMethod())
                .or(() -> roles(resource.getResourceClass()))
                .map(roles -> String.join(" or ", roles.value()))
                .orElse("that nobody has");
        String has = caller.roles().isEmpty()
                ? "none"
                : caller.roles().stream().sorted().map(Role::text).collect(Collectors.joining(", "));
        return "this needs the role %s; %s has %s".formatted(needed, caller.subject(), has);
    }

    private static Optional<RolesAllowed> roles(AnnotatedElement element) {
        return Optional.ofNullable(element.getAnnotation(RolesAllowed.class));
    }
}
