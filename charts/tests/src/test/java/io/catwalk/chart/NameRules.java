package io.catwalk.chart;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Kubernetes' rules on names, labels and what must be a string, at every depth of a resource. */
final class NameRules {
    private static final Pattern DNS_1035 = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern SUBDOMAIN =
            Pattern.compile("(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern QUALIFIED =
            Pattern.compile("([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final Pattern LABEL_VALUE = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");

    /** Their pods have the name as a label, a StatefulSet's with a hash of 10 characters. */
    private static final Map<String, Integer> LENGTHS =
            Map.of("StatefulSet", 52, "Job", 63, "CronJob", 52, "ScaledObject", 54);

    private static final Set<String> LABELS = Set.of("labels", "matchLabels", "nodeSelector");
    private static final Set<String> STRINGS = Set.of("annotations", "data", "stringData", "requests", "limits");

    private NameRules() {}

    /** What breaks a rule, with its place. */
    static Stream<String> broken(Resource resource) {
        return Stream.concat(ofName(resource), below(resource.toString(), resource.tree()));
    }

    private static Stream<String> ofName(Resource resource) {
        Object name = resource.tree().at("metadata", "name").value().orElse("");
        Pattern pattern = resource.kind().equals("Service") ? DNS_1035 : SUBDOMAIN;
        boolean fits = name instanceof String text
                && pattern.matcher(text).matches()
                && text.length() <= LENGTHS.getOrDefault(resource.kind(), 253);
        return fits ? Stream.empty() : Stream.of(resource.kind() + " may not be called " + name);
    }

    private static Stream<String> below(String place, Tree tree) {
        Stream<String> keys = tree.keys()
                .flatMap(key -> Stream.concat(
                        ofField(place + "/" + key, key, tree.at(key)), below(place + "/" + key, tree.at(key))));
        return Stream.concat(keys, tree.elements().flatMap(element -> below(place + "/-", element)));
    }

    private static Stream<String> ofField(String place, String key, Tree value) {
        if (LABELS.contains(key)) {
            return Stream.concat(strings(place, value, LABEL_VALUE), names(place, value));
        }
        if (key.equals("annotations")) {
            return Stream.concat(strings(place, value, Pattern.compile("(?s).*")), names(place, value));
        }
        if (STRINGS.contains(key)) {
            return strings(place, value, Pattern.compile("(?s).*"));
        }
        if (List.of("volumes", "containers", "initContainers").contains(key)) {
            return value.elements()
                    .map(element -> element.at("name").text())
                    .filter(name -> !DNS_LABEL.matcher(name).matches())
                    .map(name -> place + ": " + name + " is no DNS label");
        }
        return key.equals("env") ? variables(place, value) : Stream.empty();
    }

    private static Stream<String> variables(String place, Tree variables) {
        return variables
                .elements()
                .map(variable -> variable.at("value"))
                .filter(value -> value.value().isPresent() && !(value.value().get() instanceof String))
                .map(value -> place + ": " + value.text() + " is no string");
    }

    private static Stream<String> strings(String place, Tree map, Pattern pattern) {
        return map.keys()
                .filter(key -> !(map.at(key).value().orElse(null) instanceof String text
                        && pattern.matcher(text).matches()))
                .map(key -> place + "/" + key + " may not be " + map.at(key).text());
    }

    private static Stream<String> names(String place, Tree map) {
        return map.keys()
                .filter(key -> !QUALIFIED.matcher(key).matches())
                .map(key -> place + " may not have the key " + key);
    }
}
