package io.catwalk.system;

import org.junit.jupiter.api.ClassOrderer;
import org.junit.platform.suite.api.AfterSuite;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.Suite;

/** The tests of a package, one after the other in one process, which starts their pipeline once. */
@Suite
@IncludeClassNamePatterns(".*IT")
@ConfigurationParameter(
        key = ClassOrderer.DEFAULT_ORDER_PROPERTY_NAME,
        value = "org.junit.jupiter.api.ClassOrderer$ClassName")
abstract class SharedPipelineSuite {
    /** Here and not after the process's last test, so that what its history breaks fails this. */
    @AfterSuite
    static void end() {
        SharedPipelines.end();
    }
}
