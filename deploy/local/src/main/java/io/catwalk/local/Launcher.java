package io.catwalk.local;

import java.io.PrintStream;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

import io.catwalk.client.PipelineException;
import io.catwalk.local.dataset.DatasetMissingException;
import io.catwalk.local.process.ChildFailedException;

/** Runs a task on a stack from a command line, and always stops the stack's processes. */
public final class Launcher {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    private static final int INTERRUPTED = 130;

    private final PrintStream errors;

    public Launcher(PrintStream errors) {
        this.errors = errors;
    }

    /**
     * Does the task on a new stack, and stops the stack. SIGINT and SIGTERM stop it too.
     *
     * @param plan evaluated here, so that bad arguments and missing data are reported without a stack trace
     * @return the exit code
     */
    public int run(Supplier<Plan> plan) {
        Plan made;
        try {
            made = plan.get();
        } catch (IllegalArgumentException | DatasetMissingException e) {
            return misused(e);
        }
        try {
            return run(made);
        } catch (StackSetupException e) {
            return misused(e);
        }
    }

    private int misused(RuntimeException reason) {
        errors.println(reason.getMessage());
        return MISUSED;
    }

    private int run(Plan plan) {
        try (LocalStack stack = LocalStack.create(plan.settings())) {
            Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stack-shutdown"));
            return run(stack, plan.task());
        }
    }

    private int run(LocalStack stack, StackTask task) {
        try {
            task.run(stack);
            return DONE;
        } catch (CancellationException e) {
            return INTERRUPTED;
        } catch (ChildFailedException | TaskFailedException | PipelineException e) {
            errors.println(e.getMessage());
            return FAILED;
        }
    }

    /** What to do, and on which stack. */
    public record Plan(StackSettings settings, StackTask task) {}
}
