package io.catwalk.serving.protocol.grpc;

import io.catwalk.access.Caller;
import io.grpc.Context;

/** Who makes a gRPC call. */
public final class GrpcCaller {
    private static final Context.Key<Caller> KEY = Context.key("catwalk-caller");

    private GrpcCaller() {}

    /** That of the current call. */
    public static Caller current() {
        Caller caller = KEY.get();
        if (caller == null) {
            throw new IllegalStateException("the call wasn't authenticated");
        }
        return caller;
    }

    /** The current context, with a caller. */
    static Context with(Caller caller) {
        return Context.current().withValue(KEY, caller);
    }
}
