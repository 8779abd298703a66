package io.catwalk.local;

/** What is done with a stack. */
@FunctionalInterface
public interface StackTask {
    /** Starts the stack itself and returns when the task is done; the stack is stopped then. */
    void run(LocalStack stack);
}
