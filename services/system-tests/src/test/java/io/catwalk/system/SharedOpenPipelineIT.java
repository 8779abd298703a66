package io.catwalk.system;

import org.junit.platform.suite.api.SelectPackages;

@SelectPackages("io.catwalk.system.open")
class SharedOpenPipelineIT extends SharedPipelineSuite {}
