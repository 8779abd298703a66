package io.catwalk.system;

import org.junit.jupiter.api.ClassOrderer;
import org.junit.platform.suite.api.AfterSuite;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * The tests of the package {@code guarded}, one after the other in one process, which starts their pipeline once;
 * {@code make soak} has none of them.
 */
@Suite(failIfNoTests = false)
@SelectPackages("io.catwalk.system.guarded")
@IncludeClassNamePatterns(".*IT")
@ConfigurationParameter(
        key = ClassOrderer.DEFAULT_ORDER_PROPERTY_NAME,
        value = "org.junit.jupiter.api.ClassOrderer$ClassName")
class SharedGuardedPipelineIT {
    /** Here and not after the process's last test, so that what its history breaks fails this. */
    @AfterSuite
    static void end() {
        SharedPipelines.end();
    }
}
