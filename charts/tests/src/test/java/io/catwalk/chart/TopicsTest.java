package io.catwalk.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import org.junit.jupiter.api.Test;

/** Strimzi's resources against the contracts: the other modes' topics come from these by themselves. */
class TopicsTest {
    private final List<Resource> resources = Chart.render(ValueSet.STRIMZI.yaml());

    @Test
    void eachEventHasATopic() {
        Set<String> expected = Stream.concat(
                        EventType.all().stream().map(EventType::topic),
                        Stream.of(Topics.unprefixed().deadLetters()))
                .collect(Collectors.toSet());

        assertThat(topics().map(topic -> topic.at("spec", "topicName").text()))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void tablesStayForEverInOnePartition() {
        assertThat(topics().filter(topic -> Set.of("dataset-ready", "model-published", "model-promoted")
                        .contains(topic.at("spec", "topicName").text())))
                .hasSize(3)
                .allSatisfy(topic -> {
                    assertThat(topic.at("spec", "partitions").text()).isEqualTo("1");
                    assertThat(topic.at("spec", "config", "retention.ms").text())
                            .isEqualTo("-1");
                    assertThat(topic.at("spec", "config", "min.insync.replicas").text())
                            .isEqualTo("2");
                });
    }

    @Test
    void usersMayReadAndWriteOnlyTopicsThatExist() {
        Set<String> names =
                topics().map(topic -> topic.at("spec", "topicName").text()).collect(Collectors.toSet());

        assertThat(acls().filter(acl -> acl.at("resource", "type").text().equals("topic"))
                        .map(acl -> acl.at("resource", "name").text()))
                .isNotEmpty()
                .isSubsetOf(names);
    }

    /** Of these there may be thousands in a second, and a console's page shows neither. */
    @Test
    void theConsoleReadsAllButWhatIsTooMuchAndWritesNothing() {
        Set<String> names = topics().map(topic -> topic.at("spec", "topicName").text())
                .filter(name -> !Set.of("inference-logged", "serving-window").contains(name))
                .collect(Collectors.toSet());
        Tree user = Resource.named(resources, "KafkaUser", "c-catwalk-console").tree();

        assertThat(user.at("spec", "authorization", "acls").elements()).allSatisfy(acl -> {
            assertThat(acl.at("resource", "type").text()).isEqualTo("topic");
            assertThat(acl.at("operations").elements().map(Tree::text)).containsExactly("Read", "Describe");
        });
        assertThat(user.at("spec", "authorization", "acls")
                        .elements()
                        .map(acl -> acl.at("resource", "name").text()))
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void eachTopicIsWrittenBySomebody() {
        assertThat(acls().filter(acl -> acl.at("operations")
                                .elements()
                                .anyMatch(operation -> operation.text().equals("Write")))
                        .map(acl -> acl.at("resource", "name").text())
                        .collect(Collectors.toSet()))
                .hasSize(EventType.all().size() + 1);
    }

    private Stream<Tree> topics() {
        return kind("KafkaTopic");
    }

    private Stream<Tree> acls() {
        return kind("KafkaUser")
                .flatMap(user -> user.at("spec", "authorization", "acls").elements());
    }

    private Stream<Tree> kind(String kind) {
        return resources.stream()
                .filter(resource -> resource.kind().equals(kind))
                .map(Resource::tree);
    }
}
