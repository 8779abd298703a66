package io.catwalk.local;

/** What is done with a stack that is up. */
@FunctionalInterface
public interface StackTask {
    /** Returns when it is done; the stack is stopped then. */
    void run(LocalStack stack);
}
