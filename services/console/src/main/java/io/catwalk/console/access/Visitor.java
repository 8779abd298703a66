package io.catwalk.console.access;

import io.catwalk.access.Role;
import io.catwalk.chassis.access.Callers;
import io.catwalk.chassis.access.CurrentCaller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;

/** Who looks at a page, as its templates know it. What a visitor may do the services decide; a page only hides what is in vain. */
@Named("visitor")
@RequestScoped
public class Visitor {
    private final Callers callers;
    private final CurrentCaller current;

    Visitor(Callers callers, CurrentCaller current) {
        this.callers = callers;
        this.current = current;
    }

    /** Whether there is a sign-in at all. */
    public boolean isAsked() {
        return callers.areAsked();
    }

    /** The key's, or the token's principal. */
    public String getName() {
        return current.caller().name();
    }

    public boolean isOperator() {
        return current.caller().has(Role.OPERATOR);
    }

    public boolean isPredictor() {
        return current.caller().has(Role.PREDICTOR);
    }
}
