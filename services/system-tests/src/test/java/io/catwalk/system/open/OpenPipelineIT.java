package io.catwalk.system.open;

import io.catwalk.system.SharedPipelines;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.platform.suite.api.AfterSuite;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** This package's tests, one after the other in one process, which starts their pipeline once. */
@Suite
@SelectPackages("io.catwalk.system.open")
@IncludeClassNamePatterns(".*(?<!Pipeline)IT")
@ConfigurationParameter(
        key = ClassOrderer.DEFAULT_ORDER_PROPERTY_NAME,
        value = "org.junit.jupiter.api.ClassOrderer$ClassName")
class OpenPipelineIT {
    /** Here and not after the process's last test, so that what its history breaks fails this. */
    @AfterSuite
    static void end() {
        SharedPipelines.end();
    }
}
