package io.catwalk.system;

import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** {@code make soak} has none of these tests. */
@Suite(failIfNoTests = false)
@SelectPackages("io.catwalk.system.guarded")
class SharedGuardedPipelineIT extends SharedPipelineSuite {}
